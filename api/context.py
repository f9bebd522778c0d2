"""What a question is asked with: who asks, which day it is, and the door to the graph."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, LiteralString, Protocol

from graph.selection import Asked


class Reads(Protocol):
    """The graph, as far as a question is concerned."""

    async def __call__(self, text: LiteralString, parameters: Mapping[str, Any]) -> list[Any]:
        """The first column of every row."""
        ...


@dataclass(slots=True)
class Context:
    """One operation's circumstances. `statements` counts what it asked of the database."""

    asked: Asked
    reads: Reads
    statements: int = field(default=0)

    async def read(self, text: LiteralString, parameters: Mapping[str, Any]) -> list[Any]:
        self.statements += 1
        return await self.reads(text, parameters)
