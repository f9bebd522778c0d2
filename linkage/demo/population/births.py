"""Birth days: ages as ORR reports them, and siblings spaced as siblings are."""

from random import Random

from linkage.demo.chance import Weighted
from linkage.demo.windows import YEAR

# S: ages at release, (youngest, oldest) in whole years.
AGES = Weighted([(0, 5), (6, 12), (13, 14), (15, 16), (17, 17)], [3.2, 10.6, 10.4, 37.1, 38.7])
TWINS = 0.03  # A: brothers or sisters next in age who are twins
GAP = (340, 1_500)  # A: days between births of one mother; never under 11 months
LEAST_GAP = GAP[0]
_TRIES = 60


def birth_days(size: int, released: int, rng: Random) -> list[int]:
    """`size` siblings' birth days, eldest first, all under 18 on the day of release."""
    offsets = [0]
    for _ in range(size - 1):
        offsets.append(offsets[-1] + (0 if rng.random() < TWINS else rng.randint(*GAP)))
    youngest, oldest = AGES.draw(rng)
    age = round(rng.uniform(youngest, oldest + 1) * YEAR)
    first = released - age - rng.choice(offsets)
    adult, newborn = released - round(17.97 * YEAR), released - 90
    if first < adult:
        first = adult + rng.randrange(60)
    first -= max(0, first + offsets[-1] - newborn)
    return [first + offset for offset in offsets]


def birth_days_among(
    elder: list[int], size: int, released: int, earliest: int, rng: Random
) -> list[int] | None:
    """Birth days for siblings of children already born, or None when no draw fits between them."""
    for _ in range(_TRIES):
        days = birth_days(size, released, rng)
        spaced = all(abs(day - other) >= LEAST_GAP for day in days for other in elder)
        if spaced and days[0] > earliest:
            return days
    return None
