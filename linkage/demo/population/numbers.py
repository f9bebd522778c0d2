"""A-numbers: from a range never issued, neighbours for those who came together."""

from random import Random

from linkage.demo.population.people import Child

RANGE = 999_999  # A000000001 .. A000999999


def number(groups: list[list[Child]], rng: Random) -> None:
    """Gives every child an A-number; brothers and sisters of one journey get neighbouring ones."""
    most = max(1, RANGE // max(1, sum(map(len, groups))))
    last = 0
    for group in rng.sample(groups, len(groups)):
        last += rng.randint(1, most) - 1
        for child in group:
            last += 1
            child.a_number = f"A{last:09d}"
    for group in groups:
        for child in group:
            others = (other.a_number for other in group if other is not child)
            child.siblings_numbers = tuple(others)
