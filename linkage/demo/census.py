"""The printed figures, counted from the truth."""

from collections import Counter
from collections.abc import Iterable

from linkage.demo.figures import Figures
from linkage.demo.population.notices import THE_YEAR, in_the_office
from linkage.demo.population.people import Child, Population
from linkage.demo.windows import EOIR_TO, calendar_year


def count(population: Population) -> Figures:
    """What this world comes to, child by child."""
    children = population.children
    without = [child for child in children if child.court is None]
    office = [child for child in children if in_the_office(child)]
    noted = [child for child in children if _noted(child)]
    ordered = [child for child in children if _ordered(child)]
    late = [child for child in noted if all(day > EOIR_TO for day in _absences(child))]
    return Figures(
        children=len(children),
        transferred=dict(sorted(Counter(child.fiscal_year for child in children).items())),
        in_absentia=len(ordered),
        planet_absences=len(noted),
        planet_extra_months=len(late),
        planet_without_order=len(noted) - len(late) - _both(noted, ordered),
        without_nta=len(without),
        without_nta_crossed_2021=sum(calendar_year(c.crossed) == THE_YEAR for c in without),
        office_children=len(office),
        office_without_nta=sum(child.court is None for child in office),
    )


def _both(left: Iterable[Child], right: Iterable[Child]) -> int:
    return len({child.id for child in left} & {child.id for child in right})


def _absences(child: Child) -> list[int]:
    held = child.court.hearings if child.court else []
    return [hearing.day for hearing in held if hearing.outcome == "FAILED_TO_APPEAR"]


def _noted(child: Child) -> bool:
    held = child.court.hearings if child.court else []
    return any(hearing.outcome == "FAILED_TO_APPEAR" and hearing.noted for hearing in held)


def _ordered(child: Child) -> bool:
    """Ordered removed in absentia inside the court's window: DOJ's basis."""
    held = child.court.hearings if child.court else []
    return any(hearing.ordered and hearing.day <= EOIR_TO for hearing in held)
