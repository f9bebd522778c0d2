"""Calls 30 days after a release, who was not heard of, and what stops at eighteen."""

from datetime import date
from typing import TYPE_CHECKING, Annotated

import strawberry

from api.types.declared import described, from_graph
from api.types.welfare import Touchpoint
from graph.vocabulary.welfare import CallList, CallState, ChildOnlyDuty, Leg

if TYPE_CHECKING:
    from api.types.people import Child, Sponsor

_CHILD = Annotated["Child", strawberry.lazy("api.types.people")]
_SPONSOR = Annotated["Sponsor", strawberry.lazy("api.types.people")]

described(
    CallState,
    "Where one leg of a 30-day call stands.",
    {
        "DUE": "Nobody has tried yet.",
        "ATTEMPTED": "Somebody tried, and reached nobody.",
        "REACHED": "Somebody was reached; whether all is well is not said.",
        "REACHED_SAFE": "She is said to be safe.",
        "REACHED_CONCERN": "There is a concern.",
        "UNREACHED": "Nobody could be found, and no more is tried.",
    },
)
described(
    CallList,
    "Calls in which nobody was reached yet.",
    {"DUE": "Due on that day or later.", "OVERDUE": "Due before that day."},
)
described(
    ChildOnlyDuty,
    "What is only for a child, and stops on her 18th birthday.",
    {
        "CALL_30_DAY": "Calls 30 days after a release that nobody was reached in.",
        "SILENCE": "Being listed when nobody hears of her.",
    },
)


@strawberry.type(description="One leg of the call that is due 30 days after one release.")
class Call30Day:
    child: _CHILD = from_graph("The child.")
    sponsor: _SPONSOR | None = from_graph("The sponsor to whom she was released.")
    leg: Leg = from_graph("Whether it is the call to her or to her sponsor.")
    released_on: date = from_graph("The day of the release.")
    due_on: date = from_graph("30 days later.")
    state: CallState = from_graph("Where it stands on that day.")
    attempts: int = from_graph("How often somebody tried: calls of one day and outcome are one.")
    overdue: bool = from_graph("Whether it was due before that day, and nobody was reached.")
    days_overdue: int | None = from_graph("For how many days.")
    stopped: bool = from_graph(
        "Whether nobody was reached and it is due no more: she is eighteen, or will be by then."
    )
    touchpoints: list[Touchpoint] = from_graph(
        "The calls themselves, the latest first. One whose source does not say with whom counts"
        " for neither leg."
    )


@strawberry.type(description="A released child of whom nobody had word for some time.")
class SilentChild:
    child: _CHILD = from_graph("The child.")
    last_touchpoint: Touchpoint = from_graph(
        "The last time somebody was reached; her release is one."
    )
    days_silent: int = from_graph("How many days ago that was.")
    turns_eighteen_on: date | None = from_graph("When she turns eighteen, and is listed no more.")


@strawberry.type(description="Her 18th birthday, and what stops on it.")
class AgeOut:
    as_of: date = from_graph("The day asked about.")
    turns_eighteen_on: date = from_graph("Her 18th birthday; born on 29 February, 1 March.")
    reached: bool = from_graph("Whether she is eighteen on that day.")
    stopped: list[ChildOnlyDuty] = from_graph("What has stopped by that day.")
    archive_clock_from: date = from_graph(
        "From when the archive clock runs: for how long is the installation's own schedule, and in"
        " no document."
    )
