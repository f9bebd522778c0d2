"""The world of the walk: of every kind of thing something that somebody may see and another not."""

from datetime import date
from typing import Any

from tests.sharing.paper import (
    COURT,
    ENFORCEMENT,
    RELEASE,
    RELIEF,
    SPONSOR_VETTING,
    TABLES,
    WELFARE,
    Entry,
    Paper,
)
from tests.sharing.recorded import followed, papers_on, words_on

DAY = date(2024, 3, 1)
HERS = ("office/HOUSTON", "docket/HOU", "provider/P1", "case/C1", "referral/R1")
OTHERS = ("office/MIAMI", "docket/MIA", "provider/P2", "case/C2", "referral/R2")
MIXED = ("office/HOUSTON", "docket/MIA", "provider/P1", "case/C2", "referral/R1")


class Seeded:
    """`paper` has the world; the attributes are whom and what is asked about by name."""

    def __init__(self) -> None:
        self.paper = Paper()
        self._people()
        self._only_children()
        self._households()
        self._court()
        self._review()
        self._recorded()
        self._sealed()
        self.paper.public_releases("TX", 2021, 2)

    def _people(self) -> None:
        paper = self.paper
        self.ana = paper.child(*HERS, a_number="A000000101", given_names="Ana")
        self.luz = paper.child(*OTHERS, a_number="A000000102", given_names="Luz")
        self.mia = paper.child(*MIXED, a_number="A000000103", given_names="Mia")
        self.ida = paper.child(a_number="A000000104", given_names="Ida")
        self.nora = paper.child(*OTHERS, a_number="A000000105", given_names="Nora")
        paper.record("orr_release", self.nora)
        paper.opened(self.nora)
        self.sue = paper.child(*HERS, a_number="A000000106", given_names="Sue")
        self.marta = paper.sponsor(given_names="Marta")
        self.pedro = paper.sponsor(given_names="Pedro", phones=("555-0102",))
        self.olga = paper.sponsor(given_names="Olga", phones=("555-0103",))
        self.vera = paper.sponsor(given_names="Vera", phones=("555-0101",))

    def _only_children(self) -> None:
        """Children known to one class alone, and each with a home that only it knows of."""
        paper = self.paper
        self.only = {}
        classes = (COURT, ENFORCEMENT, RELEASE, WELFARE, RELIEF)
        for number, sharing in enumerate(classes, start=111):
            name = sharing.value.title()
            child = paper.child(*HERS, a_number=f"A000000{number}", given_names=name)
            home = paper.address(f"{number} Elm St", city=name)
            paper.stay(child, home, sharing)
            self.only[sharing] = child
        self.vetted = paper.address("119 Elm St", city="Vetting")
        paper.stay(self.vera, self.vetted, SPONSOR_VETTING)

    def _households(self) -> None:
        paper = self.paper
        home, next_door = (
            paper.address("12 Oak St", unit="2B"),
            paper.address("12 Oak St", unit="2C"),
        )
        above = paper.address("12 Oak St", unit="3A")
        self.home, self.above = home, above
        paper.release(self.ana, self.pedro, released_on=date(2023, 1, 5), until=date(2024, 2, 1))
        paper.release(self.ana, self.marta, released_on=date(2024, 2, 1))
        paper.release(self.luz, self.marta, released_on=date(2024, 2, 1))
        paper.release(self.mia, self.olga)
        paper.release(self.ida, self.olga)
        paper.release(self.only[RELEASE], self.pedro)
        for sharing in (COURT, ENFORCEMENT, RELEASE, WELFARE, RELIEF):
            own = paper.address(f"{len(paper.entries)} Ash St", city="Austin")
            paper.stay(self.ana, own, sharing, reported_on=date(2024, 1, len(sharing)))
        for child, address, sharing in (
            (self.ana, home, RELEASE),
            (self.luz, home, RELEASE),
            (self.luz, home, ENFORCEMENT),
            (self.mia, next_door, COURT),
            (self.mia, above, WELFARE),
            (self.ida, next_door, ENFORCEMENT),
            (self.ida, above, RELEASE),
        ):
            paper.stay(child, address, sharing)
        paper.stay(self.marta, home, SPONSOR_VETTING)
        paper.stay(self.marta, paper.address("77 Fir St"), SPONSOR_VETTING)
        paper.stay(self.olga, above, RELEASE)
        paper.stay(self.pedro, above, SPONSOR_VETTING)

    def _court(self) -> None:
        paper = self.paper
        missed, came = ("eoir_schedule", "FAILED_TO_APPEAR"), ("planet", "APPEARED")
        set_down = ("eoir_schedule", "SCHEDULED")
        self.missed_by_ana = paper.hearing(self.ana, "HOU", DAY, missed, came)
        paper.hearing(self.ana, "MIA", date(2024, 9, 2), set_down)
        self.missed_by_luz = paper.hearing(self.luz, "MIA", DAY, missed)
        paper.hearing(self.mia, "MIA", date(2024, 4, 1), came)
        paper.hearing(self.ida, "HOU", DAY, missed)
        self.hers_alone = paper.hearing(self.only[COURT], "HOU", date(2024, 5, 1), missed)

    def _review(self) -> None:
        paper = self.paper
        number = {"a_number": "A000000101"}
        self.records = {table: paper.record(table, self.ana, **number) for table in TABLES}
        self.other = other = {
            table: paper.record(table, self.luz, **number) for table in ("earm", "eoir_case", "vor")
        }
        hers = self.records
        judged = paper.judgement(hers["earm"], hers["vor"], "SAME")
        paper.joined(
            self.ana,
            [hers["earm"], hers["eoir_case"], hers["vor"], hers["uscis_relief"]],
            [
                (hers["earm"], hers["eoir_case"], "2.000000 1,2,0"),
                (hers["vor"], hers["uscis_relief"], "5.000000 1,1,0"),
                (hers["earm"], hers["vor"], f"SAME {judged.id}"),
            ],
        )
        paper.pair(hers["earm"], other["earm"], stake=9, stakes=["CONFLICT", "TWO_SPONSORS"])
        paper.pair(hers["eoir_case"], other["earm"], weight=2.0, stake=20,
                   stakes=["FAILED_TO_APPEAR"], moved=3, followed=1)  # fmt: skip
        paper.pair(hers["vor"], other["eoir_case"], weight=-1.0)
        paper.pair(self._record_of(self.mia), self._record_of(self.ida), weight=-9.0,
                   levels=(6, 3, 2), decision="APART", why="HELD_APART_BY_NAMES")  # fmt: skip
        paper.pair(hers["vor"], other["vor"], stake=20, stakes=["FAILED_TO_APPEAR"], moved=4)
        paper.pair(hers["uscis_relief"], other["vor"], weight=3.0, stake=1, moved=2, followed=1)
        paper.judgement(hers["earm"], other["earm"], "UNSURE")
        paper.judgement(hers["orr_contact"], other["vor"], "UNSURE")
        paper.judgement(hers["eoir_case"], other["eoir_case"], "DIFFERENT", conflict="conflict_x")
        paper.judgement(hers["nta"], other["earm"], "SAME", conflict="conflict_x")
        self.former = paper.child(*HERS, given_names="Anna")
        paper.merger(self.former, self.ana, hers["eoir_case"], hers["vor"])

    def _recorded(self) -> None:
        paper = self.paper
        self.concerns = []
        for number, child in enumerate((self.ana, self.luz, self.mia, self.ida, self.nora)):
            papers_on(paper, child, number)
        for number, (only, child) in enumerate(self.only.items(), start=5):
            papers_on(paper, child, number, only)
        for child in (self.ana, self.luz, self.mia, self.only[COURT], self.only[ENFORCEMENT]):
            self.concerns += words_on(paper, child, self.home)
        evidence = [self.home, self.vetted, self.records["earm"], self.records["vor"]]
        self.follow_ups = [
            followed(paper, self.missed_by_ana, evidence, COURT),
            followed(paper, self.missed_by_luz, evidence, COURT, ENFORCEMENT),
            followed(paper, self.hers_alone, evidence, ENFORCEMENT),
        ]

    def _sealed(self) -> None:
        """Somebody who is there for no role but the privacy officer's, with all that others have."""
        paper, sue = self.paper, self.sue
        paper.release(sue, self.marta, released_on=date(2024, 2, 1))
        for sharing in (COURT, ENFORCEMENT, RELEASE, WELFARE, RELIEF):
            paper.stay(sue, self.home, sharing)
        missed = paper.hearing(sue, "HOU", DAY, ("eoir_schedule", "FAILED_TO_APPEAR"))
        papers_on(paper, sue, 20)
        self.concerns += words_on(paper, sue, self.home)
        self.follow_ups.append(followed(paper, missed, [self.home, self.records["earm"]], COURT))
        paper.sealed(sue)

    def named(self) -> dict[str, str]:
        """Ids by the names that attempts have for them."""
        hers = self.records
        return {
            "ana": self.ana.id, "luz": self.luz.id, "mia": self.mia.id, "ida": self.ida.id,
            "marta": self.marta.id, "pedro": self.pedro.id, "olga": self.olga.id,
            "vera": self.vera.id, "former": self.former.id, "court": self.only[COURT].id,
            "home": self.home.id, "above": self.above.id, "vetted": self.vetted.id,
            "hearing": self.hers_alone.id, "hidden_hearing": self.missed_by_luz.id,
            "hers": hers["earm"].id, "record": hers["eoir_case"].id, "vor": hers["vor"].id,
            "relief": hers["uscis_relief"].id, "hidden_record": self.other["earm"].id,
            "followUp": self.follow_ups[1].id, "reference": f"reference-{self.follow_ups[1].number}",
            "concern": self.concerns[0].id,
        }  # fmt: skip

    def given(self) -> dict[str, list[Any]]:
        """With what each variable of a question is asked."""
        ids: dict[str, list[str]] = {}
        for entry in self.paper.entries:
            ids.setdefault(entry.kind, []).append(entry.id)
        hers = self.records
        return {
            "ids": _by_hundred([one for kind in _THINGS for one in ids[kind]]),
            "one": [self.luz.id],
            "child": [self.ana.id, self.luz.id, self.sue.id],
            "far": [self.olga.id],
            "sponsor": [self.marta.id, self.vera.id], "address": [self.home.id, self.vetted.id],
            "number": ["A000000101", "A000000102"], "name": ["Ana Reyes"],
            "found": ["Ana Reyes 2009 Houston TX"],
            "sponsorName": ["Marta Lopez"], "street": ["12 Oak St"],
            "court": ["HOU", "MIA"], "state": ["TX"],
            "left": [hers["earm"].id, hers["vor"].id], "right": [hers["eoir_case"].id],
            "concern": [one.id for one in self.concerns],
            "followUp": [one.id for one in self.follow_ups],
            "reference": [f"reference-{one.number}" for one in (*self.concerns, *self.follow_ups)],
        }  # fmt: skip

    def _record_of(self, person: Entry) -> Entry:
        return next(
            one for one in self.paper.entries if one.kind == "record" and one.of[0] is person
        )


_THINGS = ("child", "sponsor", "address", "hearing", "record")


def _by_hundred(ids: list[str]) -> list[list[str]]:
    return [ids[place : place + 100] for place in range(0, len(ids), 100)]
