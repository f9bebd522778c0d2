"""Ties between people and places, the network round a sponsor, and the ways between two."""

from datetime import date
from typing import TYPE_CHECKING, Annotated

import strawberry

from api.types.declared import described, from_graph
from api.types.evidence import Record
from api.types.paging import Node
from graph.shapes.ties import HUB
from graph.vocabulary.agencies import Agency, Source
from graph.vocabulary.evidence import CostReason, CutReason

if TYPE_CHECKING:
    from api.types.people import Sponsor

described(
    CutReason,
    "Why something was left out of a network.",
    {
        "PAGE_FULL": "Nodes were found at this distance and left out, as `first` was reached.",
        "HUB": f"More than {HUB} are tied to this node: it is shown, and not walked through.",
    },
)
described(
    CostReason,
    "What a step costs, in points: the less, the more it can be relied on. The numbers are this"
    " software's own, and order paths by what a person would check first.",
    {
        "PAPER": "Who says it: 10 a release or an address that ORR's release papers or a call give,"
        " 15 a court's or ICE's file, 20 a Notice to Appear, 25 a field office's spreadsheet.",
        "AGE": "5 for each year since an address was last reported, 20 at most.",
        "ENDED": "10 where the release or the stay was over on the day asked about.",
        "DOUBT": "A point for each bit by which the match weight that ties the record to the person"
        " falls short of 15, 15 at most; 10 where that record may not be seen.",
        "AGREEMENT": "4 less for each further agency that says the same, 8 at most.",
        "CROWD": "For leading through somebody or somewhere that many are tied to: 10 for each time"
        " that their number doubles from 8 on.",
    },
)


@strawberry.type(
    description="A fact that ties two people, or a person and an address, with who says so."
)
class Tie:
    id: strawberry.ID = from_graph("The tie's id.")
    kind: str = from_graph("`RELEASED_TO` or `LIVES_AT`.")
    from_: Node = from_graph("The child released, or the person who lives there.", name="from")
    to: Node = from_graph("The sponsor released to, or the address.")
    since: date = from_graph("The day of the release, or the day the stay began or was reported.")
    until: date | None = from_graph("The day it ended, where a source says so.")
    source: Source = from_graph("The system that says so.")
    agency: Agency = from_graph("The agency that says so.")
    known_from: date | None = from_graph("The day on which it was known here.")
    record: Record | None = from_graph("The record that says so.")


@strawberry.type(description="Somebody, or an address, in a network.")
class NetworkNode:
    distance: int = from_graph("How many ties away from the sponsor: 0 is the sponsor.")
    node: Node = from_graph("The child, sponsor or address.")


@strawberry.type(description="What was left out of a network, and how to ask for it.")
class NetworkCut:
    distance: int = from_graph("How many ties away from the sponsor.")
    why: CutReason = from_graph("Why it was left out.")
    nodes: int | None = from_graph(
        "How many nodes were left out; null for what lies behind a hub, which nobody counted."
    )
    hub: Node | None = from_graph("The node that was not walked through, where it is one.")
    ask_on: str = from_graph("How to ask for what was left out.")


@strawberry.type(
    description="Who and what is tied to a sponsor, ring by ring, each tie with its evidence."
)
class SponsorNetwork:
    sponsor: Annotated["Sponsor", strawberry.lazy("api.types.people")] = from_graph("The centre.")
    as_of: date = from_graph("Ties that began after this day are left out.")
    known_at: date | None = from_graph("Only what was known by then; null is everything.")
    nodes: list[NetworkNode] = from_graph("Nearest first, then by id.")
    edges: list[Tie] = from_graph("Every tie between two of the nodes, by id.")
    truncated: bool = from_graph("Whether anything was left out.")
    cut: int = from_graph(
        "How many nodes were found and cut because `first` was reached; what lies behind them"
        " was not looked for."
    )
    cuts: list[NetworkCut] = from_graph("Exactly what was left out: full rings, then hubs.")


@strawberry.type(description="A part of what a step costs.")
class StepCost:
    reason: CostReason = from_graph("Why.")
    points: int = from_graph("How much; less than nothing where it speaks for the step.")
    because: str = from_graph("The figures behind it.")


@strawberry.type(description="One step of a path, and how far it can be relied on.")
class EvidenceStep:
    from_: Node = from_graph("Where the step starts.", name="from")
    to: Node = from_graph("Where it leads.")
    tie: Tie = from_graph(
        "The fact that it rests on, of several the cheapest; its own direction may be the other."
    )
    cost: int = from_graph("What the step costs, in points; 10 is one fresh first-hand word.")
    costs: list[StepCost] = from_graph("What that is made of.")
    agencies: list[Agency] = from_graph("The agencies that say so.")
    papers: int = from_graph("How many records say so.")


@strawberry.type(
    description="The way between two that can best be relied on: the cheapest, and not the one of"
    f" fewest steps. It leads through nobody and nothing with more than {HUB} ties."
)
class EvidencePath:
    found: bool = from_graph("Whether there is such a way.")
    length: int | None = from_graph("How many steps.")
    cost: int | None = from_graph("What its steps cost together.")
    as_of: date = from_graph("Facts that began after this day are left out.")
    known_at: date | None = from_graph("Only what was known by then; null is everything.")
    steps: list[EvidenceStep] = from_graph("The steps in order; none where there is no way.")
    hubs: list[Node] = from_graph(
        "Where the search came and did not go on, as too many are tied to them: up to 20, by id."
        " Ask for the ways to one of these, and look there with childrenAtAddress or"
        " sponsorNetwork; from a hub nothing is walked, so ways to it have half of the steps."
    )
    hubs_in_all: int = from_graph("How many such hubs there were.")
    too_wide: bool = from_graph(
        "Whether 200 were reached at one distance from an end: no more are followed, the cheapest"
        " first, so that then a cheaper way may exist."
    )


@strawberry.type(description="One step of a way of fewest steps.")
class PathStep:
    from_: Node = from_graph("Where the step starts.", name="from")
    to: Node = from_graph("Where it leads.")
    tie: Tie = from_graph("A fact that it rests on; its own direction may be the other.")


@strawberry.type(description="A way of fewest steps between two, whoever says so.")
class ShortestPath:
    length: int = from_graph("How many steps.")
    as_of: date = from_graph("Facts that began after this day are left out.")
    known_at: date | None = from_graph("Only what was known by then; null is everything.")
    steps: list[PathStep] = from_graph("The steps in order.")
