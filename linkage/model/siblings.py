"""Brothers, sisters and twins: what the machine never joins.

They share surnames, sponsor, address and day of release, twins their birthday too, and their
A-numbers stand side by side, and sometimes in each other's file. What they do not share is the
given name. So two records whose given names are plainly two names are held apart, whatever else
agrees: no weight of other evidence may outvote a name, because all of it is a family's.
Nor may they meet through a third record: a cluster never holds two records held apart
(linkage/clusters.py).

The same rule keeps husband and wife apart, who share a telephone and a door.
"""

from linkage.model.names_alike import GIVEN_NAMES, level_of

# Levels of the comparison of given names that say: another name. A slip, a nickname, an initial
# or a name in the wrong box are not among them: those are one child's.
ANOTHER_NAME = ("other",)

_NAMES = ", ".join(f"'{level}'" for level in ANOTHER_NAME)

_LEVEL = level_of(GIVEN_NAMES)

# The condition, on people l and r, that the two are never linked, nor through others.
HELD_APART = f"({_LEVEL} IN ({_NAMES}))"

# KARINA is NUBIA KARINA when they were born on one day. With nothing said of a birthday, sisters
# called KARINA and NUBIA KARINA, one with the other's A-number, would become one girl: such a pair
# does not link by itself, but other papers may still bring the two together.
IN_DOUBT = (
    f"({_LEVEL} = 'only the second is said' AND l.role = 'CHILD'"
    " AND coalesce(l.birth_month <> r.birth_month, true))"
)
