"""ORR's Verification of Release: a form filled in by hand, scanned, and filed by ICE."""

from collections.abc import Iterator

from linkage.demo.paperwork import rates
from linkage.demo.paperwork.clerk import Card, Clerk
from linkage.demo.paperwork.envelope import Envelopes
from linkage.demo.paperwork.sheet import About, Sheet
from linkage.demo.population.people import Child, Placement, Population, Sponsor
from linkage.demo.words import words

COLUMNS = words(
    "record_id a_number child_name child_dob release_date sponsor_name sponsor_relationship "
    "address city state zip phone"
)
ON_FILE = 0.97  # A: releases whose form reached ICE
FAMILY_NAME_FIRST = 0.25  # A: names written FAMILY, GIVEN
_OTHER_WORDS = {
    "Mother": ("mother", "Madre", "MOM", "Biological Mother"),
    "Father": ("father", "Padre", "DAD", "Biological Father"),
    "Brother": ("brother", "Hermano", "Adult Brother"),
    "Sister": ("sister", "Hermana", "Adult Sister"),
    "Uncle": ("uncle", "Tio", "Maternal Uncle", "Paternal Uncle"),
    "Aunt": ("aunt", "Tia", "Maternal Aunt", "Paternal Aunt"),
}


class Vor:
    def __init__(self, clerk: Clerk) -> None:
        self._clerk, self._rng = clerk, clerk.rng
        self._ids = clerk.ids("V", 9)
        self._envelopes = Envelopes(
            clerk, rates.RELEASE_PAPERS, unit_form="APTO {unit}", short=0.5, boxes=False, small=True
        )

    def pages(self, population: Population) -> Iterator[tuple[str, Sheet]]:
        for child in population.children:
            for placement in child.placements:
                if placement.sponsor and self._rng.random() < ON_FILE:
                    yield "vor", self._form(child, placement, placement.sponsor)

    def _form(self, child: Child, placement: Placement, sponsor: Sponsor) -> Sheet:
        clerk, card = self._clerk, self._clerk.card(child)
        written = self._envelopes.write(placement.household.home_on(placement.on))
        cells = (
            self._ids.draw(), clerk.shown(card.a_number), self._in_full(card), card.born,
            clerk.day(placement.on), self._in_full(clerk.card(sponsor)),
            self._relationship(placement.relationship), written.line,
            written.city, written.state, written.zip, self._phone(sponsor),
        )  # fmt: skip
        about = (
            About("CHILD", child.id, written.truth),
            About("SPONSOR", sponsor.id, written.truth),
        )
        return Sheet(cells, about)

    def _phone(self, sponsor: Sponsor) -> str:
        """By hand: 212-555-0142, (212) 555-0142, 212 555 0142 or 2125550142."""
        parts = self._clerk.phone(sponsor).split("-")
        form = self._rng.choice(("{}-{}-{}", "({}) {}-{}", "{} {} {}", "{}{}{}"))
        return form.format(*parts) if len(parts) == 3 else ""  # noqa: PLR2004 - area, 555, 01xx

    def _in_full(self, card: Card) -> str:
        if self._rng.random() < FAMILY_NAME_FIRST:
            return f"{card.family}, {card.given}"
        return f"{card.given} {card.family}".title()

    def _relationship(self, label: str) -> str:
        words = _OTHER_WORDS.get(label)
        if words and self._clerk.slips(rates.RELATIONSHIP_OTHER_WORDS):
            return self._rng.choice(words)
        return label
