"""Taking steps of a follow-up in the viewer's name: whose each is, the chart decides.

Whether they may know of the follow-up, of its evidence and of an address is asked inside the
change's own transaction, by their own rules, as `api.reaching` asks it of a child.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from api.context import Context
from api.writing import Written
from graph.following.advancing import advancing
from graph.following.forms import Candidate, Drafting
from graph.following.outcomes import Advanced, Advancing, FollowUpRefused
from graph.projection import project
from graph.selection import Asked, Wanted
from graph.shapes.admission import Admission
from graph.vocabulary.evidence import SharingClass
from graph.vocabulary.following import FollowUpEvent, SyncOutcome, SyncSystem
from graph.writes.steps import Step

_ID = (Wanted("id"),)
_FOLLOW_UP = Wanted("followUp", {"FollowUp": _ID}, given=frozenset({"id"}))
_ADDRESS = Wanted("address", {"Address": _ID}, given=frozenset({"id"}))
_THINGS = Wanted("nodes", {"Address": _ID, "Record": _ID}, given=frozenset({"ids"}))
_SAID_BY = Wanted("saidBy", {"AddressReport": (Wanted("record", {"Record": _ID}),)})
_CANDIDATE = (Wanted("address", {"Address": _ID}), Wanted("kinds"), _SAID_BY)
_LOCATED = Wanted(
    "locate",
    {"Location": (Wanted("candidates", {"AddressCandidate": _CANDIDATE}),)},
    given=frozenset({"childId"}),
)
_EVENTS = {
    (SyncSystem.PLANET, SyncOutcome.ENTERED): FollowUpEvent.UPDATE_PLANET,
    (SyncSystem.PLANET, SyncOutcome.FAILED): FollowUpEvent.FAIL_PLANET,
    (SyncSystem.PLANET, SyncOutcome.RETRIED): FollowUpEvent.RETRY_PLANET,
    (SyncSystem.EARM, SyncOutcome.ENTERED): FollowUpEvent.UPDATE_EARM,
    (SyncSystem.EARM, SyncOutcome.FAILED): FollowUpEvent.FAIL_EARM,
    (SyncSystem.EARM, SyncOutcome.RETRIED): FollowUpEvent.RETRY_EARM,
}


async def advance_follow_up(context: Context, given: Mapping[str, Any]) -> Written:
    asked = _advancing(context, given, FollowUpEvent(given["step"]))
    return _written("FollowUpAdvanced", await _advanced(context, asked))


async def record_sync(context: Context, given: Mapping[str, Any]) -> Written:
    event = _EVENTS[SyncSystem(given["system"]), SyncOutcome(given["outcome"])]
    asked = _advancing(context, given, event, "recordSync")
    return _written("FollowUpAdvanced", await _advanced(context, asked))


async def draft_i830(context: Context, given: Mapping[str, Any]) -> Written:
    asked = _advancing(context, given, FollowUpEvent.COMPLETE_I830, "draftI830")
    address = given.get("addressId")
    drafting = Drafting(
        located=lambda child: _step(context.asked, _LOCATED, {"childId": child}),
        read=_candidates,
        address=address,
        addressed=_step(context.asked, _ADDRESS, {"id": address}) if address else None,
    )
    return _written("I830Recorded", await _advanced(context, asked, drafting))


async def provide_i830(context: Context, given: Mapping[str, Any]) -> Written:
    asked = _advancing(context, given, FollowUpEvent.PROVIDE_I830, "provideI830")
    return _written("I830Recorded", await _advanced(context, asked))


async def file_i830(context: Context, given: Mapping[str, Any]) -> Written:
    asked = _advancing(context, given, FollowUpEvent.FILE_I830, "fileI830")
    return _written("I830Recorded", await _advanced(context, asked))


async def _advanced(
    context: Context, asked: Advancing, drafting: Drafting | None = None
) -> Advanced | FollowUpRefused:
    return await context.write(lambda: advancing(asked, context.targets, drafting))


def _advancing(
    context: Context, given: Mapping[str, Any], event: FollowUpEvent, form: str | None = None
) -> Advancing:
    viewer, evidence = context.asked.viewer, list(given.get("evidence") or ())
    return Advancing(
        id=given["id"],
        event=event,
        actor=viewer.name,
        role=viewer.role,
        key=given["key"],
        at=context.asked.now,
        reason=given.get("reason"),
        evidence=evidence,
        expected=given.get("expected"),
        form=form,
        sees_welfare=SharingClass.WELFARE not in viewer.withheld,
        seen=follow_up_seen(context.asked, given["id"]),
        known=_step(context.asked, _THINGS, {"ids": evidence}) if evidence else None,
    )


def follow_up_seen(asked: Asked, follow_up: str) -> Step:
    """The question whether whoever asks may know of a follow-up; `reached` reads its rows."""
    return _step(asked, _FOLLOW_UP, {"id": follow_up})


def _step(asked: Asked, wanted: Wanted, arguments: Mapping[str, Any]) -> Step:
    viewer = asked.viewer
    admission = Admission(viewer.gate.scope, bool(viewer.withheld), viewer.gate.sees_sealed)
    statement = project(wanted.name, wanted, admission)
    return statement.text, statement.parameters([dict(arguments)], asked)


def _candidates(rows: Sequence[Mapping[str, Any]]) -> list[Candidate]:
    """What `_LOCATED` found: `[[address], kinds, [[record]…]]` of each, the best first."""
    ((located,),) = [row.values() for row in rows]
    return [
        Candidate(address[0], kinds, sorted({record[0] for (record,) in said if record}))
        for (found,) in located
        for address, kinds, said in found
    ]


def _written(kind: str, outcome: Advanced | FollowUpRefused) -> Written:
    if isinstance(outcome, FollowUpRefused):
        return Written("FollowUpRefused", {}, outcome)
    return Written(kind, {"id": outcome.step})
