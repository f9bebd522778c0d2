"""Hearings, and each source's word on whether the child appeared."""

from datetime import date
from typing import TYPE_CHECKING, Annotated

import strawberry

from api.types.declared import described, from_graph, known_at
from api.types.evidence import Record
from api.types.paging import Node
from graph.vocabulary.agencies import Agency, Source
from graph.vocabulary.court import Appearance

if TYPE_CHECKING:
    from api.types.following import FollowUp
    from api.types.people import Child

described(
    Appearance,
    "One source's word on one hearing.",
    {
        "SCHEDULED": "The hearing is set; nothing is said of the appearance yet.",
        "APPEARED": "The child appeared.",
        "FAILED_TO_APPEAR": "The child did not appear.",
        "CONTINUED": "The hearing was put off to another day.",
        "NOTHING_ENTERED": "The source has the hearing and says nothing of the appearance:"
        " neither an appearance nor a failure to appear.",
    },
)


@strawberry.type(description="One source's word on one hearing.")
class AppearanceReport:
    appearance: Appearance = from_graph("What the source says.")
    entered_on: date | None = from_graph("The day it was entered there.")
    in_absentia: bool = from_graph("Whether the source has an order of removal in absentia.")
    order_date: date | None = from_graph("The day of that order.")
    source: Source = from_graph("The system that says so.")
    agency: Agency = from_graph("The agency that says so.")
    known_from: date | None = from_graph("The day on which it was known here.")
    record: Record | None = from_graph("The record that says so.")


@strawberry.type(description="A hearing in immigration court.")
class Hearing(Node):
    court: str = from_graph("The court's code, as EOIR has it.")
    day: date = from_graph("The day of the hearing.", name="date")
    time: str | None = from_graph("The time of day, where a source has it.")
    calendar_type: str | None = from_graph("The kind of calendar: master or individual.")
    child: Annotated["Child", strawberry.lazy("api.types.people")] | None = from_graph(
        "The child whose hearing it is."
    )
    child_age: int | None = from_graph("Her age in whole years on the day of the hearing.")
    appearances: list[AppearanceReport] = from_graph("Every source's word, by source.", known_at())
    follow_up: Annotated["FollowUp", strawberry.lazy("api.types.following")] | None = from_graph(
        "What follows the child's failure to appear at it."
    )
    disagreement: bool = from_graph(
        "Whether one source says that the child failed to appear, and another that the child"
        " appeared or that the hearing was put off. Having appeared and having been put off go"
        " together, and a source that says nothing contradicts nobody.",
        known_at(),
    )
