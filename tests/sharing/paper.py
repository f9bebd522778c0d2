"""A world as a plain list of what is in it, so that it can be reckoned with before it is written.

What is left out of a list changes no id of what stays: ids are made of an entry's number.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import count
from typing import Any

from graph.vocabulary.evidence import SharingClass
from graph.vocabulary.identifiers import public_id
from tests.api.world import DAY, World

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


async def write(world: World, entries: Iterable[Entry]) -> None:
    """The world that has these, and nothing else."""
    await world.a_model()
    await world.ran(DAY)
    for entry in entries:
        world._ids = count(entry.number * 100)
        await getattr(_Written(world), entry.kind)(entry, *entry.of, **entry.said)


class _Written:
    """How each kind of entry is written."""

    def __init__(self, world: World) -> None:
        self._world = world

    async def child(self, entry, **said):
        assert await self._world.a_child(**said) == entry.id

    async def within(self, _entry, child, *, scope):
        await self._world.within(child.id, scope)

    async def sponsor(self, entry, **said):
        assert await self._world.a_sponsor(**said) == entry.id

    async def address(self, entry, **said):
        assert await self._world.an_address(**said) == entry.id

    async def record(self, entry, *people, **said):
        first, *others = people
        assert await self._world.a_record(of=first.id, **said) == entry.id
        for person in others:
            await self._world._create(_DESCRIBES, record=entry.id, person=person.id)

    async def fact(self, entry, one, other, record, *, does, **said):
        write = getattr(self._world, does)
        made = await write(one.id, other.id, record=record.id, sharing=entry.sharing, **said)
        assert made == entry.id

    async def hearing(self, entry, child, **said):
        assert await self._world.a_hearing(child.id, words=(), **said) == entry.id

    async def word(self, entry, hearing, record, *, appearance, day):
        source, sharing = TABLES[record.said["table"]]
        world = self._world
        world._ids = count(entry.number * 100)
        await world.reports(
            record.id, hearing.id, appearance, source=source, day=day, sharing=sharing
        )

    async def pair(self, _entry, left, right, **said):
        await self._world.a_pair(left.id, right.id, **said)

    async def judgement(self, entry, left, right, *, verdict, **said):
        assert await self._world.a_judgement(left.id, right.id, verdict, **said) == entry.id

    async def heeds(self, _entry, judgement, *, conflict):
        await self._world.heeds(judgement.id, conflict)

    async def evidence(self, _entry, person, *records, pairs):
        keys = sorted(record.id for record in records)
        lines = []
        for one, other, rest in pairs:
            near, far = sorted((keys.index(one.id), keys.index(other.id)))
            lines.append(f"{near} {far} {rest}")
        await self._world.joined_by(person.id, keys, lines)

    async def redirect(self, _entry, former, heir):
        await self._world.redirects(former.id, heir.id)

    async def event(self, _entry, former, heir, *records):
        await self._world.an_event(
            "MERGED", [former.id, heir.id], [heir.id],
            records=[record.id for record in records], homes=[heir.id] * len(records),
        )  # fmt: skip

    async def release(self, _entry, *, state, fiscal_year, how_many):
        await self._world.public_releases(state, fiscal_year, how_many)


_DESCRIBES = (
    "MATCH (r:Record {keyVersion: $record}) MATCH (p:Child|Sponsor {id: $person})"
    " CREATE (r)-[:DESCRIBES {role: toUpper(labels(p)[0]), matchWeight: 14.5, modelVersion: 'test',"
    " runFrom: $run, runUntil: $open}]->(p)"
)
