"""Calls, silence and concerns."""

from datetime import date

import strawberry

from api.types.calls import Call30Day, SilentChild
from api.types.concerns import Concern, TriageChild
from api.types.declared import argument, as_of, from_graph, known_at, paged
from api.types.paging import Connection
from graph.vocabulary.welfare import CallList, ConcernState, Leg

_ID = strawberry.ID


@strawberry.type
class Welfare:
    calls30_day: Connection[Call30Day] = from_graph(
        "Calls 30 days after a release in which nobody was reached yet, by the day on which they"
        " are due, then the child's id and the leg. None for whoever may not read welfare.",
        argument("which", CallList, "Whether they are overdue."),
        argument("leg", Leg | None, "Only those to the child, or to the sponsor."),
        argument("dueFrom", date | None, "Due on this day or later; a year before unless given."),
        argument("dueUntil", date | None, "Due before this day."),
        as_of(),
        known_at(),
        *paged(),
        name="calls30Day",
    )
    silent: Connection[SilentChild] = from_graph(
        "Released children in whose case nobody was reached for so many days, the longest first,"
        " then by id: no child who is eighteen, and none for whoever may not read welfare. Long"
        " ago is not missing: nobody is called that here.",
        argument("days", int, "For how many days at least, from 1 to 3660."),
        argument("childOnly", bool, "Only occasions on which she herself was reached.", False),
        argument(
            "releasedFrom", date | None, "Released on this day or later; a year ago unless given."
        ),
        argument("releasedUntil", date | None, "Released before this day."),
        as_of(),
        known_at(),
        *paged(),
    )
    triage: Connection[TriageChild] = from_graph(
        "Children of whom ORR has to decide something: an open concern, a wellness check that is"
        " wanted, a failure to appear whose next step is ORR's. Each with every reason and what it"
        " rests on; the one that waits longest first, then by id.",
        as_of(),
        known_at(),
        *paged(),
    )
    concern: Concern | None = from_graph(
        "A concern by its reference; null where there is none.",
        argument("id", _ID, "The reference that was given to whoever raised it."),
    )
    concerns: Connection[Concern] = from_graph(
        "What people are worried about, the one that was raised first before the others.",
        argument("state", ConcernState | None, "Only those that stand there."),
        *paged(),
    )
