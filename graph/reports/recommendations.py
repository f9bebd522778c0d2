"""What OIG recommended, what ICE answered, and where each stands: data, each with its words (§7.7).

This software closes none: whoever made a recommendation does.
"""

import tomllib
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from graph.vocabulary.closure import Concurrence, RecommendationState

_FILE = Path(__file__).with_name("recommendations.toml")


@dataclass(frozen=True, slots=True)
class Recommendation:
    """A recommendation, in the report's own words."""

    number: int
    concurrence: Concurrence
    state: RecommendationState
    asks: str
    asks_citation: str
    answer: str
    answer_citation: str
    why: str
    why_citation: str
    estimated_completion: date
    estimated_completion_citation: str

    @property
    def completed_by(self) -> str:
        """The estimated day as the API has it."""
        return self.estimated_completion.isoformat()


@cache
def recommendations() -> dict[int, Recommendation]:
    """Each by its number."""
    read = tomllib.loads(_FILE.read_text("utf-8"))
    return {
        int(number): Recommendation(
            number=int(number),
            concurrence=Concurrence(told.pop("concurrence")),
            state=RecommendationState(told.pop("state")),
            **told,
        )
        for number, told in read.items()
    }
