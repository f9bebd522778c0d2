"""ICE OPLA's PLANet: hearings as its attorneys entered them, by hand and not always."""

from collections.abc import Iterator

from linkage.demo.paperwork import rates
from linkage.demo.paperwork.clerk import Card, Clerk
from linkage.demo.paperwork.sheet import About, Sheet
from linkage.demo.population.people import Child, CourtLife, Hearing, Population
from linkage.demo.windows import AS_OF, PLANET_TO, iso
from linkage.demo.words import words

COLUMNS = words(
    "record_id a_number family_name given_names date_of_birth country hearing_date court "
    "appearance entered_date nta_filed_date"
)
KNOWN_TO_OPLA = 0.92  # A: filed cases that PLANet holds; an absence noted there always is
NOTHING_ENTERED = 0.25  # A: hearings held, of which PLANet says nothing
ROW_MISSING, SAID_TO_APPEAR = 0.25, 0.15  # A: what became of absences never noted
LAG = 20  # A: mean days until a hearing is entered


class Planet:
    def __init__(self, clerk: Clerk) -> None:
        self._clerk, self._rng = clerk, clerk.rng
        self._ids = clerk.ids("PL", 9)

    def pages(self, population: Population) -> Iterator[tuple[str, Sheet]]:
        for child in population.children:
            court = child.court
            if court is None or court.filed > PLANET_TO or not self._holds(court):
                continue
            card, filed = self._clerk.card(child), self._clerk.day(court.filed)
            for row in self._rows(child, court, card, filed):
                yield "planet", row
                if self._clerk.slips(rates.TWICE_IN_ONE_AGENCY):
                    yield "planet", Sheet((self._ids.draw(), *row.cells[1:]), row.about)

    def _holds(self, court: CourtLife) -> bool:
        return any(map(_noted, court.hearings)) or self._rng.random() < KNOWN_TO_OPLA

    def _rows(self, child: Child, court: CourtLife, card: Card, filed: str) -> Iterator[Sheet]:
        if not court.hearings:
            yield self._row(child, self._clerk.copied(card, child), ("", "", "", "", filed))
        for hearing in court.hearings:
            appearance = self._appearance(hearing)
            if appearance is not None:
                heard = (
                    self._day(hearing.day), court.base_city, appearance,
                    self._entered(hearing) if appearance else "", filed,
                )  # fmt: skip
                yield self._row(child, self._clerk.copied(card, child), heard)

    def _row(self, child: Child, card: Card, rest: tuple[str, ...]) -> Sheet:
        shown = self._clerk.shown(card.a_number)
        person = card.family, card.given, card.born, child.family.country.upper()
        return Sheet((self._ids.draw(), shown, *person, *rest), (About("CHILD", child.id),))

    def _appearance(self, hearing: Hearing) -> str | None:
        """What PLANet says of the hearing: blank when nothing was entered, None without a row."""
        luck = self._rng.random()
        if hearing.outcome != "FAILED_TO_APPEAR":
            return "" if luck < NOTHING_ENTERED else hearing.outcome
        if hearing.noted:
            return "FAILED_TO_APPEAR"
        if luck < ROW_MISSING:
            return None
        return "APPEARED" if luck < ROW_MISSING + SAID_TO_APPEAR else ""

    def _day(self, day: int) -> str:
        # A slip never carries a hearing past the window that the delivery claims to cover.
        return min(self._clerk.day(day, missing=0.0), iso(PLANET_TO))

    def _entered(self, hearing: Hearing) -> str:
        return iso(min(hearing.day + round(self._rng.expovariate(1 / LAG)), AS_OF))


def _noted(hearing: Hearing) -> bool:
    return hearing.outcome == "FAILED_TO_APPEAR" and hearing.noted
