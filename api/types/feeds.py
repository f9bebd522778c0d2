"""How fresh each source is."""

from datetime import date, datetime

import strawberry

from api.types.declared import from_graph
from graph.vocabulary.agencies import Agency, Source


@strawberry.type(
    description="What a source handed in, and how long ago. The documents say of no agency how"
    " often it delivers: when a feed is stale is a local target, not law."
)
class Feed:
    source: Source = from_graph("The system.")
    agency: Agency = from_graph("Whose it is.")
    as_of: date = from_graph("The day on which its latest extract was cut: it is known up to here.")
    covers_from: date | None = from_graph("The first day that any of its extracts covers.")
    covers_to: date | None = from_graph("The last day that any of them covers.")
    received_at: datetime = from_graph("When something of it last came in.")
    deliveries: int = from_graph("How many deliveries there were.")
    days_since: int = from_graph("How many days ago the latest extract was cut.")
    stale_after_days: int = from_graph("After how many days it is called stale.")
    stale: bool = from_graph("Whether it is.")
    target: str = from_graph("That this number of days is a local target, not law.")
