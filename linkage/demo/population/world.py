"""The population of a world, from its size and its seed."""

from random import Random

from linkage.demo.figures import Figures
from linkage.demo.population.families import Families
from linkage.demo.population.hearings import hold, miss
from linkage.demo.population.homes import Settlement, plan_households
from linkage.demo.population.notices import serve, without_notice
from linkage.demo.population.numbers import number
from linkage.demo.population.people import Child, Household, Population
from linkage.demo.population.second_release import release_again
from linkage.demo.population.shelters import shelter
from linkage.demo.population.sponsors import Sponsors
from linkage.demo.population.streets import Streets
from linkage.demo.population.travel import journeys


def populate(figures: Figures, seed: int) -> Population:
    """Everybody there is, with their homes and court lives; the same seed, the same people."""
    rng = Random(f"{seed}/population")  # noqa: S311 - a made-up world, no secret
    streets, sponsors = Streets(rng), Sponsors(rng)
    settlement = Settlement(streets, rng)
    families = Families(sponsors, rng)
    households: list[Household] = []
    groups: list[list[Child]] = []
    for plan in plan_households(journeys(figures, rng), figures, rng):
        household = settlement.settle(plan)
        households.append(household)
        for journey in plan.journeys:
            groups.append(families.arrive(plan, household, journey))
            another = release_again(groups[-1], settlement, sponsors, rng)
            households += [another] if another else []
    number(groups, rng)
    shelter(groups, streets, rng)
    children = [child for group in groups for child in group]
    _go_to_court(children, figures, rng)
    return Population(children, households)


def _go_to_court(children: list[Child], figures: Figures, rng: Random) -> None:
    spared = without_notice(children, figures, rng)
    for child in children:
        if child.id not in spared:
            child.court = serve(child, rng)
            hold(child.court, rng)
    miss(children, figures, rng)
