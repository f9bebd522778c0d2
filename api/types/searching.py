"""Finding a child by whatever is known of her."""

import strawberry

from api.types.declared import described, from_graph
from api.types.people import Child
from graph.vocabulary.people import MatchPart

described(
    MatchPart,
    "What of a search a child was found by.",
    {
        "NAME": "Her name: 100 points for the best likeness, less in its proportion.",
        "BORN": "Her date of birth: 20 points for the year, 30 for the month, 40 for the day.",
        "CITY": "A city where somebody said that she lives, at any time: 25 points.",
        "STATE": "A state where somebody said that she lives, at any time: 10 points.",
        "SPONSOR": "The name of a sponsor she was released to: up to 50 points.",
        "A_NUMBER": "Part of an A-number of hers: 60 points.",
    },
)


@strawberry.input(
    description="What is known of a child, part by part: at least a name, a sponsor's name or part"
    " of an A-number; the rest orders what these find."
)
class FindChildrenInput:
    name: str | None = strawberry.field(
        default=None, description="Her name as somebody wrote it down."
    )
    born_in: str | None = strawberry.field(
        default=None,
        description="When she was born, as far as is known: 2009, 2009-01, 2009-01-31.",
    )
    city: str | None = strawberry.field(default=None, description="A city where she lived.")
    state: str | None = strawberry.field(
        default=None, description="A state where she lived, as two letters."
    )
    sponsor_name: str | None = strawberry.field(
        default=None, description="The name of a sponsor as somebody wrote it down."
    )
    a_number_part: str | None = strawberry.field(
        default=None, description="Four or more figures of her A-number that stand together."
    )


@strawberry.type(description="Something that a child was found by.")
class MatchReason:
    part: MatchPart = from_graph("What.")
    points: int = from_graph("What it counts in the order of the matches.")
    found: str | None = from_graph("What is known of her there.")


@strawberry.type(description="A child who may be the one that is looked for, and why.")
class ChildMatch:
    child: Child = from_graph("The child.")
    points: int = from_graph(
        "All of its reasons' points: they order matches, and are no likelihood."
    )
    reasons: list[MatchReason] = from_graph("Why she was found.")
