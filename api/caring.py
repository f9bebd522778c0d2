"""Recording what concerns a child's welfare, in the name of whoever asks.

What is whose to record is decided in `graph.welfare`; whoever may not see a child is answered as if
she never was. A refusal is an answer, not an error.
"""

from collections.abc import Mapping
from typing import Any, LiteralString

from api.context import Context
from api.reaching import reaching, reaching_address
from api.writing import Written
from graph.vocabulary.doors import door_of
from graph.vocabulary.viewers import AGENCY_OF_ROLE
from graph.vocabulary.welfare import (
    ConcernAgency,
    ConcernKind,
    ConcernState,
    Leg,
    Reporter,
    TouchOutcome,
    TouchpointKind,
    VerificationOutcome,
    VerifiedBy,
)
from graph.welfare.checking import CHILD_OF_CHECK, Checked, Requesting, checked, requesting
from graph.welfare.concerns import (
    CHILD_OF_CONCERN,
    Moving,
    Raising,
    moving_concern,
    raising_concern,
)
from graph.welfare.recording import Kept, Recorder, WelfareRefused
from graph.welfare.stating import Stating, Verifying, stating, verifying
from graph.welfare.touching import Touching, touching
from graph.writes.steps import Step


async def record_call(context: Context, given: Mapping[str, Any]) -> Written:
    asked = _touching(context, given, TouchpointKind(given["kind"]))
    return _written("CallRecorded", await context.write(lambda: touching(asked)))


async def record_service(context: Context, given: Mapping[str, Any]) -> Written:
    asked = _touching(context, given, TouchpointKind.POST_RELEASE_SERVICE)
    return _written("ServiceRecorded", await context.write(lambda: touching(asked)))


async def request_wellness_check(context: Context, given: Mapping[str, Any]) -> Written:
    asked = Requesting(
        child=given["childId"],
        reason=given["reason"],
        follow_up=given.get("followUpId"),
        by=_recorder(context, given),
        seen=reaching(context.asked, given["childId"]),
    )
    return _written("WellnessCheckRequested", await context.write(lambda: requesting(asked)))


async def record_wellness_outcome(context: Context, given: Mapping[str, Any]) -> Written:
    asked = Checked(
        id=given["id"],
        outcome=TouchOutcome(given["outcome"]),
        on=given["on"],
        note=given.get("note"),
        by=_recorder(context, given),
        seen=await _child_of(context, CHILD_OF_CHECK, given["id"]),
    )
    return _written("WellnessOutcomeRecorded", await context.write(lambda: checked(asked)))


async def raise_concern(context: Context, given: Mapping[str, Any]) -> Written:
    asked = Raising(
        child=given["childId"],
        kind=ConcernKind(given["kind"]),
        text=given["text"],
        by=_recorder(context, given),
        seen=reaching(context.asked, given["childId"]),
    )
    return _written("ConcernRaised", await context.write(lambda: raising_concern(asked)))


async def route_concern(context: Context, given: Mapping[str, Any]) -> Written:
    return await _moved(context, given, ConcernState.ROUTED, given["reason"])


async def acknowledge_concern(context: Context, given: Mapping[str, Any]) -> Written:
    return await _moved(context, given, ConcernState.ACKNOWLEDGED, given.get("note"))


async def record_concern_outcome(context: Context, given: Mapping[str, Any]) -> Written:
    return await _moved(context, given, ConcernState.OUTCOME, given["outcome"])


async def report_address(context: Context, given: Mapping[str, Any]) -> Written:
    parts = [given["line1"], *(given.get(name) for name in ("unit", "city", "state", "zip"))]
    asked = Stating(
        child=given["childId"],
        said=dict(zip(("line1", "unit", "city", "state", "zip"), parts, strict=True)),
        door=door_of(*parts),
        reporter=Reporter(given["reporter"]),
        on=given["reportedOn"],
        by=_recorder(context, given),
        seen=reaching(context.asked, given["childId"]),
    )
    return _written("AddressStated", await context.write(lambda: stating(asked)))


async def verify_address(context: Context, given: Mapping[str, Any]) -> Written:
    address, viewer = given.get("addressId"), context.asked.viewer
    asked = Verifying(
        child=given["childId"],
        address=address,
        statement=given.get("statementId"),
        method=VerifiedBy(given["method"]),
        outcome=VerificationOutcome(given["outcome"]),
        on=given["on"],
        note=given.get("note"),
        by=_recorder(context, given),
        seen=reaching(context.asked, given["childId"]),
        place_seen=reaching_address(context.asked, address) if address else None,
        withheld=tuple(sorted(viewer.withheld)),
    )
    return _written("AddressVerified", await context.write(lambda: verifying(asked)))


async def _moved(
    context: Context, given: Mapping[str, Any], to: ConcernState, text: str | None
) -> Written:
    asked = Moving(
        id=given["id"],
        to=to,
        text=text,
        by=_recorder(context, given),
        seen=await _child_of(context, CHILD_OF_CONCERN, given["id"]),
        agencies=[ConcernAgency(one) for one in given.get("to", ())],
        expected=given.get("expected"),
    )
    return _written("ConcernAdvanced", await context.write(lambda: moving_concern(asked)))


async def _child_of(context: Context, statement: LiteralString, of: str) -> Step | None:
    """The first step for whoever that is about; None where there is no such thing."""
    found = await context.read(statement, {"id": of})
    return reaching(context.asked, found[0]) if found else None


def _touching(context: Context, given: Mapping[str, Any], kind: TouchpointKind) -> Touching:
    leg = given.get("leg")
    return Touching(
        child=given["childId"],
        kind=kind,
        outcome=TouchOutcome(given["outcome"]),
        on=given["on"],
        leg=Leg(leg) if leg else None,
        note=given.get("note"),
        by=_recorder(context, given),
        seen=reaching(context.asked, given["childId"]),
    )


def _recorder(context: Context, given: Mapping[str, Any]) -> Recorder:
    asked, role = context.asked, context.asked.viewer.role
    return Recorder(
        actor=asked.viewer.name,
        role=role,
        agency=AGENCY_OF_ROLE.get(role) if role else None,
        key=given["key"],
        at=asked.now,
        today=asked.today,
    )


def _written(kind: str, outcome: Kept | WelfareRefused) -> Written:
    if isinstance(outcome, WelfareRefused):
        return Written("WelfareRefused", {}, outcome)
    return Written(kind, {"id": outcome.id})
