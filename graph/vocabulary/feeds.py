"""Feeds: what a source hands in from time to time, and when it is late."""

from enum import StrEnum
from typing import Final

# Local target, not law: the documents say how often no agency delivers. A month, and some days.
STALE_AFTER_DAYS: Final = 35
LOCAL_TARGET: Final = "Local target, not law."


class ExtractKind(StrEnum):
    """Whether an extract holds all of a table again, or adds to it."""

    FULL = "FULL"
    ADDITION = "ADDITION"
