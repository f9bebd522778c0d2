"""Who last said anything of a child, and who last saw or spoke to her."""

from datetime import date

import strawberry

from api.types.declared import described, from_graph
from api.types.evidence import Record
from graph.vocabulary.agencies import Agency, Source
from graph.vocabulary.people import ContactKind
from graph.vocabulary.places import Freshness

described(
    ContactKind,
    "What somebody's word on a child was about.",
    {
        "RELEASED": "She was released to a sponsor.",
        "APPEARED": "A source says that she appeared in court.",
        "CALL": "A call in which she was reached, or somebody confirmed where she lives.",
        "WELLNESS_CHECK": "Somebody went to see how she is, and found out.",
        "SERVICE": "Case management after her release.",
        "HELPLINE": "She or her sponsor called the helpline.",
        "SPONSOR_CALL": "A call in which her sponsor was reached, or nobody says who was.",
        "ADDRESS_REPORTED": "A paper or system says where she lives.",
        "COURT_NOTED": "A source says that she failed to appear, or that her hearing was put off:"
        " somebody wrote of her, and nobody saw her.",
        "RECORD_DELIVERED": "A file with a new or changed record of hers was delivered: when it was"
        " sent, and not when anybody last knew anything of her.",
    },
)


@strawberry.type(description="One word on a child, and how old it is.")
class ContactWord:
    kind: ContactKind = from_graph("What it was about.")
    on: date = from_graph("The day that it speaks of.")
    days_since: int = from_graph("How long ago that is on the day asked about.")
    freshness: Freshness = from_graph("What that age is called.")
    agency: Agency = from_graph("The agency that says so.")
    source: Source = from_graph(
        "The system that says so; of what somebody recorded here, ORR's, whose word it is."
    )
    record: Record | None = from_graph("The record that says so.")


@strawberry.type(
    description="When a child was last heard of by a day. Long ago is not missing: nobody is called"
    " that here."
)
class LastContact:
    as_of: date = from_graph("The day asked about.")
    known_at: date | None = from_graph("Only what was known by then; null is everything.")
    latest: ContactWord | None = from_graph(
        "The latest word of any kind but a delivery; of those of one day, by kind."
    )
    in_person: ContactWord | None = from_graph(
        "The latest of those in which she was seen or spoken to: a release, an appearance in court,"
        " a call."
    )
    by_kind: list[ContactWord] = from_graph("The latest word of each kind, the latest first.")
