"""One GraphQL request, from its text to its answer."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date
from time import perf_counter
from typing import TYPE_CHECKING, Any, LiteralString

from graphql import (
    ExecutionResult,
    GraphQLError,
    GraphQLSchema,
    OperationDefinitionNode,
    OperationType,
    get_variable_values,
    located_error,
)

from api.admission import NotAdmittedError
from api.allowance import Allowance
from api.audit.recording import AskedOf, Keeps, Recording
from api.audit.segments import AuditUnavailableError
from api.context import Context, Reads, Writes
from api.errors import Refused, public
from api.library import Library, Request
from api.plan.compiled import Arguments
from api.plan.documents import Document
from api.plan.executing import Executing, unobserved, what_decides
from api.plan.passage import Passage, passage
from api.plan.selecting import closed
from api.plan.streamed import CompiledStream, compile_stream
from api.settings import ApiSettings
from api.telemetry.counts import Counts, outcome
from graph.connection import deadline
from graph.errors import DeadlineExceededError, OutcomeUnknownError
from graph.following.targets import TARGETS, Targets
from graph.selection import Asked
from graph.sharing import Permission, Viewer, policy
from graph.sharing.receipts import receipt
from graph.writes.steps import OUTCOME_UNKNOWN

if TYPE_CHECKING:  # it brings the SDK, which nothing needs that is not traced
    from api.telemetry.tracing import Tracing

__all__ = ["Asking", "Request", "Response", "Understood"]


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
    def asked(self) -> AskedOf:
        """What the audit says of it."""
        return self.document, self.operation, self.passage


class Asking:
    """Answers requests: limits first, then validation, then one of the two ways of answering."""

    def __init__(
        self,
        schema: GraphQLSchema,
        limits: ApiSettings,
        clock: Callable[[], date],
        audit: Keeps,
        tracing: "Tracing | None" = None,
        targets: Targets = TARGETS,
    ) -> None:
        self._targets = targets
        self._executing = Executing(schema, tracing.step if tracing else unobserved)
        self._schema = schema
        self._limits = limits
        self._clock = clock
        self._tracing = tracing
        self._audit = audit
        self.recording = Recording(audit)
        self._allowance = Allowance(limits)
        self.library = Library(schema, limits, tracing)
        self.counts = Counts()

    @property
    def documents(self) -> dict[str, int]:
        """How many documents were trusted, kept from before, or read."""
        return self.library.found

    @property
    def plans(self) -> dict[str, int]:
        """How many plans of operations were made, and how many were there already."""
        made = self._executing.plans_made
        return {"made": made, "kept": self._executing.plans_used - made}

    def understood(self, request: Request, viewer: Viewer) -> Understood | Response:
        """The request, within its limits and valid, or the response that refuses it."""
        try:
            document, passed = self.library.find(request, viewer)
        except GraphQLError as refused:
            return self._refusing(refused)
        if document.errors:
            return self._refusing(*document.errors)
        if passed is None:
            return self._refusing(GraphQLError("Name one of the document's operations."))
        asked = self._passage(document, passed.operation, viewer)
        if asked.refused:
            return self._refusing(closed(asked.refused, viewer))
        return Understood(request, document, passed.operation, passed.things, asked)

    def _passage(
        self, document: Document, operation: OperationDefinitionNode, viewer: Viewer
    ) -> Passage:
        """What the viewer's gate makes of an operation; of each gate it is worked out once."""
        name = operation.name.value if operation.name else None
        found: Passage | None = document.plans.get(("passage", name, viewer.gate))
        if found is not None:
            return found
        made = passage(self._schema, operation, document.fragments, viewer.gate)
        document.plans.put(("passage", name, viewer.gate), made)
        return made

    def context(self, viewer: Viewer, reads: Reads, writes: Writes | None = None) -> Context:
        """The circumstances of an operation that begins now."""
        asked = Asked(viewer, self._clock())
        if self._tracing is not None:
            context = self._tracing.context(asked, reads, writes)
        else:
            context = Context(asked, reads, writes)
        context.audit = self._audit.reader
        context.targets = self._targets
        context.break_glass_minutes = self._limits.most_break_glass_minutes
        return context

    async def answer(
        self,
        request: Request,
        viewer: Viewer,
        reads: Reads,
        writes: Writes | None = None,
    ) -> Response:
        """The answer, within the deadline, once it is audited; errors are those that may leave."""
        if self.counts.in_flight >= self._limits.most_at_once:
            return self._refusing(_BUSY)
        if over := self._allowance.for_another(viewer):
            return await self._over(viewer, over)
        self.counts.in_flight += 1
        try:
            if self._tracing is None:
                return await self._answer(request, viewer, reads, writes)
            with self._tracing.step("operation"):
                return await self._answer(request, viewer, reads, writes)
        finally:
            self.counts.in_flight -= 1

    async def _answer(
        self, request: Request, viewer: Viewer, reads: Reads, writes: Writes | None
    ) -> Response:
        began = perf_counter()
        understood = self.understood(request, viewer)
        if isinstance(understood, Response):
            return await self.refused(viewer, understood)
        document, operation = understood.document, understood.operation
        if operation.operation is OperationType.SUBSCRIPTION:
            return await self.refused(viewer, self._refusing(GraphQLError(_LISTEN)))
        if self._tracing is not None:
            self._tracing.describe(operation, document.signature)
        context = self.context(viewer, reads, writes)
        writes_something = operation.operation is OperationType.MUTATION
        if writes_something and (unkept := await self.begun(understood, viewer)):
            return unkept
        try:
            async with deadline(self._limits.seconds_to_answer):
                answered = await self._executing.answer(
                    document, operation, request.variables, context
                )
        except DeadlineExceededError as late:
            told = OutcomeUnknownError(OUTCOME_UNKNOWN) if writes_something else late
            answered = ExecutionResult(None, [located_error(told)])
        response = self._response(answered, context)
        seconds = perf_counter() - began
        self._count(operation.operation.value, response, context, seconds)
        extensions = self._receipt(understood, viewer) if response.executed else None
        if request.asks_costs and Permission.SEE_COSTS in viewer.permissions:
            extensions = {**(extensions or {}), "costs": context.costs(seconds)}
        answered.extensions = extensions
        self._allowance.told(viewer, context.seen)
        kept = self.recording.answered(
            viewer,
            request,
            understood.asked,
            context.seen,
            answered.errors,
            context.statements,
            context.rows_read,
        )
        return await self._kept(kept, _UNKNOWN if writes_something else _UNTOLD) or response

    async def begun(self, understood: Understood, viewer: Viewer) -> Response | None:
        """Audit that somebody begins to write or to listen; or what to answer if that fails."""
        return await self._kept(self.recording.begun(viewer, understood.request, understood.asked))

    async def telling(
        self, understood: Understood, viewer: Viewer, responses: Sequence[Response]
    ) -> Response | None:
        """Audit what somebody who listens is to be told; or what to answer if that fails."""
        if over := self._allowance.for_another(viewer):
            return await self._over(viewer, over)
        seen = set[str]().union(*(one.seen for one in responses))
        self._allowance.told(viewer, seen)
        events = len(responses)
        request = understood.request
        return await self._kept(
            self.recording.told(viewer, request, understood.asked, seen, events)
        )

    async def _over(self, viewer: Viewer, over: Refused) -> Response:
        """Too much for one person: who copies is audited, who only hurries is counted."""
        response = self._refusing(over)
        return await self.refused(viewer, response) if over.reason == "people" else response

    async def refused(self, viewer: Viewer, response: Response) -> Response:
        """A refusal, audited."""
        first = (response.result.errors or [_UNTOLD])[0]
        reason: str = "invalid"
        fields: Sequence[str] = ()
        if isinstance(first, Refused):
            reason, fields = first.reason, first.fields
        return await self._kept(self.recording.refused(viewer, reason, fields)) or response

    async def _kept(
        self, recording: Awaitable[None], otherwise: Refused | None = None
    ) -> Response | None:
        """Nothing once the row is kept; otherwise what is answered instead of everything else."""
        try:
            await recording
        except AuditUnavailableError:
            return self._refusing(otherwise or _UNTOLD)
        return None

    def _receipt(self, understood: Understood, viewer: Viewer) -> dict[str, Any] | None:
        """What the answer may not hold and why; of each role and end it is written once."""
        if viewer.role is None:
            return None
        document, asked, on = understood.document, understood.passage, self._clock()
        name = understood.request.operation_name
        since = policy(on).since
        key = ("receipt", name, viewer.role, viewer.purpose, viewer.withheld, since)
        told: dict[str, Any] | None = document.plans.get(key)
        if told is None:
            told = {"receipt": receipt(viewer, on, asked.read, asked.redacted, asked.hidden)}
            document.plans.put(key, told)
        return told

    @property
    def takes_any(self) -> bool:
        """Whether documents are answered that are not trusted."""
        return not self._limits.trusted_documents_only

    async def plan(self, request: Request, viewer: Viewer, reads: Reads) -> None:
        """Answer it to nobody, so that its plan is there: uncounted, and whatever goes wrong."""
        understood = self.understood(request, viewer)
        if isinstance(understood, Response):
            return
        context = Context(Asked(viewer, self._clock()), reads)
        with suppress(DeadlineExceededError):
            async with deadline(self._limits.seconds_to_answer):
                await self._executing.answer(
                    understood.document, understood.operation, request.variables, context
                )

    def stream(self, understood: Understood, viewer: Viewer) -> tuple[CompiledStream, Arguments]:
        """A subscription, compiled for a viewer, with its arguments.

        Raises GraphQLError for variables that do not fit and for fields that are closed to the
        viewer by now, UnanswerableError where nothing is asked.
        """
        document, operation = understood.document, understood.operation
        refused = self._passage(document, operation, viewer).refused
        if refused:
            raise closed(refused, viewer)
        variables = get_variable_values(
            self._schema,
            operation.variable_definitions or (),
            understood.request.variables,
            hide_suggestions=True,
        )
        if isinstance(variables, list):
            raise variables[0]
        decided = what_decides(variables)
        name = understood.request.operation_name
        key = ("stream", name, viewer.gate, not viewer.withheld, decided)
        stream: CompiledStream | None = document.plans.get(key)
        if stream is None:
            stream = compile_stream(self._schema, operation, document.fragments, variables, viewer)
            document.plans.put(key, stream)
        return stream, stream.arguments(variables)

    async def told(
        self,
        understood: Understood,
        viewer: Viewer,
        stream: CompiledStream,
        rows: list[Any],
        given: Arguments,
    ) -> Response:
        """What a subscription tells of an event, from its row."""
        self.counts.events += 1
        key = stream.reading.key
        context = Context(Asked(viewer, self._clock()), _nothing, started=True)
        try:
            answered = ExecutionResult({key: stream.strict(rows, given, context.note)}, None)
        except Exception:  # noqa: BLE001 - what Python makes of a row may fail in any way
            answered = await self._executing.ordinary(
                understood.document,
                understood.operation,
                understood.request.variables,
                context,
                root={key: stream.lenient(rows, given, context.note)},
            )
        answered.extensions = self._receipt(understood, viewer)
        return self._response(answered, context)

    def not_admitted(self, refused: NotAdmittedError) -> Response:
        """The answer to whoever may not ask at all."""
        return self._refusing(
            Refused(str(refused), refused.reason, code=refused.code, status=refused.status)
        )

    def public(self, error: GraphQLError) -> GraphQLError:
        """The error as it may leave."""
        return public(error, self._limits.seconds_to_answer)

    def _response(self, answered: ExecutionResult, context: Context) -> Response:
        # What was refused before execution speaks of the request alone, so it may leave as it is.
        if answered.errors and context.started:
            answered.errors = [self.public(error) for error in answered.errors]
        return Response(answered, executed=context.started, seen=context.seen)

    def _refusing(self, *errors: GraphQLError) -> Response:
        first = errors[0]
        reason, status = "invalid", None
        if isinstance(first, Refused):
            reason, status = first.reason, first.status
        self.counts.refusals[reason] += 1
        return Response(ExecutionResult(None, list(errors)), executed=False, status=status)

    def _count(self, kind: str, response: Response, context: Context, seconds: float) -> None:
        counts = self.counts
        counts.statements += context.statements
        counts.rows += context.rows
        counts.database_seconds += context.seconds
        if response.executed:
            counts.answered(kind, outcome(response.result.errors), seconds)
        else:
            counts.refusals["invalid"] += 1


_BUSY = Refused(
    "Too many questions are being answered: ask again in a moment.",
    "busy",
    code="UNAVAILABLE",
    status=503,
)
_UNTOLD = Refused(
    "What is asked here is recorded, and that fails at the moment, so nothing is answered: ask"
    " again in a moment, and tell those who run this.",
    "audit",
    code="UNAVAILABLE",
    status=503,
)
_UNKNOWN = Refused(
    "The change may have been made, but what came of it could not be recorded, so it is not told:"
    " send the same again, with the same key, in a moment.",
    "audit",
    code="OUTCOME_UNKNOWN",
    status=503,
)
_LISTEN = "A subscription is listened to over WebSocket at this address: graphql-transport-ws."


async def _nothing(text: LiteralString, parameters: Mapping[str, Any]) -> list[Any]:  # noqa: ARG001
    """What an event is told from was read before."""
    return []
