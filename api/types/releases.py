"""Counts over the public release file."""

from datetime import date

import strawberry

from api.types.declared import from_graph
from graph.vocabulary.agencies import Source


@strawberry.type(
    description="Children released to sponsors in one state in one fiscal year: a count of the"
    " rows of ORR's public file, each row one release."
)
class ReleaseCount:
    fiscal_year: int | None = from_graph("The federal fiscal year, October to September.")
    state: str | None = from_graph("The sponsor's state; null where the file has none.")
    releases: int = from_graph("How many releases.")
    source: Source = from_graph("The file counted.")
    as_of: date | None = from_graph("The day that the latest counted row speaks of.")
