"""Acknowledging a notice in the viewer's name.

Whether they may know of it is asked inside the change's own transaction, by their own rules, as
`notice(reference:)` asks it.
"""

from collections.abc import Mapping
from functools import partial
from typing import Any

from api.context import Context
from api.writing import Written
from graph.following.advancing import on_notice_acknowledged, on_notices_sent
from graph.following.targets import Targets
from graph.projection import project
from graph.selection import Asked, Wanted
from graph.shapes.admission import Admission
from graph.vocabulary.notices import NoticeKind
from graph.writes.acknowledging import Acknowledging, NoticeRefused, acknowledging
from graph.writes.steps import Step, Steps

_WANTED = Wanted("notice", {"Notice": (Wanted("reference"),)}, given=frozenset({"reference"}))


async def acknowledge_notice(context: Context, given: Mapping[str, Any]) -> Written:
    asked = Acknowledging(
        reference=given["reference"],
        actor=context.asked.viewer.name,
        role=context.asked.viewer.role,
        key=given["key"],
        at=context.asked.now,
        seen=_seen(context.asked, given["reference"]),
    )
    and_then = partial(_and_then, context.targets)
    outcome = await context.write(lambda: acknowledging(asked, and_then))
    if isinstance(outcome, NoticeRefused):
        return Written("NoticeRefused", {}, outcome)
    return Written("NoticeAcknowledged", {"reference": outcome.reference})


def _and_then(targets: Targets, notice: Mapping[str, Any], asked: Acknowledging) -> Steps[None]:
    """The follow-up's own next steps, where these are any: they may have been taken by hand."""
    kind = NoticeKind(notice["kind"])
    if "sentAt" not in notice:
        yield from on_notices_sent([(notice["about"], kind, asked.at)], targets)
    told = (notice["about"], kind, asked.at, asked.actor, asked.role, asked.key)
    yield from on_notice_acknowledged(*told, targets)


def _seen(asked: Asked, reference: str) -> Step:
    viewer = asked.viewer
    admission = Admission(viewer.gate.scope, bool(viewer.withheld), viewer.gate.sees_sealed)
    statement = project("notice", _WANTED, admission)
    return statement.text, statement.parameters([{"reference": reference}], asked)
