"""What would break a client, and whether its time has come."""

import re
from collections.abc import Sequence
from datetime import date, timedelta

from graphql import (
    GraphQLNamedType,
    GraphQLSchema,
    get_named_type,
    is_abstract_type,
    specified_scalar_types,
)
from graphql.utilities import (
    BreakingChange,
    BreakingChangeType,
    SchemaChange,
    find_schema_changes,
)

from api.contract.releases import Break, Release

# From the release that says that something leaves to the day on which it does.
NOTICE = timedelta(days=90)

COORDINATE = re.compile(r"\b[A-Z]\w*\.\w+(\(\w+:\))?|\b[A-Z]\w*(?= was (removed|added))")
_DAY = re.compile(r"\bleaves on (?P<day>\d{4}-\d{2}-\d{2})\b", re.IGNORECASE)
_STANDARD = tuple(f"{name} was" for name in specified_scalar_types)
_REMOVALS = {
    BreakingChangeType.FIELD_REMOVED,
    BreakingChangeType.ARG_REMOVED,
    BreakingChangeType.VALUE_REMOVED_FROM_ENUM,
    BreakingChangeType.TYPE_REMOVED,
}


def refused(
    old: GraphQLSchema, new: GraphQLSchema, breaks: Sequence[Break], today: date
) -> list[str]:
    """The changes that would break a client written for the old schema, and may not."""
    told = {one.change for one in breaks if one.comes <= today}
    leaving = _Leaving(old, today)
    return [
        change.description
        for change in changes(old, new)
        if isinstance(change, BreakingChange)
        and change.description not in told
        and not leaving.may(change)
    ]


def changes(old: GraphQLSchema, new: GraphQLSchema) -> list[SchemaChange]:
    """What changed, without Float and the like, which every client knows."""
    return [
        change
        for change in find_schema_changes(old, new)
        if not change.description.startswith(("Standard scalar", *_STANDARD))
    ]


class _Leaving:
    """What of an old schema may be gone by a day."""

    def __init__(self, schema: GraphQLSchema, today: date) -> None:
        self._reasons = deprecations(schema)
        self._led_to_by = _led_to_by(schema)
        self._today = today

    def may(self, change: BreakingChange) -> bool:
        named = COORDINATE.search(change.description)
        return change.type in _REMOVALS and named is not None and self._gone(named[0])

    def _gone(self, coordinate: str) -> bool:
        """Whether its own day has come, or that of everything that leads to a type."""
        if "." in coordinate:
            return self._day_has_come(coordinate)
        ways = self._led_to_by.get(coordinate, [])
        return bool(ways) and all(map(self._day_has_come, ways))

    def _day_has_come(self, coordinate: str) -> bool:
        day = leaves_on(self._reasons.get(coordinate) or "")
        return day is not None and day <= self._today


def leaves_on(reason: str) -> date | None:
    """The day that a deprecation names, if it names one."""
    said = _DAY.search(reason)
    return date.fromisoformat(said["day"]) if said else None


def too_soon(released: Sequence[Release]) -> list[str]:
    """What was deprecated in a release with no day to leave on, or one too near."""
    known: set[str] = set()
    found = []
    for one in released:
        for coordinate, reason in deprecations(one.schema).items():
            day = leaves_on(reason)
            if coordinate not in known and (day is None or day < one.day + NOTICE):
                found.append(f"{one.version}: {coordinate}")
            known.add(coordinate)
    return found


def deprecations(schema: GraphQLSchema) -> dict[str, str]:
    """Why fields, arguments, inputs and enum values are deprecated, by their coordinates."""
    found: dict[str, str | None] = {}
    for kind in _ours(schema):
        for name, value in getattr(kind, "values", {}).items():
            found[f"{kind.name}.{name}"] = value.deprecation_reason
        for name, field in getattr(kind, "fields", {}).items():
            found[f"{kind.name}.{name}"] = field.deprecation_reason
            for argument, one in getattr(field, "args", {}).items():
                found[f"{kind.name}.{name}({argument}:)"] = one.deprecation_reason
    return {coordinate: reason for coordinate, reason in found.items() if reason is not None}


def _led_to_by(schema: GraphQLSchema) -> dict[str, list[str]]:
    """The fields and arguments that lead to each type: to an interface is to all that are one."""
    found: dict[str, list[str]] = {}
    for kind in _ours(schema):
        for name, field in getattr(kind, "fields", {}).items():
            ways = {f"{kind.name}.{name}": field.type}
            for argument, one in getattr(field, "args", {}).items():
                ways[f"{kind.name}.{name}({argument}:)"] = one.type
            for coordinate, leads_to in ways.items():
                for reached in _reached(schema, get_named_type(leads_to)):
                    found.setdefault(reached.name, []).append(coordinate)
    return found


def _reached(schema: GraphQLSchema, kind: GraphQLNamedType) -> list[GraphQLNamedType]:
    return [kind, *(schema.get_possible_types(kind) if is_abstract_type(kind) else ())]


def _ours(schema: GraphQLSchema) -> list[GraphQLNamedType]:
    return [kind for kind in schema.type_map.values() if not kind.name.startswith("__")]
