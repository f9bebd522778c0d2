"""A subscription's root field, compiled: one statement a page of events, and how each is read."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from graphql import GraphQLSchema, OperationDefinitionNode
from graphql.execution.collect_fields import FragmentDetails
from graphql.execution.values import VariableValues

from api.context import Context
from api.plan.answer import Answer, answering
from api.plan.compiled import Arguments, PreparedCall, prepared
from api.plan.reading import Reading
from api.plan.selecting import Selecting
from graph.events import Place
from graph.projection import project
from graph.selection import UnanswerableError, Wanted
from graph.shapes.events import STREAMS
from graph.sharing import Viewer
from graph.statement import Statement


@dataclass(frozen=True, slots=True)
class Size:
    """How many events a page has at most, and how many are looked at to fill it."""

    events: int
    looked_at: int

    def after(self, found: int, most: int) -> "Size":
        """The next page's: to look at more where few are found, and no more than it takes."""
        if found == self.events:
            return replace(self, looked_at=max(self.events, self.looked_at // 4))
        if 2 * found < self.events:
            return replace(self, looked_at=min(most, 4 * self.looked_at))
        return self


@dataclass(frozen=True, slots=True)
class Page:
    """Events in their order, each with its place and its row; where to go on, and whether at once.

    `published` is the run that readers saw: with nothing more, the page ends where that run does.
    """

    events: list[tuple[int, str, list[Any]]]
    published: int
    end: tuple[int, str] | None
    more: bool


@dataclass(frozen=True)
class CompiledStream:
    """A subscription whose events one statement a page answers."""

    reading: Reading
    statement: Statement
    calls: tuple[PreparedCall, ...]

    @property
    def name(self) -> str:
        return self.reading.wanted.name

    @cached_property
    def strict(self) -> Answer:
        return answering(self.reading, strict=True)

    @cached_property
    def lenient(self) -> Answer:
        return answering(self.reading, strict=False)

    def arguments(self, variables: VariableValues) -> Arguments:
        return [call.values(variables) for call in self.calls]

    def given(self, arguments: Arguments) -> Mapping[str, Any]:
        """The arguments of the subscription itself."""
        return arguments[self.reading.wanted.call]

    async def page(self, context: Context, arguments: Arguments, place: Place, size: Size) -> Page:
        """The next events after a place.

        Raises:
            UnanswerableError: for an argument it cannot use, or a place that is yet to come.
        """
        paged = {"place": [place.run, place.id], "most": size.events, "scan": size.looked_at}
        calls = list(arguments)
        calls[self.reading.wanted.call] = {**self.given(arguments), **paged}
        parameters = self.statement.parameters(calls, context.asked)
        (((published, end, more, rows),),) = await context.read(self.statement.text, parameters)
        if published < place.run:
            raise UnanswerableError(
                "The graph is at an earlier run than this cursor: it was put back. Ask without"
                " `after`, and read by query what you need."
            )
        events = [(row[0][0], row[0][1], row[1:]) for row in rows]
        # A full page ends at its last event, whatever was looked at beyond.
        full = len(events) == size.events
        return Page(events, published, events[-1][:2] if full else end, more or full)

    def told(self, row: list[Any], place: Place) -> list[Any]:
        """The row of an event, for a reader: with its cursors, which count what was told."""
        row = list(row)
        for at in self._cursors:
            row[at] = place.cursor(self.name)
        return [[STREAMS[self.name].event, row]]

    @cached_property
    def _cursors(self) -> tuple[int, ...]:
        names = [one.name for one in self.reading.wanted.of[STREAMS[self.name].event]]
        return tuple(at for at, name in enumerate(names) if name == "cursor")


def compile_stream(
    schema: GraphQLSchema,
    operation: OperationDefinitionNode,
    fragments: Mapping[str, FragmentDetails],
    variables: VariableValues,
    viewer: Viewer,
) -> CompiledStream:
    """Compile a valid subscription. Raises UnanswerableError where it asks for nothing."""
    selecting = Selecting(schema, operation, fragments, variables, viewer)
    roots = selecting.roots()
    if not roots:
        raise UnanswerableError("This subscription leaves out its only field.")
    ((key, details),) = roots.items()
    subscription = schema.subscription_type
    assert subscription is not None
    reading = selecting.field(key, details, subscription)
    calls = tuple(map(prepared, selecting.calls))
    page = project(reading.wanted.name, _a_page(reading.wanted), selecting.admission)
    return CompiledStream(reading, page, calls)


def _a_page(wanted: Wanted) -> Wanted:
    """What is wanted of a page when this is wanted of its events: first of all their places."""
    stream = STREAMS[wanted.name]
    of_an_event = (Wanted("cursor"), *wanted.of[stream.event])
    events = replace(wanted, name="events", of={stream.event: of_an_event})
    of_a_page = (Wanted("published"), Wanted("end"), Wanted("more"), events)
    return replace(wanted, of={stream.page: of_a_page})
