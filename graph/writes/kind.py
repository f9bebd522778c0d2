"""What one batch writes: a constant statement and the rows it takes."""

from dataclasses import dataclass
from typing import LiteralString, TypedDict


@dataclass(frozen=True)
class Kind:
    """One sort of thing that a run writes.

    `statement` takes `$rows`, each with the keys of `row`, and `$run`, the run that writes. It is
    free to CREATE: a batch is applied once only (see `runs.apply_batch`).
    """

    name: str
    row: type
    statement: LiteralString

    @property
    def columns(self) -> list[str]:
        """The columns of a plan's file of this kind, which are the keys of its rows."""
        return list(self.row.__annotations__)


class ClosedFact(TypedDict):
    """A fact that no longer holds, found by the unique id of the node it starts at."""

    start: str
    id: str
