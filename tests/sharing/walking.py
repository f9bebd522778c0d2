"""Asks everything that a viewer can ask, and compares it with what it should be."""

from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass, field
from datetime import date
from itertools import product
from typing import Any

from graphql import GraphQLSchema

from api.asking import Asking
from api.library import Request
from api.settings import ApiSettings
from graph.connection import AsyncDoor
from graph.reads import read
from graph.sharing import Principal, Viewer, viewer_of
from graph.vocabulary.viewers import ViewerRole
from tests.api.conftest import SCHEMA, TODAY
from tests.audited import UNKEPT
from tests.sharing import rules
from tests.sharing.questions import Field, Question, Questions

# A walk asks for more than any person.
ROOMY = ApiSettings(
    warming=False, seconds_to_answer=120, most_things=10**9, most_values=10**9, most_fields=10**4,
    most_operations_a_second=0, most_people_an_hour=0,
    most_tokens=10**5, most_characters=10**6,
)  # fmt: skip
Variables = dict[str, Any]


@dataclass
class Answer:
    """The data, the codes and words of errors, and how many statements were read for it."""

    data: Any
    errors: list[tuple[str | None, str]] = field(default_factory=list)
    statements: int = 0


class Walker:
    """Asks in the name of any viewer."""

    def __init__(self, door: AsyncDoor, schema: GraphQLSchema = SCHEMA) -> None:
        self._door = door
        self._asking = Asking(schema, ROOMY, lambda: TODAY, UNKEPT)
        self._read = 0

    async def _reads(self, text, parameters):
        self._read += 1
        return await read(self._door, text, parameters)

    async def ask(self, viewer: Viewer, text: str, variables: Variables | None = None) -> Answer:
        self._read = 0
        response = await self._asking.answer(
            Request(text, None, variables or {}), viewer, self._reads
        )
        errors = [
            ((error.extensions or {}).get("code"), error.message)
            for error in response.result.errors or []
        ]
        return Answer(response.result.data, errors, self._read)


class Remembering(Walker):
    """In one world: what a statement found is what the same one finds for whoever comes with the same
    parameters, but for the moment; several roles do."""

    def __init__(self, door: AsyncDoor) -> None:
        super().__init__(door)
        self._kept: dict[str, Any] = {}

    async def _reads(self, text, parameters):
        same = sorted((name, one) for name, one in parameters.items() if name != "now")
        told = repr((text, same))
        if told not in self._kept:
            self._kept[told] = await super()._reads(text, parameters)
        return deepcopy(self._kept[told])


def a_viewer(role: str, purpose: str, day: date) -> Viewer:
    """Somebody in that role; NotAllowedError where it may not ask to that end."""
    scope = rules.ROLES[role][1]
    principal = Principal(
        "walker", frozenset({ViewerRole(role)}), None, frozenset({scope} if scope else ())
    )
    case = "C1" if purpose == "TRAFFICKING_CASE" else None
    return viewer_of(principal, role, purpose, "a walk", case, day)


class Asked:
    """The questions of a role, with the variables with which each is asked."""

    def __init__(self, role: str | None, given: dict[str, list[Any]]) -> None:
        self._given = given
        self.questions = list(
            Questions(
                SCHEMA,
                rules.category,
                lambda one: bool(role) and rules.outcome(role or "", one) == "E",
            )
        )

    def __iter__(self) -> Iterator[tuple[Question, Variables]]:
        for question in self.questions:
            for values in product(*(self._given[name] for name in question.variables)):
                yield question, dict(zip(question.variables, values, strict=True))


def differing(expected: Any, found: Any, at: Field) -> Iterator[tuple[Field, Any, Any]]:
    """The fields that differ, with both values, as near to the leaves as they are told apart.

    What was not asked of somebody may stand in what is expected all the same.
    """
    if expected == found:
        return
    if isinstance(expected, dict) and isinstance(found, dict) and expected.keys() >= found.keys():
        kind = found.get("__typename", "Query")
        if kind == expected.get("__typename", "Query"):
            for name in found:
                yield from differing(expected[name], found[name], Field(kind, name))
            return
    if isinstance(expected, list) and isinstance(found, list) and len(expected) == len(found):
        for one, other in zip(expected, found, strict=True):
            yield from differing(one, other, at)
        return
    yield at, expected, found
