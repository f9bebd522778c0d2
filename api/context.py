"""What a question is asked with: who asks, which day it is, and the door to the graph."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from time import perf_counter
from typing import TYPE_CHECKING, Any, LiteralString, Protocol, TypeVar

from graph.errors import UsageError
from graph.following.targets import TARGETS, Targets
from graph.selection import Asked
from graph.writes.steps import Steps

if TYPE_CHECKING:  # it reads what is written of contexts like this
    from api.audit.reading import AuditReader

Answer = TypeVar("Answer")


class Reads(Protocol):
    """The graph, as far as a question is concerned."""

    async def __call__(self, text: LiteralString, parameters: Mapping[str, Any]) -> list[Any]:
        """The first column of every row."""
        ...


class Writes(Protocol):
    """A write of its own, until its outcome is known or nobody can say."""

    async def __call__(self, steps: Callable[[], Steps[Answer]]) -> Answer:
        """What the steps come to, taken in one transaction."""
        ...


@dataclass(slots=True)
class Context:
    """One operation's circumstances.

    `found` has what the fast way read, by response key, for the ordinary way to go on from:
    rows, or what went wrong. `started` is set when variables were found fit and execution began.
    `statements`, `rows` and `seconds` count what the operation asked of the database, and how long
    that took; of statements side by side, each on its own. `seen` has the ids of the things in the
    answer, as `note` was told them.
    """

    asked: Asked
    reads: Reads
    writes: Writes | None = None
    found: dict[str, "list[Any] | BaseException"] = field(default_factory=dict)
    started: bool = False
    statements: int = 0
    rows: int = 0
    seconds: float = 0.0
    seen: set[str] = field(default_factory=set)
    # For privacy officers' questions, which the graph cannot answer.
    audit: "AuditReader | None" = None
    rows_read: list[int] = field(default_factory=list)
    # For how long at most somebody sees a child in an emergency.
    break_glass_minutes: int = 240
    # In how many days each step of a follow-up should be taken: local targets, not law.
    targets: Targets = field(default_factory=lambda: TARGETS)

    @property
    def note(self) -> Callable[[str], object]:
        """What to tell the id of each thing that is in the answer."""
        return self.seen.add

    async def read(
        self,
        text: LiteralString,
        parameters: Mapping[str, Any],
        of: str = "",  # noqa: ARG002 - for whoever traces
    ) -> list[Any]:
        """The first column of every row; `of` is the field of the schema that it answers."""
        self.statements += 1
        began = perf_counter()
        try:
            found = await self.reads(text, parameters)
        finally:
            self.seconds += perf_counter() - began
        for one in found:
            self.rows += len(one) if isinstance(one, list) else 1
        return found

    async def write(self, steps: Callable[[], Steps[Answer]]) -> Answer:
        if self.writes is None:
            raise UsageError("Nothing can be changed through this door.")
        self.statements += 1
        began = perf_counter()
        try:
            return await self.writes(steps)
        finally:
            self.seconds += perf_counter() - began

    def costs(self, seconds: float) -> dict[str, Any]:
        """What the operation cost, of which the database's part; times in milliseconds."""
        return {
            "statements": self.statements,
            "rows": self.rows,
            "databaseMs": round(self.seconds * 1000, 3),
            "totalMs": round(seconds * 1000, 3),
        }
