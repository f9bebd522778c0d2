"""One GraphQL request, from its text to its answer."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextlib import nullcontext, suppress
from datetime import date
from time import perf_counter
from typing import TYPE_CHECKING, Any, LiteralString, TypeVar

from graphql import (
    ExecutionResult,
    GraphQLError,
    GraphQLSchema,
    OperationType,
    located_error,
)

from api.admission import NotAdmittedError
from api.allowance import Allowance
from api.audit.recording import Keeps, Recording
from api.audit.segments import AuditUnavailableError
from api.context import Context, Reads, Writes
from api.errors import Refused, public
from api.library import Library, Request
from api.plan.compiled import Arguments
from api.plan.executing import Executing, unobserved
from api.plan.streamed import CompiledStream
from api.responses import BUSY, LISTEN, UNKNOWN, UNTOLD, Response, Understood
from api.settings import ApiSettings
from api.telemetry.counts import Counts, outcome
from api.understanding import Understanding
from graph.connection import deadline
from graph.errors import DeadlineExceededError, OutcomeUnknownError
from graph.following.targets import TARGETS, Targets
from graph.selection import Asked
from graph.sharing import Permission, Viewer
from graph.writes.steps import OUTCOME_UNKNOWN

if TYPE_CHECKING:  # it brings the SDK, which nothing needs that is not traced
    from api.telemetry.tracing import Tracing

Made = TypeVar("Made")

_UNTRACED = nullcontext()


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
        self._limits = limits
        self._clock = clock
        self._tracing = tracing
        self._audit = audit
        self.recording = Recording(audit)
        self._allowance = Allowance(limits)
        # Of those that everybody is looked at for.
        self._turns = asyncio.Semaphore(limits.most_counting)
        self.library = Library(schema, limits, tracing)
        self.understanding = Understanding(schema, self.library, clock)
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
        found = self.understanding.of(request, viewer)
        return found if isinstance(found, Understood) else self._refusing(*found)

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
        return await self.answer_as(_itself, request, viewer, reads, writes)

    async def answer_as(
        self,
        made: Callable[[Response], Made],
        request: Request,
        viewer: Viewer,
        reads: Reads,
        writes: Writes | None = None,
    ) -> Made:
        """What is made of the answer, once it is audited.

        It is made before the audit is waited for, and only it is held until then: a tree of a
        thousand things has left the processor's caches by that time, which made it a fifth dearer
        to write out and to give back.
        """
        if self.counts.in_flight >= self._limits.most_at_once:
            return made(self._refusing(BUSY))
        if over := self._allowance.for_another(viewer):
            return made(await self._over(viewer, over))
        self.counts.in_flight += 1
        try:
            with self._tracing.step("operation") if self._tracing else _UNTRACED:
                return await self._answer(made, request, viewer, reads, writes)
        finally:
            self.counts.in_flight -= 1

    async def _answer(
        self,
        made: Callable[[Response], Made],
        request: Request,
        viewer: Viewer,
        reads: Reads,
        writes: Writes | None,
    ) -> Made:
        began = perf_counter()
        understood = self.understood(request, viewer)
        if isinstance(understood, Response):
            return made(await self.refused(viewer, understood))
        document, operation = understood.document, understood.operation
        if operation.operation is OperationType.SUBSCRIPTION:
            return made(await self.refused(viewer, self._refusing(GraphQLError(LISTEN))))
        if self._tracing is not None:
            self._tracing.describe(operation, document.signature)
        context = self.context(viewer, reads, writes)
        writes_something = operation.operation is OperationType.MUTATION
        if writes_something and (unkept := await self.begun(understood, viewer)):
            return made(unkept)
        counting = understood.of_everybody
        seconds = self._limits.seconds_to_count if counting else self._limits.seconds_to_answer
        try:
            async with deadline(seconds), self._turns if counting else nullcontext():
                answered = await self._executing.answer(
                    document, operation, request.variables, context
                )
        except DeadlineExceededError as late:
            told = OutcomeUnknownError(OUTCOME_UNKNOWN) if writes_something else late
            answered = ExecutionResult(None, [located_error(told)])
        response = self._response(answered, context, seconds)
        took = perf_counter() - began
        self._count(operation.operation.value, response, context, took)
        extensions = self.understanding.receipt(understood, viewer) if response.executed else None
        if request.asks_costs and Permission.SEE_COSTS in viewer.permissions:
            extensions = {**(extensions or {}), "costs": context.costs(took)}
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
        leaving = made(response)
        del answered, response
        unkept = await self._kept(kept, UNKNOWN if writes_something else UNTOLD)
        return made(unkept) if unkept else leaving

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
        first = (response.result.errors or [UNTOLD])[0]
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
            return self._refusing(otherwise or UNTOLD)
        return None

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
        answered.extensions = self.understanding.receipt(understood, viewer)
        return self._response(answered, context, self._limits.seconds_to_answer)

    def not_admitted(self, refused: NotAdmittedError) -> Response:
        """The answer to whoever may not ask at all."""
        return self._refusing(
            Refused(str(refused), refused.reason, code=refused.code, status=refused.status)
        )

    def public(self, error: GraphQLError) -> GraphQLError:
        """The error as it may leave."""
        return public(error, self._limits.seconds_to_answer)

    def _response(self, answered: ExecutionResult, context: Context, seconds: float) -> Response:
        # What was refused before execution speaks of the request alone, so it may leave as it is.
        if answered.errors and context.started:
            answered.errors = [public(error, seconds) for error in answered.errors]
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


def _itself(response: Response) -> Response:
    return response


async def _nothing(text: LiteralString, parameters: Mapping[str, Any]) -> list[Any]:  # noqa: ARG001
    """What an event is told from was read before."""
    return []
