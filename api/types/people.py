"""Children, sponsors, and the releases that join them."""

from datetime import date

import strawberry

from api.types.alternates import Venue
from api.types.calls import AgeOut, Call30Day
from api.types.concerns import Concern
from api.types.conflicts import AddressConflicts
from api.types.contacts import LastContact
from api.types.court import Hearing
from api.types.declared import (
    argument,
    as_of,
    described,
    first,
    from_graph,
    known_at,
    paged,
    recorded_on,
)
from api.types.evidence import Record, RecordConnection
from api.types.following import FollowUp
from api.types.identities import IdentityEvent, IdentityStep
from api.types.networks import SponsorNetwork
from api.types.nta import NoticeToAppear, WithoutNotice
from api.types.paging import Connection, Node
from api.types.places import AddressReport, Location
from api.types.statements import AddressStatement, AddressVerification
from api.types.welfare import Touchpoint, WellnessCheck
from graph.vocabulary.agencies import Agency, Source
from graph.vocabulary.people import ReleaseType, Sex, SponsorCategory

_FORMER = "Ids that once were another's, and lead here."
_EVENTS = "Its merges, splits and moves of records, and those of its former ids, the latest first."
_STEPS = "How the records were joined to one identity, step by step."
_BY_THEN = argument("asOf", date | None, "Only those made by this day; all unless given.")
_SOURCE = argument("source", Source | None, "Only those of this system.")

described(Sex, "Sex, as the agencies record it.", {"FEMALE": "Female.", "MALE": "Male."})
described(
    SponsorCategory,
    "ORR's category of sponsor.",
    {
        "CATEGORY_1": "A parent or legal guardian.",
        "CATEGORY_2": "An immediate relative, from before the category was split.",
        "CATEGORY_2A": "A sibling, grandparent or other close relative who raised the child.",
        "CATEGORY_2B": "Another immediate relative.",
        "CATEGORY_3": "A distant relative or an unrelated adult.",
    },
)
described(
    ReleaseType,
    "How a child left ORR's care.",
    {
        "SPONSOR": "To a sponsor.",
        "FOSTER_CARE": "To long-term foster care.",
        "AGED_OUT": "On turning eighteen.",
    },
)


@strawberry.type(description="A child: one identity, whatever the records call her.")
class Child(Node):
    a_number: str | None = from_graph("Her A-number: `A` and nine digits.")
    a_numbers: list[str] = from_graph("Every A-number seen in her records.")
    family_name: str | None = from_graph("Family names, reconciled over her records.")
    given_names: str | None = from_graph("Given names, reconciled over her records.")
    full_name: str | None = from_graph("Given names and family names.")
    date_of_birth: date | None = from_graph("Date of birth, reconciled over her records.")
    age: int | None = from_graph("Her age in whole years on that day.", as_of())
    turns_eighteen_on: date | None = from_graph("The day on which she turns eighteen.")
    sex: Sex | None = from_graph("Sex, as recorded.")
    country_of_birth: str | None = from_graph("Country of birth, as recorded.")
    records: RecordConnection = from_graph(
        "The records that describe her in every agency, by id.",
        recorded_on(),
        _SOURCE,
        *paged(),
    )
    sponsor: "Sponsor | None" = from_graph(
        "The sponsor in whose care she is on that day: the latest release in force.",
        as_of(),
        known_at(),
    )
    releases: list["Release"] = from_graph(
        "Her releases to sponsors, the latest first.", _BY_THEN, known_at()
    )
    address_history: list[AddressReport] = from_graph(
        "Every report of an address made by that day, the latest first.", as_of(), known_at()
    )
    location: Location = from_graph("Where she is said to be on that day.", as_of(), known_at())
    address_conflicts: AddressConflicts = from_graph(
        "What each agency last said of where she lives, and where they differ.", as_of(), known_at()
    )
    last_contact: LastContact = from_graph(
        "Who last said anything of her, and who last saw or spoke to her.", as_of(), known_at()
    )
    touchpoints: Connection[Touchpoint] = from_graph(
        "Every occasion on which somebody saw or spoke to her, or tried to, the latest first: in"
        " files, and as recorded here. Of two who tell of one occasion each stands by itself.",
        as_of(),
        known_at(),
        *paged(),
    )
    calls30_day: list[Call30Day] = from_graph(
        "Her calls 30 days after each release, a leg each, the latest first. None for whoever may"
        " not read welfare.",
        as_of(),
        known_at(),
        name="calls30Day",
    )
    age_out: AgeOut | None = from_graph(
        "Her 18th birthday, and what stops on it; null where no birth date is known.", as_of()
    )
    venue: Venue | None = from_graph(
        "Where her hearing is, and which courts are near her address.", as_of(), known_at()
    )
    wellness_checks: list[WellnessCheck] = from_graph(
        "Wellness checks that ORR asked for, the latest first."
    )
    concerns: list[Concern] = from_graph("What people are worried about, the latest first.")
    address_statements: list[AddressStatement] = from_graph(
        "Where she, her sponsor or her representative said that she lives, the latest first."
    )
    address_verifications: list[AddressVerification] = from_graph(
        "What was found when somebody looked where she lives, the latest first."
    )
    follow_ups: list[FollowUp] = from_graph(
        "What follows each of her failures to appear, by the day of the hearing."
    )
    hearings: Connection[Hearing] = from_graph(
        "Her hearings, by day, then id.", known_at(), *paged()
    )
    notice_to_appear: NoticeToAppear | None = from_graph(
        "Her Notice to Appear: issued, served, filed and scheduled; null where no paper tells of"
        " one and she has no hearing.",
        known_at(),
    )
    without_notice: WithoutNotice | None = from_graph(
        "Why she was served no Notice to Appear and has no hearing; null where she was or has, or"
        " where you may not read the papers that would tell.",
        known_at(),
    )
    former_ids: list[strawberry.ID] = from_graph(_FORMER)
    identity_events: list[IdentityEvent] = from_graph(_EVENTS)
    identity_steps: list[IdentityStep] = from_graph(_STEPS)


@strawberry.type(description="A sponsor: one identity, whatever the records call them.")
class Sponsor(Node):
    family_name: str | None = from_graph("Family names, reconciled over the records.")
    given_names: str | None = from_graph("Given names, reconciled over the records.")
    full_name: str | None = from_graph("Given names and family names.")
    date_of_birth: date | None = from_graph("Date of birth, where the viewer may know it.")
    phones: list[str] = from_graph("Phone numbers given, where the viewer may know them.")
    children: list[Child] = from_graph(
        "Children in their care on that day, by id.", as_of(), known_at()
    )
    releases: list["Release"] = from_graph(
        "Every release to them, the latest first.", _BY_THEN, known_at()
    )
    address_history: list[AddressReport] = from_graph(
        "Every report of an address made by that day, the latest first.", as_of(), known_at()
    )
    records: RecordConnection = from_graph(
        "The records that describe them, by id.", recorded_on(), _SOURCE, *paged()
    )
    network: SponsorNetwork = from_graph(
        "Who and what is tied to them.",
        argument("depth", int, "How many ties away to look, from 1 to 3.", 2),
        as_of(),
        known_at(),
        first(50),
    )
    former_ids: list[strawberry.ID] = from_graph(_FORMER)
    identity_events: list[IdentityEvent] = from_graph(_EVENTS)
    identity_steps: list[IdentityStep] = from_graph(_STEPS)


@strawberry.type(description="A child released to a sponsor, as one record says.")
class Release:
    id: strawberry.ID = from_graph("The fact's id.")
    child: Child = from_graph("The child.")
    sponsor: Sponsor = from_graph("The sponsor.")
    released_on: date | None = from_graph("The day of the release.")
    until: date | None = from_graph("The day of her next release to somebody else, once known.")
    call_due_on: date | None = from_graph(
        "The day on which the safety and well-being call is due: 30 days after the release."
    )
    relationship: str | None = from_graph("What the sponsor is to the child, as recorded.")
    category: SponsorCategory | None = from_graph("ORR's category of sponsor.")
    release_type: ReleaseType | None = from_graph("How she left ORR's care.")
    source: Source = from_graph("The system that says so.")
    agency: Agency = from_graph("The agency that says so.")
    known_from: date | None = from_graph("The day on which it was known here.")
    record: Record | None = from_graph("The record that says so.")
