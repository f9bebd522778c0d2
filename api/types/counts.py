"""A count of children, as far as their records tell how many they are."""

import strawberry

from api.types.declared import from_graph


@strawberry.type(
    description="How many children. Two that are counted may be one child as long as records of"
    " both are under review."
)
class CountRange:
    counted: int = from_graph("Children as their records are linked now: those that lists show.")
    low: int = from_graph("There are at least so many, but for 1 case in 40.")
    likely: int = from_graph("As likely too many as too few.")
    high: int = from_graph("There are at most so many, but for 1 case in 40.")
    under_review: int = from_graph("Pairs of children that may be one child.")
    method: str = from_graph("How the range is found, in a few sentences.")
