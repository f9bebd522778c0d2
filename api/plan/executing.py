"""Answering an operation, in either of two ways that give the same bytes.

The fast way runs the statements of all root fields side by side, and what their readers make of
the rows is the answer. The ordinary way is graphql-core's: it executes the operation, and root
resolvers compile and read their own fields. The ordinary way takes whatever the fast way does not
(introspection, mutations, fields resolved in Python), and whatever goes wrong in it, so that
errors, their paths and the nulls round them are the specification's.
"""

import asyncio
from collections.abc import Callable, Coroutine
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from typing import Any

from graphql import (
    ExecutionResult,
    GraphQLError,
    GraphQLSchema,
    OperationDefinitionNode,
    OperationType,
    execute,
    get_variable_values,
)
from graphql.execution.values import VariableValues

from api.context import Context
from api.plan.answer import Unanswered
from api.plan.compiled import Arguments, CompiledField, compile_field
from api.plan.documents import Document
from api.plan.reading import TYPENAME
from api.plan.selecting import Selecting
from graph.selection import UnanswerableError
from graph.shapes import ROOTS
from graph.sharing import Viewer


@dataclass(frozen=True, slots=True)
class Plan:
    """A compiled operation: its root fields, or none when it goes the ordinary way."""

    fields: tuple[CompiledField | str, ...] | None


# Whoever observes how long a step takes is told its name.
Step = Callable[[str], AbstractContextManager[object]]


def unobserved(_: str) -> AbstractContextManager[object]:
    """Nobody observes it."""
    return nullcontext()


class Executing:
    """Answers operations of one schema; a document remembers its plans."""

    def __init__(self, schema: GraphQLSchema, step: Step = unobserved) -> None:
        self.schema = schema
        self._step = step
        self.plans_made = self.plans_used = 0

    async def answer(
        self,
        document: Document,
        operation: OperationDefinitionNode,
        given: dict[str, Any],
        context: Context,
    ) -> ExecutionResult:
        """The operation's result, whichever way it was found."""
        variables = get_variable_values(
            self.schema, operation.variable_definitions or (), given, hide_suggestions=True
        )
        if isinstance(variables, list):
            return ExecutionResult(None, variables)
        context.started = True
        data = await self._fast(document, operation, variables, context)
        if data is not None:
            return ExecutionResult(data, None)
        return await self.ordinary(document, operation, given, context)

    async def ordinary(
        self,
        document: Document,
        operation: OperationDefinitionNode,
        given: dict[str, Any],
        context: Context,
        root: dict[str, Any] | None = None,
    ) -> ExecutionResult:
        """What graphql-core makes of the operation, or of an event that was read before."""
        result = execute(
            self.schema,
            document.node,
            root,
            context_value=context,
            variable_values=given,
            operation_name=operation.name.value if operation.name else None,
            hide_suggestions=True,
        )
        result = result if isinstance(result, ExecutionResult) else await result
        if result.errors:
            # They come as the root fields' statements happened to end; a client wants them alike.
            result.errors.sort(key=lambda error: [str(part) for part in error.path or ()])
        return result

    async def _fast(
        self,
        document: Document,
        operation: OperationDefinitionNode,
        variables: VariableValues,
        context: Context,
    ) -> dict[str, Any] | None:
        fields = self._plan(document, operation, variables, context.asked.viewer).fields
        if fields is None:
            return None
        try:
            data = await _read_together(fields, variables, context)
        except (Unanswered, UnanswerableError, GraphQLError):
            return None
        context.found.clear()  # nobody goes on from it, and it may be as large as the answer
        return data

    def _plan(
        self,
        document: Document,
        operation: OperationDefinitionNode,
        variables: VariableValues,
        viewer: Viewer,
    ) -> Plan:
        name = operation.name.value if operation.name else None
        self.plans_used += 1
        key = (name, viewer.gate, not viewer.withheld, what_decides(variables))
        found: Plan | None = document.plans.get(key)
        if found is not None:
            return found
        with self._step("plan"):
            made = self._compiled(document, operation, variables, viewer)
        document.plans.put(key, made)
        return made

    def _compiled(
        self,
        document: Document,
        operation: OperationDefinitionNode,
        variables: VariableValues,
        viewer: Viewer,
    ) -> Plan:
        self.plans_made += 1
        if operation.operation is not OperationType.QUERY or operation.directives:
            return Plan(None)
        selecting = Selecting(self.schema, operation, document.fragments, variables, viewer)
        query = self.schema.query_type
        assert query is not None
        fields: list[CompiledField | str] = []
        try:
            for key, details in selecting.roots().items():
                name = details[0].node.name.value
                if name == TYPENAME:
                    fields.append(key)
                elif name in ROOTS:
                    fields.append(compile_field(selecting, key, details, query))
                else:
                    return Plan(None)
        except (UnanswerableError, GraphQLError):
            return Plan(None)
        return Plan(tuple(fields))


def what_decides(variables: VariableValues) -> tuple[Any, ...]:
    """What a plan depends on beside its document.

    Which way each Boolean decides, and which variables have no value: an argument that was not
    given adds no condition.
    """
    return tuple(
        value if isinstance(value, bool) else value is None
        for value in (variables.coerced.get(name) for name in variables.sources)
    ) + tuple(variables.coerced)


async def _value(field: CompiledField, rows: list[Any], given: Arguments, context: Context) -> Any:
    try:
        return await field.value(rows, given, context, strict=True)
    except Exception as broken:  # what Python makes of the rows may fail in any way
        raise Unanswered from broken


async def _side_by_side(pending: list[Coroutine[Any, Any, Any]]) -> list[Any]:
    """What each comes to, or what went wrong with it."""
    if len(pending) != 1:
        return await asyncio.gather(*pending, return_exceptions=True)
    # Most operations ask one question: a task of its own would cost a tenth of the request.
    try:
        return [await pending[0]]
    except Exception as broken:  # noqa: BLE001 - the ordinary way makes an error of it
        return [broken]


async def _read_together(
    fields: tuple[CompiledField | str, ...], variables: VariableValues, context: Context
) -> dict[str, Any]:
    compiled = [one for one in fields if isinstance(one, CompiledField)]
    arguments = [one.arguments(variables) for one in compiled]
    pending = [one.rows(context, given) for one, given in zip(compiled, arguments, strict=True)]
    found = await _side_by_side(pending)
    context.found.update(zip((one.reading.key for one in compiled), found, strict=True))
    values: dict[str, Any] = {}
    for one, rows, given in zip(compiled, found, arguments, strict=True):
        if isinstance(rows, BaseException):
            raise Unanswered
        values[one.reading.key] = await _value(one, rows, given, context)
    return {
        key: values.get(key, "Query")
        for key in (one if isinstance(one, str) else one.reading.key for one in fields)
    }
