"""Hearings, and whose absence was ordered, noted, both or only one of them."""

from collections.abc import Callable
from random import Random

from linkage.demo.figures import Figures
from linkage.demo.population.people import Child, CourtLife, Hearing
from linkage.demo.windows import EOIR_TO, PLANET_TO

FIRST_WAIT, NEXT_WAIT = (45, 240), (90, 330)  # A: days from filing, and between hearings
MOST_HEARINGS = 5
FIRST_MISSED = 0.65  # A: absences at the first hearing
APPEARED = 0.75  # A: hearings held; the rest are continued


def hold(court: CourtLife, rng: Random) -> None:
    """The hearings of a child who always came, until PLANet's window closes."""
    day = court.filed + rng.randint(*FIRST_WAIT)
    while day <= PLANET_TO and len(court.hearings) < MOST_HEARINGS:
        outcome = "APPEARED" if rng.random() < APPEARED else "CONTINUED"
        court.hearings.append(Hearing(_court_day(day), outcome))
        day += rng.randint(*NEXT_WAIT)


def _court_day(day: int) -> int:
    """No court sits at the weekend: Saturday and Sunday move to the Friday before."""
    weekday = (day - 1) % 7
    return day - max(0, weekday - 4)


def miss(children: list[Child], figures: Figures, rng: Random) -> None:
    """Who failed to appear, on DOJ's and on OPLA's basis, each exactly as many as asked.

    Four kinds (REQUIREMENTS.md §10): ordered and noted; ordered and never noted; noted though no
    order followed; and absent only in the months that PLANet alone covers.
    """
    waiting = [child.court for child in rng.sample(children, len(children)) if child.court]
    late, early = figures.planet_extra_months, figures.planet_without_order
    both = figures.planet_absences - late - early
    for court, at in _taken(waiting, late, rng, lambda hearing: hearing.day > EOIR_TO):
        _end_in_absentia(court, at, noted=True)
    for place, (court, at) in enumerate(_taken(waiting, figures.in_absentia, rng, _in_common)):
        _end_in_absentia(court, at, noted=place < both)
    for court, at in _taken(waiting, early, rng, _in_common):
        court.hearings[at].outcome = "FAILED_TO_APPEAR"


def _in_common(hearing: Hearing) -> bool:
    return hearing.day <= EOIR_TO


def _taken(
    waiting: list[CourtLife], count: int, rng: Random, fits: Callable[[Hearing], bool]
) -> list[tuple[CourtLife, int]]:
    """`count` court lives, taken out of `waiting`, each with one of its hearings that fits."""
    found: list[tuple[CourtLife, int]] = []
    passed: list[CourtLife] = []
    while waiting and len(found) < count:
        court = waiting.pop()
        chances = [at for at, hearing in enumerate(court.hearings) if fits(hearing)]
        if chances:
            at = chances[0] if rng.random() < FIRST_MISSED else rng.choice(chances)
            found.append((court, at))
        else:
            passed.append(court)
    waiting.extend(passed)
    return found


def _end_in_absentia(court: CourtLife, at: int, *, noted: bool) -> None:
    del court.hearings[at + 1 :]
    court.hearings[at].outcome = "FAILED_TO_APPEAR"
    court.hearings[at].ordered, court.hearings[at].noted = True, noted
