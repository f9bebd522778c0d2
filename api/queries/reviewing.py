"""Who is who: what waits for a person, and what persons said."""

import strawberry

from api.types.declared import argument, from_graph, paged
from api.types.explanations import MatchExplanation
from api.types.judgements import Judgement, JudgementConflict
from api.types.paging import Connection
from api.types.review import CandidatePair
from graph.vocabulary.evidence import JudgementStatus
from graph.vocabulary.people import Role

_ID = strawberry.ID


@strawberry.type
class Reviewing:
    review_queue: Connection[CandidatePair] = from_graph(
        "Pairs of records that a person should look at, the most pressing first: those of children"
        " with an open follow-up, then by what is at stake, how many records would change"
        " identities, match weight, and id. Whoever may not see everything gets them by match"
        " weight. A pair on which somebody's judgement stands"
        " waits for the next link and is left out, unless judgements contradict each other.",
        argument("role", Role | None, "Only children, or only sponsors."),
        *paged(),
    )
    match_explanation: MatchExplanation | None = from_graph(
        "Why two records are one person's, or why not; null where one is not known, or both are"
        " one record.",
        argument("left", _ID, "One record: its id, or its key without the version."),
        argument("right", _ID, "The other."),
        argument("role", Role, "In which role."),
    )
    judgements: Connection[Judgement] = from_graph(
        "What people said of pairs of records, the latest first.",
        argument("status", JudgementStatus | None, "Only those of which this has become."),
        *paged(),
    )
    judgement_conflicts: Connection[JudgementConflict] = from_graph(
        "Judgements that the last link found to contradict each other, by the conflict's id.",
        *paged(),
    )
