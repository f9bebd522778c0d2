"""Who there is: children, sponsors, and the households they live in. All of it is true."""

from bisect import bisect_right
from dataclasses import dataclass, field

from linkage.demo.facts import Town


@dataclass(slots=True, eq=False)
class Address:
    """One place to live, to the unit; `line` is the building's street line."""

    id: str
    line: str
    unit: str
    town: Town
    zip: str


@dataclass(slots=True, eq=False)
class Home:
    """Where a household lives from a day on, and the post-office box it may use for letters."""

    since: int
    address: Address
    mailing: Address | None = None


@dataclass(slots=True, eq=False)
class Name:
    given: tuple[str, ...]
    paternal: str
    maternal: str  # empty where a culture has one surname


@dataclass(slots=True, eq=False)
class Sponsor:
    id: str
    name: Name
    sex: str
    born: int
    phones: list[str]  # as they changed; couples share the first
    # Whose children came last, and as what: a parent's next children are these children's siblings.
    family: "Family | None" = None
    relationship: str = ""
    category: str = ""


@dataclass(slots=True, eq=False)
class Household:
    """Sponsors under one roof, and the homes they had, in order of time."""

    homes: list[Home] = field(default_factory=list)
    sponsors: list[Sponsor] = field(default_factory=list)
    hub: str = ""  # the key of a planted hub, else empty

    def home_on(self, day: int) -> Home:
        return self.homes[max(0, bisect_right(self.homes, day, key=lambda home: home.since) - 1)]


@dataclass(slots=True, eq=False)
class Family:
    """Children of the same two parents, whoever they travel with."""

    id: str
    country: str
    culture: str
    paternal: str
    maternal: str
    children: list["Child"] = field(default_factory=list)


@dataclass(slots=True, eq=False)
class Placement:
    """A release from ORR's care: to whom, as what, and into which household."""

    on: int
    household: Household
    sponsor: Sponsor | None  # none in foster care, or when aged out
    relationship: str
    category: str
    release_type: str


@dataclass(slots=True, eq=False)
class Hearing:
    day: int
    outcome: str  # APPEARED, FAILED_TO_APPEAR, CONTINUED
    ordered: bool = False  # a final order of removal was made in absentia
    noted: bool = True  # OPLA entered the absence into PLANet


@dataclass(slots=True, eq=False)
class CourtLife:
    """What followed a Notice to Appear."""

    issued: int
    served: int
    filed: int  # after AS_OF when it was never filed
    issued_by: str
    method: str
    base_city: str
    docket: str
    hearings: list[Hearing] = field(default_factory=list)


@dataclass(slots=True, eq=False)
class Child:
    id: str
    family: Family
    name: Name
    sex: str
    born: int
    crossed: int
    transferred: int
    fiscal_year: int  # of the transfer to ORR
    travel_group: str = ""  # ORR's familygroup, empty for a child alone
    a_number: str = ""
    twin: bool = False
    shelter: Address | None = None  # where ORR had the child until the release
    siblings_numbers: tuple[str, ...] = ()
    placements: list[Placement] = field(default_factory=list)
    court: CourtLife | None = None

    def placement_on(self, day: int) -> Placement:
        at = bisect_right(self.placements, day, key=lambda placement: placement.on)
        return self.placements[max(0, at - 1)]

    def home_on(self, day: int) -> Home:
        return self.placement_on(day).household.home_on(day)

    @property
    def released(self) -> int:
        return self.placements[0].on


@dataclass(slots=True)
class Population:
    children: list[Child]
    households: list[Household]
