"""What OPLA and ERO record about a court case: an appearance, and why there is no notice.

A refusal is an answer, not an error; whoever may not even ask was refused by the category before.
"""

from collections.abc import Mapping
from typing import Any

from api.context import Context
from api.reaching import reaching, reaching_hearing
from api.writing import Written
from graph.vocabulary.agencies import Source
from graph.vocabulary.court import Appearance
from graph.vocabulary.nta import WithoutNoticeReason
from graph.writes.appearances import (
    AppearanceRefused,
    RecordingAppearance,
    recording_appearance,
)
from graph.writes.nta import SayingWhy, WhyRefused, saying_why


async def record_appearance(context: Context, given: Mapping[str, Any]) -> Written:
    asked = context.asked
    said = RecordingAppearance(
        appearance=Appearance(given["appearance"]),
        source=Source(given["source"]),
        basis=given["basis"],
        entered_on=given.get("enteredOn"),
        actor=asked.viewer.name,
        role=asked.viewer.role,
        key=given["key"],
        at=asked.now,
        today=asked.today,
        seen=reaching_hearing(asked, given["hearingId"]),
    )
    outcome = await context.write(lambda: recording_appearance(said, context.targets))
    if isinstance(outcome, AppearanceRefused):
        return Written("AppearanceRefused", {}, outcome)
    return Written("AppearanceRecorded", {"id": outcome.hearing})


async def record_without_notice(context: Context, given: Mapping[str, Any]) -> Written:
    asked = context.asked
    said = SayingWhy(
        reason=WithoutNoticeReason(given["reason"]),
        note=given.get("note"),
        actor=asked.viewer.name,
        role=asked.viewer.role,
        key=given["key"],
        at=asked.now,
        seen=reaching(asked, given["childId"]),
    )
    outcome = await context.write(lambda: saying_why(said))
    if isinstance(outcome, WhyRefused):
        return Written("WithoutNoticeRefused", {}, outcome)
    return Written("WithoutNoticeRecorded", {"id": outcome.child})
