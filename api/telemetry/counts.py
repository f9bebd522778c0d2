"""What one process has done since it started, as numbers.

Plain integers, added to on the event loop and read when somebody asks: a counter of
prometheus-client takes a lock and a microsecond each time. Labels are words of this program alone,
so their number is bounded, whatever clients send.
"""

from bisect import bisect_left
from collections import Counter
from dataclasses import dataclass, field

from graphql import GraphQLError

# Seconds. An investigator notices a tenth; the deadline is ten unless set otherwise.
BUCKETS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)
KINDS = ("query", "mutation", "subscription")
# Without an error; with some; at the deadline; with something that is wrong here.
OUTCOMES = ("answered", "with errors", "deadline", "failed")


@dataclass(slots=True)
class Durations:
    """How many took how long: one number for each bucket, and one for what took longer."""

    counts: list[int] = field(default_factory=lambda: [0] * (len(BUCKETS) + 1))
    seconds: float = 0.0

    def add(self, seconds: float) -> None:
        self.counts[bisect_left(BUCKETS, seconds)] += 1
        self.seconds += seconds


@dataclass(slots=True)
class Counts:
    """Operations by kind and outcome, refusals by reason, and what the database was asked.

    `websockets` are open, `subscriptions` are listened to, `events` were told; whoever opens and
    closes them says so.
    """

    operations: Counter[tuple[str, str]] = field(default_factory=Counter)
    durations: dict[str, Durations] = field(
        default_factory=lambda: {kind: Durations() for kind in KINDS}
    )
    refusals: Counter[str] = field(default_factory=Counter)
    in_flight: int = 0
    statements: int = 0
    rows: int = 0
    database_seconds: float = 0.0
    websockets: int = 0
    subscriptions: int = 0
    events: int = 0

    def answered(self, kind: str, outcome: str, seconds: float) -> None:
        """An operation was executed: `outcome` is one of OUTCOMES."""
        self.operations[kind, outcome] += 1
        self.durations[kind].add(seconds)


def outcome(errors: list[GraphQLError] | None) -> str:
    """The outcome of an operation that was executed, by its errors."""
    if not errors:
        return "answered"
    codes = {(error.extensions or {}).get("code") for error in errors}
    if codes & {"INTERNAL", "UNAVAILABLE"}:
        return "failed"
    return "deadline" if codes & {"DEADLINE", "OUTCOME_UNKNOWN"} else "with errors"
