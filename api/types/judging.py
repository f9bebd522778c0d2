"""Saying what two records are, and taking it back: what is sent, and what is answered."""

from typing import Annotated

import strawberry

from api.types.declared import described, from_graph
from api.types.judgements import Judgement
from graph.vocabulary.evidence import JudgementRefusal, Verdict
from graph.vocabulary.people import Role

described(
    JudgementRefusal,
    "Why nothing was recorded.",
    {
        "UNKNOWN_RECORD": "There is no such record.",
        "SAME_RECORD": "Both are one record.",
        "WRONG_ROLE": "One of the records is about nobody in this role.",
        "FOLLOWS_ITS_CASE": "A row of a court case follows its case: judge the case's own record.",
        "NO_REASON": "No reason was given, or one of more than 2,000 letters.",
        "NO_KEY": "No key was given, or one of more than 2,000 letters.",
        "KEY_REUSED": "The key was used for something else.",
        "STALE": "Another judgement stands on the pair than the one that was seen.",
        "UNKNOWN_JUDGEMENT": "There is no such judgement.",
        "ALREADY_RETRACTED": "The judgement was retracted before.",
    },
)

_KEY = "A key of your own, new for each {}: sent twice, it is recorded once, and answered alike."


@strawberry.input(description="What somebody says of two records.")
class RecordJudgementInput:
    left: strawberry.ID = strawberry.field(
        description="One record: its id, or its key without the version."
    )
    right: strawberry.ID = strawberry.field(description="The other.")
    role: Role = strawberry.field(description="Whether it is about children or sponsors.")
    verdict: Verdict = strawberry.field(description="What is said.")
    reason: str = strawberry.field(description="Why: for whoever reads it later.")
    key: str = strawberry.field(description=_KEY.format("judgement"))
    expected: strawberry.ID | None = strawberry.field(
        default=None,
        description="The judgement that you saw standing on the two; null if you saw none.",
    )


@strawberry.input(description="Taking a judgement back.")
class RetractJudgementInput:
    id: strawberry.ID = strawberry.field(description="The judgement.")
    reason: str = strawberry.field(description="Why: for whoever reads it later.")
    key: str = strawberry.field(description=_KEY.format("retraction"))


@strawberry.type(description="The judgement is recorded; the next link goes by it.")
class JudgementRecorded:
    judgement: Judgement = from_graph("The judgement.")
    supersedes: Judgement | None = from_graph("The earlier judgement in whose place it stands.")
    contradictions: list[Judgement] = from_graph(
        "Other judgements that it contradicts, taken together, the earliest first: none of them is"
        " gone by until one is retracted or superseded."
    )


@strawberry.type(
    description="The judgement is taken back: the one before it stands again, if there was one."
)
class JudgementRetracted:
    judgement: Judgement = from_graph("The judgement.")


@strawberry.type(description="Nothing was recorded.")
class JudgementRefused:
    reason: JudgementRefusal = from_graph("Why.")
    message: str = from_graph("What to do about it.")


RecordJudgementResult = Annotated[
    JudgementRecorded | JudgementRefused,
    strawberry.union("RecordJudgementResult", description="What came of recording a judgement."),
]
RetractJudgementResult = Annotated[
    JudgementRetracted | JudgementRefused,
    strawberry.union("RetractJudgementResult", description="What came of retracting one."),
]
