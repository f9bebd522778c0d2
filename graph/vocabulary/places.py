"""Where somebody was said to live, and in which paper."""

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
