"""What can be changed: fields of Mutation, each a write in the viewer's name.

What a write answers with is read as any question is: one compiled statement, under the viewer's
rules. A refusal is an answer, not an error.
"""

from collections.abc import Awaitable, Callable, Mapping
from typing import Any

import strawberry

from api.context import Context
from api.granting import break_glass, close_scope, open_scope, review_break_glass
from api.types.declared import argument, from_graph
from api.types.grants import (
    BreakGlassInput,
    CloseScopeInput,
    CloseScopeResult,
    OpenScopeInput,
    OpenScopeResult,
    ReviewBreakGlassInput,
    ReviewBreakGlassResult,
)
from api.types.judging import (
    RecordJudgementInput,
    RecordJudgementResult,
    RetractJudgementInput,
    RetractJudgementResult,
)
from api.writing import Written
from graph.projection import withheld_tables
from graph.selection import UnanswerableError
from graph.vocabulary.evidence import Verdict
from graph.writes.judging import recording, recording_all, retracting
from graph.writes.outcomes import Recorded, Refused, Retracted, Retracting, Saying

# A person has read each of them; more than these are a program's, which can send them in turns.
MOST_AT_ONCE = 50
_INPUT = "What to record, why, and under which key."
_GRANT = "What, why, and under which key."


@strawberry.type(description="What a person can change. Each is recorded under their name.")
class Mutation:
    record_judgement: RecordJudgementResult = from_graph(
        "Say that two records are one person's, or are not. Nothing is overwritten: a later"
        " judgement on the same two supersedes the earlier. The next link goes by it.",
        argument("input", RecordJudgementInput, _INPUT),
    )
    record_judgements: list[RecordJudgementResult] = from_graph(
        "Record up to 50 judgements, in their order and in one transaction. Each comes to its own"
        " result under its own key: one that is refused keeps none of the others from being"
        " recorded, and what was sent before is answered as it was then. So after an unknown"
        " outcome the same list is sent again.",
        argument(
            "inputs", list[RecordJudgementInput], "What to record, why, and under which keys."
        ),
    )
    retract_judgement: RetractJudgementResult = from_graph(
        "Take a judgement back. It stays in the history, and the one before it stands again.",
        argument("input", RetractJudgementInput, _INPUT),
    )
    open_scope: OpenScopeResult = from_graph(
        "Open children to somebody until a moment. ORR's triage opens cases; its triage and"
        " caseworkers refer and assign.",
        argument("input", OpenScopeInput, _GRANT),
    )
    close_scope: CloseScopeResult = from_graph(
        "Close what was opened before its time is over: by whoever opened or holds it, or by ORR's"
        " triage.",
        argument("input", CloseScopeInput, _GRANT),
    )
    break_glass: OpenScopeResult = from_graph(
        "See a child at once in an emergency, for a while and alone. A privacy officer reviews it.",
        argument("input", BreakGlassInput, _GRANT),
    )
    review_break_glass: ReviewBreakGlassResult = from_graph(
        "Say whether there was an emergency: never by whoever broke the glass.",
        argument("input", ReviewBreakGlassInput, _GRANT),
    )


async def _record(context: Context, given: Mapping[str, Any]) -> Written:
    said = _saying(context, given)
    return _recorded(await context.write(lambda: recording(said)))


async def _record_several(context: Context, given: list[Mapping[str, Any]]) -> list[Written]:
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


async def _retract(context: Context, given: Mapping[str, Any]) -> Written:
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


Write = Callable[[Context, Mapping[str, Any]], Awaitable[Written]]
SeveralWrites = Callable[[Context, list[Mapping[str, Any]]], Awaitable[list[Written]]]
WRITES: dict[str, Write] = {
    "recordJudgement": _record,
    "retractJudgement": _retract,
    "openScope": open_scope,
    "closeScope": close_scope,
    "breakGlass": break_glass,
    "reviewBreakGlass": review_break_glass,
}
SEVERAL_WRITES: dict[str, SeveralWrites] = {"recordJudgements": _record_several}
