"""Why two records are one person's, or why not: what each comparison found, and what it gave."""

import strawberry

from api.types.declared import described, from_graph
from api.types.judgements import Judgement
from graph.explanation.outcome import Outcome
from graph.vocabulary.evidence import Decision, PairReason

described(
    Decision,
    "The band that a pair of records falls in.",
    {
        "LINKED": "They are one person's.",
        "REVIEW": "A person should look at them; until then they are two people's.",
        "APART": "They are two people's.",
    },
)
described(
    Outcome,
    "What became of two records.",
    {
        "LINKED": "They are one person's.",
        "REVIEW": "A person should look at them; until then they are two people's.",
        "APART": "They are two people's.",
        "NOT_COMPARED_HERE": "They are two people's, and no comparison of them is kept.",
    },
)
described(
    PairReason,
    "Why two records are not linked, or not by their own weight.",
    {
        "BELOW_THE_BAND": "Their match weight is below the band for review.",
        "IN_THE_BAND": "Their match weight is in the band for review.",
        "HELD_APART_BY_NAMES": "They may be siblings' or twins': held apart by rule.",
        "IN_DOUBT": "What agrees is what relatives share: more than this pair is needed.",
        "BRIDGE_REFUSED": "They would join records that are held apart from each other.",
        "JUDGED_DIFFERENT": "A person judged that they are two people's.",
        "JUDGED_UNSURE": "A person judged that nobody can tell.",
        "IN_CONFLICT": "People's judgements on them contradict each other.",
    },
)


@strawberry.type(
    description="What one comparison found and gave, in bits: one bit more and the odds double."
)
class ComparisonWeight:
    name: str = from_graph("What was compared, as the model names it.")
    level: str = from_graph("What was found.")
    bits: float = from_graph("What it gave: agreement and frequency together.")
    agreement_bits: float = from_graph("For agreeing, were the name a common one.")
    frequency_bits: float = from_graph("For the name's being rarer than common ones; mostly 0.")


@strawberry.type(description="One comparison, had it found something else.")
class LevelChange:
    comparison: str = from_graph("What is compared.")
    from_: str = from_graph("What was found.", name="from")
    to: str = from_graph("What would have to be found.")
    bits: float = from_graph("How much more or less that gives.")


@strawberry.type(
    description="The smallest change of what was found that leads to another band, by weight."
)
class WhatIf:
    changes: list[LevelChange] = from_graph("One comparison, or two where one is not enough.")
    weight: float = from_graph("The match weight that it comes to, in bits.")
    decision: Decision = from_graph("The band of that weight.")


@strawberry.type(
    description="Why two records are one person's, or why not. The prior and the comparisons' bits"
    " sum to the match weight."
)
class MatchExplanation:
    outcome: Outcome = from_graph("What became of the two.")
    why: PairReason | None = from_graph("Why they are not linked; null where they are.")
    sentence: str = from_graph("The same in a sentence, with what to do next where there is such.")
    match_weight: float | None = from_graph(
        "The evidence that they are one person's, in bits; null where their pair was not weighed"
        " or a person's judgement took its place."
    )
    prior: float | None = from_graph("Where every pair starts before anything is compared.")
    link_from: float | None = from_graph("Pairs link by weight from here on, in bits.")
    review_from: float | None = from_graph("Pairs are for review from here on, in bits.")
    comparisons: list[ComparisonWeight] = from_graph("What was compared, in the model's order.")
    model_version: str | None = from_graph("The linkage model that weighed them.")
    through: list[strawberry.ID] = from_graph(
        "Keys of the records that lead from one to the other, both included, where the two are"
        " linked and no pair of their own joined them."
    )
    what_if: list[WhatIf] = from_graph(
        "The smallest change into the next band up, then into the next band down; empty where a"
        " rule or a person decided, whatever the weight."
    )
    judgement: Judgement | None = from_graph("The judgement that stands on the two.")
    waterfall: str | None = from_graph(
        "The match weight drawn, as an SVG with a title and a description. It names comparisons"
        " and levels, and nothing of anybody."
    )
