"""The days that bound this world. Days are ordinals (`date.toordinal`) until they are written."""

from datetime import date
from functools import lru_cache

AS_OF = date(2024, 6, 30).toordinal()  # every extract is cut on this day; nothing is later
COMMON_FROM = date(2018, 10, 1).toordinal()
EOIR_TO = date(2023, 9, 30).toordinal()  # S: DOJ counted FY2019-2023
PLANET_TO = date(2024, 5, 31).toordinal()  # S: OPLA's count ran 8 months longer
YEAR = 365.25


@lru_cache(maxsize=20_000)
def iso(day: int) -> str:
    """The day as agencies write it here, `YYYY-MM-DD`."""
    return date.fromordinal(day).isoformat()


def fiscal_year(day: int) -> int:
    """The US fiscal year of a day: October belongs to the next."""
    when = date.fromordinal(day)
    return when.year + (when.month >= 10)  # noqa: PLR2004 - October


def calendar_year(day: int) -> int:
    return date.fromordinal(day).year
