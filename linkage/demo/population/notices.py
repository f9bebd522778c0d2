"""Who was served a Notice to Appear, so that every printed count comes out exactly."""

from collections import defaultdict
from random import Random

from linkage.demo import facts
from linkage.demo.figures import THE_OFFICE, Figures
from linkage.demo.population.people import Child, CourtLife
from linkage.demo.windows import AS_OF, PLANET_TO, calendar_year

THE_YEAR = 2021
FAMILIES_ALIKE = 0.7  # A: how far brothers and sisters share the luck of a notice
SERVED_IN_FACILITY, SERVED_IN_PERSON = 0.70, 0.85  # A; the rest by mail
NEVER_FILED = 0.03  # A: served, and never filed with a court
BY_USCIS = 0.05  # A


def without_notice(children: list[Child], figures: Figures, rng: Random) -> set[str]:
    """Ids of the children without an NTA, as many per office and year of crossing as printed."""
    cells: defaultdict[tuple[bool, bool], list[Child]] = defaultdict(list)
    for child in children:
        cells[in_the_office(child), calendar_year(child.crossed) == THE_YEAR].append(child)
    luck: defaultdict[str, float] = defaultdict(rng.random)
    spared: set[str] = set()
    for cell, count in _quotas({cell: len(of) for cell, of in cells.items()}, figures).items():
        order = sorted(
            cells[cell],
            key=lambda child: (
                FAMILIES_ALIKE * luck[child.family.id] + (1 - FAMILIES_ALIKE) * rng.random()
            ),
        )
        spared.update(child.id for child in order[:count])
    return spared


def in_the_office(child: Child) -> bool:
    """Whether the child was first released into the one office's area of responsibility."""
    return child.placements[0].household.home_on(child.released).address.town.office == THE_OFFICE


def _quotas(sizes: dict[tuple[bool, bool], int], figures: Figures) -> dict[tuple[bool, bool], int]:
    """How many of each (office, crossed 2021) cell; all margins hold where the cells allow."""
    both, office, year, neither = (
        sizes.get(cell, 0) for cell in ((True, True), (True, False), (False, True), (False, False))
    )
    least = max(0, figures.office_without_nta - office, figures.without_nta_crossed_2021 - year)
    rest = figures.without_nta - figures.office_without_nta - figures.without_nta_crossed_2021
    most = min(both, figures.office_without_nta, neither - rest)
    wished = round(figures.office_without_nta * both / max(1, both + office))
    shared = max(min(wished, most), least, -rest)
    # In a world of a few dozen children the margins may contradict each other: never below none.
    return {
        (True, True): max(0, shared),
        (True, False): max(0, figures.office_without_nta - shared),
        (False, True): max(0, figures.without_nta_crossed_2021 - shared),
        (False, False): max(0, rest + shared),
    }


def serve(child: Child, rng: Random) -> CourtLife:
    """The notice and its filing; a court waits for the release (S: filed after it)."""
    luck = rng.random()
    released = child.released
    if luck < SERVED_IN_FACILITY:
        method, served = "FACILITY_PERSON_IN_CHARGE", rng.randint(child.transferred, released)
    else:
        method = "PERSONAL" if luck < SERVED_IN_PERSON else "MAIL"
        served = released + round(rng.expovariate(1 / 90))
    served = min(served, PLANET_TO)
    filed = max(served, released) + 5 + round(rng.expovariate(1 / 60))
    town = child.home_on(max(served, released)).address.town
    base_city, docket = court_of(town.state, town.office)
    return CourtLife(
        issued=max(child.crossed, served - round(rng.expovariate(1 / 6))),
        served=served,
        filed=AS_OF + 1 if rng.random() < NEVER_FILED else filed,
        issued_by="USCIS" if rng.random() < BY_USCIS else "ICE",
        method=method,
        base_city=base_city,
        docket=docket,
    )


def court_of(state: str, office: str) -> tuple[str, str]:
    """(EOIR base city, docket) nearest to where the child lives."""
    table = facts.courts()
    return table.get((state, office)) or table["", office]
