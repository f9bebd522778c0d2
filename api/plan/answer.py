"""Rows become the answer: functions written for one plan, so that a row costs microseconds.

The rows are positional lists as `graph.projection` says. For each object type that the plan reads,
a function is generated that names its fields in the client's order under the client's names. The
strict function raises Unanswered where a value breaks its type's promise (null where none may be,
an unknown enum value, a number too large): then graphql-core executes the operation, and the
errors and nulls are the specification's. The lenient one gives graphql-core the values to walk.

What Python makes of a thing (`graph.shapes.Made`) is made here once a thing, for either. What the
viewer's gate withholds was never read: it is null, an empty list or an empty page. And of every
thing that has an id of its own, that id is noted for the audit.
"""

from collections.abc import Callable, Iterator, Sequence
from itertools import count
from typing import Any, cast

from graphql import (
    GraphQLList,
    GraphQLNonNull,
    GraphQLObjectType,
    GraphQLOutputType,
    get_named_type,
    get_nullable_type,
    is_abstract_type,
    is_enum_type,
    is_leaf_type,
)

from api.plan.reading import IDENTIFIED, TYPENAME, Reading
from graph.selection import UnanswerableError
from graph.shapes import SHAPES, Made, Shape
from graph.shapes.asking import LONGEST_LIST, cursor, page_size

# Rows of one root field, the coerced arguments of every call, and what notes the ids of the things
# in the answer, to the field's value.
Answer = Callable[[list[Any], Sequence[dict[str, Any]], Callable[[str], object]], Any]

# What graphql-core's default resolvers ask of a thing that may be of several types.
RUNTIME_TYPE = "\x00type"
_INT = "not -2147483648 <= {0} <= 2147483647"  # GraphQL's Int has 32 bits


class Unanswered(Exception):  # noqa: N818 - not an error: the other way of answering takes over
    """A value breaks its type's promise."""


def _whole(things: list[Any], name: str) -> list[Any]:
    """A list that has no pages, all of it.

    Raises:
        UnanswerableError: it is longer than a list may be, so that not all of it was read.
    """
    if len(things) > LONGEST_LIST:
        raise UnanswerableError(
            f"`{name}` has more than {LONGEST_LIST:,} things here, and no pages: narrow it by its"
            " arguments, or ask for them by a question that has pages."
        )
    return things


def answering(reading: Reading, *, strict: bool) -> Answer:
    """The function that turns the rows of one root field into its value."""
    if reading.withheld and not _is_connection(reading):
        return lambda *_: None if _nothing(reading) == "None" else []
    writing = _Writing(strict=strict)
    many = _is_connection(reading) or isinstance(get_nullable_type(reading.type), GraphQLList)
    found = "rows" if many else "row"
    value = writing.value(found, reading)
    checks = writing.guard(writing.broken(found, reading))
    return writing.compiled(["row = rows[0] if rows else None", *checks, f"return {value}"])


class _Writing:
    """Python for one plan: a function an object type, and the constants that they need."""

    def __init__(self, *, strict: bool) -> None:
        self._strict = strict
        self._lines: list[str] = []
        self._constants: dict[str, Any] = {
            "cursor": cursor,
            "page_size": page_size,
            "whole": _whole,
            "Unanswered": Unanswered,
        }

    def compiled(self, body: list[str]) -> Answer:
        lines = [*self._lines, "def answer(rows, calls, note):", *(f"    {line}" for line in body)]
        # Generated from the schema's types and from response keys, which GraphQL's own grammar
        # holds to letters, digits and underscores.
        exec(compile("\n".join(lines), "<answer>", "exec"), self._constants)  # noqa: S102
        answer: Answer = self._constants["answer"]
        return answer

    def guard(self, checks: list[str]) -> list[str]:
        return [f"if {' or '.join(checks)}: raise Unanswered"] if checks and self._strict else []

    def value(self, at: str, reading: Reading, kind: GraphQLOutputType | None = None) -> str:
        """An expression of the field's value, where its raw value is the expression `at`."""
        if reading.withheld and not _is_connection(reading):
            return at
        kind = cast("GraphQLOutputType", get_nullable_type(kind or reading.type))
        if is_leaf_type(get_named_type(kind)):
            return at
        if isinstance(kind, GraphQLList):
            item = self.value("item", reading, kind.of_type)
            return f"[{item} for item in whole({at}, {reading.wanted.name!r})]"
        return f"(None if {at} is None else {self._thing(at, reading)})"

    def broken(self, at: str, reading: Reading, kind: GraphQLOutputType | None = None) -> list[str]:
        """Conditions under which the raw value breaks its type's promise."""
        if reading.withheld and at != "None":
            return []
        kind = kind or reading.type
        nullable = get_nullable_type(kind)
        checks = [f"{at} is None"] if isinstance(kind, GraphQLNonNull) else []
        if isinstance(nullable, GraphQLList):
            within = self.broken("item", reading, nullable.of_type)
            if within == ["item is None"]:
                checks.append(f"None in {at}")  # a third of the cost of looking in Python
            elif within:
                checks.append(f"any({' or '.join(within)} for item in {at})")
            return checks
        of_value = self._unfit(at, nullable)
        if of_value:
            checks.append(of_value if checks else f"{at} is not None and {of_value}")
        return checks

    def _unfit(self, at: str, kind: Any) -> str:
        if is_enum_type(kind):
            return f"{at} not in {self._constant('enum', frozenset(kind.values))}"
        return _INT.format(at) if getattr(kind, "name", "") == "Int" else ""

    def _constant(self, name: str, value: Any) -> str:
        called = f"{name}_{len(self._constants)}"
        self._constants[called] = value
        return called

    def _thing(self, at: str, reading: Reading) -> str:
        if _is_connection(reading):
            return f"{self._connection(reading)}({at}, calls, note)"
        if not is_abstract_type(get_named_type(reading.type)):
            (kind,) = reading.of
            return f"{self._object(kind, reading)}({at}, calls, note)"
        functions = {kind.name: self._object(kind, reading, abstract=True) for kind in reading.of}
        table = ", ".join(f"{name!r}: {called}" for name, called in functions.items())
        kinds = self._function(
            ["value", "calls", "note"],
            [f"return {{{table}}}[value[0]](value[1], calls, note)"],
        )
        return f"{kinds}({at}, calls, note)"

    def _function(self, parameters: list[str], body: list[str]) -> str:
        called = f"read_{len(self._constants)}_{len(self._lines)}"
        self._lines += [
            f"def {called}({', '.join(parameters)}):",
            *(f"    {line}" for line in body),
        ]
        return called

    def _object(self, kind: GraphQLObjectType, thing: Reading, *, abstract: bool = False) -> str:
        name, entries, checks = kind.name, [], []
        first, values = self._values(kind, thing)
        for one in thing.of[kind]:
            if one.wanted.name == TYPENAME:
                entries.append(f"{one.key!r}: {name!r}")
                continue
            at = next(values)
            entries.append(f"{one.key!r}: {self.value(at, one)}")
            checks += self.broken(at, one)
        if abstract and not self._strict:
            entries.append(f"{RUNTIME_TYPE!r}: {name!r}")
        body = [*first, *self.guard(checks), f"return {{{', '.join(entries)}}}"]
        return self._function(["row", "calls", "note"], body)

    def _values(self, kind: GraphQLObjectType, thing: Reading) -> tuple[list[str], Iterator[str]]:
        """Lines that come first, and where each field's raw value is then to be found."""
        shape = SHAPES[kind.name]
        answered = [one for one in thing.of[kind] if one.wanted.name != TYPENAME]
        read = [shape.fields[one.wanted.name] for one in answered if not one.withheld]
        made = [one.attribute for one in read if isinstance(one, Made)]
        lines, source = [], "row"
        if made and shape.makes:
            lines, source = [f"made = {self._constant('make', shape.makes.make)}(row[0])"], "made"
        # Kept in a name of its own: an attribute may be worked out each time it is asked for.
        lines += [f"made_{attribute} = {source}.{attribute}" for attribute in dict.fromkeys(made)]
        places = count(1 if source == "made" else 0)
        if kind.name in thing.noted:
            lines.append(f"note(row[{next(places)}])")
        raw = [_raw(one, shape, places) for one in answered]
        lines += [
            f"note({at})"
            for at, one in zip(raw, answered, strict=True)
            if kind.name in IDENTIFIED and one.wanted.name == "id" and not one.withheld
        ][:1]
        return lines, iter(raw)

    def _connection(self, reading: Reading) -> str:
        ((kind, fields),) = reading.of.items()
        entries = []
        place = 0
        for one in fields:
            if one.wanted.name == TYPENAME:
                entries.append(f"{one.key!r}: {kind.name!r}")
            elif one.wanted.name == "edges":
                place += 1
                edge = self._edge(one)
                entries.append(
                    f"{one.key!r}: [{edge}(row[{place}], row[0], calls, note) for row in page]"
                )
            else:
                entries.append(f"{one.key!r}: {self._page_info(one)}(page, earlier, later)")
        body = [
            f"size = page_size(calls[{reading.wanted.call}])",
            *_page(reading.wanted.given),
            f"return {{{', '.join(entries)}}}",
        ]
        return self._function(["rows", "calls", "note"], body)

    def _edge(self, edges: Reading) -> str:
        ((kind, fields),) = edges.of.items()
        entries, checks = [], []
        place = 0
        for one in fields:
            if one.wanted.name == TYPENAME:
                entries.append(f"{one.key!r}: {kind.name!r}")
            elif one.wanted.name == "cursor":
                entries.append(f"{one.key!r}: cursor(place)")
            else:
                at = f"row[{place}]"
                place += 1
                entries.append(f"{one.key!r}: {self.value(at, one)}")
                checks += self.broken(at, one)
        body = [*self.guard(checks), f"return {{{', '.join(entries)}}}"]
        return self._function(["row", "place", "calls", "note"], body)

    def _page_info(self, page_info: Reading) -> str:
        known = {
            "hasNextPage": "later",
            "hasPreviousPage": "earlier",
            "startCursor": "cursor(page[0][0]) if page else None",
            "endCursor": "cursor(page[-1][0]) if page else None",
            TYPENAME: "'PageInfo'",
        }
        ((_, fields),) = page_info.of.items()
        entries = [f"{one.key!r}: {known[one.wanted.name]}" for one in fields]
        return self._function(["page", "earlier", "later"], [f"return {{{', '.join(entries)}}}"])


def _nothing(reading: Reading) -> str:
    """What stands for a field that is withheld: nothing in a list or on a page, or null."""
    many = _is_connection(reading) or isinstance(get_nullable_type(reading.type), GraphQLList)
    return "[]" if many else "None"


def _raw(one: Reading, shape: Shape, places: Iterator[int]) -> str:
    if one.withheld:
        return _nothing(one)
    declared = shape.fields[one.wanted.name]
    return f"made_{declared.attribute}" if isinstance(declared, Made) else f"row[{next(places)}]"


def _page(given: frozenset[str]) -> list[str]:
    """Lines that find the page among the rows, and whether things stand before and after it.

    There is more on the side where the rows go on, and on the side of a cursor that was given:
    the cursor's own thing stands there.
    """
    more = "len(rows) > size"
    backward = "last" in given
    return [
        "page = rows[:size][::-1]" if backward else "page = rows[:size]",
        f"earlier = {more if backward else False} or {'after' in given}",
        f"later = {False if backward else more} or {'before' in given}",
    ]


def _is_connection(reading: Reading) -> bool:
    """Relay: a type is a connection when its name ends so."""
    return get_named_type(reading.type).name.endswith("Connection")
