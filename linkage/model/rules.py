"""The blocking rules: what two records must share to be worth comparing.

Each rule is a join with its corroborating conditions inside, so that a common name alone never
makes a pair.
"""

from typing import Self


class Rule(str):
    """A condition on two people `l` and `r`, as Splink takes it: `on`, and one of `either`.

    As in Splink, `l` is the lesser person of the two: a rule that reads them differently has
    another beside it that reads them the other way round.
    """

    __slots__ = ("joins",)

    # Conditions that together find what the rule finds, each to be joined by itself: records that
    # share both names are more than all other candidates at a million records, and asking each two
    # of them for their birthdays took more than all other rules.
    joins: tuple[str, ...]

    def __new__(cls, on: str, either: tuple[str, ...] = ()) -> Self:
        """`on AND (either OR either …)`, or `on` alone."""
        one_of = " OR ".join(f"({one})" for one in either)
        rule = super().__new__(cls, f"{on} AND ({one_of})" if either else on)
        rule.joins = tuple(f"{on} AND {one}" for one in either) or (on,)
        return rule


# The whole date a slip away: one figure wrong, day and month exchanged, or a year off. Whichever it
# is, the year is the same or the day of the year, and each is soon found by that.
_IN_THE_YEAR = """year(l.date_of_birth) = year(r.date_of_birth)
    AND (hamming(l.birth_text, r.birth_text) = 1 OR l.birth_is_placeholder OR r.birth_is_placeholder
         OR (month(l.date_of_birth) = day(r.date_of_birth)
             AND day(l.date_of_birth) = month(r.date_of_birth)))"""
_OF_THE_YEAR = """right(l.birth_text, 5) = right(r.birth_text, 5)
    AND (hamming(l.birth_text, r.birth_text) = 1
         OR abs(year(l.date_of_birth) - year(r.date_of_birth)) = 1)"""
_A_SLIP_IN_THE_BIRTH = (_IN_THE_YEAR, _OF_THE_YEAR)

_SEEN_NEAR = "(l.family_2 = r.family_2 OR l.state = r.state OR l.release_date = r.release_date)"
_NOT_AGAINST_IT = (
    "l.date_of_birth IS NULL AND l.birth_month = r.birth_month",
    "r.date_of_birth IS NULL AND l.birth_month = r.birth_month",
    *_A_SLIP_IN_THE_BIRTH,
    f"l.birth_month IS NULL AND {_SEEN_NEAR}",
    f"r.birth_month IS NULL AND {_SEEN_NEAR}",
)
_NAMED_ALIKE = ("l.given_1 = r.given_1", "l.family_1 = r.family_1", "l.initials = r.initials")

CHILD_RULES: dict[str, str] = {
    "same A-number": Rule("l.a_number = r.a_number"),
    "same ORR child": Rule("l.uac_id = r.uac_id"),
    "born that day, same surname": Rule(
        "l.date_of_birth = r.date_of_birth AND l.family_1 = r.family_1"
    ),
    "born that day, same given name": Rule(
        "l.date_of_birth = r.date_of_birth AND l.given_1 = r.given_1 AND NOT l.birth_is_placeholder"
    ),
    "born that day, second surname first": Rule(
        "l.date_of_birth = r.date_of_birth AND l.family_1 = r.family_2"
    ),
    "born that day, first surname second": Rule(
        "l.date_of_birth = r.date_of_birth AND l.family_2 = r.family_1"
    ),
    "born that day, names begin alike": Rule(
        "l.date_of_birth = r.date_of_birth AND l.initials = r.initials"
        " AND NOT l.birth_is_placeholder"
    ),
    "same names, birth date not against it": Rule(
        "l.given_1 = r.given_1 AND l.family_1 = r.family_1", _NOT_AGAINST_IT
    ),
    "same names, surnames exchanged": Rule(
        "l.given_1 = r.given_1 AND l.family_1 = r.family_2", _NOT_AGAINST_IT
    ),
    "same names, surnames exchanged back": Rule(
        "l.given_1 = r.given_1 AND l.family_2 = r.family_1", _NOT_AGAINST_IT
    ),
    "names run together": Rule(
        "l.given_1 = r.given_1 AND l.family_joined = r.family_joined", _NOT_AGAINST_IT
    ),
    "entered that day, same given name": Rule(
        "l.entry_date = r.entry_date AND l.given_1 = r.given_1",
        ("l.family_1 = r.family_1", "l.birth_month = r.birth_month"),
    ),
    "released that day to that name": Rule(
        "l.release_date = r.release_date AND l.partner_given_1 = r.partner_given_1"
    ),
    "same door, same given name": Rule("l.door = r.door AND l.given_1 = r.given_1"),
    # Few share both: one join is quicker than three.
    "same door, same surname, birth not against it": Rule(
        "l.door = r.door AND l.family_1 = r.family_1"
        f" AND (l.birth_month = r.birth_month OR ({_IN_THE_YEAR}) OR ({_OF_THE_YEAR}))"
    ),
}

SPONSOR_RULES: dict[str, str] = {
    "sponsor of the same child": Rule("l.child_identity = r.child_identity"),
    "same sponsor id": Rule("l.sponsor_id = r.sponsor_id"),
    "same phone": Rule("l.phone = r.phone", _NAMED_ALIKE),
    "same door": Rule("l.door = r.door", _NAMED_ALIKE),
    "born that day, same surname": Rule(
        "l.date_of_birth = r.date_of_birth AND l.family_1 = r.family_1"
    ),
    "born that day, same given name": Rule(
        "l.date_of_birth = r.date_of_birth AND l.given_1 = r.given_1 AND NOT l.birth_is_placeholder"
    ),
    "same names, near": Rule(
        "l.given_1 = r.given_1 AND l.family_1 = r.family_1",
        (
            "l.zip = r.zip",
            "l.family_2 = r.family_2 AND l.state = r.state",
            *_A_SLIP_IN_THE_BIRTH,
            "l.release_date = r.release_date",
        ),
    ),
    "same names, born that day elsewhere": Rule(
        "l.given_1 = r.given_1 AND l.family_joined = r.family_joined"
        " AND l.birth_month = r.birth_month"
    ),
}
