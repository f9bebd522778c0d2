"""The schema: Strawberry's types are its one source, and `schema.graphql` what clients rely on."""

from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Any

import strawberry
from graphql import (
    GraphQLAbstractType,
    GraphQLObjectType,
    GraphQLResolveInfo,
    GraphQLSchema,
    is_abstract_type,
    is_object_type,
)
from graphql.execution.collect_fields import FieldDetails, FragmentDetails
from strawberry.exceptions import StrawberryInputCoercionError
from strawberry.schema.config import StrawberryConfig

from api.context import Context
from api.mutations import SEVERAL_WRITES, WRITES, Mutation
from api.plan.answer import RUNTIME_TYPE
from api.plan.compiled import compile_field
from api.plan.selecting import Selecting
from api.plan.written import read_payload, read_payloads
from api.queries import Query
from api.subscriptions import Subscription
from api.types import audit, reporting, rules
from api.writing import Written
from graph.shapes import ROOTS

Info = GraphQLResolveInfo[Context]


def _day(value: object) -> date:
    try:
        if isinstance(value, str):
            return date.fromisoformat(value)
    except ValueError:
        pass
    raise StrawberryInputCoercionError("A Date is written YYYY-MM-DD.")


def _moment(value: object) -> datetime:
    try:
        if isinstance(value, str):
            moment = datetime.fromisoformat(value)
            return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    except ValueError:
        pass
    raise StrawberryInputCoercionError("A DateTime is written YYYY-MM-DDThh:mm:ssZ.")


_DATE = strawberry.scalar(
    name="Date",
    description="A day, written YYYY-MM-DD.",
    specified_by_url="https://scalars.graphql.org/andimarek/local-date",
    serialize=str,  # the graph already answers with ISO text
    parse_value=_day,
)
_MOMENT = strawberry.scalar(
    name="DateTime",
    description="A moment in UTC, as in 2026-11-22T03:52:27.000000+00:00.",
    specified_by_url="https://scalars.graphql.org/andimarek/date-time",
    serialize=str,
    parse_value=_moment,
)

_SCALARS = StrawberryConfig(scalar_map={date: _DATE, datetime: _MOMENT})
schema = strawberry.Schema(
    query=Query, mutation=Mutation, subscription=Subscription, config=_SCALARS
)


def executable() -> GraphQLSchema:
    """What graphql-core executes: fields that the graph answers resolve from what was read."""
    # Strawberry has no public name for the schema that it builds.
    built: GraphQLSchema = schema._schema  # noqa: SLF001
    for kind in built.type_map.values():
        if kind.name.startswith("__"):
            continue
        if is_object_type(kind):
            _resolve_from_what_was_read(kind)
        if is_abstract_type(kind):
            kind.resolve_type = _runtime_type
    return built


def _resolve_from_what_was_read(kind: GraphQLObjectType) -> None:
    kind.is_type_of = None
    for name, field in kind.fields.items():
        if kind.name == "Query":
            field.resolve = _read_root if name in ROOTS else field.resolve
        elif kind.name == "Mutation":
            field.resolve = _write_root
        elif kind.name not in _RESOLVED_IN_PYTHON:
            field.resolve = _by_response_key


_RESOLVED_IN_PYTHON = (
    rules.RESOLVED_IN_PYTHON | audit.RESOLVED_IN_PYTHON | reporting.RESOLVED_IN_PYTHON
)


def _by_response_key(source: dict[str, Any], info: Info, /, **_: Any) -> Any:
    return source[info.path.key]  # type: ignore[index]


def _runtime_type(value: dict[str, Any], _: Info, __: GraphQLAbstractType) -> str:
    name: str = value[RUNTIME_TYPE]
    return name


async def _read_root(_: Any, info: Info, **__: Any) -> Any:
    variables = info.variable_values
    field = compile_field(_selecting(info), *_as_selected(info))
    arguments = field.arguments(variables)
    found = info.context.found.pop(field.reading.key, None)
    if isinstance(found, BaseException):
        raise found
    rows = await field.rows(info.context, arguments) if found is None else found
    return await field.value(rows, arguments, info.context, strict=False)


async def _write_root(_: Any, info: Info, **given: Any) -> Any:
    field, variables = _as_selected(info), info.variable_values
    several = SEVERAL_WRITES.get(info.field_name)
    if several:
        payloads = [_payload(one) for one in await several(info.context, given["inputs"])]
        return await read_payloads(_selecting(info), field, variables, info.context, payloads)
    payload = _payload(await WRITES[info.field_name](info.context, given["input"]))
    return await read_payload(_selecting(info), field, variables, info.context, payload)


def _payload(written: Written) -> tuple[str, Mapping[str, Any], object | None]:
    return written.type, written.asked_with, written.refused


def _selecting(info: Info) -> Selecting:
    fragments = {name: FragmentDetails(one) for name, one in info.fragments.items()}
    return Selecting(
        info.schema,
        info.operation,
        fragments,
        info.variable_values,
        info.context.asked.viewer,
    )


def _as_selected(info: Info) -> tuple[str, list[FieldDetails], GraphQLObjectType]:
    details = [FieldDetails(node, None) for node in info.field_nodes]
    return str(info.path.key), details, info.parent_type
