"""What a request means: the operation it names, what its viewer gets of it, and what is withheld.

What was worked out of a document is kept with it, for each gate or viewer that it differs by.
"""

from collections.abc import Callable
from datetime import date
from typing import Any

from graphql import GraphQLError, GraphQLSchema, OperationDefinitionNode, get_variable_values

from api.library import Library, Request
from api.plan.compiled import Arguments
from api.plan.documents import Document
from api.plan.executing import what_decides
from api.plan.passage import Passage, passage
from api.plan.selecting import closed
from api.plan.streamed import CompiledStream, compile_stream
from api.responses import Understood
from graph.sharing import Viewer, policy
from graph.sharing.receipts import receipt


class Understanding:
    """Understands the requests of one schema."""

    def __init__(self, schema: GraphQLSchema, library: Library, clock: Callable[[], date]) -> None:
        self._schema = schema
        self._library = library
        self._clock = clock

    def of(self, request: Request, viewer: Viewer) -> Understood | list[GraphQLError]:
        """The request, within its limits, valid and open to the viewer; or why it is refused."""
        try:
            document, passed = self._library.find(request, viewer)
        except GraphQLError as refused:
            return [refused]
        if document.errors:
            return list(document.errors)
        if passed is None:
            return [GraphQLError("Name one of the document's operations.")]
        asked = self._passage(document, passed.operation, viewer)
        if asked.refused:
            return [closed(asked.refused, viewer)]
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

    def receipt(self, understood: Understood, viewer: Viewer) -> dict[str, Any] | None:
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
