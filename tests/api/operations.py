"""Operations drawn from the schema, as strategies: any selection of any depth that validates."""

from graphql import (
    GraphQLObjectType,
    GraphQLSchema,
    get_named_type,
    is_abstract_type,
    is_leaf_type,
    is_required_argument,
)
from hypothesis import strategies as st

_DEEPEST = 3


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
        return (
            f"query ($yes: Boolean! = true, $no: Boolean! = false) {{ use: __typename @skip(if: $no) \
also: __typename @include(if: $yes) {' '.join(parts)} }}"
        )

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
            alias = draw(st.sampled_from(["", f"a{depth}_{place}_{name}: "]))
            condition = draw(
                st.sampled_from(["", "", "", " @include(if: $yes)", " @skip(if: $yes)"])
            )
            inner = draw(self._selection(kind.fields[name].type, depth + 1))
            field = f"{alias or f'b{depth}_{name}: '}{name}{condition} {inner}"
            wrapped = draw(st.booleans())
            parts.append(f"... on {kind.name} {{ {field} }}" if wrapped else field)
        return parts
