"""Tables for oversight: figures in which nobody can be counted out."""

from datetime import date

import strawberry

from api.types.declared import described, from_graph
from graph.vocabulary.agencies import Source
from graph.vocabulary.figures import Dimension, FigureTable

described(
    FigureTable,
    "A table that is published for oversight. There are no others, and no filters.",
    {
        "RELEASED_BY_YEAR_AND_STATE": "Children released, by fiscal year and state.",
        "RELEASED_BY_YEAR_AND_COUNTRY": "Children released, by fiscal year and country of birth.",
        "FAILED_TO_APPEAR_BY_YEAR_AND_COURT": "Who failed to appear, by fiscal year and court.",
        "FAILED_TO_APPEAR_BY_AGE_AND_SEX": "Who failed to appear, by age group and sex.",
    },
)
described(
    Dimension,
    "By what children are told apart in a table.",
    {
        "FISCAL_YEAR": "The federal fiscal year, October to September.",
        "STATE": "The state, as two letters.",
        "COUNTRY_OF_BIRTH": "The country of birth.",
        "COURT": "The court's code.",
        "AGE_GROUP": "Her age on that day.",
        "SEX": "Her sex.",
    },
)


@strawberry.type(description="A count of children, as a range that holds it.")
class ShownCount:
    low: int = from_graph("There are at least so many.")
    high: int = from_graph("There are at most so many.")
    suppressed: bool = from_graph("They may be fewer than eleven, or none.")


@strawberry.type(description="Which children a figure is about, in one respect.")
class FigureDimension:
    dimension: Dimension = from_graph("In which respect.")
    value: str = from_graph("Which; `NOT_STATED` where no paper says.")


@strawberry.type(description="A figure: never a number without what it is a part of and means.")
class OversightFigure:
    of: list[FigureDimension] = from_graph("Which children; none of it: all of the table.")
    numerator: ShownCount = from_graph("How many.")
    denominator: ShownCount | None = from_graph(
        "Of how many: the row that this one is part of. Null where that is left out, since it would"
        " tell of its parts."
    )
    as_of: date = from_graph("The day on which they were counted.")
    definition: str = from_graph("What is counted.")
    sources: list[Source] = from_graph("Whose records say so.")


@strawberry.type(
    description="A table as it was published for the end of a quarter. It stands as it is: the next"
    " quarter has one of its own."
)
class OversightTable:
    id: strawberry.ID = from_graph("The table's id.")
    kind: FigureTable = from_graph("Which table of the family.")
    as_of: date = from_graph("The day on which its children were counted.")
    definition: str = from_graph("What is counted.")
    sources: list[Source] = from_graph("Whose records say so.")
    method: str = from_graph("How the ranges come about, in a few sentences.")
    sha256: str = from_graph("The hash of the text that was published.")
    figures: list[OversightFigure] = from_graph("All of it first, then part by part.")
