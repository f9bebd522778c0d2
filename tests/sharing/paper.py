"""A world as a plain list of what is in it, so that it can be reckoned with before it is written.

What is left out of a list changes no id of what stays: ids are made of an entry's number.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from graph.vocabulary.evidence import SharingClass
from graph.vocabulary.identifiers import public_id

COURT, ENFORCEMENT, RELEASE, SPONSOR_VETTING, WELFARE, RELIEF = SharingClass
# Of each table: its system, and what its records are origin of.
TABLES = {
    "earm": ("EARM", ENFORCEMENT),
    "planet": ("PLANET", ENFORCEMENT),
    "nta": ("NTA", ENFORCEMENT),
    "worksheet": ("LOCAL_WORKSHEET", ENFORCEMENT),
    "eoir_case": ("EOIR", COURT),
    "eoir_proceeding": ("EOIR", COURT),
    "eoir_schedule": ("EOIR", COURT),
    "eoir_juvenile": ("EOIR", COURT),
    "orr_release": ("ORR", RELEASE),
    "vor": ("VOR", RELEASE),
    "orr_contact": ("ORR", WELFARE),
    "uscis_relief": ("USCIS", RELIEF),
}
# Of each class: the paper that an address of it stands in, and the table of its record.
PAPERS = {
    COURT: ("COURT_FILE", "eoir_case"),
    ENFORCEMENT: ("ENFORCEMENT_FILE", "earm"),
    RELEASE: ("VERIFICATION_OF_RELEASE", "vor"),
    SPONSOR_VETTING: ("RELEASE", "orr_release"),
    WELFARE: ("CALL_CONFIRMED", "orr_contact"),
    RELIEF: ("NOTICE_TO_APPEAR", "uscis_relief"),
}


@dataclass(frozen=True, eq=False)
class Entry:
    """One thing of the world: of what kind, its id, what is said of it, and whom it is about."""

    number: int
    kind: str
    id: str
    said: Mapping[str, Any]
    of: tuple["Entry", ...] = ()
    sharing: SharingClass | None = None

    def __repr__(self) -> str:
        return f"{self.kind} {self.number}"


class Paper:
    """What is in a world, in the order in which it came to be written down."""

    def __init__(self) -> None:
        self.entries: list[Entry] = []

    def _add(self, kind, /, *of, makes_id=None, sharing=None, **said) -> Entry:
        number = len(self.entries) + 1
        # As `World` makes ids of its own count.
        made = makes_id(number) if makes_id else public_id(kind, f"test 1 {number * 100}")
        entry = Entry(number, kind, made, said, of, sharing)
        self.entries.append(entry)
        return entry

    def child(self, *scopes: str, **said) -> Entry:
        child = self._add("child", **said)
        for scope in scopes:
            self._add("within", child, scope=scope)
        return child

    def sponsor(self, **said) -> Entry:
        return self._add("sponsor", **said)

    def address(self, line1, **said) -> Entry:
        return self._add("address", line1=line1, **said)

    def record(self, table, *people: Entry, **said) -> Entry:
        """A record about a child, a sponsor or both; the first is whom it was first of."""
        source, sharing = TABLES[table]
        return self._add(
            "record", *people, sharing=sharing, source=source, table=table,
            makes_id=lambda number: f"{source}/{table}/1-{number * 100}/v1", **said,
        )  # fmt: skip

    def stay(self, person, address, sharing, **said) -> Entry:
        """Somebody is said to live somewhere, by a record of their own."""
        paper, table = PAPERS[sharing]
        record = said.pop("record", None) or self.record(table, person)
        source, _ = TABLES[table]
        said = {"kind": paper, "source": source, **said}
        return self._add("fact", person, address, record, sharing=sharing, does="lives_at", **said)

    def release(self, child, sponsor, **said) -> Entry:
        record = self.record("orr_release", child, sponsor)
        return self._add(
            "fact", child, sponsor, record, sharing=RELEASE, does="released_to", **said
        )

    def hearing(self, child, court, day, *words) -> Entry:
        hearing = self._add("hearing", child, court=court, day=day)
        for table, appearance in words:
            record = self.record(table, child)
            sharing = TABLES[table][1]
            self._add("word", hearing, record, sharing=sharing, appearance=appearance, day=day)
        return hearing

    def stated(self, child, table, does, **said) -> Entry:
        """What one record says of her alone, as `CONTACT_STATED_IN`."""
        record = self.record(table, child)
        return self._add("stated", child, record, sharing=record.sharing, does=does, **said)

    def noted(self, label, sharing=None, /, *ways: tuple[str, Entry], **said) -> Entry:
        """What people recorded, or what follows of it: a node of that kind, and whither it leads."""
        led, things = [way for way, _ in ways], [thing for _, thing in ways]
        return self._add("noted", *things, makes_id=lambda number: f"{label.lower()}_{number}",
                         sharing=sharing, label=label, led=led, **said)  # fmt: skip

    def opened(self, child) -> Entry:
        """Whoever walks here broke the glass for her."""
        return self._add("opened", child)

    def sealed(self, child) -> Entry:
        return self._add("sealed", child)

    def pair(self, left, right, **said) -> Entry:
        return self._add("pair", left, right, **said)

    def judgement(self, left, right, verdict, *, conflict=None, **said) -> Entry:
        judgement = self._add("judgement", left, right, verdict=verdict, **said)
        self._add("heeds", judgement, conflict=conflict)
        return judgement

    def joined(self, person, records, pairs) -> Entry:
        """`pairs` are of records, each with the rest of its line."""
        return self._add("evidence", person, *records, pairs=pairs)

    def merger(self, former, heir, *records) -> Entry:
        self._add("redirect", former, heir)
        return self._add("event", former, heir, *records)

    def public_releases(self, state, year, how_many) -> Entry:
        return self._add("release", state=state, fiscal_year=year, how_many=how_many)
