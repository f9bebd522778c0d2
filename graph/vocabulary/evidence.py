"""What a statement rests on: who may see it, when it was known, and how records were joined."""

from enum import StrEnum


class Decision(StrEnum):
    """The band that a candidate pair falls in."""

    LINKED = "LINKED"
    REVIEW = "REVIEW"
    APART = "APART"


class SharingClass(StrEnum):
    """A fact's origin as the sharing agreements see it (REQUIREMENTS.md §8).

    The policy depends on where a fact comes from, not on what it is about.
    """

    COURT = "COURT"
    ENFORCEMENT = "ENFORCEMENT"
    RELEASE = "RELEASE"
    SPONSOR_VETTING = "SPONSOR_VETTING"
    WELFARE = "WELFARE"
    RELIEF = "RELIEF"


# A relation that still holds is open until this run; a number, because a comparison with null
# is neither true nor false and would silently drop the row.
STILL_HOLDS = 9_223_372_036_854_775_807
