"""One GraphQL request, from its text to its answer."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, LiteralString

from graphql import (
    ExecutionResult,
    GraphQLError,
    GraphQLSchema,
    OperationDefinitionNode,
    OperationType,
    get_variable_values,
    located_error,
)

from api.context import Context, Reads, Writes
from api.errors import Refused, public
from api.limits import Limits, Passed
from api.plan.compiled import Arguments
from api.plan.documents import Document, Remembered, read_document, validated
from api.plan.executing import Executing
from api.plan.streamed import CompiledStream, compile_stream
from api.settings import ApiSettings
from graph.connection import deadline
from graph.errors import DeadlineExceededError, OutcomeUnknownError
from graph.selection import Asked
from graph.sharing import Permission, Viewer
from graph.writes.steps import OUTCOME_UNKNOWN

DOCUMENTS_KEPT = 1_000
# A longer text is answered and forgotten, so that what is kept stays within some 20 MB.
_LONGEST_KEPT = 20_000


@dataclass(frozen=True, slots=True)
class Request:
    """What a client sends, of the right types."""

    query: str
    operation_name: str | None = None
    variables: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Response:
    """The result, and whether it was executed: a request refused before has no data at all."""

    result: ExecutionResult
    executed: bool


@dataclass(frozen=True, slots=True)
class Understood:
    """A request that may be executed: its document, the operation that it names, and its size.

    `things` is how many things its answer may hold, or one event of a subscription.
    """

    request: Request
    document: Document
    operation: OperationDefinitionNode
    things: int


class Asking:
    """Answers requests: limits first, then validation, then one of the two ways of answering."""

    def __init__(
        self,
        schema: GraphQLSchema,
        limits: ApiSettings,
        viewer: Viewer,
        clock: Callable[[], date],
    ) -> None:
        self._executing = Executing(schema)
        self._schema = schema
        self._limits = Limits(schema, limits)
        self._allowed = limits
        self._viewer = viewer
        self._clock = clock
        self._documents: Remembered[Document] = Remembered(DOCUMENTS_KEPT)

    def understood(self, request: Request, viewer: Viewer | None = None) -> Understood | Response:
        """The request, within its limits and valid, or the response that refuses it."""
        try:
            document = self._document(request, viewer or self._viewer)
        except GraphQLError as refused:
            return _refusing(refused)
        operation = document.operation(request.operation_name)
        if document.errors:
            return _refusing(*document.errors)
        if operation is None:
            return _refusing(GraphQLError("Name one of the document's operations."))
        passed: Passed = document.passed[request.operation_name]
        return Understood(request, document, operation, passed.things)

    def context(self, viewer: Viewer, reads: Reads, writes: Writes | None = None) -> Context:
        """The circumstances of an operation that begins now."""
        return Context(Asked(viewer, self._clock()), reads, writes)

    async def answer(
        self,
        request: Request,
        reads: Reads,
        writes: Writes | None = None,
        viewer: Viewer | None = None,
    ) -> Response:
        """The answer, within the deadline; errors are those that may leave."""
        understood = self.understood(request, viewer)
        if isinstance(understood, Response):
            return understood
        document, operation = understood.document, understood.operation
        if operation.operation is OperationType.SUBSCRIPTION:
            return _refusing(GraphQLError(_LISTEN))
        context = self.context(viewer or self._viewer, reads, writes)
        try:
            async with deadline(self._allowed.seconds_to_answer):
                answered = await self._executing.answer(
                    document, operation, request.variables, context
                )
        except DeadlineExceededError as late:
            writes_something = operation.operation is OperationType.MUTATION
            told = OutcomeUnknownError(OUTCOME_UNKNOWN) if writes_something else late
            answered = ExecutionResult(None, [located_error(told)])
        return self._response(answered, context)

    def stream(self, understood: Understood) -> tuple[CompiledStream, Arguments]:
        """A subscription, compiled, with its arguments.

        Raises GraphQLError for variables that do not fit, UnanswerableError where nothing is asked.
        """
        document, operation = understood.document, understood.operation
        variables = get_variable_values(
            self._schema,
            operation.variable_definitions or (),
            understood.request.variables,
            hide_suggestions=True,
        )
        if isinstance(variables, list):
            raise variables[0]
        stream = compile_stream(self._schema, operation, document.fragments, variables)
        return stream, stream.arguments(variables)

    async def told(
        self, understood: Understood, stream: CompiledStream, rows: list[Any], given: Arguments
    ) -> Response:
        """What a subscription tells of an event, from its row."""
        key = stream.reading.key
        context = Context(Asked(self._viewer, self._clock()), _nothing, started=True)
        try:
            answered = ExecutionResult({key: stream.strict(rows, given)}, None)
        except Exception:  # noqa: BLE001 - what Python makes of a row may fail in any way
            answered = await self._executing.ordinary(
                understood.document,
                understood.operation,
                understood.request.variables,
                context,
                root={key: stream.lenient(rows, given)},
            )
        return self._response(answered, context)

    def public(self, error: GraphQLError) -> GraphQLError:
        """The error as it may leave."""
        return public(error, self._allowed.seconds_to_answer)

    def _response(self, answered: ExecutionResult, context: Context) -> Response:
        # What was refused before execution speaks of the request alone, so it may leave as it is.
        if answered.errors and context.started:
            answered.errors = [self.public(error) for error in answered.errors]
        return Response(answered, executed=context.started)

    def _document(self, request: Request, viewer: Viewer) -> Document:
        """The document, parsed, within its limits and validated; raises what it is refused for."""
        self._limits.check_variables(request.variables)
        kept = self._documents.get(request.query)
        if kept is None:
            self._limits.check_text(request.query)
            node = read_document(request.query, self._allowed.most_tokens)
            self._limits.check_document(node)
            # What asks for too much is refused before it is validated.
            measured = Document(node)
            self._check(measured, request, viewer)
            kept = validated(self._schema, node)
            kept.passed.update(measured.passed)
            if len(request.query) <= _LONGEST_KEPT:
                self._documents.put(request.query, kept)
        self._check(kept, request, viewer)
        return kept

    def _check(self, document: Document, request: Request, viewer: Viewer) -> None:
        name = request.operation_name
        passed: Passed | None = document.passed.get(name)
        if passed is None or not passed.covers(request.variables):
            operation = document.operation(name)
            if operation is None:
                return
            passed = self._limits.check(document.node, operation, request.variables)
            document.passed[name] = passed
        if passed.introspects and not self._may_introspect(viewer):
            raise Refused(
                "Introspection is not allowed here: `sponsorgraph schema` prints the schema.",
                "introspection",
                code="FORBIDDEN",
            )

    def _may_introspect(self, viewer: Viewer) -> bool:
        return self._allowed.introspection and Permission.INTROSPECT in viewer.permissions


_LISTEN = "A subscription is listened to over WebSocket at this address: graphql-transport-ws."


def _refusing(*errors: GraphQLError) -> Response:
    return Response(ExecutionResult(None, list(errors)), executed=False)


async def _nothing(text: LiteralString, parameters: Mapping[str, Any]) -> list[Any]:  # noqa: ARG001
    """What an event is told from was read before."""
    return []
