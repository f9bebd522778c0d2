"""What became of an identity: its merges and splits, and how its records were joined."""

from datetime import datetime

import strawberry

from api.types.declared import described, from_graph
from api.types.explanations import ComparisonWeight
from graph.vocabulary.evidence import IdentityEventKind
from graph.vocabulary.people import Role

described(
    IdentityEventKind,
    "How records changed identities.",
    {
        "MERGED": "Several became one: the ids of the others lead to it.",
        "SPLIT": "One became several.",
        "MOVED": "Records went from one that goes on to another that goes on.",
    },
)


@strawberry.type(description="Where a record went.")
class RecordMove:
    record: strawberry.ID = from_graph("The record's key.")
    identity: strawberry.ID = from_graph("The id of whom it is about since.")


@strawberry.type(description="A change of who is who, which is never taken out of the history.")
class IdentityEvent:
    id: strawberry.ID = from_graph("The event's id.")
    kind: IdentityEventKind = from_graph("What happened.")
    role: Role = from_graph("Whether to children or to sponsors.")
    at: datetime | None = from_graph("When readers first saw it.")
    run: int = from_graph("The number of the link that did it.")
    actor: str = from_graph("Who or what decided it.")
    reason: str = from_graph("Why.")
    model_version: str = from_graph("The linkage model that was used.")
    from_: list[strawberry.ID] = from_graph("The ids before.", name="from")
    to: list[strawberry.ID] = from_graph("The ids after.")
    moves: list[RecordMove] = from_graph("Each record that changed identities, and where it went.")


@strawberry.type(
    description="One step in which an identity came to be: two groups of records joined by a pair."
)
class IdentityStep:
    number: int = from_graph("1 is the first.")
    records: list[strawberry.ID] = from_graph("Keys of the records on one side.")
    joined_to: list[strawberry.ID] = from_graph("Keys of the records on the other.")
    left: strawberry.ID = from_graph("The record of the deciding pair on the one side.")
    right: strawberry.ID = from_graph("The record of the deciding pair on the other.")
    match_weight: float | None = from_graph("The pair's weight, in bits; null by judgement.")
    comparisons: list[ComparisonWeight] = from_graph("What each comparison of the pair gave.")
    judgement: strawberry.ID | None = from_graph("The judgement that joined them, if one did.")
    judged_by: str | None = from_graph("Whose judgement it was.")
    reason: str | None = from_graph("Their reason.")
