"""EOIR's case file: the case, its proceeding, its hearings, and the juvenile flag."""

from collections.abc import Iterator

from linkage.demo.paperwork import rates
from linkage.demo.paperwork.clerk import Card, Clerk
from linkage.demo.paperwork.envelope import Envelopes, Written
from linkage.demo.paperwork.sheet import About, Sheet
from linkage.demo.population.people import Child, CourtLife, Hearing, Population
from linkage.demo.windows import AS_OF, EOIR_TO, iso
from linkage.demo.words import words

CASE = words(
    "IDNCASE NAT LANG CUSTODY C_BIRTHDATE GENDER DATE_OF_ENTRY ALIEN_CITY ALIEN_STATE "
    "ALIEN_ZIPCODE UPDATED_CITY UPDATED_STATE UPDATED_ZIPCODE ADDRESS_CHANGEDON A_NUMBER NAME "
    "BIRTHDATE ALIEN_ADDRESS"
)
PROCEEDING = words(
    "IDNPROCEEDING IDNCASE OSC_DATE INPUT_DATE BASE_CITY_CODE HEARING_LOC_CODE HEARING_DATE "
    "DEC_CODE COMP_DATE ABSENTIA"
)
SCHEDULE = words(
    "IDNSCHEDULE IDNPROCEEDING IDNCASE CAL_TYPE ADJ_DATE ADJ_TIME_START ADJ_RSN NOTICE_CODE"
)
JUVENILE = words("idnJuvenileHistory idnCase idnProceeding idnJuvenile")

CITY_LENGTH = 15  # S: where EOIR's field ends
BIRTH_MISSING, ENTRY_MISSING, SEX_MISSING, HEARING_MISSING = 0.24, 0.26, 0.262, 0.162  # S
FULL_BIRTH = 0.6  # A: internal files with the whole date of birth
ZIP_SPOILT = 0.02  # A: leading zero lost, or the +4 run on
TOLD_THE_COURT = 0.35  # A: moves after which a change of address was filed
UNACCOMPANIED, JUVENILE_FLAG = "4", "1"  # FORMATS.md: 4 UJ, 1 J
FLAGGED_JUVENILE = 0.2  # A: unaccompanied children flagged as juveniles only
_ADJOURNED = {"FAILED_TO_APPEAR": ("11",), "CONTINUED": ("01", "02", "13"), "APPEARED": ("17", "")}
_TIMES = ("0830", "0900", "1000", "1300", "1330")
_NATIONALITY = {
    "Guatemala": "GT", "Honduras": "HO", "El Salvador": "ES", "Mexico": "MX", "Ecuador": "EC",
    "Nicaragua": "NU", "India": "IN", "Venezuela": "VE", "Cuba": "CU", "Colombia": "CO",
    "Peru": "PE", "Haiti": "HA", "Dominican Republic": "DR", "Costa Rica": "CS",
}  # fmt: skip
_LANGUAGES = {"LATIN": ("SP",), "MAYAN": ("SP", "MAM", "QUI", "KEK", "IXL"), "HAITIAN": ("CRE",)}


class Eoir:
    def __init__(self, clerk: Clerk) -> None:
        self._clerk, self._rng = clerk, clerk.rng
        self._cases, self._proceedings = clerk.ids("", 8), clerk.ids("", 8)
        self._schedules, self._histories = clerk.ids("", 9), clerk.ids("", 7)
        self._envelopes = Envelopes(
            clerk, rates.COURT, unit_form="APT. {unit}", short=0.9, boxes=True
        )

    def pages(self, population: Population) -> Iterator[tuple[str, Sheet]]:
        for child in population.children:
            if child.court and child.court.filed <= EOIR_TO:
                yield from self._file(child, child.court)
                if self._clerk.slips(rates.TWICE_IN_ONE_AGENCY):
                    # Opened twice by mistake: the second file never gets further than the case.
                    yield "eoir_case", self._case(child, child.court, self._cases.draw())

    def _file(self, child: Child, court: CourtLife) -> Iterator[tuple[str, Sheet]]:
        case, proceeding = self._cases.draw(), self._proceedings.draw()
        held = [hearing for hearing in court.hearings if hearing.day <= EOIR_TO]
        yield "eoir_case", self._case(child, court, case)
        yield "eoir_proceeding", Sheet((proceeding, case, *self._proceeding(court, held)))
        for at, hearing in enumerate(held):
            yield "eoir_schedule", self._hearing(hearing, at, proceeding, case)
        kind = JUVENILE_FLAG if self._rng.random() < FLAGGED_JUVENILE else UNACCOMPANIED
        yield "eoir_juvenile", Sheet((self._histories.draw(), case, proceeding, kind))

    def _case(self, child: Child, court: CourtLife, case: str) -> Sheet:
        clerk, card = self._clerk, self._clerk.card(child)
        written = self._envelopes.write(child.home_on(max(court.served, child.released)))
        cells = (
            case, _NATIONALITY[child.family.country], self._language(child.family.culture),
            "R", *self._person(child, card), *self._place(written), *self._moved(child, court),
            clerk.shown(card.a_number), f"{card.family}, {card.given}",
            card.born if self._rng.random() < FULL_BIRTH else "", written.line,
        )  # fmt: skip
        return Sheet(cells, (About("CHILD", child.id, written.truth),))

    def _person(self, child: Child, card: Card) -> tuple[str, str, str]:
        """Month and year of birth, sex, day of entry."""
        slips = self._clerk.slips
        year, month = card.born[:4], card.born[5:7].lstrip("0")
        return (
            "" if not card.born or slips(BIRTH_MISSING) else f"{month}/{year}",
            "" if slips(SEX_MISSING) else card.sex,
            _stamp(self._clerk.day(child.crossed, missing=ENTRY_MISSING)),
        )

    def _language(self, culture: str) -> str:
        return self._rng.choice(_LANGUAGES.get(culture, ("PUN", "GUJ")))

    def _place(self, written: Written) -> tuple[str, str, str]:
        return written.city[:CITY_LENGTH].rstrip(), written.state, self._zip(written.zip)

    def _zip(self, code: str) -> str:
        if not code or not self._clerk.slips(ZIP_SPOILT):
            return code
        return code[1:] if code.startswith("0") else f"{code}{self._rng.randrange(10_000):04d}"

    def _moved(self, child: Child, court: CourtLife) -> tuple[str, str, str, str]:
        """The last move that the court was told of: city, state, ZIP, the day it was changed."""
        filed = max(court.served, child.released)
        homes = child.placements[-1].household.homes
        moves = [home for home in homes if home.since > filed]
        if not moves or self._rng.random() >= TOLD_THE_COURT:
            return "", "", "", ""
        home = moves[-1]
        changed = min(home.since + self._rng.randrange(5, 90), AS_OF)
        return *self._place(self._envelopes.write(home)), _stamp(iso(changed))

    def _proceeding(self, court: CourtLife, held: list[Hearing]) -> tuple[str, ...]:
        last = held[-1] if held else None
        ordered = last is not None and last.ordered
        return (
            _stamp(self._clerk.day(court.issued)), _stamp(self._clerk.day(court.filed)),
            court.base_city, court.docket,
            _stamp(self._clerk.day(last.day, missing=HEARING_MISSING)) if last else "",
            "X" if ordered else "", _stamp(iso(last.day)) if last and ordered else "",
            "Y" if ordered else "N",
        )  # fmt: skip

    def _hearing(self, hearing: Hearing, at: int, proceeding: str, case: str) -> Sheet:
        day = min(self._clerk.day(hearing.day, missing=0.0), iso(EOIR_TO))
        why = self._rng.choice(_ADJOURNED[hearing.outcome])
        time = self._rng.choice(_TIMES)
        kind = "I" if at > 1 else "M"
        return Sheet((self._schedules.draw(), proceeding, case, kind, _stamp(day), time, why, ""))


def _stamp(day: str) -> str:
    """A day as EOIR's extracts have it, with a time that means nothing."""
    return f"{day} 00:00:00.000" if day else ""
