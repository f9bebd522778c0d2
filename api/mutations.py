"""What can be changed: fields of Mutation, each a write in the viewer's name.

What a write answers with is read as any question is: one compiled statement, under the viewer's
rules. A refusal is an answer, not an error.
"""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any

import strawberry

from api.context import Context
from api.types.declared import argument, from_graph
from api.types.judging import (
    RecordJudgementInput,
    RecordJudgementResult,
    RetractJudgementInput,
    RetractJudgementResult,
)
from graph.projection import withheld_tables
from graph.vocabulary.evidence import Verdict
from graph.writes.judging import recording, retracting
from graph.writes.outcomes import Recorded, Refused, Retracted, Retracting, Saying


@dataclass(frozen=True, slots=True)
class Written:
    """What a write came to: the answer's type, and what its statement is asked with.

    A refusal reads nothing: it is the answer itself.
    """

    type: str
    asked_with: Mapping[str, Any]
    refused: Refused | None = None


_INPUT = "What to record, why, and under which key."


@strawberry.type(description="What a person can change. Each is recorded under their name.")
class Mutation:
    record_judgement: RecordJudgementResult = from_graph(
        "Say that two records are one person's, or are not. Nothing is overwritten: a later"
        " judgement on the same two supersedes the earlier. The next link goes by it.",
        argument("input", RecordJudgementInput, _INPUT),
    )
    retract_judgement: RetractJudgementResult = from_graph(
        "Take a judgement back. It stays in the history, and the one before it stands again.",
        argument("input", RetractJudgementInput, _INPUT),
    )


async def _record(context: Context, given: Mapping[str, Any]) -> Written:
    said = Saying(
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
    outcome: Recorded | Refused = await context.write(lambda: recording(said))
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
WRITES: dict[str, Write] = {"recordJudgement": _record, "retractJudgement": _retract}
