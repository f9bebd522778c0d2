"""From a request to its document: trusted, remembered, or read for the first time."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from graphql import GraphQLError, GraphQLSchema, OperationDefinitionNode, OperationType

from api.errors import Refused
from api.limits import Limits, Passed
from api.plan.documents import Document, Remembered, read_document, validated
from api.plan.executing import Step, unobserved
from api.samples import sample_variables
from api.settings import ApiSettings
from api.trusted import PREFIX, hash_of
from graph.errors import UsageError
from graph.sharing import Permission, Viewer

if TYPE_CHECKING:  # it brings the SDK, which nothing needs that is not traced
    from api.telemetry.tracing import Tracing

DOCUMENTS_KEPT = 1_000
# A longer text is answered and forgotten, so that what is kept stays within some 20 MB.
_LONGEST_KEPT = 20_000
_FAULTS_SHOWN = 5


@dataclass(slots=True)
class Request:
    """What a client sends, of the right types: a text, or the id of a trusted document.

    `asks_costs` is whether it wants to be told what answering cost.
    """

    query: str | None
    operation_name: str | None = None
    variables: dict[str, Any] = field(default_factory=dict)
    document_id: str | None = None
    asks_costs: bool = False


class Library:
    """The documents of one schema. `found` counts how they were come by."""

    def __init__(
        self, schema: GraphQLSchema, allowed: ApiSettings, tracing: "Tracing | None" = None
    ) -> None:
        self._schema = schema
        self._allowed = allowed
        self._step: Step = tracing.step if tracing else unobserved
        self._limits = Limits(schema, allowed)
        self._kept: Remembered[Document] = Remembered(DOCUMENTS_KEPT)
        self._by_id: dict[str, Document] = {}
        self._by_text: dict[str, Document] = {}
        self.found = {"trusted": 0, "kept": 0, "read": 0}

    def trust(self, documents: Mapping[str, str]) -> None:
        """Take in documents by the hash of their text, parsed and validated.

        Raises:
            UsageError: one of them could not be answered; the sentence says which, and why.
        """
        faults = []
        for name, text in documents.items():
            try:
                document = self._read(text)
                for operation in operations_of(document):
                    self._pass(document, _name(operation), {})
                reasons = [error.message for error in document.errors]
            except GraphQLError as refused:
                reasons = [refused.message]
            if reasons:
                faults.append(f"{PREFIX}{name[:12]}…: {reasons[0]}")
                continue
            self._by_id[name] = self._by_text[text] = document
        if faults:
            shown = " ".join(faults[:_FAULTS_SHOWN])
            raise UsageError(
                f"{len(faults)} of {len(documents)} trusted documents cannot be served: {shown}"
                " Correct them, or take them out of what SPONSORGRAPH_API_DOCUMENTS names."
            )

    def samples(self) -> Iterator[Request]:
        """A request for every operation of a trusted document, to plan it with."""
        for name, document in self._by_id.items():
            for operation in operations_of(document):
                if operation.operation is OperationType.SUBSCRIPTION:
                    continue
                variables = sample_variables(self._schema, operation)
                yield Request(None, _name(operation), variables, name)

    def described(self) -> Iterator[dict[str, Any]]:
        """Every operation of a trusted document: its document's id, its name, kind and size."""
        for name, document in self._by_id.items():
            for operation in operations_of(document):
                passed: Passed = document.passed[_name(operation)]
                yield {
                    "document": f"{PREFIX}{name}",
                    "operation": _name(operation),
                    "kind": operation.operation.value,
                    "things": passed.things,
                }

    def find(self, request: Request, viewer: Viewer) -> tuple[Document, Passed | None]:
        """The request's document, within its limits and validated, and its operation.

        Raises:
            GraphQLError: what the request is refused for.
        """
        self._limits.check_variables(request.variables)
        document = self._found(request)
        passed: Passed | None = document.passed.get(request.operation_name)
        if passed is None or not passed.covers(request.variables):
            passed = self._pass(document, request.operation_name, request.variables)
        if passed is not None and passed.introspects and not self._may_introspect(viewer):
            raise Refused(
                "Introspection is not allowed here: `sponsorgraph schema` prints the schema.",
                "introspection",
                code="FORBIDDEN",
            )
        return document, passed

    def _may_introspect(self, viewer: Viewer) -> bool:
        return self._allowed.introspection and Permission.INTROSPECT in viewer.permissions

    def _found(self, request: Request) -> Document:
        if request.document_id is not None:
            return self._named(request.document_id, request)
        text = request.query
        assert text is not None  # a request has the one or the other
        document = self._kept.get(text)
        if document is not None:
            self.found["kept"] += 1
            return document
        document = self._by_text.get(text)
        if document is not None:
            self.found["trusted"] += 1
            return document
        if self._allowed.trusted_documents_only:
            raise Refused(
                "Only trusted documents are answered here: have yours added, and send its"
                " documentId.",
                "not trusted",
                code="FORBIDDEN",
            )
        document = self._read(text, request)
        if len(text) <= _LONGEST_KEPT:
            self._kept.put(text, document)
        return document

    def _named(self, name: str, request: Request) -> Document:
        """By its id; a text that comes with it must be the document's own."""
        text = request.query
        document = self._by_id.get(name.removeprefix(PREFIX))
        if document is not None:
            self.found["trusted"] += 1
            return document
        if text is None:
            # These very words make Apollo's and urql's clients send the text instead.
            raise Refused(
                "PersistedQueryNotFound", "unknown document", code="PERSISTED_QUERY_NOT_FOUND"
            )
        if hash_of(text) != name.removeprefix(PREFIX):
            raise Refused("The text is not the document of that id.", "unknown document")
        return self._found(replace(request, document_id=None))

    def _read(self, text: str, request: Request | None = None) -> Document:
        self.found["read"] += 1
        self._limits.check_text(text)
        with self._step("parse"):
            node = read_document(text, self._allowed.most_tokens)
        with self._step("validate"):
            self._limits.check_document(node)
            measured = Document(node)
            if request is not None:
                # What asks for too much is refused before it is validated.
                self._pass(measured, request.operation_name, request.variables)
            document = validated(self._schema, node)
        document.passed.update(measured.passed)
        return document

    def _pass(
        self, document: Document, name: str | None, variables: Mapping[str, Any]
    ) -> Passed | None:
        operation = document.operation(name)
        if operation is None:
            return None
        passed = self._limits.check(document.node, operation, variables)
        document.passed[name] = passed
        return passed


def operations_of(document: Document) -> Iterator[OperationDefinitionNode]:
    """The operations that a document defines."""
    for definition in document.node.definitions:
        if isinstance(definition, OperationDefinitionNode):
            yield definition


def _name(operation: OperationDefinitionNode) -> str | None:
    return operation.name.value if operation.name else None
