"""A request once it is understood, what it is answered with, and the answers of one sentence."""

from dataclasses import dataclass, field
from typing import Final

from graphql import ExecutionResult, OperationDefinitionNode

from api.audit.recording import AskedOf
from api.errors import Refused
from api.library import Request
from api.plan.documents import Document
from api.plan.passage import Passage
from graph.shapes import OF_EVERYBODY

_OF_EVERYBODY: Final = frozenset(f"Query.{name}" for name in OF_EVERYBODY)


# Not frozen, nor are Request and Understood: that would cost each request three microseconds.
@dataclass(slots=True)
class Response:
    """The result, and whether it was executed: a request refused before has no data at all.

    `status` is the HTTP status of a refusal that has one of its own; `seen` are the ids of the
    things in the answer.
    """

    result: ExecutionResult
    executed: bool
    status: int | None = None
    seen: set[str] = field(default_factory=set)


@dataclass(slots=True)
class Understood:
    """A request that may be executed: its document, the operation that it names, and its size.

    `things` is how many things its answer may hold, or one event of a subscription; `passage` is
    what the viewer's gate makes of its fields.
    """

    request: Request
    document: Document
    operation: OperationDefinitionNode
    things: int
    passage: Passage

    @property
    def of_everybody(self) -> bool:
        """Whether everybody is looked at for it, which takes long."""
        return not _OF_EVERYBODY.isdisjoint(self.passage.read)

    @property
    def asked(self) -> AskedOf:
        """What the audit says of it."""
        return self.document, self.operation, self.passage


BUSY: Final = Refused(
    "Too many questions are being answered: ask again in a moment.",
    "busy",
    code="UNAVAILABLE",
    status=503,
)
UNTOLD: Final = Refused(
    "What is asked here is recorded, and that fails at the moment, so nothing is answered: ask"
    " again in a moment, and tell those who run this.",
    "audit",
    code="UNAVAILABLE",
    status=503,
)
UNKNOWN: Final = Refused(
    "The change may have been made, but what came of it could not be recorded, so it is not told:"
    " send the same again, with the same key, in a moment.",
    "audit",
    code="OUTCOME_UNKNOWN",
    status=503,
)
LISTEN: Final = (
    "A subscription is listened to over WebSocket at this address: graphql-transport-ws."
)
