"""What is wanted of the graph, in the graph's own words: fields of shapes, nothing of GraphQL.

The API turns a client's document into these, and `graph.projection` turns these into Cypher.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime

from graph.errors import UsageError
from graph.sharing import Viewer


class UnanswerableError(UsageError):
    """What was asked cannot be answered as asked; the sentence is for whoever asked."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """One field wanted of a thing.

    `of` has what is wanted inside it, by the name of the shape it turns out to be; a scalar wants
    nothing inside. `call` numbers this use of the field among the statement's uses that take
    arguments, and `given` names the arguments that were given a value.
    """

    name: str
    of: Mapping[str, tuple["Wanted", ...]] = field(default_factory=dict)
    call: int = 0
    given: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Asked:
    """The circumstances of a question: who asks, which day it is, and which moment."""

    viewer: Viewer
    today: date
    now: datetime = field(default_factory=lambda: datetime.now(UTC))
