"""Pairs of records that a person should look at."""

import strawberry

from api.types.declared import described, from_graph
from api.types.evidence import Record
from api.types.explanations import MatchExplanation
from api.types.judgements import Judgement
from api.types.paging import Node
from graph.vocabulary.evidence import Decision, PairReason, Stake
from graph.vocabulary.people import Role

described(
    Stake,
    "What makes a review urgent, as far as the viewer may know.",
    {
        "OPEN_FOLLOW_UP": "Somebody still has to act on a hearing that a child of either record"
        " failed to appear at.",
        "FAILED_TO_APPEAR": "A child of either record is reported to have missed a hearing.",
        "CONFLICT": "People's judgements on the records contradict each other.",
        "TWO_SPONSORS": "Joined, a child would have been released to two sponsors.",
    },
)


@strawberry.type(description="One record of a pair, and whom it is about by now.")
class PairSide:
    record: Record = from_graph("The record as it was compared.")
    identity: Node | None = from_graph("The child or sponsor whose record it is.")


@strawberry.type(description="Two records that were compared and not linked.")
class CandidatePair:
    id: strawberry.ID = from_graph("The pair's id.")
    role: Role = from_graph("Whether it is about children or sponsors.")
    match_weight: float = from_graph("The evidence that they are one person's, in bits.")
    match_probability: float = from_graph("The same as a probability, by the model alone.")
    decision: Decision = from_graph("What became of it.")
    why: PairReason = from_graph("Why they are not linked.")
    stakes: list[Stake] = from_graph("What makes its review urgent.")
    moved: int | None = from_graph(
        "How many records would change identities, were they one person's; null for whoever may"
        " not see all of them."
    )
    model_version: str = from_graph("The linkage model that weighed it.")
    left: PairSide = from_graph("The one.")
    right: PairSide = from_graph("The other.")
    explanation: MatchExplanation = from_graph("Why they were not linked.")
    judgements: list[Judgement] = from_graph("What people said of the two, the latest first.")
