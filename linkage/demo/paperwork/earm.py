"""ICE ERO's EARM: every child apprehended, an address of some day, and what became of the case."""

from collections.abc import Iterator

from linkage.demo.paperwork import rates
from linkage.demo.paperwork.clerk import Clerk
from linkage.demo.paperwork.envelope import Envelopes
from linkage.demo.paperwork.sheet import About, Sheet
from linkage.demo.population.people import Child, Hearing, Population
from linkage.demo.windows import AS_OF, iso
from linkage.demo.words import words

COLUMNS = words(
    "record_id a_number family_name given_names date_of_birth sex country_of_birth "
    "apprehension_date transferred_to_orr_date field_office address city state zip "
    "address_reported_date appearance_status appearance_entered_date final_order_date "
    "final_order_in_absentia status"
)
ADDRESS_UPDATED = 0.25  # A: files whose address is newer than the release
ABSENCE_ENTERED, PRESENCE_ENTERED, ORDER_ENTERED = 0.8, 0.4, 0.93  # A
LAG = 30  # A: mean days until an appearance is entered


class Earm:
    def __init__(self, clerk: Clerk) -> None:
        self._clerk, self._rng = clerk, clerk.rng
        self._ids = clerk.ids("E", 9)
        self._envelopes = Envelopes(clerk, rates.EARM, unit_form="#{unit}", short=0.8, boxes=True)

    def pages(self, population: Population) -> Iterator[tuple[str, Sheet]]:
        for child in population.children:
            yield "earm", self._file(child)
            if self._clerk.slips(rates.TWICE_IN_ONE_AGENCY):
                yield "earm", self._file(child)

    def _file(self, child: Child) -> Sheet:
        clerk, card = self._clerk, self._clerk.card(child)
        reported = self._reported(child)
        home = child.home_on(reported)
        written = self._envelopes.write(home)
        cells = (
            self._ids.draw(), clerk.shown(card.a_number), card.family, card.given, card.born,
            card.sex, child.family.country.upper(), _counted_by(child.crossed, clerk),
            _counted_by(child.transferred, clerk), _office(child), written.line, written.city,
            written.state, written.zip, clerk.day(reported) if written.truth else "",
            *self._case(child),
        )  # fmt: skip
        return Sheet(cells, (About("CHILD", child.id, written.truth),))

    def _reported(self, child: Child) -> int:
        if self._rng.random() < ADDRESS_UPDATED:
            return self._rng.randint(child.released, AS_OF)
        return min(child.released + self._rng.randrange(6), AS_OF)

    def _case(self, child: Child) -> tuple[str, str, str, str, str]:
        """Appearance and its entry day, final order's day and Y or N, status."""
        if child.court is None:
            return "", "", "", "", "AWAITING NTA"
        if not child.court.hearings:
            return "", "", "", "", "NTA SERVED"
        last = child.court.hearings[-1]
        status, entered = self._appearance(last)
        if last.ordered and self._rng.random() < ORDER_ENTERED:
            return status, entered, iso(last.day), "Y", "FINAL ORDER"
        return status, entered, "", "", "IN PROCEEDINGS"

    def _appearance(self, hearing: Hearing) -> tuple[str, str]:
        missed = hearing.outcome == "FAILED_TO_APPEAR"
        share = ABSENCE_ENTERED if missed else PRESENCE_ENTERED
        if hearing.outcome == "CONTINUED" or self._rng.random() >= share:
            return "", ""
        entered = min(hearing.day + round(self._rng.expovariate(1 / LAG)), AS_OF)
        return hearing.outcome, iso(entered)


def _counted_by(day: int, clerk: Clerk) -> str:
    """A day by which ICE counted all its children: it is on every file.

    S: by fiscal year of transfer (Table 1), and those who crossed in 2021 (90,000 of whom had no
    notice).
    """
    # Drawn as for any day, so that what is drawn after it is as it was.
    clerk.day(day)
    return iso(day)


def _office(child: Child) -> str:
    """The office of the first release: S, an office knows how many children are its own.

    A: the file stays there when the child moves.
    """
    return child.home_on(child.released).address.town.office
