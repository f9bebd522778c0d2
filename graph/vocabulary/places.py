"""Where somebody was said to live, in which paper, how long ago, and where papers differ."""

from enum import StrEnum


class AddressKind(StrEnum):
    """The paper or system an address stands in (REQUIREMENTS.md §4)."""

    RELEASE = "RELEASE"
    VERIFICATION_OF_RELEASE = "VERIFICATION_OF_RELEASE"
    NOTICE_TO_APPEAR = "NOTICE_TO_APPEAR"
    COURT_FILE = "COURT_FILE"
    ENFORCEMENT_FILE = "ENFORCEMENT_FILE"
    CALL_CONFIRMED = "CALL_CONFIRMED"
    WORKSHEET = "WORKSHEET"


class AddressPart(StrEnum):
    """In what two addresses differ (REQUIREMENTS.md, A2)."""

    STATE = "STATE"
    CITY = "CITY"
    ZIP = "ZIP"
    STREET = "STREET"
    UNIT = "UNIT"


class Freshness(StrEnum):
    """How long ago somebody last said so.

    The steps are a convention of this software and no rule of the reports', which name no number
    of days but one: the call 30 days after a release (S1).
    """

    FRESH = "FRESH"
    RECENT = "RECENT"
    AGEING = "AGEING"
    STALE = "STALE"


# The most days that each step lasts; whatever is older is STALE.
MOST_DAYS = {Freshness.FRESH: 30, Freshness.RECENT: 180, Freshness.AGEING: 365}
