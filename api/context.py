"""What a question is asked with: who asks, which day it is, and the door to the graph."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, LiteralString, Protocol, TypeVar

from graph.errors import UsageError
from graph.selection import Asked
from graph.writes.steps import Steps

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
    `statements` counts what the operation asked of the database.
    """

    asked: Asked
    reads: Reads
    writes: Writes | None = None
    found: dict[str, "list[Any] | BaseException"] = field(default_factory=dict)
    started: bool = False
    statements: int = 0

    async def read(self, text: LiteralString, parameters: Mapping[str, Any]) -> list[Any]:
        self.statements += 1
        return await self.reads(text, parameters)

    async def write(self, steps: Callable[[], Steps[Answer]]) -> Answer:
        if self.writes is None:
            raise UsageError("Nothing can be changed through this door.")
        return await self.writes(steps)
