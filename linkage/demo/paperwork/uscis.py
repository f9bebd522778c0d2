"""USCIS: petitions for relief."""

from collections.abc import Iterator

from linkage.demo.paperwork.clerk import Clerk
from linkage.demo.paperwork.sheet import About, Sheet
from linkage.demo.population.people import Child, Population
from linkage.demo.windows import AS_OF
from linkage.demo.words import words

COLUMNS = words(
    "record_id a_number last_name first_name date_of_birth form filed_date status decided_date"
)
ASKED = {True: 0.30, False: 0.06}  # A: by whether a notice was served
SPECIAL_JUVENILE = 0.55  # A: petitions that are an I-360, the rest I-589
DECIDED, GRANTED = 0.45, 0.8  # A


class Uscis:
    def __init__(self, clerk: Clerk) -> None:
        self._clerk, self._rng = clerk, clerk.rng
        self._ids = clerk.ids("U", 9)

    def pages(self, population: Population) -> Iterator[tuple[str, Sheet]]:
        for child in population.children:
            filed = child.released + self._rng.randrange(60, 700)
            if self._rng.random() < ASKED[child.court is not None] and filed <= AS_OF:
                yield "uscis_relief", self._petition(child, filed)

    def _petition(self, child: Child, filed: int) -> Sheet:
        clerk, card = self._clerk, self._clerk.card(child)
        form = "I-360" if self._rng.random() < SPECIAL_JUVENILE else "I-589"
        decided = filed + self._rng.randrange(90, 900)
        status = "PENDING"
        if decided <= AS_OF and self._rng.random() < DECIDED:
            status = "GRANTED" if self._rng.random() < GRANTED else "DENIED"
        cells = (
            self._ids.draw(), clerk.shown(card.a_number), card.family.title(), card.given.title(),
            card.born, form, clerk.day(filed), status,
            clerk.day(decided) if status != "PENDING" else "",
        )  # fmt: skip
        return Sheet(cells, (About("CHILD", child.id),))
