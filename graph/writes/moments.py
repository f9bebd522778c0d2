"""Moments as they are kept: in UTC, and to the millisecond, as a place in a list is told in."""

from datetime import UTC, datetime


def to_the_millisecond(at: datetime) -> datetime:
    """The moment in UTC, without what is less than a millisecond."""
    return at.astimezone(UTC).replace(microsecond=at.microsecond // 1000 * 1000)
