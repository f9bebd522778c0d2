"""The questions: fields of Query, each answered by one compiled statement."""

from datetime import date
from typing import Annotated

import strawberry

from api.context import Context
from api.types.alternates import AlternateAddress, Venue
from api.types.audit import AuditPage, DisclosurePage, audit_log, disclosures
from api.types.calls import Call30Day, SilentChild
from api.types.closure import ClosureEvidence
from api.types.concerns import Concern, TriageChild
from api.types.conflicts import AddressConflicts
from api.types.counts import CountRange
from api.types.court import EntryLag, FailureToAppearCounts, Hearing
from api.types.declared import argument, as_of, first, from_graph, known_at, paged
from api.types.dwellers import ChildrenAtAddress
from api.types.explanations import MatchExplanation
from api.types.feeds import Feed
from api.types.following import Caseload, FollowUp, NextAction
from api.types.grants import Grant
from api.types.judgements import Judgement, JudgementConflict
from api.types.networks import EvidencePath, ShortestPath, SponsorNetwork
from api.types.notices import Notice
from api.types.oversight import OversightTable
from api.types.paging import Connection, Node
from api.types.people import Child, Sponsor
from api.types.places import Address, Location
from api.types.releases import ReleaseCount
from api.types.reporting import Report, Responsibility
from api.types.review import CandidatePair
from api.types.rules import Policy, PolicyDiff, ViewerType
from api.types.searching import ChildMatch, FindChildrenInput
from graph.reports.responsibilities import responsibilities
from graph.selection import UnanswerableError
from graph.shapes.dwellers import MOST_CHILDREN_A_PAGE
from graph.sharing.changes import policy_diff
from graph.vocabulary.agencies import Source
from graph.vocabulary.court import Appearance, FailureDefinition
from graph.vocabulary.evidence import JudgementStatus
from graph.vocabulary.figures import FigureTable
from graph.vocabulary.following import Actor, FollowUpStanding
from graph.vocabulary.notices import NoticeKind, NoticeState
from graph.vocabulary.people import Role
from graph.vocabulary.reports import Absence
from graph.vocabulary.welfare import CallList, ConcernState, Leg

_ID = strawberry.ID
_BIRTH = argument("dateOfBirth", date | None, "Only those born on this day.")
_A_NUMBER = "An A-number in any usual writing: A000425750, a 000-425-750, 425750."
_OFFICE = "Only of this field office, as in `HOUSTON` or `office/HOUSTON`."
_DOCKET = "Only of this court's docket, as in `HOU` or `docket/HOU`."
_PUBLISHED_BY = "As published last by this day; the latest unless given."
_COUNTED_ON = argument("asOf", date | None, "As of this day; today unless given.")
_SEARCH = (
    "The best of the 200 best matches first, then by id. Accents and case do not matter, and"
    " small slips of the pen are forgiven."
)

_WHICH_HEARINGS = (
    argument("since", date | None, "At hearings from this day on."),
    argument("until", date | None, "At hearings before this day."),
    argument("court", str | None, "Only at the court with this code."),
    argument("office", str | None, "Only of children whose file this ICE field office has."),
    argument("fiscalYear", int | None, "Only of this US fiscal year: 2023 ends on 30 September."),
    argument("age", int | None, "Only of children of this age, in whole years, on that day."),
    argument("hasFollowUp", bool | None, "Only those that are followed up, or that are not."),
)


def _viewer(info: strawberry.Info[Context, None]) -> ViewerType:
    return ViewerType.of(info.context.asked.viewer, info.context.asked.today)


def _policy(
    info: strawberry.Info[Context, None],
    at: Annotated[date | None, strawberry.argument(description="The day; today unless given.")] = (
        None
    ),
) -> Policy:
    return Policy.of(at or info.context.asked.today)


def _policy_diff(
    earlier: Annotated[date, strawberry.argument(name="from", description="The earlier day.")],
    later: Annotated[date, strawberry.argument(name="to", description="The later day.")],
) -> PolicyDiff:
    if later < earlier:
        raise UnanswerableError("`policyDiff` goes from a day to a later one: swap them.")
    return PolicyDiff.of(policy_diff(earlier, later))


def _responsibilities(
    info: strawberry.Info[Context, None],
    event: Annotated[
        str | None, strawberry.argument(description="Only this task; all unless given.")
    ] = None,
    on: Annotated[
        date | None,
        strawberry.argument(description="For a hearing of that day; of today unless given."),
    ] = None,
) -> list[Responsibility]:
    day = on or info.context.asked.today
    return [Responsibility.of(one) for one in responsibilities(day, event)]


@strawberry.type(description="Questions an investigator asks.")
class Query:
    viewer: ViewerType = strawberry.field(resolver=_viewer, description="Who is asking.")
    policy: Policy = strawberry.field(
        resolver=_policy,
        description="Who may see what on that day, and by which words of which documents.",
    )
    policy_diff: PolicyDiff = strawberry.field(
        resolver=_policy_diff,
        description="What changed in that from one day to a later one, and by which documents.",
    )
    responsibilities: list[Responsibility] = strawberry.field(
        resolver=_responsibilities,
        description="Whose each task is, on which words, under the rules of a hearing's day.",
    )
    disclosures: DisclosurePage = strawberry.field(
        resolver=disclosures,
        description="To whom anything of a child was told, when, why, and which fields: also under"
        " ids that she once had. For privacy officers, whose questions are in the log as well.",
    )
    audit_log: AuditPage = strawberry.field(
        resolver=audit_log,
        description="What was asked, answered and refused, by whom and to what end. For privacy"
        " officers, whose questions are in it as well.",
    )
    node: Node | None = from_graph(
        "Anything by its id; null where there is no such thing. An id that became another's leads"
        " to whoever bears that now.",
        argument("id", _ID, "The id."),
    )
    nodes: list[Node | None] = from_graph(
        "Things by their ids, in the same order; null where there is none.",
        argument("ids", list[_ID], "Up to 100 ids."),
    )
    child: Child | None = from_graph(
        "A child by exactly one of id and A-number; an error where several children have that"
        " A-number.",
        argument("id", _ID | None, "Her id here, or one that she once had."),
        argument("aNumber", str | None, _A_NUMBER),
    )
    children_by_a_number: Connection[Child] = from_graph(
        "Every child with a record that bears this A-number: first those whose reconciled number"
        " it is, then by id.",
        argument("aNumber", str, _A_NUMBER),
        *paged(),
    )
    children: Connection[Child] = from_graph(
        f"Children by name. {_SEARCH}",
        argument("name", str, "A name as somebody wrote it down."),
        _BIRTH,
        *paged(),
    )
    find_children: Connection[ChildMatch] = from_graph(
        "A child by whatever is known of her, best first, each with why she was found: by points,"
        " then by id. Ask with exactly one of `text` and `who`.",
        argument(
            "text",
            str | None,
            "Everything in one line, as in `Natividad Martines 2009 Gaithersburg MD`: a year, a"
            " month or a day is when she was born, four figures or more that are none are of her"
            " A-number, two capitals at the end are a state, and every other word may be of her"
            " name or of a city.",
        ),
        argument("who", FindChildrenInput | None, "The same, each part said to be what it is."),
        *paged(),
    )
    sponsor: Sponsor | None = from_graph("A sponsor by id.", argument("id", _ID, "The id."))
    sponsors: Connection[Sponsor] = from_graph(
        f"Sponsors by name. {_SEARCH}",
        argument("name", str, "A name as somebody wrote it down."),
        _BIRTH,
        *paged(),
    )
    address: Address | None = from_graph("An address by id.", argument("id", _ID, "The id."))
    addresses: Connection[Address] = from_graph(
        f"Addresses by any of their words. {_SEARCH}",
        argument("text", str, "Number, street, unit, city: whatever is known."),
        *paged(),
    )
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
    locate: Location | None = from_graph(
        "Where a child is said to be; null where there is no such child.",
        argument("childId", _ID, "The child's id."),
        as_of(),
        known_at(),
    )
    address_conflicts: Connection[AddressConflicts] = from_graph(
        "Children of whom agencies' latest words differ, one of them naming this state: by the"
        " first of her addresses there, by its id, then by the child's id. An area at a time, and"
        " at most 50 a page: addresses are looked up here, and not exported.",
        argument("state", str, "The state, as two letters."),
        as_of(),
        known_at(),
        *paged(MOST_CHILDREN_A_PAGE),
    )
    children_at_address: ChildrenAtAddress | None = from_graph(
        "The children said to live at an address on a day: how many, and who, each with the word"
        " that puts her there. Null where there is no such address.",
        argument("addressId", _ID, "The address's id."),
        as_of(),
        known_at(),
        argument("sameBuilding", bool, "The other units of the building, too.", default=False),
    )
    sponsor_network: SponsorNetwork | None = from_graph(
        "Who and what is tied to a sponsor; null where there is no such sponsor.",
        argument("sponsorId", _ID, "The sponsor's id."),
        argument("depth", int, "How many ties away to look, from 1 to 3.", 2),
        as_of(),
        known_at(),
        first(50),
    )
    evidence_path: EvidencePath | None = from_graph(
        "How two children, sponsors or addresses are connected: the way that can best be relied"
        " on, each step with its record, its cost and why. Null where one of them is not known.",
        argument("from", _ID, "The id of one."),
        argument("to", _ID, "The id of the other."),
        argument("maxLength", int, "How many steps at most, from 1 to 6.", 6),
        as_of(),
        known_at(),
    )
    shortest_path: ShortestPath | None = from_graph(
        "A way of fewest steps between two, through hubs, too, and whoever says so; null where"
        " there is none as short as that.",
        argument("from", _ID, "The id of one."),
        argument("to", _ID, "The id of the other."),
        argument("maxLength", int, "How many steps at most, from 1 to 6.", 6),
        as_of(),
        known_at(),
    )
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
    releases_by_state: list[ReleaseCount] = from_graph(
        "Releases counted in ORR's public file, by fiscal year, then state.",
        argument("fiscalYear", int | None, "Only this federal fiscal year."),
        argument("state", str | None, "Only this state, as the file writes it."),
    )
    oversight_tables: list[OversightTable] = from_graph(
        "The tables published for oversight, the whole family of one day, by kind.",
        argument("asOf", date | None, _PUBLISHED_BY),
    )
    oversight_table: OversightTable | None = from_graph(
        "One table of the family; null where none was published by then.",
        argument("kind", FigureTable, "Which table."),
        argument("asOf", date | None, _PUBLISHED_BY),
    )
    transfers_by_fiscal_year: Report = from_graph(
        "Children transferred to ORR, by fiscal year (Table 1 of the report).", _COUNTED_ON
    )
    nta_backlog: Report = from_graph(
        "Children without a Notice to Appear: in all, by office, by year of crossing and of"
        " transfer, and for which reason; and how many have a notice that was issued, served,"
        " filed and scheduled, which are four things.",
        _COUNTED_ON,
    )
    reconcile: Report = from_graph(
        "Why two sources count different children as failing to appear: each child whom one counts"
        " and the other does not in one bucket, which sum exactly to the difference. Unless asked"
        " otherwise each source counts as the reports had it: EOIR final orders in absentia of"
        " fiscal years 2019 to 2023, PLANet absences of 8 months more.",
        argument("left", Source, "One source: EOIR, PLANET, EARM or LOCAL_WORKSHEET."),
        argument("right", Source, "The other."),
        argument("since", date | None, "Of days from this one on, of both."),
        argument("until", date | None, "Of days before this one, of both."),
        argument("definition", Absence | None, "What both count as an absence."),
        argument("countWords", bool, "Every word of a record, not every child.", default=False),
        _COUNTED_ON,
    )
    address_search_rate: Report = from_graph(
        "After how many failures to appear somebody looked for an address: by office, and at how"
        " many offices at all.",
        _COUNTED_ON,
    )
    inbox_usage: Report = from_graph(
        "Of how many failures to appear ORR was told, and what became of the notices to its inbox:"
        " by office and month.",
        _COUNTED_ON,
    )
    data_quality: Report = from_graph(
        "How complete, how late and how contradicted each source is, extract by extract.",
        _COUNTED_ON,
    )
    coverage: Report = from_graph(
        "Of how many released children somebody had word in the last days before a day.",
        argument("days", int, "How many days: a local target, not law.", 30),
        _COUNTED_ON,
    )
    closure_evidence: ClosureEvidence = from_graph(
        "What was done between two quarters' first days, as documentation that a recommendation was"
        " followed: counts as ranges of ten, medians, and some cases under names of this pack.",
        argument("recommendation", int, "1 or 2, of OIG-24-46."),
        argument("since", date, "From this day on: the first of a quarter."),
        argument("until", date, "Before this day: the first of a quarter, and past."),
    )
    review_queue: Connection[CandidatePair] = from_graph(
        "Pairs of records that a person should look at, the most pressing first: by what is at"
        " stake, how many records would change identities, match weight, and id. Whoever may not"
        " see everything gets them by match weight. A pair on which somebody's judgement stands"
        " waits for the next link and is left out, unless judgements contradict each other.",
        argument("role", Role | None, "Only children, or only sponsors."),
        *paged(),
    )
    match_explanation: MatchExplanation | None = from_graph(
        "Why two records are one person's, or why not; null where one is not known, or both are"
        " one record.",
        argument("left", _ID, "One record: its id, or its key without the version."),
        argument("right", _ID, "The other."),
        argument("role", Role, "In which role."),
    )
    judgements: Connection[Judgement] = from_graph(
        "What people said of pairs of records, the latest first.",
        argument("status", JudgementStatus | None, "Only those of which this has become."),
        *paged(),
    )
    grants: Connection[Grant] = from_graph(
        "What you opened to others, and what is or was open to you, the latest first.", *paged()
    )
    break_glass_to_review: Connection[Grant] = from_graph(
        "Emergencies that no second person has looked at yet, the latest first.", *paged()
    )
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
    alternate_addresses: list[AlternateAddress] = from_graph(
        "Other addresses where a child may be, each with every way that leads there: her own"
        " papers, her sponsors', and what somebody said. First those that the court's file has"
        " not; of these, first where somebody found her, last where somebody found her not; then"
        " those whose stay has not ended, the latest word, more agencies, and id.",
        argument("childId", _ID, "The child's id."),
        as_of(),
        known_at(),
    )
    venue_mismatches: Connection[Venue] = from_graph(
        "Children of a state whose hearing is at another court than those near their address, by"
        " that address's id, then the child's; an area at a time, and at most 50 a page.",
        argument("state", str, "The state, as two letters."),
        as_of(),
        known_at(),
        *paged(MOST_CHILDREN_A_PAGE),
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
    judgement_conflicts: Connection[JudgementConflict] = from_graph(
        "Judgements that the last link found to contradict each other, by the conflict's id.",
        *paged(),
    )
