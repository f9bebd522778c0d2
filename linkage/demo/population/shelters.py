"""ORR's shelters: addresses that many children share and none of them lives at afterwards."""

from random import Random

from linkage.demo import facts
from linkage.demo.population.people import Address, Child
from linkage.demo.population.streets import Streets

CHILDREN_A_SHELTER = 150  # A
_STATES = ("TX", "TX", "TX", "TX", "AZ", "CA", "FL", "NY", "IL", "PA")  # A: near the border, most


def shelter(groups: list[list[Child]], streets: Streets, rng: Random) -> None:
    """Gives every child the shelter of the time in care; who came together stays together."""
    number = 3 + sum(map(len, groups)) // CHILDREN_A_SHELTER
    shelters = [_one(streets, rng) for _ in range(number)]
    for group in groups:
        place = rng.choice(shelters)
        for child in group:
            child.shelter = place


def _one(streets: Streets, rng: Random) -> Address:
    return streets.shelter(facts.towns_by_state()[rng.choice(_STATES)].draw(rng))
