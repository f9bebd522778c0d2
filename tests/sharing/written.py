"""A world on paper, written to the graph as runs write it: all at once, and alike things together."""

import re
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any

from graph.connection import AsyncDoor
from tests.api.world import AGENCY, DAY, World
from tests.conftest import UNPUBLISHED, WIPED
from tests.sharing.paper import TABLES, Entry

_PARAMETER = re.compile(r"\$(\w+)")


async def write(
    door: AsyncDoor, entries: Iterable[Entry], more: str = "", **parameters: Any
) -> None:
    """In place of all that is there, the world that has these and nothing else, published.

    `more` is written to it afterwards. What is written in the same words is one statement, in the
    order of the entries; an entry comes after all that it is of.
    """
    alike = await _alike(entries)
    async with door.writing() as session:
        for text in (WIPED, UNPUBLISHED):
            await (await session.run(text)).consume()
        async with await session.begin_transaction() as transaction:
            for text, rows in alike:
                await (await transaction.run(text, rows=rows)).consume()
            if more:
                await (await transaction.run(more, parameters)).consume()


async def _alike(entries: Iterable[Entry]) -> list[tuple[str, list[dict[str, Any]]]]:
    """Texts with the rows of each, in the order in which they have to be written."""
    rows: dict[tuple[int, str], list[dict[str, Any]]] = {}
    places: dict[int, int] = {}
    place = 0

    async def keep(text: str, parameters: dict[str, Any]) -> None:
        rows.setdefault((place, text), []).append(parameters)

    world = World(keep)
    await world.publish()
    await world.a_model()
    await world.ran(DAY)
    for entry in entries:
        of = [places.get(one.number, 0) for one in entry.of]
        place = places[entry.number] = LAST if entry.kind == "sealed" else 1 + max(of, default=0)
        world._ids = count(entry.number * 100)
        await getattr(_Written(world), entry.kind)(entry, *entry.of, **entry.said)
    ordered = sorted(rows.items(), key=lambda item: item[0][0])
    return [(_for_each(text), of_text) for (_, text), of_text in ordered]


def _for_each(text: str) -> str:
    of_a_row = _PARAMETER.sub(r"row.\1", text)
    return f"UNWIND $rows AS row CALL (row) {{ {of_a_row} }}"


LAST = 10**6  # it is said of all that was written of her


class _Written:
    """How each kind of entry is written."""

    def __init__(self, world: World) -> None:
        self._world = world

    async def child(self, entry, **said):
        assert await self._world.a_child(**said) == entry.id

    async def within(self, _entry, child, *, scope):
        """A case and a referral are opened by people, to some until a day; others are of files."""
        opened = {}
        if scope.startswith(("case/", "referral/")):
            holder = "somebody" if scope == "referral/R2" else "walker"
            opened = {"holders": [holder], "opens_until": _in_an_hour()}
        await self._world.within(child.id, scope, **opened)

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

    async def stated(self, entry, child, record, *, does, **said):
        source, sharing = TABLES[record.said["table"]]
        said = {"source": source, "agency": AGENCY[source], "record": record.id, "id": entry.id,
                "sharingClass": sharing, "knownFrom": DAY, **said}  # fmt: skip
        await self._world._create(_STATED, child=child.id, record=record.id, does=does, of=said)

    async def noted(self, entry, *things, label, led, **said):
        said = {"id": entry.id, "key": entry.id, "sharingClass": entry.sharing, **said}
        await self._world._create("CREATE (n:$($label)) SET n = $of", label=label, of=said)
        for way, thing in zip(led, things, strict=True):
            await self._world._create(
                _LEADS, label=label, one=entry.id, way=way, other=thing.id,
                to=thing.said.get("label") or thing.kind.title(),
            )  # fmt: skip

    async def opened(self, entry, child):
        await self._world._create(
            _OPENED, id=f"break-glass/{entry.number}", child=child.id, until=_in_an_hour()
        )

    async def sealed(self, _entry, child):
        await self._world._create(_SEALED, child=child.id)

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


def _in_an_hour() -> datetime:
    return datetime.now(UTC) + timedelta(hours=1)


_STATED = (
    "MATCH (c:Child {id: $child}) MATCH (r:Record {keyVersion: $record})"
    " CREATE (c)-[f:$($does) {runFrom: $run, runUntil: $open}]->(r) SET f += $of"
)
_LEADS = "MATCH (one:$($label) {id: $one}) MATCH (other:$($to) {id: $other}) CREATE (one)-[:$($way)]->(other)"
_OPENED = (
    "MATCH (c:Child {id: $child}) CREATE (c)-[:WITHIN {id: 'w' + $id, runFrom: 0, runUntil: $open}]->"
    "(:Scope {id: $id, kind: 'BREAK_GLASS', holders: ['walker'], openedBy: 'walker', runFrom: 0,"
    " reason: 'She called.', key: $id, openedAt: datetime(), opensUntil: $until})"
)
# As graph.writes.sealing leaves it: she, her hearings, and the records that describe her.
_SEALED = (
    "MATCH (c:Child {id: $child}) SET c:Sealed"
    " WITH c OPTIONAL MATCH (c)-[:HAS_HEARING]->(h:Hearing) SET h:Sealed"
    " WITH DISTINCT c OPTIONAL MATCH (c)<-[:DESCRIBES]-(r:Record) SET r:Sealed"
    " WITH DISTINCT c MATCH (c)-[:HAS_BIOGRAPHICS]->(known) SET known.supersededIn = '000000000'"
)
_DESCRIBES = (
    "MATCH (r:Record {keyVersion: $record}) MATCH (p:Child|Sponsor {id: $person})"
    " CREATE (r)-[:DESCRIBES {role: toUpper(labels(p)[0]), matchWeight: 14.5, modelVersion: 'test',"
    " runFrom: $run, runUntil: $open}]->(p)"
)
