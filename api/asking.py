"""One GraphQL request, from its text to its answer."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from graphql import (
    ExecutionResult,
    GraphQLError,
    GraphQLSchema,
    OperationType,
    located_error,
)

from api.context import Context, Reads, Writes
from api.errors import Refused, public
from api.limits import Limits, Passed
from api.plan.documents import Document, Remembered, read_document, validated
from api.plan.executing import Executing
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

    async def answer(
        self, request: Request, reads: Reads, writes: Writes | None = None
    ) -> Response:
        """The answer, within the deadline; errors are those that may leave."""
        try:
            document = self._document(request)
        except GraphQLError as refused:
            return Response(ExecutionResult(None, [refused]), executed=False)
        operation = document.operation(request.operation_name)
        if document.errors or operation is None:
            errors = document.errors or [GraphQLError("Name one of the document's operations.")]
            return Response(ExecutionResult(None, errors), executed=False)
        context = Context(Asked(self._viewer, self._clock()), reads, writes)
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

    def _response(self, answered: ExecutionResult, context: Context) -> Response:
        # What was refused before execution speaks of the request alone, so it may leave as it is.
        if answered.errors and context.started:
            seconds = self._allowed.seconds_to_answer
            answered.errors = [public(error, seconds) for error in answered.errors]
        return Response(answered, executed=context.started)

    def _document(self, request: Request) -> Document:
        """The document, parsed, within its limits and validated; raises what it is refused for."""
        self._limits.check_variables(request.variables)
        kept = self._documents.get(request.query)
        if kept is None:
            self._limits.check_text(request.query)
            node = read_document(request.query, self._allowed.most_tokens)
            self._limits.check_document(node)
            # What asks for too much is refused before it is validated.
            measured = Document(node)
            self._check(measured, request)
            kept = validated(self._schema, node)
            kept.passed.update(measured.passed)
            if len(request.query) <= _LONGEST_KEPT:
                self._documents.put(request.query, kept)
        self._check(kept, request)
        return kept

    def _check(self, document: Document, request: Request) -> None:
        name = request.operation_name
        passed: Passed | None = document.passed.get(name)
        if passed is None or not passed.covers(request.variables):
            operation = document.operation(name)
            if operation is None:
                return
            passed = self._limits.check(document.node, operation, request.variables)
            document.passed[name] = passed
        if passed.introspects and not self._may_introspect:
            raise Refused(
                "Introspection is not allowed here: `sponsorgraph schema` prints the schema.",
                "introspection",
                code="FORBIDDEN",
            )

    @property
    def _may_introspect(self) -> bool:
        return self._allowed.introspection and Permission.INTROSPECT in self._viewer.permissions
