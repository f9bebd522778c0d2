"""What can be changed: fields of Mutation, each a write in the viewer's name.

What a write answers with is read as any question is: one compiled statement, under the viewer's
rules. A refusal is an answer, not an error.
"""

from collections.abc import Awaitable, Callable, Mapping
from typing import Any

import strawberry

from api.acknowledging import acknowledge_notice
from api.caring import (
    acknowledge_concern,
    raise_concern,
    record_call,
    record_concern_outcome,
    record_service,
    record_wellness_outcome,
    report_address,
    request_wellness_check,
    route_concern,
    verify_address,
)
from api.context import Context
from api.following import (
    advance_follow_up,
    draft_i830,
    file_i830,
    provide_i830,
    record_sync,
)
from api.granting import break_glass, close_scope, open_scope, review_break_glass
from api.judging import record_judgement, record_judgements, retract_judgement
from api.stating import record_appearance, record_without_notice
from api.types.advancing import (
    AdvanceFollowUpInput,
    AdvanceFollowUpResult,
    DraftI830Input,
    DraftI830Result,
    FileI830Input,
    FileI830Result,
    ProvideI830Input,
    ProvideI830Result,
    RecordSyncInput,
    RecordSyncResult,
)
from api.types.appearances import RecordAppearanceInput, RecordAppearanceResult
from api.types.concerns import (
    AcknowledgeConcernInput,
    AcknowledgeConcernResult,
    RaiseConcernInput,
    RaiseConcernResult,
    RecordConcernOutcomeInput,
    RecordConcernOutcomeResult,
    RouteConcernInput,
    RouteConcernResult,
)
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
from api.types.notices import AcknowledgeNoticeInput, AcknowledgeNoticeResult
from api.types.nta import RecordWithoutNoticeInput, RecordWithoutNoticeResult
from api.types.statements import (
    ReportAddressInput,
    ReportAddressResult,
    VerifyAddressInput,
    VerifyAddressResult,
)
from api.types.welfare import (
    RecordCallInput,
    RecordCallResult,
    RecordServiceInput,
    RecordServiceResult,
    RecordWellnessOutcomeInput,
    RecordWellnessOutcomeResult,
    RequestWellnessCheckInput,
    RequestWellnessCheckResult,
)
from api.writing import Written

_INPUT = "What to record, why, and under which key."
_GRANT = "What, why, and under which key."
_CARE = "What, when, and under which key."
_STEP = "Of which follow-up, what, and under which key."


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
    record_call: RecordCallResult = from_graph(
        "Record a safety and well-being call or one to the helpline, also one that nobody answered:"
        " ORR's and its care providers'.",
        argument("input", RecordCallInput, _CARE),
    )
    record_service: RecordServiceResult = from_graph(
        "Record case management after a release: ORR's and its care providers'.",
        argument("input", RecordServiceInput, _CARE),
    )
    request_wellness_check: RequestWellnessCheckResult = from_graph(
        "Ask for a wellness check: ORR's. A follow-up's step is taken with it.",
        argument("input", RequestWellnessCheckInput, _CARE),
    )
    record_wellness_outcome: RecordWellnessOutcomeResult = from_graph(
        "Record what came of a wellness check, once: ORR's and its care providers'. Where there is"
        " a concern, raise it as well: that sends it to whoever is competent.",
        argument("input", RecordWellnessOutcomeInput, _CARE),
    )
    raise_concern: RaiseConcernResult = from_graph(
        "Say that you are worried about a child. ORR is sent a notice, and by what it is about the"
        " agencies that have jurisdiction where she lives. Only they read it.",
        argument("input", RaiseConcernInput, _CARE),
    )
    route_concern: RouteConcernResult = from_graph(
        "Send a concern to others beside those who have it: ORR's. Where she lives says which.",
        argument("input", RouteConcernInput, _CARE),
    )
    acknowledge_concern: AcknowledgeConcernResult = from_graph(
        "Say that your agency has a concern that it was sent.",
        argument("input", AcknowledgeConcernInput, _CARE),
    )
    record_concern_outcome: RecordConcernOutcomeResult = from_graph(
        "Say what came of a concern: whoever was sent it, once somebody has it.",
        argument("input", RecordConcernOutcomeInput, _CARE),
    )
    report_address: ReportAddressResult = from_graph(
        "Write down where she, her sponsor or her representative says that she lives now. It"
        " overwrites nothing.",
        argument("input", ReportAddressInput, _CARE),
    )
    verify_address: VerifyAddressResult = from_graph(
        "Write down what was found by somebody who looked whether she lives there.",
        argument("input", VerifyAddressInput, _CARE),
    )
    advance_follow_up: AdvanceFollowUpResult = from_graph(
        "Take a step of a follow-up. Whose each step is the documents say, and which are legal now"
        " `FollowUpRefused` tells.",
        argument("input", AdvanceFollowUpInput, _STEP),
    )
    draft_i830: DraftI830Result = from_graph(
        "Draw up a Form I-830, filled in from what is known of where she is. By ERO.",
        argument("input", DraftI830Input, _STEP),
    )
    provide_i830: ProvideI830Result = from_graph(
        "Provide the form to OPLA. By ERO.", argument("input", ProvideI830Input, _STEP)
    )
    file_i830: FileI830Result = from_graph(
        "File it with the immigration court. By OPLA.", argument("input", FileI830Input, _STEP)
    )
    record_sync: RecordSyncResult = from_graph(
        "Say what came of entering the failure to appear in PLANet, by OPLA, or in EARM, by ERO."
        " The records are not done while one of the two failed.",
        argument("input", RecordSyncInput, _STEP),
    )
    acknowledge_notice: AcknowledgeNoticeResult = from_graph(
        "Say that a notice arrived: by whom it is meant for. ORR's word on its own moves the"
        " follow-up on.",
        argument("input", AcknowledgeNoticeInput, "Which notice, and under which key."),
    )
    record_appearance: RecordAppearanceResult = from_graph(
        "Say what happened at a hearing: OPLA or ERO, in whose system it stands. Nothing is"
        " overwritten, and a failure to appear is followed up at once.",
        argument("input", RecordAppearanceInput, _INPUT),
    )
    record_without_notice: RecordWithoutNoticeResult = from_graph(
        "Say why a child has no Notice to Appear: ERO, where no record tells.",
        argument("input", RecordWithoutNoticeInput, _INPUT),
    )


Write = Callable[[Context, Mapping[str, Any]], Awaitable[Written]]
SeveralWrites = Callable[[Context, list[Mapping[str, Any]]], Awaitable[list[Written]]]
WRITES: dict[str, Write] = {
    "recordJudgement": record_judgement,
    "retractJudgement": retract_judgement,
    "openScope": open_scope,
    "closeScope": close_scope,
    "breakGlass": break_glass,
    "reviewBreakGlass": review_break_glass,
    "recordCall": record_call,
    "recordService": record_service,
    "requestWellnessCheck": request_wellness_check,
    "recordWellnessOutcome": record_wellness_outcome,
    "raiseConcern": raise_concern,
    "routeConcern": route_concern,
    "acknowledgeConcern": acknowledge_concern,
    "recordConcernOutcome": record_concern_outcome,
    "reportAddress": report_address,
    "verifyAddress": verify_address,
    "advanceFollowUp": advance_follow_up,
    "draftI830": draft_i830,
    "provideI830": provide_i830,
    "fileI830": file_i830,
    "recordSync": record_sync,
    "acknowledgeNotice": acknowledge_notice,
    "recordAppearance": record_appearance,
    "recordWithoutNotice": record_without_notice,
}
SEVERAL_WRITES: dict[str, SeveralWrites] = {"recordJudgements": record_judgements}
