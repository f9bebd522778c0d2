"""The agencies that deliver: their tables, the days they cover, and the kind of clerk they have."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from random import Random
from typing import Protocol

from linkage.demo.paperwork import earm, eoir, nta, orr, planet, uscis, vor, worksheet
from linkage.demo.paperwork.clerk import Clerk
from linkage.demo.paperwork.sheet import Sheet
from linkage.demo.population.people import Population
from linkage.demo.windows import AS_OF, COMMON_FROM, EOIR_TO, PLANET_TO, iso

ORR_NUMBER_MISSING = 0.03  # A: releases without an A-number; 1 % elsewhere


class Papers(Protocol):
    def pages(self, population: Population) -> Iterator[tuple[str, Sheet]]: ...


@dataclass(frozen=True, slots=True)
class Agency:
    """One delivery: {table: (file, columns)}, and who writes it."""

    source: str
    tables: dict[str, tuple[str, list[str]]]
    papers: Callable[[Clerk], Papers]
    covers_to: int = AS_OF
    number_missing: float = 0.01  # A
    scans: bool = False
    number_form: str = "A{0}{1}{2}"  # A-numbers as this agency writes them, three digits at a time
    mapping: dict[str, str] = field(default_factory=dict)
    name: str = ""  # tells two deliveries of one source apart

    def clerk(self, rng: Random, noise: float, hide_a_numbers: float) -> Clerk:
        return Clerk(
            rng,
            noise=noise,
            hide_a_numbers=hide_a_numbers,
            number_missing=self.number_missing,
            scans=self.scans,
            number_form=self.number_form,
        )

    def manifest(self) -> dict[str, object]:
        said: dict[str, object] = {
            "source": self.source,
            "as_of": iso(AS_OF),
            "covers_from": iso(COMMON_FROM),
            "covers_to": iso(self.covers_to),
            "files": {table: file for table, (file, _) in self.tables.items()},
        }
        return said | ({"mapping": self.mapping} if self.mapping else {})


_COURT = {
    "eoir_case": ("eoir_case.csv", eoir.CASE),
    "eoir_proceeding": ("eoir_proceeding.csv", eoir.PROCEEDING),
    "eoir_schedule": ("eoir_schedule.csv", eoir.SCHEDULE),
    "eoir_juvenile": ("eoir_juvenile.csv", eoir.JUVENILE),
}
_ORR = {
    "orr_release": ("orr_release.csv", orr.RELEASE),
    "orr_contact": ("orr_contact.csv", orr.CONTACT),
}


def _office(city: str, prefix: str, file: str) -> Agency:
    return Agency(
        "LOCAL_WORKSHEET",
        {"worksheet": (file, worksheet.COLUMNS)},
        lambda clerk: worksheet.Worksheet(clerk, city, prefix),
        PLANET_TO,
        number_form="{1}{2}",  # offices leave out the noughts that all begin with
        mapping=worksheet.MAPPING,
        name=f"LOCAL_WORKSHEET {city}",
    )


AGENCIES = (
    Agency("EARM", {"earm": ("earm.csv", earm.COLUMNS)}, earm.Earm),
    Agency(
        "PLANET",
        {"planet": ("planet.csv.gz", planet.COLUMNS)},
        planet.Planet,
        PLANET_TO,
        number_form="{0}{1}{2}",
    ),
    Agency("EOIR", _COURT, eoir.Eoir, EOIR_TO),
    Agency("ORR", _ORR, orr.Orr, number_missing=ORR_NUMBER_MISSING, number_form="{0}-{1}-{2}"),
    Agency("VOR", {"vor": ("vor.csv", vor.COLUMNS)}, vor.Vor, scans=True),
    Agency(
        "NTA", {"nta": ("nta.csv", nta.COLUMNS)}, nta.Nta, scans=True, number_form="A {0} {1} {2}"
    ),
    Agency("USCIS", {"uscis_relief": ("uscis_relief.csv", uscis.COLUMNS)}, uscis.Uscis),
    # S: offices that the report names among those interviewed; A: that these two keep sheets.
    _office("Baltimore", "BAL-", "worksheet_baltimore.csv"),
    _office("Houston", "HOU-", "worksheet_houston.xlsx"),
)
