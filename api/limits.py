"""What an operation may ask for, checked before validation: validation itself can be made to cost.

The whole document is measured, with what its operation does not use, because validation reads all
of it. `api.measuring` has the walk.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from graphql import (
    DocumentNode,
    FragmentDefinitionNode,
    GraphQLSchema,
    OperationDefinitionNode,
    get_introspection_query,
    parse,
)

from api.errors import Refused
from api.measuring import Measure, Walk, size_of, sizes_of
from api.settings import ApiSettings

_NESTED = (list, dict)
# The specification's own question for the schema, and as much again for tools that add to it.
_INTROSPECTIONS = 2


@dataclass(frozen=True, slots=True)
class Passed:
    """An operation that asks for little enough, with these sizes of the variables that matter."""

    operation: OperationDefinitionNode
    sizes: tuple[tuple[str, int | None], ...]
    introspects: bool
    things: int

    def covers(self, variables: Mapping[str, Any]) -> bool:
        """Whether it then asks for no more with other variables."""
        for name, passed in self.sizes:
            size = size_of(variables.get(name))
            # One that is not sent stands for its default.
            if size != passed and (size is None or passed is None or size > passed):
                return False
        return True


class Limits:
    """Checks the documents of one schema."""

    def __init__(self, schema: GraphQLSchema, allowed: ApiSettings) -> None:
        self._schema = schema
        self._allowed = allowed
        self._most_introspected = _INTROSPECTIONS * _introspection(schema).introspected

    def check_text(self, text: str) -> None:
        """Raises Refused for a text that is too long to be looked at."""
        _refuse(len(text), self._allowed.most_characters, "characters")

    def check_variables(self, variables: Mapping[str, Any]) -> None:
        """Raises Refused for variables of too many values, or too deep ones, before their types."""
        for one in variables.values():
            if type(one) in _NESTED:
                self._count_values(variables)
                return
        _refuse(len(variables), self._allowed.most_tokens, "values in its variables")

    def _count_values(self, variables: Mapping[str, Any]) -> None:
        values = 0
        pending: list[tuple[Any, int]] = [(variables, 0)]
        while pending:
            one, depth = pending.pop()
            _refuse(depth, self._allowed.most_depth, "levels in its variables")
            if isinstance(one, list):
                _refuse(len(one), self._allowed.most_items, "items in a list")
            values += len(one)
            _refuse(values, self._allowed.most_tokens, "values in its variables")
            inner = one if isinstance(one, list) else one.values()
            pending += [(each, depth + 1) for each in inner if type(each) in _NESTED]

    def check_document(self, document: DocumentNode) -> None:
        """Raises Refused for a document whose validation would cost too much."""
        fragments = _fragments(document)
        _refuse(len(fragments), self._allowed.most_fragments, "fragments")
        # It ends as soon as there are too many, as written: what they come to is seen below.
        walk = Walk(self._schema, fragments, {}, self._allowed.most_fields)
        fields = 0
        for definition in document.definitions:
            if isinstance(definition, OperationDefinitionNode):
                fields += walk.operation(definition).fields
        for fragment in fragments:
            if not walk.has_measured(fragment.name.value):
                fields += walk.fragment(fragment.name.value).fields
        _refuse(fields, self._allowed.most_fields, "fields")
        _refuse(walk.directives, self._allowed.most_directives, "directives")
        _refuse(walk.longest_list, self._allowed.most_items, "items in a list")

    def check(
        self,
        document: DocumentNode,
        operation: OperationDefinitionNode,
        variables: Mapping[str, Any],
    ) -> Passed:
        """Raises Refused, saying which limit, for an operation that asks for too much."""
        walk = Walk(self._schema, _fragments(document), sizes_of(operation, variables))
        measure = walk.operation(operation)
        allowed = self._allowed
        _refuse(measure.depth, allowed.most_depth, "levels")
        _refuse(measure.things, allowed.most_things, "things in its answer")
        _refuse(measure.values, allowed.most_values, "values in its answer")
        _refuse(measure.questions, allowed.most_root_fields, "questions at once")
        _refuse(measure.introspected, self._most_introspected, "things of the schema")
        sizes = tuple((name, size_of(variables.get(name))) for name in sorted(walk.asked_of))
        return Passed(operation, sizes, measure.introspected > 0, measure.things)


# What is counted, to the one word under which its refusals are counted.
REASONS = {
    "characters": "characters", "values in its variables": "variables", "fragments": "fragments",
    "fields": "fields", "directives": "directives", "items in a list": "items", "levels": "depth",
    "levels in its variables": "variables",
    "things in its answer": "things", "values in its answer": "values",
    "questions at once": "questions", "things of the schema": "introspection",
}  # fmt: skip


def _refuse(found: int, most: int, what: str) -> None:
    if found > most:
        sentence = f"This asks for too much: {found:,} {what}, and {most:,} are allowed."
        raise Refused(sentence, REASONS[what], code="TOO_MUCH")


def _fragments(document: DocumentNode) -> list[FragmentDefinitionNode]:
    return [one for one in document.definitions if isinstance(one, FragmentDefinitionNode)]


def _introspection(schema: GraphQLSchema) -> Measure:
    document = parse(get_introspection_query())
    operations: Iterable[OperationDefinitionNode] = (
        one for one in document.definitions if isinstance(one, OperationDefinitionNode)
    )
    return Walk(schema, _fragments(document), {}).operation(next(iter(operations)))
