"""Hearings, and each source's word on whether the child appeared."""

from datetime import date, datetime
from typing import TYPE_CHECKING, Annotated

import strawberry

from api.types.declared import described, from_graph, known_at
from api.types.evidence import Record
from api.types.paging import Node
from graph.vocabulary.agencies import Agency, Source
from graph.vocabulary.court import Appearance, AppearanceConfidence, FailureDefinition

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


described(
    AppearanceConfidence,
    "How far the sources bear out what is made of their words.",
    {
        "CORROBORATED": "Two sources or more say so, and none contradicts.",
        "ONE_SOURCE": "One source says so, and none contradicts.",
        "DISPUTED": "One source says that the child failed to appear, and another that the child"
        " appeared or that the hearing was put off.",
        "NOTHING_SAID": "No source says what happened.",
    },
)
described(
    FailureDefinition,
    "What counts as a failure to appear.",
    {
        "FAILED_TO_APPEAR": "Some source says that the child did not appear.",
        "IN_ABSENTIA_ORDER": "Some source has an order of removal in absentia of the hearing, or"
        " of its day.",
        "EITHER": "Either of the two.",
    },
)


@strawberry.type(
    description="What the sources' words on a hearing come to. Of each source its latest word that"
    " says what happened counts, and where they differ EOIR's goes before PLANet's, then that of a"
    " field office's worksheet, then EARM's: a choice of this system's, and every word is there."
)
class ReconciledAppearance:
    value: Appearance = from_graph("What they come to.")
    confidence: AppearanceConfidence = from_graph("How far they bear it out.")
    disagreement: bool = from_graph(
        "Whether one source says that the child failed to appear, and another that the child"
        " appeared or that the hearing was put off."
    )
    said_by: list[Source] = from_graph("The systems whose latest word it is.")
    contradicted_by: list[Source] = from_graph("The systems whose latest word contradicts it.")


@strawberry.type(description="One source's word on one hearing.")
class AppearanceReport:
    appearance: Appearance = from_graph("What the source says.")
    entered_on: date | None = from_graph("The day it was entered there.")
    in_absentia: bool = from_graph("Whether the source has an order of removal in absentia.")
    order_date: date | None = from_graph("The day of that order.")
    entry_lag_days: int | None = from_graph(
        "How many days after the hearing it was entered; null where no day of entry is given."
    )
    recorded_by: str | None = from_graph(
        "Who recorded it here; null where a record of the source says it."
    )
    recorded_at: datetime | None = from_graph("When they did.")
    basis: str | None = from_graph("How they know, in their words.")
    derived: bool = from_graph(
        "Whether this system found out of which hearing it is: EARM names none, so its word is tied"
        " to her latest hearing on or before the day of its entry."
    )
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
    appearance: ReconciledAppearance = from_graph("What those words come to.", known_at())
    in_absentia_order: bool = from_graph(
        "Whether some source has an order of removal in absentia of this hearing, or one of its"
        " day. An order is no failure to appear: neither is concluded from the other.",
        known_at(),
    )
    disagreement: bool = from_graph(
        "Whether one source says that the child failed to appear, and another that the child"
        " appeared or that the hearing was put off. Having appeared and having been put off go"
        " together, and a source that says nothing contradicts nobody.",
        known_at(),
    )


@strawberry.type(
    description="Hearings of the days asked about, by what counts as a failure to appear. Each"
    " count says what it is of; `hearings` is what all of them are out of."
)
class FailureToAppearCounts:
    hearings: int = from_graph("All hearings of those days that you may see.")
    failed_to_appear: int = from_graph("Those of which some source says so.")
    in_absentia_order: int = from_graph("Those with an order in absentia.")
    both: int = from_graph("Those with both.")
    either: int = from_graph("Those with one or both.")
    children_who_failed_to_appear: int = from_graph("Children of the first.")
    children_with_an_order: int = from_graph("Children of the second.")
    children_of_either: int = from_graph("Children of either.")
    definition: str = from_graph("What is counted, in words.")


@strawberry.type(
    description="How many days after a hearing a source enters what happened there: of the words of"
    " one source that say what happened, and have a day of entry."
)
class EntryLag:
    source: Source = from_graph("The system.")
    words: int = from_graph("Its words on hearings of those days that say what happened.")
    without_day: int = from_graph("Those without a day of entry: no lag is known of them.")
    half: int | None = from_graph("Half are entered within so many days.")
    nine_in_ten: int | None = from_graph("Nine in ten are entered within so many days.")
    ninety_nine_in_a_hundred: int | None = from_graph("99 in 100 are, within so many days.")
    longest: int | None = from_graph("The longest.")
    before_the_hearing: int = from_graph("Those entered before the hearing: slips of the pen.")
