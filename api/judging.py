"""Judgements on pairs of records, as people send them in."""

from collections.abc import Mapping
from typing import Any

from api.context import Context
from api.writing import Written
from graph.selection import UnanswerableError
from graph.statement import withheld_tables
from graph.vocabulary.evidence import Verdict
from graph.writes.judging import recording, recording_all, retracting
from graph.writes.outcomes import Recorded, Refused, Retracted, Retracting, Saying

# A person has read each of them; more than these are a program's, which can send them in turns.
MOST_AT_ONCE = 50


async def record_judgement(context: Context, given: Mapping[str, Any]) -> Written:
    said = _saying(context, given)
    return _recorded(await context.write(lambda: recording(said)))


async def record_judgements(context: Context, given: list[Mapping[str, Any]]) -> list[Written]:
    if len(given) > MOST_AT_ONCE:
        raise UnanswerableError(f"`inputs` takes at most {MOST_AT_ONCE} judgements at once.")
    said = [_saying(context, one) for one in given]
    outcomes = await context.write(lambda: recording_all(said)) if said else []
    return [_recorded(outcome) for outcome in outcomes]


def _saying(context: Context, given: Mapping[str, Any]) -> Saying:
    return Saying(
        left=given["left"],
        right=given["right"],
        role=str(given["role"]),
        verdict=Verdict(given["verdict"]),
        reason=given["reason"],
        actor=context.asked.viewer.name,
        key=given["key"],
        expected=given.get("expected"),
        withheld_tables=withheld_tables(context.asked.viewer),
    )


def _recorded(outcome: Recorded | Refused) -> Written:
    if isinstance(outcome, Refused):
        return _refusal(outcome)
    asked_with = {"id": outcome.id, "contradictions": outcome.contradictions}
    return Written("JudgementRecorded", asked_with)


async def retract_judgement(context: Context, given: Mapping[str, Any]) -> Written:
    asked = Retracting(
        id=given["id"],
        reason=given["reason"],
        actor=context.asked.viewer.name,
        key=given["key"],
        withheld_tables=withheld_tables(context.asked.viewer),
    )
    outcome: Retracted | Refused = await context.write(lambda: retracting(asked))
    if isinstance(outcome, Refused):
        return _refusal(outcome)
    return Written("JudgementRetracted", {"id": outcome.id})


def _refusal(outcome: Refused) -> Written:
    return Written("JudgementRefused", {}, outcome)
