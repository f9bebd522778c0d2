"""Where a follow-up stands, as rows: what changes with a step, and what is to be done next.

Everything here is worked out of the chart alone; nothing is read and nothing written. A follow-up
is a mapping of its node's properties, with days and moments as Python has them.
"""

from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime, time
from typing import Any

from graph.following.chart import CHART, STATE, Move
from graph.following.duties import RANK, duty
from graph.following.targets import Targets, due
from graph.vocabulary.evidence import SharingClass
from graph.vocabulary.following import Actor, FollowUpEvent, FollowUpState, Region
from graph.vocabulary.identifiers import public_id
from graph.vocabulary.notices import NoticeKind
from graph.writes.notices import raised

# After every day: what has no target comes after what has one.
_LAST_DAY = date.max

Row = dict[str, Any]
FollowUp = Mapping[str, Any]


def state_of(follow_up: FollowUp, region: Region) -> FollowUpState:
    return FollowUpState(follow_up[STATE[region]])


def version_of(follow_up: FollowUp, region: Region) -> int:
    """How many steps the region has seen: each region counts its own."""
    version: int = follow_up[f"{STATE[region]}Version"]
    return version


def begun(region: Region, at: datetime) -> Row:
    """The properties of a region that begins."""
    name = STATE[region]
    return {name: str(CHART.begins[region]), f"{name}Since": at, f"{name}Version": 1}


def changed(follow_up: FollowUp, move: Move, at: datetime) -> Row:
    """What a step makes of the follow-up's properties; none of the others change."""
    name = STATE[move.region]
    row: Row = {f"{name}Version": version_of(follow_up, move.region) + 1}
    row["version"] = follow_up["version"] + 1
    if move.to is not None and move.to != follow_up[name]:
        row |= {name: str(move.to), f"{name}Since": at}
    if move.marks:
        row[f"{move.marks}At"] = at
    return row | _ended({**follow_up, **row}, at)


def _ended(follow_up: FollowUp, at: datetime) -> Row:
    """When nothing was left to do, and when nothing was left that is not ORR's."""
    places = {region: CHART.places[state_of(follow_up, region)] for region in Region}
    row: Row = {}
    handed_over = places[Region.SAFETY].with_orr and all(
        place.last for region, place in places.items() if region is not Region.SAFETY
    )
    if handed_over and not follow_up.get("handedOverAt"):
        row["handedOverAt"] = at
    if all(place.last for place in places.values()) and not follow_up.get("closedAt"):
        row["closedAt"] = at
    return row


def actions(follow_up: FollowUp, region: Region, targets: Targets) -> list[Row]:
    """What is to be done next in a region, one an actor."""
    place = CHART.places[state_of(follow_up, region)]
    since: datetime = follow_up[f"{STATE[region]}Since"]
    return [
        _action(follow_up, region, actor, event, since, targets)
        for actor, event in place.next.items()
        if not _done(follow_up, CHART.moves[event])
    ]


def _done(follow_up: FollowUp, move: Move) -> bool:
    return bool(move.marks and follow_up.get(f"{move.marks}At"))


def _action(
    follow_up: FollowUp,
    region: Region,
    actor: Actor,
    event: FollowUpEvent,
    since: datetime,
    targets: Targets,
) -> Row:
    on = due(targets, event, since.date())
    return {
        "id": public_id("action", f"{follow_up['id']}\n{region}\n{actor}"),
        "actor": str(actor),
        "region": str(region),
        "step": str(event),
        "office": follow_up.get("office") or "",
        "docket": follow_up.get("docket") or "",
        "since": since,
        "due": on,
        "sort": on or _LAST_DAY,
        "rank": RANK[duty(event, follow_up["failedOn"]).force],
    }


def step(
    follow_up: FollowUp, event: FollowUpEvent, row: Mapping[str, Any], *, key: str, at: datetime
) -> Row:
    """The node of a step that is taken; `row` has who took it and what they said."""
    move = CHART.moves[event]
    was = state_of(follow_up, move.region)
    return {
        "id": public_id("step", key),
        "key": key,
        "at": at,
        "number": follow_up["version"] + 1,
        "region": str(move.region),
        "event": str(event),
        "from": str(was),
        "to": str(move.to or was),
        "rule": duty(event, follow_up["failedOn"]).rule,
        **row,
    }


def notices(
    follow_up: FollowUp, kinds: Iterable[NoticeKind], at: datetime, targets: Targets
) -> list[Row]:
    """The rows of the outbox for notices of these kinds."""
    return [_notice(follow_up, kind, at, targets) for kind in kinds]


_TELLS = {
    NoticeKind.FOJC_INFORM: FollowUpEvent.INFORM_FOJC,
    NoticeKind.ORR_NOTICE: FollowUpEvent.NOTIFY_ORR,
    NoticeKind.ESCALATION: FollowUpEvent.ESCALATE,
}
_HEADQUARTERS = "ero-hq"


def _notice(follow_up: FollowUp, kind: NoticeKind, at: datetime, targets: Targets) -> Row:
    event = _TELLS[kind]
    on = due(targets, event, at.date())
    return raised(
        *_told(kind, follow_up),
        follow_up["id"],
        duty(event, follow_up["failedOn"]).rule,
        at,
        None if on is None else datetime.combine(on, time.max, UTC),
        office=follow_up.get("office"),
        sharing=SharingClass.ENFORCEMENT,
    )


def _told(kind: NoticeKind, follow_up: FollowUp) -> tuple[NoticeKind, str]:
    """What is told to whom, who can see her and say that they know.

    Of a child of no known office no coordinator does. "OPLA will inform" them (S2:158 fn17), so
    that whoever has her docket is told that the office is yet to be found.
    """
    if kind is NoticeKind.ORR_NOTICE:
        return kind, "orr/inbox"
    if kind is not NoticeKind.FOJC_INFORM:
        return kind, _HEADQUARTERS
    if office := follow_up.get("office"):
        return kind, f"fojc/{office.removeprefix('office/')}"
    court = (follow_up.get("docket") or "hq").removeprefix("docket/")
    return NoticeKind.OFFICE_UNKNOWN, f"opla/{court}"
