"""How a type declares a field that `graph/shapes` answers: its words here, its Cypher there."""

from collections.abc import Mapping
from datetime import date
from enum import Enum
from typing import Any, TypeVar

import strawberry
from strawberry.annotation import StrawberryAnnotation
from strawberry.types.arguments import StrawberryArgument
from strawberry.types.field import StrawberryField
from strawberry.types.unset import UNSET

from graph.shapes.asking import LARGEST_PAGE, USUAL_PAGE

E = TypeVar("E", bound=type[Enum])


def argument(
    name: str, kind: object, description: str, default: object = UNSET
) -> StrawberryArgument:
    """An argument, by its GraphQL name."""
    return StrawberryArgument(
        python_name=name,
        graphql_name=name,
        type_annotation=StrawberryAnnotation(kind),
        description=description,
        default=default,
    )


def from_graph(description: str, *arguments: StrawberryArgument, name: str | None = None) -> Any:
    """A field that the compiled statement answers, so it needs no resolver."""
    field: StrawberryField = strawberry.field(description=description, name=name)
    field.arguments = list(arguments)
    return field


def described(enum: E, description: str, values: Mapping[str, str], name: str | None = None) -> E:
    """An enum of the vocabulary as GraphQL has it, with a sentence for each of its values.

    `name` is what GraphQL calls it, where another has its own name there.
    """
    strawberry.enum(enum, name=name, description=description)
    for value in enum.__strawberry_definition__.values:  # type: ignore[attr-defined]
        value.description = values[value.name]
    return enum


def first(default: int, most: int = LARGEST_PAGE) -> StrawberryArgument:
    return argument("first", int, f"How many at most, from 1 to {most}.", default)


def as_of() -> StrawberryArgument:
    return argument("asOf", date | None, "The day asked about; today unless given.")


def known_at() -> StrawberryArgument:
    text = "Only what was known by the end of this day; everything unless given."
    return argument("knownAt", date | None, text)


def recorded_on() -> StrawberryArgument:
    text = "As they stood at the end of this day, in UTC; as they stand now unless given."
    return argument("recordedOn", date | None, text)


def paged(most: int = LARGEST_PAGE) -> tuple[StrawberryArgument, ...]:
    """The arguments of a connection: Relay's, forward and backward."""
    return (
        argument("first", int | None, f"How many at most, from 1 to {most}; {_UNLESS}."),
        argument("after", str | None, "Only what comes after this cursor."),
        argument(
            "last", int | None, "How many at most, from the end of the list; not with `first`."
        ),
        argument("before", str | None, "Only what comes before this cursor."),
    )


_UNLESS = f"{USUAL_PAGE} unless this or `last` is given"
