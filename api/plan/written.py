"""What a mutation answers with: read as any question is, once the write is done."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from graphql import GraphQLObjectType
from graphql.execution.collect_fields import FieldDetails
from graphql.execution.values import VariableValues, get_argument_values

from api.context import Context
from api.plan.answer import answering
from api.plan.reading import Reading
from api.plan.selecting import Selecting
from graph.projection import project

SEVERAL = "{}, several"


async def read_payload(
    selecting: Selecting,
    field: tuple[str, list[FieldDetails], GraphQLObjectType],
    variables: VariableValues,
    context: Context,
    payload: tuple[str, Mapping[str, Any], object | None],
) -> Any:
    """The field's value for graphql-core to walk.

    `field` is its response key, its nodes and its parent; `payload` the answer's type, what its
    statement is asked with, and the answer itself where nothing has to be read.
    """
    reading, calls = _read(selecting, field, variables)
    kind, asked_with, told = payload
    if told is None:
        wanted = replace(reading.wanted, of={kind: reading.wanted.of[kind]})
        statement = project(kind, wanted, selecting.admission)
        calls[wanted.call] = dict(asked_with)
        parameters = statement.parameters(calls, context.asked)
        ((told,),) = await context.read(statement.text, parameters, kind)
    return answering(reading, strict=False)([[kind, told]], calls, context.note)


async def read_payloads(
    selecting: Selecting,
    field: tuple[str, list[FieldDetails], GraphQLObjectType],
    variables: VariableValues,
    context: Context,
    payloads: Sequence[tuple[str, Mapping[str, Any], object | None]],
) -> Any:
    """The same of a list: whatever has to be read is of one type, and read in one statement."""
    reading, calls = _read(selecting, field, variables)
    done = [asked_with for _, asked_with, told in payloads if told is None]
    read: Iterator[Any] = iter(())
    if done:
        (kind,) = {kind for kind, _, told in payloads if told is None}
        wanted = replace(reading.wanted, of={kind: reading.wanted.of[kind]})
        statement = project(SEVERAL.format(kind), wanted, selecting.admission)
        calls[wanted.call] = {"done": [dict(one) for one in done]}
        parameters = statement.parameters(calls, context.asked)
        (rows,) = await context.read(statement.text, parameters, kind)
        read = iter(rows)
    told = [[kind, next(read) if told is None else told] for kind, _, told in payloads]
    return answering(reading, strict=False)(told, calls, context.note)


def _read(
    selecting: Selecting,
    field: tuple[str, list[FieldDetails], GraphQLObjectType],
    variables: VariableValues,
) -> tuple[Reading, list[dict[str, Any]]]:
    """What is selected of the answer, and the arguments of every call in it."""
    selecting.calls.clear()
    reading = selecting.field(*field)
    return reading, [get_argument_values(*call, variables) for call in selecting.calls]
