"""What comes out for a role, of what comes out for whoever may see everything that is there."""

from typing import Any

from graphql import GraphQLSchema, get_named_type, is_list_type, is_non_null_type

from graph.vocabulary.evidence import SharingClass
from tests.sharing import rules
from tests.sharing.questions import Field

NOTHING_MORE = {
    "hasNextPage": False, "hasPreviousPage": False, "startCursor": None, "endCursor": None,
}  # fmt: skip
_OPEN = "AN"


class Expected:
    """Takes out of an answer, every object of which says its type, what a role does not get."""

    def __init__(self, schema: GraphQLSchema, role: str, closed: frozenset[SharingClass]) -> None:
        self._schema = schema
        self._role = role
        self._closed = closed

    def of(self, answer: Any, kind: str = "Query") -> Any:
        """The answer without what the role is refused, and with what is redacted left empty."""
        if isinstance(answer, list):
            return [self.of(one) for one in answer]
        if not isinstance(answer, dict):
            return answer
        kind = answer.get("__typename", kind)
        return {
            name: self._field(Field(kind, name), value)
            for name, value in answer.items()
            if name == "__typename" or rules.outcome(self._role, Field(kind, name)) != "E"
        }

    def _field(self, field: Field, value: Any) -> Any:
        if field.name == "__typename":
            return value
        if rules.outcome(self._role, field) == "R" or rules.is_untold(field, self._closed):
            return self._empty(field, value)
        if field.name in ("node", "nodes") and field.kind == "Query":
            return self._known(value)
        return self.of(value)

    def _known(self, things: Any) -> Any:
        """Of things by their ids, those of a kind that is open to the role."""
        if isinstance(things, list):
            return [self._known(one) for one in things]
        if things is None:
            return None
        is_open = rules.MATRIX[rules.KINDS[things["__typename"]], self._role] in _OPEN
        return self.of(things) if is_open else None

    def _empty(self, field: Field, value: Any) -> Any:
        kind = self._schema.type_map[field.kind].fields[field.name].type  # type: ignore[attr-defined]
        if not is_non_null_type(kind):
            return None
        if is_list_type(kind.of_type):
            return []
        assert get_named_type(kind).name.endswith("Connection"), f"{field} cannot be empty"
        page = {**value, "edges": []} if "edges" in value else dict(value)
        if "pageInfo" in page:
            page["pageInfo"] = {**page["pageInfo"], **_of(NOTHING_MORE, page["pageInfo"])}
        return page


def _of(values: dict[str, Any], asked: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in values.items() if name in asked}
