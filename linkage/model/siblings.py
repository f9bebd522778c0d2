"""Brothers, sisters and twins: what the machine never joins.

They share surnames, sponsor, address and day of release, twins their birthday too, and their
A-numbers stand side by side, and sometimes in each other's file. What they do not share is the
given name. So two records whose given names are plainly two names are held apart, whatever else
agrees: no weight of other evidence may outvote a name, because all of it is a family's.
Nor may they meet through a third record: a cluster never holds two records held apart
(linkage/clusters.py).

The same rule keeps husband and wife apart, who share a telephone and a door.
"""

from linkage.model.comparisons import A_NUMBER, BIRTH
from linkage.model.names_alike import GIVEN_NAMES, level_of

# Levels of the comparison of given names that say: another name. A slip, a nickname, an initial
# or a name in the wrong box are not among them: those are one child's.
ANOTHER_NAME = ("other",)

# Levels that may be one name, badly written, or two names that look alike: JAIME and YAMILETH,
# HARPREET and HARSH GURPREET, AORIAN (who is ADRIAN) and ANA were twins. Such names wait for the
# plain ones (linkage/matching.py), so that AORIAN has found ADRIAN before his sister is asked.
MAYBE_ANOTHER = ("unclear", "only the second is said", "run together")

_LEVEL = level_of(GIVEN_NAMES)


def _among(levels: tuple[str, ...]) -> str:
    listed = ", ".join(f"'{level}'" for level in levels)
    return f"({_LEVEL} IN ({listed}))"


NOT_PLAINLY_ONE = _among(MAYBE_ANOTHER)

# What a child has of her own. A sponsor's record names the child's, so it counts for children only.
_SAME_NUMBER = "(coalesce(l.a_number = r.a_number, false) OR coalesce(l.uac_id = r.uac_id, false))"
# A figure wrong makes no other number, unless it is the next one, which is a sister's.
_OTHER_NUMBER = (
    f"({level_of(A_NUMBER)} IN ('a neighbouring number', 'other')"
    " OR coalesce(l.uac_id <> r.uac_id, false))"
)

# The condition, on people l and r, that the two are never linked, nor through others: another
# name; or a name that may be another, on the papers of a brother or under numbers of her own.
# Of 100,000 children's true pairs 1 in 10,000 is so, and 7 in 8 of the pairs of such siblings.
HELD_APART = (
    f"({_among(ANOTHER_NAME)} OR (l.role = 'CHILD' AND {NOT_PLAINLY_ONE}"
    f" AND (coalesce(l.sex <> r.sex, false) OR ({_OTHER_NUMBER} AND NOT {_SAME_NUMBER}))))"
)

# KARINA is NUBIA KARINA when they were born on one day. With nothing said of a birthday, sisters
# called KARINA and NUBIA KARINA, one with the other's A-number, would become one girl: such a pair
# does not link by itself, but other papers may still bring the two together. Twins share the
# birthday, so a name that is hardly readable needs a number of her own besides.
# And RAMON is not RAMON GILBERTO, born in another year and month, for bearing his A-number.
_HALF_SAID = ("first, rare", "first, uncommon", "first, common", "first, with a slip", "a nickname")

IN_DOUBT = (
    f"(l.role = 'CHILD' AND (({_among(MAYBE_ANOTHER[1:2])}"
    " AND coalesce(l.birth_month <> r.birth_month, true))"
    f" OR ({_among(MAYBE_ANOTHER[:1])} AND NOT {_SAME_NUMBER})"
    f" OR ({_among(_HALF_SAID)} AND {level_of(BIRTH)} = 'other')))"
)
