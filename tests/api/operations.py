"""Operations drawn from the schema, as strategies: any selection of any depth that validates."""

from graphql import (
    GraphQLArgument,
    GraphQLObjectType,
    GraphQLSchema,
    get_named_type,
    is_abstract_type,
    is_enum_type,
    is_leaf_type,
    is_required_argument,
)
from hypothesis import strategies as st

_DEEPEST = 3
# Values of optional arguments by their type, written out or as one of the variables below. Texts
# are cursors, which no document can know beforehand.
_VALUES = {
    "Date": ['"2024-02-01"', '"2024-03-01"', '"2030-01-01"', "$day", "null"],
    "Int": ["1", "2", "$few"],
    "Boolean": ["true", "false", "$yes", "$no"],
}
_VARIABLES = """$yes: Boolean! = true, $no: Boolean! = false, $few: Int! = 2,\
 $day: Date = "2024-04-01" """
_USED = "no: __typename @skip(if: $no) yes: __typename @include(if: $yes)"


def operations(schema: GraphQLSchema, literals):
    """A query whose root fields and arguments come from `literals`: field name to its arguments."""
    return _Drawing(schema, literals).operation()


class _Drawing:
    def __init__(self, schema, literals):
        self._schema = schema
        self._literals = literals

    def operation(self):
        roots = st.lists(st.sampled_from(sorted(self._literals)), min_size=1, max_size=2)
        return roots.flatmap(self._with_roots)

    @st.composite
    @staticmethod
    def _composed(draw, self, names):
        query = self._schema.query_type
        parts = [
            f"r{place}: {name}{self._literals[name]} {draw(self._selection(query.fields[name].type, 0))}"
            for place, name in enumerate(names)
        ]
        # GraphQL refuses a variable that nothing uses.
        days = "day: failedToAppearCount(since: $day) { low }"
        few = 'few: hearings(court: "HOU", first: $few) { __typename }'
        return f"query ({_VARIABLES}) {{ {_USED} {days} {few} {' '.join(parts)} }}"

    def _with_roots(self, names):
        return self._composed(self, names)

    def _selection(self, kind, depth):
        return self._selected(self, get_named_type(kind), depth)

    @st.composite
    @staticmethod
    def _selected(draw, self, kind, depth):
        if is_leaf_type(kind):
            return ""
        if is_abstract_type(kind):
            possible = self._schema.get_possible_types(kind)
            chosen = draw(st.lists(st.sampled_from(possible), max_size=3, unique=True))
            parts = [
                f"... on {one.name} {draw(self._selected(self, one, depth + 1))}" for one in chosen
            ]
            return f"{{ __typename id {' '.join(parts)} }}"
        return f"{{ {' '.join(draw(self._fields(self, kind, depth)))} }}"

    @st.composite
    @staticmethod
    def _fields(draw, self, kind: GraphQLObjectType, depth):
        names = [
            name
            for name, field in kind.fields.items()
            if (depth < _DEEPEST or is_leaf_type(get_named_type(field.type)))
            and not any(map(is_required_argument, field.args.values()))
        ]
        chosen = draw(st.lists(st.sampled_from(names), max_size=3)) if names else []
        parts = ["__typename"]
        for place, name in enumerate(chosen):
            condition = draw(
                st.sampled_from(["", "", "", " @include(if: $yes)", " @skip(if: $yes)"])
            )
            inner = draw(self._selection(kind.fields[name].type, depth + 1))
            given = draw(self._arguments(kind.fields[name].args))
            # A field may stand twice under one key, if it is asked for with the same arguments.
            alone = given or draw(st.booleans())
            key = f"a{depth}_{place}_{name}" if alone else f"b{depth}_{name}"
            field = f"{key}: {name}{given}{condition} {inner}"
            wrapped = draw(st.booleans())
            parts.append(f"... on {kind.name} {{ {field} }}" if wrapped else field)
        return parts

    @st.composite
    @staticmethod
    def _arguments(draw, arguments: dict[str, GraphQLArgument]):
        given = {
            name: draw(st.sampled_from(_values(argument)))
            for name, argument in arguments.items()
            if _values(argument) and draw(st.booleans())
        }
        if "first" in given:
            given.pop("last", None)
        written = ", ".join(f"{name}: {value}" for name, value in given.items())
        return f"({written})" if written else ""


def _values(argument: GraphQLArgument) -> list[str]:
    kind = get_named_type(argument.type)
    if is_enum_type(kind):
        return list(kind.values)
    values = _VALUES.get(kind.name, [])
    return [value for value in values if value != "null" or not is_required_argument(argument)]
