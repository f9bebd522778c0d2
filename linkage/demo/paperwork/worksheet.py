"""Field offices' own spreadsheets: who had a hearing, who came, where they were last known."""

from collections.abc import Iterator

from linkage.demo.paperwork import rates
from linkage.demo.paperwork.clerk import Clerk
from linkage.demo.paperwork.envelope import Envelopes
from linkage.demo.paperwork.sheet import About, Sheet
from linkage.demo.population.people import Child, CourtLife, Hearing, Population

# Their own headings, and what the manifest says that they stand for.
MAPPING = {
    "No.": "record_id",
    "A#": "a_number",
    "Name": "name",
    "DOB": "date_of_birth",
    "Hrg": "hearing_date",
    "Ct": "court",
    "Appeared?": "appearance",
    "Addr": "address",
    "City": "city",
    "ST": "state",
    "Zip": "zip",
    "Remarks": "note",
}
COLUMNS = [*MAPPING, "Officer"]  # a heading that nobody mapped is kept, and not used
ON_THE_SHEET = 0.8  # A: hearings of the office's children that somebody wrote down
ADDRESS_CHECKED = 0.4  # A: rows whose officer looked the address up that day
_SAID = {
    "APPEARED": ("Y", "Yes", "Appeared", ""),
    "FAILED_TO_APPEAR": ("N", "FTA", "No", "FTA"),
    "CONTINUED": ("cont", "Reset", ""),
}
_REMARKS = ("", "", "", "", "called sponsor", "left msg", "mail returned", "new atty")
_OFFICERS = ("unit 1", "unit 2", "juv. coord.")


class Worksheet:
    """One office's sheet."""

    def __init__(self, clerk: Clerk, office: str, prefix: str) -> None:
        self._clerk, self._rng, self._office = clerk, clerk.rng, office
        self._ids = clerk.ids(prefix, 6)
        self._envelopes = Envelopes(
            clerk, rates.OTHER, unit_form="# {unit}", short=0.9, boxes=False, small=True
        )

    def pages(self, population: Population) -> Iterator[tuple[str, Sheet]]:
        for child in population.children:
            for hearing in child.court.hearings if child.court else ():
                here = child.home_on(hearing.day).address.town.office == self._office
                if child.court and here and self._rng.random() < ON_THE_SHEET:
                    yield "worksheet", self._line(child, child.court, hearing)

    def _line(self, child: Child, court: CourtLife, hearing: Hearing) -> Sheet:
        clerk, card = self._clerk, self._clerk.card(child)
        checked = self._rng.random() < ADDRESS_CHECKED
        written = self._envelopes.write(child.home_on(hearing.day if checked else child.released))
        cells = (
            self._ids.draw(), clerk.shown(card.a_number), f"{card.family}, {card.given}".title(),
            card.born, clerk.day(hearing.day), court.base_city,
            self._rng.choice(_SAID[hearing.outcome]), written.line, written.city,
            written.state, written.zip, self._rng.choice(_REMARKS), self._rng.choice(_OFFICERS),
        )  # fmt: skip
        return Sheet(cells, (About("CHILD", child.id, written.truth),))
