"""The walk: every field of the schema in every role, to every end, on days of every agreement.

What comes out is compared with what RULES.md says, and with nothing of the code. What should come
out is worked out twice by hand: what of the world is left for a role on a day (`reduced`), and what
of that its categories let through (`rules`, `expected`).

`python -m tests.sharing.walk` walks all of it, over a Neo4j of its own that it starts and throws
away, prints how many cells it compared and which differ, and exits 1 where one does. It takes some
minutes: most of that is Neo4j planning statements of which no two roles' are alike.
"""

import asyncio
import sys
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from graph.connection import AsyncDoor, Endpoint, async_opened, located, opened
from graph.migrate import migrate
from graph.settings import Settings
from graph.sharing import OPEN, SEES_EVERYTHING, Viewer
from graph.vocabulary.evidence import SharingClass
from tests.api.conftest import SCHEMA
from tests.sharing import rules
from tests.sharing.expected import Expected
from tests.sharing.questions import Field, Question
from tests.sharing.reduced import left
from tests.sharing.seeded import Seeded
from tests.sharing.walking import (
    Answer,
    Asked,
    Remembering,
    Variables,
    Walker,
    a_viewer,
    differing,
)
from tests.sharing.written import write

# By the root, the part and the variables of a question.
Answers = dict[tuple[str, str, str], Answer]
AT_A_TIME = 2  # plans of a statement; for more a small machine has no core
# Whoever sees less is searched for in an index of their own, which forgives other slips: what they
# find is compared with what they find where the rest never was.
SEARCHES = {"children", "findChildren", "sponsors", "addresses", "childrenByANumber"}
# What is the database's own choice: which of several equally short ways it takes, and how much a name
# weighs among all that it has, which moves the cursors of those who search everybody.
LOOSE = {
    "shortestPath": {"from", "to", "tie", "id", "kind", "source", "since", "agency", "knownFrom",
                     "record", "until"},
    **{root: {"cursor", "startCursor", "endCursor"} for root in SEARCHES},
}  # fmt: skip
# What the rules leave, told in a world that has nothing else.
TELLS_ALL = replace(SEES_EVERYTHING, gate=replace(OPEN, name="tells all", sees_sealed=False))


@dataclass(frozen=True)
class Left:
    """What of the world is left for somebody: without these classes, of this scope (None: all)."""

    closed: frozenset[SharingClass]
    scope: str | None
    sees_sealed: bool = False

    def of(self, entries: Iterable[Any]) -> list[Any]:
        return left(entries, self.closed, self.scope, sees_sealed=self.sees_sealed)

    def __str__(self) -> str:
        return f"{self.scope or 'everyone'} without {' '.join(sorted(self.closed)) or 'nothing'}"


# RULES.md 4, FIGURES and CLOSURE: of everybody, small ones suppressed, whatever else somebody sees.
OF_EVERYBODY = Left(frozenset(), None)


@dataclass(frozen=True)
class Asks:
    """Somebody in a role under the rules of a day, as the table has it: days and ends for which it
    has the same are one."""

    role: str
    left: Left

    def left_at(self, root: str) -> Left:
        """What is left for them of the world, as far as a root field tells of it."""
        suppressed = rules.category(Field("Query", root)) in ("FIGURES", "CLOSURE")
        return OF_EVERYBODY if suppressed else self.left


def asks(role: str, day: date) -> Asks:
    """Who asks in that role on that day."""
    sees_sealed = role == "PRIVACY_OFFICER"
    return Asks(role, Left(rules.closed(role, day), rules.ROLES[role][1], sees_sealed))


# Which questions are asked: of somebody, or (None) of what should come out.
Only = Callable[[Asks | None, Question], bool]


class Walk:
    """What came out for each of those who asked, and what should have."""

    def __init__(self, door: AsyncDoor, only: Only = lambda *_: True) -> None:
        self.seeded = Seeded()
        self.viewers: dict[Asks, Viewer] = {}
        self.asked_by: dict[Asks, int] = {}
        self._door = door
        self._only = only
        self._given = self.seeded.given()
        self._found: dict[Asks, Answers] = {}
        self._searched: dict[Asks, Answers] = {}
        self._expected: dict[Left, Answers] = {}

    async def walk(self, people: Iterable[tuple[str, str, date]]) -> None:
        """Asks in each of these roles, to that end on that day."""
        for role, purpose, day in people:
            self._comes(role, purpose, day)
        walker = await self._in(self.seeded.paper.entries)
        for one, viewer in self.viewers.items():
            self._found[one] = await _answers(walker, viewer, self._questions(one))
        for what in sorted({at for one in self.viewers for at in self._lefts(one)}, key=str):
            walker = await self._in(what.of(self.seeded.paper.entries))
            self._expected[what] = await _answers(walker, TELLS_ALL, self._wanted(what))
            for one in [one for one in self.viewers if one.left == what]:
                searches = [each for each in self._questions(one) if each[0].root in SEARCHES]
                self._searched[one] = await _answers(walker, self.viewers[one], searches)

    def _comes(self, role: str, purpose: str, day: date) -> None:
        """Whoever is one of the table is one for the gate too, but for the end, which no statement
        is told."""
        viewer, one = a_viewer(role, purpose, day), asks(role, day)
        known = self.viewers.setdefault(one, viewer)
        assert known == replace(viewer, purpose=known.purpose)
        self.asked_by[one] = self.asked_by.get(one, 0) + 1

    @property
    def cells(self) -> int:
        """Of each role, end and day for which somebody asked, the fields that were compared."""
        return sum(len(self.fields[one]) * many for one, many in self.asked_by.items())

    @property
    def asked_for_themselves(self) -> int:
        """The fields of those of them who are told apart by the table."""
        return sum(map(len, self.fields.values()))

    @cached_property
    def fields(self) -> dict[Asks, frozenset[Field]]:
        """The fields that were asked of each."""
        return {
            one: frozenset(field for each, _ in self._questions(one) for field in each.fields)
            for one in self.viewers
        }

    def wrong(self) -> Iterator[str]:
        """What came out otherwise, each field once for whoever asked."""
        for one, found in self._found.items():
            told: dict[Field, Any] = {}
            for name, answer in found.items():
                for field, words in self._differences(one, name, answer):
                    if told.setdefault(field, name) is name:
                        yield f"{one.role}, {one.left}: {words}"

    def _differences(self, one: Asks, name: Any, answer: Answer) -> Iterator[tuple[Field, str]]:
        root = Field("Query", name[0])
        if root.name == "viewer":
            return
        if answer.errors:
            yield root, f"{name}: {answer.errors[0]}"
        again = self._searched.get(one, {}).get(name)
        should = again.data if again else self._should(one, name)
        for field, expected, got in differing(should, answer.data, root):
            if field.name not in _loose(one, root.name):
                yield field, f"{field} by {name}: expected {expected}, got {got}"

    def _should(self, one: Asks, name: Any) -> Any:
        told = self._expected[one.left_at(name[0])][name]
        assert not told.errors, (name, told.errors)
        return Expected(SCHEMA, one.role, one.left.closed).of(told.data)

    def _questions(self, one: Asks | None) -> list[tuple[Question, Variables]]:
        asked = self._asked[one.role if one else None]
        return [each for each in asked if self._only(one, each[0])]

    def _lefts(self, one: Asks) -> set[Left]:
        return {one.left_at(question.root) for question, _ in self._questions(one)}

    def _wanted(self, what: Left) -> list[tuple[Question, Variables]]:
        """What somebody asked of whom this is left."""
        wanted = {
            (question.root, question.part)
            for one in self.viewers
            for question, _ in self._questions(one)
            if one.left_at(question.root) == what
        }
        return [each for each in self._questions(None) if (each[0].root, each[0].part) in wanted]

    @cached_property
    def _asked(self) -> dict[str | None, list[tuple[Question, Variables]]]:
        return {role: list(Asked(role, self._given)) for role in (None, *rules.ROLES)}

    async def _in(self, entries: Iterable[Any]) -> Walker:
        await write(self._door, entries)
        return Remembering(self._door)


async def _answers(
    walker: Walker, viewer: Viewer, asked: list[tuple[Question, Variables]]
) -> Answers:
    """A question's variables one after the other: at once, each would have its words planned."""
    of_questions: dict[Question, list[Variables]] = defaultdict(list)
    for question, variables in asked:
        of_questions[question].append(variables)
    some = asyncio.Semaphore(AT_A_TIME)

    async def answers(question: Question, given: list[Variables]) -> Answers:
        async with some:
            return {
                (question.root, question.part, repr(one)): await walker.ask(
                    viewer, question.text, one
                )
                for one in given
            }

    found = await asyncio.gather(*(answers(*one) for one in of_questions.items()))
    return {name: answer for each in found for name, answer in each.items()}


def _loose(one: Asks, root: str) -> set[str]:
    sees_all = not one.left.closed and one.left.scope is None
    return LOOSE.get(root, set()) if sees_all or root not in SEARCHES else set()


def everybody() -> Iterator[tuple[str, str, date]]:
    """Each role to each of its ends on days of every agreement."""
    for role, (purposes, _) in rules.ROLES.items():
        for purpose in purposes:
            for day in rules.DATES:
                yield role, purpose, day


async def _walked(endpoint: Endpoint) -> Walk:
    async with async_opened(endpoint) as door:
        walk = Walk(door)
        await walk.walk(everybody())
    return walk


def main() -> int:
    """The whole walk; 1 where a cell differs."""
    with TemporaryDirectory() as home:
        settings = Settings(home=Path(home), neo4j_uri=None, neo4j_short_lived=True)
        with located(settings) as endpoint:
            with opened(endpoint) as door:
                migrate(door)
            walk = asyncio.run(_walked(endpoint))
    wrong = list(walk.wrong())
    fields = frozenset().union(*walk.fields.values())
    sys.stdout.write(
        f"{walk.cells:,} cells: {len(fields)} fields, each in every role that gets it, to each of its"
        f" ends, on {len(rules.DATES)} days; {walk.asked_for_themselves:,} of them asked for"
        f" themselves. {len(wrong)} differ.\n"
    )
    sys.stdout.writelines(f"{one}\n" for one in wrong)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
