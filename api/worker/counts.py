"""What one worker has done since it started, as numbers; nothing of anybody."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime

from graph.outbox import Backlog


@dataclass(slots=True)
class WorkerCounts:
    """Follow-ups opened, attempts by outcome, what was given up and escalated, rounds that failed.

    `backlog` is of all workers together, as the graph had it when it was last looked at.
    """

    follow_ups: int = 0
    notices: int = 0
    attempts: Counter[str] = field(default_factory=Counter)
    given_up: int = 0
    escalated: int = 0
    rounds: int = 0
    faults: int = 0
    fault: str | None = None
    ended_at: datetime | None = None
    backlog: Backlog = field(default_factory=Backlog)
