"""Brothers, sisters and twins: what the machine never joins.

They share surnames, sponsor, address and day of release, twins their birthday too, and their
A-numbers stand side by side, and sometimes in each other's file. What they do not share is the
given name. So two records whose given names are plainly two names are held apart, whatever else
agrees: no weight of other evidence may outvote a name, because all of it is a family's.
Nor may they meet through a third record: a cluster never holds two records held apart
(linkage/clusters.py).

The same rule keeps husband and wife apart, who share a telephone and a door.
"""

from typing import Any, NamedTuple

# Levels of the comparison of given names that say: another name. A slip, a nickname, an initial
# or a name in the wrong box are not among them: those are one child's.
ANOTHER_NAME = ("other",)

# Levels that may be one name, badly written, or two names that look alike: JAIME and YAMILETH,
# HARPREET and HARSH GURPREET, AORIAN (who is ADRIAN) and ANA were twins. Such names wait for the
# plain ones (linkage/matching.py), so that AORIAN has found ADRIAN before his sister is asked.
MAYBE_ANOTHER = ("unclear", "only the second is said", "run together")

# A figure wrong makes no other number, unless it is the next one, which is a sister's.
_NEXT_NUMBER = "a neighbouring number"
_ANOTHER_NUMBER = (_NEXT_NUMBER, "other")

# MARIA DELIA and MYRIAM only sound alike and had numbers side by side: no slip in a name and one
# in a number, but twins. One child's such papers are brought together by her other ones.
_SLIPPED = "first, with a slip"

# KARINA is NUBIA KARINA when they were born on one day. With nothing said of a birthday, sisters
# called KARINA and NUBIA KARINA, one with the other's A-number, would become one girl: such a pair
# does not link by itself, but other papers may still bring the two together. Twins share the
# birthday, so a name that is hardly readable needs a number of her own besides.
# And RAMON is not RAMON GILBERTO, born in another year and month, for bearing his A-number.
_HALF_SAID = ("first, rare", "first, uncommon", "first, common", "first, with a slip", "a nickname")


class Rules(NamedTuple):
    """SQL conditions on a scored pair: its `levels`, and `l` and `r`, the two people."""

    # The two are never linked, nor through others: another name; or a name that may be another, on
    # the papers of a brother or under numbers of her own. Of 100,000 children's true pairs 1 in
    # 10,000 is so, and 7 in 8 of the pairs of such siblings.
    held_apart: str
    # The two are not linked by this pair alone.
    in_doubt: str
    # The link waits for those of plain names.
    not_plainly_one: str


def rules_of(model: dict[str, Any]) -> Rules:
    """The rules, for pairs whose `levels` are those of this model."""

    def falls(comparison: str, *labels: str) -> str:
        return _falls(model, comparison, labels)

    not_plainly_one = falls("given_names", *MAYBE_ANOTHER)
    another_name = falls("given_names", *ANOTHER_NAME)
    if not _compares_numbers(model):
        # A sponsor's record names a child's number, which is not hers.
        return Rules(another_name, "false", not_plainly_one)
    # What a child has of her own.
    same_number = f"({falls('a_number', 'same')} OR coalesce(l.uac_id = r.uac_id, false))"
    another_number = (
        f"({falls('a_number', *_ANOTHER_NUMBER)} OR coalesce(l.uac_id <> r.uac_id, false))"
    )
    # A name hardly readable, and another birthday: a number in common is another child's.
    unclear_and_born_otherwise = (
        f"({falls('given_names', MAYBE_ANOTHER[0])} AND {falls('birth', 'other')})"
    )
    another_birth_month = "coalesce(l.birth_month <> r.birth_month, true)"
    return Rules(
        held_apart=f"({another_name} OR {unclear_and_born_otherwise}"
        f" OR ({not_plainly_one} AND (coalesce(l.sex <> r.sex, false)"
        f" OR ({another_number} AND NOT {same_number}))))",
        in_doubt=f"(({falls('given_names', MAYBE_ANOTHER[1])} AND {another_birth_month})"
        f" OR ({falls('given_names', MAYBE_ANOTHER[0])} AND NOT {same_number})"
        f" OR ({falls('given_names', *_HALF_SAID)} AND {falls('birth', 'other')})"
        # All parts of an AND are computed for every pair, and this one is dear: a CASE is not.
        f" OR CASE WHEN {falls('given_names', _SLIPPED)} AND {falls('a_number', _NEXT_NUMBER)}"
        f" AND NOT {same_number} THEN damerau_levenshtein(l.given_1, r.given_1) > 1"
        " ELSE false END)",
        not_plainly_one=not_plainly_one,
    )


def for_a_person(model: dict[str, Any]) -> str:
    """Whether two who are held apart go to a person, whatever they weigh: SQL on `l` and `r`.

    One number and one day of birth: among 448,820 children 412 such pairs of identities of one
    child had no pair under review, so that nobody would have asked. Of all 655 that were so, 615
    were one child's, whose name was written into the wrong boxes; most of the others were twins.
    """
    if not _compares_numbers(model):
        return "false"
    return (
        "coalesce(l.a_number = r.a_number AND l.date_of_birth = r.date_of_birth"
        " AND NOT l.birth_is_placeholder AND NOT r.birth_is_placeholder, false)"
    )


def _compares_numbers(model: dict[str, Any]) -> bool:
    return any(each["output_column_name"] == "a_number" for each in model["comparisons"])


def _falls(model: dict[str, Any], comparison: str, labels: tuple[str, ...]) -> str:
    for place, each in enumerate(model["comparisons"], start=1):
        if each["output_column_name"] == comparison:
            levels = [level["label_for_charts"] for level in each["comparison_levels"]]
            listed = ", ".join(str(levels.index(label)) for label in labels)
            return f"levels[{place}] IN ({listed})"
    message = f"the model does not compare {comparison}"
    raise KeyError(message)
