"""The Notice to Appear, as ICE's copy has it."""

from collections.abc import Iterator

from linkage.demo.paperwork import rates
from linkage.demo.paperwork.clerk import Clerk
from linkage.demo.paperwork.envelope import Envelopes
from linkage.demo.paperwork.sheet import About, Sheet
from linkage.demo.population.people import Child, CourtLife, Home, Population
from linkage.demo.windows import AS_OF, iso
from linkage.demo.words import words

COLUMNS = words(
    "record_id a_number name date_of_birth nationality issued_by issued_date served_date "
    "service_method filed_date address city state zip"
)
GIVEN_NAMES_FIRST = 0.15  # A: names written GIVEN FAMILY, not FAMILY, GIVEN
SHELTER_ON_NOTICE = 0.12  # A: notices served in a facility that give the facility's address
TWICE = 0.01  # A: a notice typed again


class Nta:
    def __init__(self, clerk: Clerk) -> None:
        self._clerk, self._rng = clerk, clerk.rng
        self._ids = clerk.ids("N", 9)
        self._envelopes = Envelopes(
            clerk, rates.OTHER, unit_form="UNIT {dashed}", short=0.3, boxes=True
        )

    def pages(self, population: Population) -> Iterator[tuple[str, Sheet]]:
        for child in population.children:
            if child.court:
                yield "nta", self._notice(child, child.court)
                if self._clerk.slips(TWICE):
                    yield "nta", self._notice(child, child.court)

    def _address(self, child: Child, court: CourtLife) -> Home:
        """Where the notice says the child lives: the sponsor's, or still the shelter's."""
        in_care = court.method == "FACILITY_PERSON_IN_CHARGE"
        if child.shelter and in_care and self._rng.random() < SHELTER_ON_NOTICE:
            return Home(court.served, child.shelter)
        return child.home_on(max(court.served, child.released))

    def _notice(self, child: Child, court: CourtLife) -> Sheet:
        clerk, card = self._clerk, self._clerk.card(child)
        written = self._envelopes.write(self._address(child, court))
        name = f"{card.family}, {card.given}"
        if self._rng.random() < GIVEN_NAMES_FIRST:
            name = f"{card.given} {card.family}"
        filed = clerk.day(court.filed) if court.filed <= AS_OF else ""
        cells = (
            self._ids.draw(), clerk.shown(card.a_number), name, card.born,
            child.family.country.upper(), court.issued_by, clerk.day(court.issued),
            _served(court, clerk), court.method, filed, written.line, written.city,
            written.state, written.zip,
        )  # fmt: skip
        return Sheet(cells, (About("CHILD", child.id, written.truth),))


def _served(court: CourtLife, clerk: Clerk) -> str:
    """The day of service, now and then a little off, and on every notice.

    S: ICE counted those whom it had not served, so it knows of each whether it had.
    """
    return clerk.day(court.served) or iso(court.served)
