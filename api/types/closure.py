"""What shows that a recommendation was followed: no small count, nobody."""

from datetime import date

import strawberry

from api.types.declared import described, from_graph
from graph.vocabulary.closure import (
    CLOSURE_MEANS,
    ClosureMeasure,
    Concurrence,
    RecommendationState,
)

described(Concurrence, "What the agency answered.", {"CONCUR": "It concurs."})
described(
    RecommendationState,
    "Where a recommendation stands, by whoever made it.",
    {
        "OPEN_UNRESOLVED": "Open and unresolved.",
        "OPEN_RESOLVED": "Open and resolved: evidence is awaited.",
        "CLOSED": "Closed.",
    },
)
described(
    ClosureMeasure,
    "What was done, counted once a follow-up or notice, on the day it was first done.",
    {str(name): words for name, words in CLOSURE_MEANS.items()},
)


@strawberry.type(description="A recommendation of OIG-24-46, in its words.")
class Recommendation:
    number: int = from_graph("Its number.")
    concurrence: Concurrence = from_graph("What ICE answered.")
    state: RecommendationState = from_graph("Where it stands.")
    asks: str = from_graph("What it asks for.")
    asks_citation: str = from_graph("Where that stands.")
    answer: str = from_graph("What ICE said that it does.")
    answer_citation: str = from_graph("Where that stands.")
    why: str = from_graph("Why it stands where it does.")
    why_citation: str = from_graph("Where that stands.")
    estimated_completion: date = from_graph("By when ICE estimated that it would be done.")
    estimated_completion_citation: str = from_graph("Where that stands.")


@strawberry.type(description="How often something was done, as a range that holds it.")
class ClosureCount:
    measure: ClosureMeasure = from_graph("What was done.")
    office: str | None = from_graph(
        "At which field office: `NOT_STATED` where none is known; null for all of them."
    )
    low: int = from_graph("At least so often.")
    high: int = from_graph("At most so often.")
    suppressed: bool = from_graph("It may be fewer than eleven, or none.")
    definition: str = from_graph("What is counted.")


@strawberry.type(description="How many days something took in a quarter, where that can be told.")
class ClosureDays:
    measure: ClosureMeasure = from_graph("What was done; its definition says since when.")
    quarter: str = from_graph("In which quarter it was done, as 2024-Q3.")
    median: int = from_graph("The median, in whole days, over all offices.")


@strawberry.type(description="Something that was first done so many days after the opening.")
class ClosureStep:
    step: ClosureMeasure = from_graph("What was done.")
    day: int = from_graph("So many days after the follow-up was opened.")


@strawberry.type(description="A case that was drawn, under a name that is this pack's alone.")
class ClosureCase:
    pseudonym: str = from_graph("Its name in this pack.")
    steps: list[ClosureStep] = from_graph("What was done, in its order.")


@strawberry.type(
    description="Documentation of the deployment and use of a process (S2:180), in which nobody is"
    " named and no small count stands. It holds nothing but what was recorded here."
)
class ClosureEvidence:
    recommendation: Recommendation = from_graph("What was recommended, and where it stands.")
    since: date = from_graph("The first day that counts.")
    until: date = from_graph("The first day that no longer counts.")
    counts: list[ClosureCount] = from_graph("How often each was done, at all offices and at each.")
    days: list[ClosureDays] = from_graph("How long it took, quarter by quarter.")
    cases: list[ClosureCase] = from_graph("Up to five cases; none where few were followed up.")
    method: str = from_graph("How the counts come about, in a few sentences.")
    text: str = from_graph("All of it as canonical JSON.")
    sha256: str = from_graph("The SHA-256 of that text in UTF-8.")
