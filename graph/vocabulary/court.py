"""Hearings, and each source's word on whether the child appeared."""

from enum import StrEnum


class Appearance(StrEnum):
    """One source's word on one hearing (REQUIREMENTS.md §7.3).

    `NOTHING_ENTERED` is a source that has the hearing and says nothing of the appearance: neither
    an appearance nor a failure to appear.
    """

    SCHEDULED = "SCHEDULED"
    APPEARED = "APPEARED"
    FAILED_TO_APPEAR = "FAILED_TO_APPEAR"
    CONTINUED = "CONTINUED"
    NOTHING_ENTERED = "NOTHING_ENTERED"


# EOIR's adjournment code for a no-show (FORMATS.md, eoir_schedule.ADJ_RSN).
ADJOURNED_FOR_NO_SHOW = "11"
