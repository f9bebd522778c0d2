"""In how many days a step should be taken: local targets, not law, from a file.

The documents give no number of days for any step (REQUIREMENTS.md §6): whoever runs the
installation sets them, and everything that shows one says so.
"""

import tomllib
from collections.abc import Mapping
from datetime import date, timedelta
from pathlib import Path

from graph.errors import UsageError
from graph.vocabulary.following import FollowUpEvent

LOCAL_TARGET = "Local target, not law."
_SHIPPED = Path(__file__).with_name("targets.toml")
_MOST_DAYS = 3_650

Targets = Mapping[FollowUpEvent, int]


def targets(path: Path | None = None) -> Targets:
    """Days by step, of this file or of those shipped; a step that is not there has no target.

    Raises:
        UsageError: the file cannot be read, names no step, or gives no number of days.
    """
    try:
        text = tomllib.loads((path or _SHIPPED).read_text("utf-8"))
    except (OSError, ValueError):
        raise UsageError(
            "SPONSORGRAPH_FOLLOW_UP_TARGETS names no TOML file that can be read."
        ) from None
    for name, days in text.items():
        if name not in FollowUpEvent.__members__ or not _fits(days):
            raise UsageError(
                f"SPONSORGRAPH_FOLLOW_UP_TARGETS: {name} is no step with 0 to {_MOST_DAYS} days."
            )
    return {FollowUpEvent(name): days for name, days in text.items()}


def _fits(days: object) -> bool:
    return isinstance(days, int) and not isinstance(days, bool) and 0 <= days <= _MOST_DAYS


def due(targets: Targets, event: FollowUpEvent, since: date) -> date | None:
    """Until when a step should be taken that has been due since a day; None without a target."""
    days = targets.get(event)
    return None if days is None else since + timedelta(days=days)


TARGETS = targets()
