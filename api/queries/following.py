"""Who must act when a child failed to appear."""

from datetime import date

import strawberry

from api.types.declared import argument, from_graph, paged
from api.types.following import Caseload, FollowUp, NextAction
from api.types.notices import Notice
from api.types.paging import Connection
from graph.vocabulary.following import Actor, FollowUpStanding
from graph.vocabulary.notices import NoticeKind, NoticeState

_ID = strawberry.ID
_OFFICE = "Only of this field office, as in `HOUSTON` or `office/HOUSTON`."
_DOCKET = "Only of this court's docket, as in `HOU` or `docket/HOU`."


@strawberry.type
class Following:
    follow_up: FollowUp | None = from_graph(
        "What follows a failure to appear, by id.", argument("id", _ID, "The follow-up's id.")
    )
    follow_ups: Connection[FollowUp] = from_graph(
        "What follows failures to appear, by the day of the hearing, then id.",
        argument("state", FollowUpStanding | None, "Only where it stands so."),
        argument("court", str | None, "Only of hearings at the court with this code."),
        argument("office", str | None, _OFFICE),
        argument("docket", str | None, _DOCKET),
        argument("since", date | None, "Of hearings from this day on."),
        argument("until", date | None, "Of hearings before this day."),
        *paged(),
    )
    next_actions: Connection[NextAction] = from_graph(
        "What is to be done next: by the day until which it should be done (a local target, not"
        " law; what has none comes last), then by how strongly the rule of the hearing's day puts"
        " it, then by id.",
        argument("actor", Actor | None, "Whose; your own role's unless given."),
        argument("office", str | None, _OFFICE),
        argument("docket", str | None, _DOCKET),
        *paged(),
    )
    caseloads: list[Caseload] = from_graph(
        "How much is to be done, by whose it is, office, docket and step.",
        argument("actor", Actor | None, "Only theirs."),
    )
    notice: Notice | None = from_graph(
        "What somebody was told of, by the reference that the message gave; null to whoever may"
        " not see what it is about.",
        argument("reference", str, "The reference."),
    )
    notices: Connection[Notice] = from_graph(
        "Who was told that there is something to look up: the latest raised first, then by id.",
        argument("state", NoticeState | None, "Only those that stand so."),
        argument("kind", NoticeKind | None, "Only of this kind."),
        argument("recipient", str | None, "Only for this recipient, as in `orr/inbox`."),
        *paged(),
    )
