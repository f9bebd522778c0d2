"""Journeys: children who came on one day and were released on one day to one sponsor."""

from dataclasses import dataclass
from datetime import date
from random import Random

from linkage.demo import facts
from linkage.demo.chance import Weighted
from linkage.demo.figures import Figures
from linkage.demo.windows import AS_OF

IN_GROUPS = 0.155  # S: children released with others, same day, relationship and city
GROUP_SIZES = Weighted([2, 3, 4, 5], [36_748, 3_970, 507, 62])  # S: groups of each size
# S: median days from entry to release by fiscal year, from the public file; A: the spread.
MEDIAN_STAY = {2019: 40, 2020: 29, 2021: 23, 2022: 19, 2023: 18}
STAY_SPREAD, LONGEST_STAY = 0.6, 250


@dataclass(slots=True, eq=False)
class Journey:
    size: int
    fiscal_year: int
    crossed: int
    transferred: int
    released: int
    country: str
    first_sex: str
    category: str
    relationship: str


def journeys(figures: Figures, rng: Random) -> list[Journey]:
    """Every child's journey, in no order; fiscal years of transfer come out exactly."""
    room = dict(figures.transferred)
    found = [_journey(size, _year(size, room, rng), rng) for size in _sizes(figures.children, rng)]
    rng.shuffle(found)
    return found


def _sizes(children: int, rng: Random) -> list[int]:
    """Sizes of all journeys, larger first: children alone are left for the years' last seats."""
    together = round(children * IN_GROUPS)
    groups: list[int] = []
    while (left := together - sum(groups)) > 1:
        groups.append(min(GROUP_SIZES.draw(rng), left))
    return sorted(groups, reverse=True) + [1] * (children - sum(groups))


def _year(size: int, room: dict[int, int], rng: Random) -> int:
    years = [year for year in room if room[year] >= size]
    year = rng.choices(years, [room[year] for year in years])[0]
    room[year] -= size
    return year


def _journey(size: int, year: int, rng: Random) -> Journey:
    month = facts.months_by_year()[year].draw(rng)
    first = date(year - (month >= 10), month, 1).toordinal()  # noqa: PLR2004 - October
    transferred = first + rng.randrange(28)
    stay = min(round(rng.lognormvariate(0, STAY_SPREAD) * MEDIAN_STAY[year]), LONGEST_STAY)
    country, sex, category = facts.children_by_year()[year].draw(rng)
    return Journey(
        size=size,
        fiscal_year=year,
        crossed=transferred - rng.randint(1, 3),  # S: transferred within 72 hours
        transferred=transferred,
        released=min(transferred + max(stay, 4), AS_OF),
        country=country,
        first_sex=sex,
        category=category,
        relationship=facts.relationships_by_category()[category].draw(rng),
    )
