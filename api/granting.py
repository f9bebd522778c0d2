"""Opening children to somebody for a while: who may is decided here, what is written in the graph.

A refusal is an answer, not an error; whoever may not even ask was refused by the category before.
"""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from api.context import Context
from api.writing import Written
from graph.sharing import Viewer
from graph.vocabulary.grants import (
    BREAKS_NO_GLASS,
    CLOSES_ALL,
    OPENED_BY,
    REVIEWS,
    GrantKind,
    GrantRefusal,
    ReviewVerdict,
)
from graph.writes.granting import Closing, Granted, GrantRefused, Opening, Reviewing, refused
from graph.writes.grants import closing, opening, reviewing


async def open_scope(context: Context, given: Mapping[str, Any]) -> Written:
    kind = GrantKind(given["kind"])
    if not _opens(context.asked.viewer, kind):
        return _written("GrantOpened", refused(GrantRefusal.NOT_YOURS_TO_OPEN))
    asked = Opening(
        kind=kind,
        holders=given["holders"],
        children=given["children"],
        until=given["until"],
        name=given.get("name"),
        **_said(context, given),
    )
    return _written("GrantOpened", await context.write(lambda: opening(asked)))


async def break_glass(context: Context, given: Mapping[str, Any]) -> Written:
    viewer, now = context.asked.viewer, context.asked.now
    if viewer.role is None or viewer.gate.scope in BREAKS_NO_GLASS:
        return _written("GrantOpened", refused(GrantRefusal.NOT_NEEDED))
    if not 0 < given["minutes"] <= context.break_glass_minutes:
        return _written("GrantOpened", refused(GrantRefusal.TOO_LONG))
    asked = Opening(
        kind=GrantKind.BREAK_GLASS,
        holders=[viewer.name],
        children=[given["childId"]],
        until=now + timedelta(minutes=given["minutes"]),
        **_said(context, given),
    )
    return _written("GrantOpened", await context.write(lambda: opening(asked)))


async def close_scope(context: Context, given: Mapping[str, Any]) -> Written:
    role = context.asked.viewer.role
    asked = Closing(
        id=given["id"], of_others=role is None or role in CLOSES_ALL, **_said(context, given)
    )
    return _written("GrantClosed", await context.write(lambda: closing(asked)))


async def review_break_glass(context: Context, given: Mapping[str, Any]) -> Written:
    role = context.asked.viewer.role
    if role is not None and role not in REVIEWS:
        return _written("BreakGlassReviewed", refused(GrantRefusal.NOT_YOURS_TO_OPEN))
    said = _said(context, {**given, "reason": given["note"]})
    asked = Reviewing(
        id=given["id"],
        verdict=ReviewVerdict(given["verdict"]),
        note=said.pop("reason"),
        **said,
    )
    return _written("BreakGlassReviewed", await context.write(lambda: reviewing(asked)))


def _opens(viewer: Viewer, kind: GrantKind) -> bool:
    """Whether the role opens such a thing; who holds the database's keys opens all but glass."""
    if viewer.role is None:
        return kind is not GrantKind.BREAK_GLASS
    return viewer.role in OPENED_BY[kind]


def _said(context: Context, given: Mapping[str, Any]) -> dict[str, Any]:
    asked = context.asked
    told = {"actor": asked.viewer.name, "at": asked.now}
    return {**told, "reason": given["reason"], "key": given["key"]}


def _written(kind: str, outcome: Granted | GrantRefused) -> Written:
    if isinstance(outcome, GrantRefused):
        return Written("GrantRefused", {}, outcome)
    return Written(kind, {"id": outcome.id})
