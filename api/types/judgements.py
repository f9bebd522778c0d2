"""What people said of two records, and where they contradict each other."""

from datetime import datetime

import strawberry

from api.types.declared import described, from_graph
from api.types.evidence import Record
from graph.vocabulary.evidence import JudgementStatus, Verdict
from graph.vocabulary.people import Role

described(
    Role, "What a record's person is to the case.", {"CHILD": "The child.", "SPONSOR": "A sponsor."}
)
described(
    Verdict,
    "A person's word on two records.",
    {
        "SAME": "They are one person's.",
        "DIFFERENT": "They are two people's.",
        "UNSURE": "Nobody can tell: no weight joins them, and they hold nobody apart.",
    },
)
described(
    JudgementStatus,
    "What has become of a judgement.",
    {
        "PENDING": "Recorded; the next link will go by it.",
        "IN_FORCE": "The last link went by it.",
        "CONFLICTING": "It contradicts other judgements: none of them is gone by.",
        "SUPERSEDED": "A later judgement on the same records stands in its place.",
        "RETRACTED": "It was taken back.",
    },
)


@strawberry.type(description="A person's word that two records are one person's, or are not.")
class Judgement:
    id: strawberry.ID = from_graph("This system's own id.")
    role: Role = from_graph("Whether it is about children or sponsors.")
    left_key: strawberry.ID = from_graph("The key of one record, whatever its version.")
    right_key: strawberry.ID = from_graph("The key of the other.")
    left: Record | None = from_graph("The current version of the one.")
    right: Record | None = from_graph("The current version of the other.")
    verdict: Verdict = from_graph("What was said.")
    reason: str = from_graph("Why, in their words.")
    actor: str = from_graph("Who said it.")
    judged_at: datetime = from_graph("When.")
    status: JudgementStatus = from_graph("What has become of it.")
    supersedes: "Judgement | None" = from_graph("The earlier judgement in whose place it stands.")
    retracted_at: datetime | None = from_graph("When it was taken back.")
    retracted_by: str | None = from_graph("Who took it back.")
    retract_reason: str | None = from_graph("Why, in their words.")


@strawberry.type(
    description="Judgements that cannot all hold: A is B, B is C, and A is not C. None of them is"
    " gone by until one is retracted or superseded."
)
class JudgementConflict:
    id: strawberry.ID = from_graph("The conflict's id, of the last link.")
    judgements: list[Judgement] = from_graph("All that are part of it, the earliest first.")
