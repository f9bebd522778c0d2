"""Hearings, failures to appear, and the files that tell of them."""

from datetime import date

import strawberry

from api.types.counts import CountRange
from api.types.court import EntryLag, FailureToAppearCounts, Hearing
from api.types.declared import argument, as_of, from_graph, paged
from api.types.feeds import Feed
from api.types.paging import Connection
from graph.vocabulary.court import Appearance, FailureDefinition

_WHICH_HEARINGS = (
    argument("since", date | None, "At hearings from this day on."),
    argument("until", date | None, "At hearings before this day."),
    argument("court", str | None, "Only at the court with this code."),
    argument("office", str | None, "Only of children whose file this ICE field office has."),
    argument("fiscalYear", int | None, "Only of this US fiscal year: 2023 ends on 30 September."),
    argument("age", int | None, "Only of children of this age, in whole years, on that day."),
    argument("hasFollowUp", bool | None, "Only those that are followed up, or that are not."),
)


@strawberry.type
class Court:
    hearings: Connection[Hearing] = from_graph(
        "A court's hearings, by day, then id.",
        argument("court", str, "The court's code."),
        argument("from", date | None, "From this day on."),
        argument("until", date | None, "Before this day."),
        argument("appearance", Appearance | None, "Only where some source says this."),
        *paged(),
    )
    failed_to_appear_count: CountRange = from_graph(
        "How many children some source says failed to appear at a hearing of these days. Whoever"
        " may not see every record is told of fewer children and of fewer doubts.",
        argument("since", date | None, "At hearings from this day on."),
        argument("until", date | None, "At hearings before this day."),
        argument("court", str | None, "Only at the court with this code."),
    )
    failures_to_appear: Connection[Hearing] = from_graph(
        "Hearings at which children failed to appear, by day, then id. Say which definition you"
        " mean: that some source says so, or that there is an order in absentia.",
        *_WHICH_HEARINGS,
        argument(
            "definition",
            FailureDefinition,
            "What counts as one.",
            FailureDefinition.FAILED_TO_APPEAR,
        ),
        *paged(),
    )
    failure_to_appear_counts: FailureToAppearCounts = from_graph(
        "How many of these hearings, and of how many children, by each definition.",
        *_WHICH_HEARINGS,
    )
    feeds: list[Feed] = from_graph(
        "What each source handed in by that day, how long ago, and whether that is too long.",
        as_of(),
        argument(
            "staleAfterDays", int | None, "After how many days a feed is stale; 35 unless given."
        ),
    )
    entry_lags: list[EntryLag] = from_graph(
        "How late each source enters what happened at hearings of these days, by source.",
        argument("since", date | None, "At hearings from this day on."),
        argument("until", date | None, "At hearings before this day."),
    )
