"""Days: how long ago, and what was known by then."""

from graph.vocabulary.places import MOST_DAYS, Freshness


def days_since(day: str) -> str:
    """How many days before the day asked about that was."""
    return f"duration.inDays({day}, $asOf).days"


def freshness(day: str) -> str:
    """What that number of days is called."""
    steps = " ".join(
        f"WHEN {days_since(day)} <= {most} THEN '{step}'" for step, most in MOST_DAYS.items()
    )
    return f"CASE {steps} ELSE '{Freshness.STALE}' END"


KNOWN_AT_TEXT = "CASE WHEN $knownAt.year < 9999 THEN toString($knownAt) END"


def unlearnt(day: str, child: str) -> str:
    """Whether `day` ended something by a release of hers that nobody knew of yet.

    The next release ends the one before and its addresses, whenever it came to be known; asked
    what was known by a day, an end that only a later paper tells has not come.
    """
    ends = f"MATCH ({child})-[next:RELEASED_TO]->() WHERE told(next) AND next.releasedOn = {day}"
    return (
        f"($knownAt.year < 9999 AND EXISTS {{ {ends} }}"
        f" AND NOT EXISTS {{ {ends} AND next.knownFrom <= $knownAt }})"
    )


def eighteenth(birth: str) -> str:
    """The day on which somebody born on `birth` turns eighteen.

    Born on 29 February she is seventeen until the end of that month.
    """
    return (
        f"CASE WHEN {birth} IS NOT NULL THEN date({{year: {birth}.year + 18,"
        f" month: {birth}.month, day: 1}}) + duration({{days: {birth}.day - 1}}) END"
    )
