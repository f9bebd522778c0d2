"""What a mutation answers with: read as any question is, once the write is done."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from graphql import GraphQLObjectType
from graphql.execution.collect_fields import FieldDetails
from graphql.execution.values import VariableValues, get_argument_values

from api.context import Context
from api.plan.answer import answering
from api.plan.selecting import Selecting
from graph.projection import project


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
    selecting.calls.clear()
    reading = selecting.field(*field)
    calls = [get_argument_values(*call, variables) for call in selecting.calls]
    kind, asked_with, told = payload
    if told is None:
        wanted = replace(reading.wanted, of={kind: reading.wanted.of[kind]})
        statement = project(kind, wanted)
        calls[wanted.call] = dict(asked_with)
        parameters = statement.parameters(calls, context.asked)
        ((told,),) = await context.read(statement.text, parameters, kind)
    return answering(reading, strict=False)([[kind, told]], calls)
