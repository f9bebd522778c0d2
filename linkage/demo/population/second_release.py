"""Some placements end, and the child is released again, to somebody else."""

from random import Random

from linkage.demo import facts
from linkage.demo.population.homes import Settlement
from linkage.demo.population.people import Child, Household, Placement
from linkage.demo.population.sponsors import ADULT, Sponsors
from linkage.demo.windows import AS_OF

RELEASED_AGAIN = 0.03  # A: journeys after which a child goes to another sponsor
ALL_SIBLINGS_MOVE = 0.5  # A
DAYS_UNTIL = (45, 600)  # A


def release_again(
    children: list[Child], settlement: Settlement, sponsors: Sponsors, rng: Random
) -> Household | None:
    """Another sponsor's household, when this journey's placement did not last."""
    first = children[0].placements[0]
    day = first.on + rng.randint(*DAYS_UNTIL)
    movers = children if rng.random() < ALL_SIBLINGS_MOVE else [rng.choice(children)]
    movers = [child for child in movers if child.born + ADULT > day]
    if rng.random() >= RELEASED_AGAIN or first.sponsor is None or not movers or day > AS_OF:
        return None
    category = rng.choice("23")
    relationship = facts.relationships_by_category()[category].draw(rng)
    household = settlement.settle_near(first.household.home_on(day).address.town.state, day)
    eldest = min(child.born for child in movers)
    sponsor = sponsors.new(household, relationship, day, movers[0].family, eldest)
    for child in movers:
        child.placements.append(
            Placement(day, household, sponsor, relationship, category, "SPONSOR")
        )
    return household
