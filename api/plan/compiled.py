"""One root field, compiled: its statement, its arguments, and how its rows are read."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from graphql import GraphQLObjectType, VariableNode
from graphql.execution.collect_fields import FieldDetails
from graphql.execution.values import VariableValues, get_argument_values
from graphql.language import ListValueNode, ObjectValueNode, ValueNode

from api.context import Context
from api.plan.answer import Answer, answering
from api.plan.reading import Reading
from api.plan.selecting import Call, Selecting
from graph.projection import project
from graph.selection import UnanswerableError
from graph.shapes import OF_EVERYBODY
from graph.statement import Statement

Arguments = list[dict[str, Any]]


@dataclass(frozen=True)
class CompiledField:
    """A root field that one statement answers."""

    reading: Reading
    statement: Statement
    calls: tuple["PreparedCall", ...]

    @cached_property
    def _strict(self) -> Answer:
        return answering(self.reading, strict=True)

    @cached_property
    def _lenient(self) -> Answer:
        return answering(self.reading, strict=False)

    def arguments(self, variables: VariableValues) -> Arguments:
        """The coerced arguments of every call, as graphql-core would hand them to resolvers."""
        return [call.values(variables) for call in self.calls]

    async def rows(self, context: Context, arguments: Arguments) -> list[Any]:
        """What the graph answers.

        Raises:
            UnanswerableError: for an argument it cannot use, or of one thing there are several.
        """
        if self.reading.withheld:
            return []
        parameters = self.statement.parameters(arguments, context.asked)
        answer = await context.read(self.statement.text, parameters, self.reading.wanted.name)
        rows: list[Any] = answer[0]
        if self.statement.several and len(rows) > 1:
            raise UnanswerableError(self.statement.several)
        return rows

    async def value(
        self, rows: list[Any], arguments: Arguments, context: Context, *, strict: bool
    ) -> Any:
        """What the rows come to; `strict` raises Unanswered where they break a type's promise.

        To make a report of everybody takes Python seconds, in which others are answered.
        """
        answer = self._strict if strict else self._lenient
        if self.reading.wanted.name in OF_EVERYBODY:
            return await asyncio.to_thread(answer, rows, arguments, context.note)
        return answer(rows, arguments, context.note)


@dataclass(frozen=True, slots=True)
class PreparedCall:
    """A field's arguments; those written out in the document are coerced once."""

    call: Call
    constant: Mapping[str, Any] | None

    def values(self, variables: VariableValues) -> dict[str, Any]:
        if self.constant is not None:
            return dict(self.constant)
        return get_argument_values(*self.call, variables)


def compile_field(
    selecting: Selecting, key: str, details: list[FieldDetails], parent: GraphQLObjectType
) -> CompiledField:
    """Compile one root field. Raises UnanswerableError where its arguments fit no question."""
    selecting.calls.clear()
    reading = selecting.field(key, details, parent)
    statement = project(reading.wanted.name, reading.wanted, selecting.admission)
    return CompiledField(reading, statement, tuple(map(prepared, selecting.calls)))


def prepared(call: Call) -> PreparedCall:
    """The call, with its arguments coerced where no variable is among them."""
    written_out = not any(_varies(argument.value) for argument in call[1].arguments or ())
    return PreparedCall(call, get_argument_values(*call) if written_out else None)


def _varies(value: ValueNode) -> bool:
    if isinstance(value, VariableNode):
        return True
    if isinstance(value, ListValueNode):
        return any(map(_varies, value.values))
    if isinstance(value, ObjectValueNode):
        return any(_varies(one.value) for one in value.fields)
    return False
