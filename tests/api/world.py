"""A small world of synthetic people, written as runs write it; each thing takes what a test is
about and is unremarkable otherwise."""

from collections.abc import Awaitable, Callable
from datetime import UTC, date, datetime, time
from itertools import count
from typing import Any

from graph.vocabulary.evidence import STILL_HOLDS, SharingClass
from graph.vocabulary.identifiers import public_id
from graph.vocabulary.notices import NoticeKind
from graph.vocabulary.origins import letter_of
from graph.writes.notices import RAISE, raised
from tests.api.world_of_review import WorldOfReview

Write = Callable[[str, dict[str, Any]], Awaitable[None]]

AGENCY = {
    "EARM": "ICE_ERO", "PLANET": "ICE_OPLA", "EOIR": "EOIR", "ORR": "ORR", "VOR": "ORR",
    "NTA": "ICE_OPLA", "USCIS": "USCIS", "LOCAL_WORKSHEET": "FIELD_OFFICE",
}  # fmt: skip
DAY = date(2024, 3, 1)


def _words(said):
    """Words of the index by class, and whole names: each after the letter of those who say it."""
    return [
        letter_of(by) + word
        for text, by in (said or {}).items()
        for word in (*text.split(), "_" + "_".join(sorted(text.split())))
    ]


class World(WorldOfReview):
    """Writes to the graph at `run`; a run above the published one is a run half written."""

    def __init__(self, write: Write, run: int = 1) -> None:
        self._write = write
        self._ids = count(1)
        self.run = run

    async def publish(self, run: int | None = None) -> None:
        text = "MERGE (p:Publication {id: 'graph'}) SET p.run = $run, p.runId = 'run_' + $run"
        await self._write(text, {"run": run or self.run})

    async def _create(self, text: str, **parameters: Any) -> None:
        await self._write(text, {"run": self.run, "open": STILL_HOLDS, **parameters})

    def _new(self, kind: str) -> str:
        return public_id(kind, f"test {self.run} {next(self._ids)}")

    async def a_child(
        self, a_number=None, given_names="Ana", family_name="Reyes", *,
        date_of_birth=date(2009, 6, 2), search_names=None, sex="FEMALE", said_by=tuple(SharingClass),
        **said,
    ):  # fmt: skip
        """`said_by` are the classes of those who say all of her; `family_name_by=(…)` of one value."""
        child = self._new("child")
        names = search_names or [f"{given_names} {family_name}".lower()]
        values = {
            "aNumber": "a_number",
            "familyName": "family_name",
            "givenNames": "given_names",
            "dateOfBirth": "date_of_birth",
            "sex": "sex",
            "countryOfBirth": "country_of_birth",
        }
        classes = {
            f"{value}From": sorted(said.pop(f"{name}_by", said_by))
            for value, name in values.items()
        }
        words = said.pop("names_by", None) or dict.fromkeys(names, said_by)
        assert not said, said
        await self._create(
            "CREATE (c:Child {id: $id, runFrom: $run})-[:HAS_BIOGRAPHICS {id: 'b' + $id,"
            " runFrom: $run, runUntil: $open}]->(b:ChildBiographics {id: 'b' + $id}) SET b += $of",
            id=child,
            of={
                "aNumber": a_number, "aNumbers": [a_number] if a_number else [],
                "givenNames": given_names, "familyName": family_name, "sex": sex,
                "dateOfBirth": date_of_birth, "countryOfBirth": "Honduras",
                "aNumbersFrom": [" ".join(classes["aNumberFrom"])] if a_number else [],
                "searchWords": [
                    *_words(words),
                    *_words(date_of_birth and {date_of_birth.strftime("y%Y m%Y%m d%Y%m%d"):
                                               classes["dateOfBirthFrom"]}),
                ],
                **classes,
            },
        )  # fmt: skip
        return child

    async def a_sponsor(
        self, given_names="Marta", family_name="Lopez", *, phones=("555-0101",),
        said_by=(SharingClass.RELEASE,),
    ):  # fmt: skip
        sponsor = self._new("sponsor")
        await self._create(
            "CREATE (c:Sponsor {id: $id, runFrom: $run})-[:HAS_BIOGRAPHICS {id: 'b' + $id,"
            " sharingClass: $class, runFrom: $run, runUntil: $open}]->(b:SponsorBiographics"
            " {id: 'b' + $id}) SET b += $of",
            id=sponsor,
            **{"class": SharingClass.SPONSOR_VETTING},
            of={
                "givenNames": given_names, "familyName": family_name, "phones": list(phones),
                "dateOfBirth": date(1980, 1, 2),
                "searchWords": _words({f"{given_names} {family_name}".lower(): said_by}),
                "familyNameFrom": sorted(said_by), "givenNamesFrom": sorted(said_by),
            },
        )  # fmt: skip
        return sponsor

    async def an_address(self, line1="12 Oak St", unit=None, city="Houston", state="TX"):
        address = self._new("address")
        await self._create(
            "CREATE (a:Address {id: $id, runFrom: $run}) SET a += $of",
            id=address,
            of={
                "line1": line1, "unit": unit, "city": city, "state": state, "zip": "77001",
                "building": line1.lower(),
                "searchText": " ".join(filter(None, [line1, unit, city, state])).lower(),
            },
        )  # fmt: skip
        return address

    async def a_record(
        self, source="EARM", table="earm", *, of=None, weight=14.5, cells=None, a_number=None
    ):
        key = f"{source}/{table}/{self.run}-{next(self._ids)}"
        cells = cells or {"last_name": "Reyes", "first_name": "Ana"}
        await self._create(
            "CREATE (r:Record {key: $key, keyVersion: $key + '/v1', version: 1, source: $source,"
            " table: $table, recordId: '17', asOf: $day, columns: $columns, values: $values,"
            " aNumber: $number, runFrom: $run}) WITH r MATCH (p:Child|Sponsor {id: $of}) CREATE (r)-[:DESCRIBES"
            " {role: toUpper(labels(p)[0]), matchWeight: $weight, modelVersion: 'test', runFrom: $run,"
            " runUntil: $open}]->(p)",
            key=key, source=source, table=table, day=DAY, columns=list(cells),
            values=list(cells.values()), of=of, weight=weight, number=a_number,
        )  # fmt: skip
        return f"{key}/v1"

    async def a_new_version(self, record, *, of):
        """The same record, delivered again with something else in it."""
        key, _, version = record.rpartition("/v")
        await self._create(
            "MATCH (old:Record {keyVersion: $old}) CREATE (r:Record {keyVersion: $new,"
            " key: old.key, version: $version, source: old.source, table: old.table, recordId: '17',"
            " asOf: old.asOf, columns: old.columns, values: old.values, runFrom: $run}) WITH r"
            " MATCH (p:Child|Sponsor {id: $of}) CREATE (r)-[d:DESCRIBES {role: toUpper(labels(p)[0]),"
            " matchWeight: 14.5, modelVersion: 'test', runFrom: $run, runUntil: $open}]->(p)",
            old=record, new=f"{key}/v{int(version) + 1}", version=int(version) + 1, of=of,
        )  # fmt: skip
        return f"{key}/v{int(version) + 1}"

    async def ends(self, *facts):
        """The run closes facts: they hold no longer once it is published."""
        await self._create(
            "MATCH ()-[f:LIVES_AT|REPORTS|HAS_HEARING|DESCRIBES|WITHIN|ORDER_STATED_IN]->() WHERE f.id IN $facts"
            " SET f.runUntil = $run",
            facts=facts,
        )

    async def lives_at(
        self, person, address, *, kind="ENFORCEMENT_FILE", reported_on=DAY, valid_from=None,
        valid_until=None, known_from=None, source="EARM", record=None,
        sharing=SharingClass.ENFORCEMENT,
    ):  # fmt: skip
        fact = self._new("fact")
        await self._create(
            "MATCH (p:Child|Sponsor {id: $person}) MATCH (a:Address {id: $address})"
            " CREATE (p)-[f:LIVES_AT {runFrom: $run, runUntil: $open}]->(a) SET f += $of",
            person=person, address=address,
            of={
                "id": fact, "kind": kind, "reportedOn": reported_on, "validFrom": valid_from,
                "validUntil": valid_until, "knownFrom": known_from or reported_on,
                "source": source, "agency": AGENCY[source], "record": record,
                "sharingClass": sharing,
            },
        )  # fmt: skip
        return fact

    async def released_to(
        self, child, sponsor, *, released_on=DAY, until=None, known_from=None, record=None,
        sharing=SharingClass.RELEASE,
    ):  # fmt: skip
        fact = self._new("fact")
        await self._create(
            "MATCH (c:Child {id: $child}) MATCH (s:Sponsor {id: $sponsor})"
            " CREATE (c)-[f:RELEASED_TO {runFrom: $run, runUntil: $open}]->(s) SET f += $of",
            child=child, sponsor=sponsor,
            of={
                "id": fact, "releasedOn": released_on, "until": until, "relationship": "Aunt",
                "category": "CATEGORY_2B", "releaseType": "SPONSOR",
                "knownFrom": known_from or released_on,
                "source": "ORR", "agency": "ORR", "record": record, "sharingClass": sharing,
            },
        )  # fmt: skip
        return fact

    async def stated(
        self, child, fact_kind, /, *, known_from=None, source="ORR", sharing=SharingClass.WELFARE,
        table="orr_contact", **said,
    ):  # fmt: skip
        """What one record says of her alone: `CONTACT_STATED_IN`, `NTA_STATED_IN`, and so on."""
        fact, record = self._new("fact"), await self.a_record(source, table, of=child)
        await self._create(
            "MATCH (c:Child {id: $child}) MATCH (r:Record {keyVersion: $record})"
            " CREATE (c)-[f:$($kind) {runFrom: $run, runUntil: $open}]->(r) SET f += $of",
            child=child, kind=fact_kind, record=record,
            of={
                "id": fact, "knownFrom": known_from or said.get("on") or said.get("servedOn"),
                "source": source, "agency": AGENCY[source], "record": record,
                "sharingClass": sharing, **said,
            },
        )  # fmt: skip
        return fact

    async def a_concern(self, child, *, days=0):
        """Somebody was worried about her, that many days after the first of March."""
        await self._create(
            "MATCH (c:Child {id: $child}) CREATE (:Concern {id: $id, key: $id, kind: 'OTHER',"
            " text: 'Alone.', state: 'ROUTED', version: 1, routedTo: ['ORR'], recordedBy: 'cara',"
            " sharingClass: 'WELFARE', raisedAt: datetime({year: 2024, month: 3, day: 1 + $days})"
            "})-[:CONCERNS]->(c)",
            child=child, id=self._new("concern"), days=days,
        )  # fmt: skip

    async def a_contact(self, child, kind="CALL_30_DAY", *, on=DAY, leg="CHILD", outcome="REACHED"):
        """A line of ORR's contacts."""
        return await self.stated(
            child, "CONTACT_STATED_IN", kind=kind, leg=leg, on=on, outcome=outcome
        )

    async def within(self, child, scope, *, source="EARM", holders=None, opens_until=None):
        """The child is theirs to see: `office/HOUSTON`, `docket/HOU`, or a scope opened by people."""
        kind, _, name = scope.partition("/")
        await self._create(
            "MATCH (c:Child {id: $child}) MERGE (s:Scope {id: $scope})"
            " ON CREATE SET s.kind = $kind, s.name = $name, s.runFrom = $run, s.holders = $holders,"
            " s.opensUntil = $until"
            " CREATE (c)-[:WITHIN {id: $fact, source: $source, runFrom: $run, runUntil: $open}]->(s)",
            child=child, scope=scope, kind=kind.upper().replace("-", "_"), name=name.replace("_", " "),
            source=source, fact=self._new("fact"), holders=holders, until=opens_until,
        )  # fmt: skip

    async def glass_broken(self, child, days, *, holder="sees-everything"):
        """Somebody saw the child in an emergency, that many days after the first."""
        grant = self._new("break-glass").replace("_", "/")
        await self._create(
            "MATCH (c:Child {id: $child}) CREATE (c)-[:WITHIN {id: $id, runFrom: 0, runUntil: $open}]->"
            "(s:Scope {id: $id, kind: 'BREAK_GLASS', holders: [$holder], openedBy: $holder,"
            " reason: 'She called.', key: $id, openedAt: datetime({year: 2024, month: 1, day: 1 + $days / 2}),"
            " opensUntil: datetime({year: 2024, month: 2})})",
            child=child, id=grant, holder=holder, days=days,
        )  # fmt: skip

    def next_run(self):
        """Another run of the same world, which nobody sees before it is published."""
        self.run += 1
        return type(self)(self._write, self.run)

    async def a_hearing(self, child, *, court="HOU", day=DAY, words=(("EOIR", "SCHEDULED"),)):
        hearing = self._new("hearing")
        await self._create(
            "MATCH (c:Child {id: $child}) CREATE (c)-[:HAS_HEARING {id: 'h' + $id, runFrom: $run,"
            " runUntil: $open}]->(:Hearing {id: $id, court: $court, date: $day,"
            " calendarType: 'MASTER', runFrom: $run})",
            child=child, id=hearing, court=court, day=day,
        )  # fmt: skip
        for source, appearance in words:
            record = await self.a_record(source, of=child)
            await self.reports(record, hearing, appearance, source=source, day=day)
        return hearing

    async def a_follow_up(self, hearing, *, day=DAY, office="office/HOUSTON", rank=0):
        """What follows a failure to appear, with one thing to be done next: ERO's, for ORR."""
        follow_up = public_id("followup", hearing)
        await self._create(
            "MATCH (h:Hearing {id: $hearing}) CREATE (h)<-[:FOLLOWS]-(f:FollowUp)<-[:NEXT_FOR]-"
            "(a:NextAction) SET f = $of, a = $next, f.openedAt = datetime({date: $day}), f.addressSince ="
            " f.openedAt, f.safetySince = f.openedAt, f.recordsSince = f.openedAt,"
            " a.since = f.openedAt",
            hearing=hearing, day=day,
            of={
                "id": follow_up, "hearing": hearing, "court": "HOU", "failedOn": day,
                "office": office, "docket": "docket/HOU", "classes": ["COURT"], "version": 1,
                "address": "FOJC_NOTICE_DUE", "safety": "ORR_NOTICE_DUE", "records": "PLANET_DUE",
                "addressVersion": 1, "safetyVersion": 1, "recordsVersion": 1,
            },
            next={
                "id": f"action {follow_up}", "actor": "ERO", "region": "SAFETY",
                "step": "NOTIFY_ORR", "office": office, "docket": "docket/HOU", "due": day,
                "sort": day, "rank": rank,
            },
        )  # fmt: skip
        return follow_up

    async def a_notice(self, follow_up, *, day=DAY):
        """What ORR's inbox is to be told of a follow-up: nobody has sent it yet."""
        at = datetime.combine(day, time(), UTC)
        row = raised(NoticeKind.ORR_NOTICE, "orr/inbox", follow_up, None, at, None)
        await self._create(RAISE.removeprefix("CYPHER 25"), notices=[row])
        return row["reference"]

    async def reports(
        self, record, hearing, appearance, *, source="EOIR", day=DAY, sharing=SharingClass.COURT
    ):
        fact = self._new("fact")
        await self._create(
            "MATCH (r:Record {keyVersion: $record}) MATCH (h:Hearing {id: $hearing})"
            " CREATE (r)-[f:REPORTS {runFrom: $run, runUntil: $open}]->(h) SET f += $of",
            record=record, hearing=hearing,
            of={
                "id": fact, "appearance": appearance, "source": source, "agency": AGENCY[source],
                "enteredOn": day, "knownFrom": day, "inAbsentia": False,
                "sharingClass": sharing,
            },
        )  # fmt: skip
        return fact

    async def an_order(self, child, hearing, *, in_absentia=True, sharing=SharingClass.COURT):
        """A court's file has an order of the day of that hearing, and says not of which one."""
        record = await self.a_record("EOIR", "eoir_proceeding", of=child)
        await self._create(
            "MATCH (c:Child {id: $child}) MATCH (r:Record {keyVersion: $record})"
            " MATCH (h:Hearing {id: $hearing}) CREATE (c)-[:ORDER_STATED_IN {id: $id, on: h.date,"
            " inAbsentia: $absent, court: h.court, source: 'EOIR', agency: 'EOIR', record: $record,"
            " knownFrom: $day, sharingClass: $class, runFrom: $run, runUntil: $open}]->(r)",
            child=child, record=record, hearing=hearing, id=self._new("fact"), absent=in_absentia,
            day=DAY, **{"class": sharing},
        )  # fmt: skip

    async def paper_says(self, child, does, table, *, source, sharing, known_from=DAY, **said):
        """What a record says of her, such as `NTA_STATED_IN`; names as the graph has them."""
        record = await self.a_record(source, table, of=child)
        fact = self._new("fact")
        await self._create(
            "MATCH (c:Child {id: $child}) MATCH (r:Record {keyVersion: $record})"
            " CREATE (c)-[f:$($does) {runFrom: $run, runUntil: $open}]->(r) SET f += $of",
            child=child, record=record, does=does,
            of={
                "id": fact, "source": source, "agency": AGENCY[source], "record": record,
                "knownFrom": known_from, "sharingClass": sharing, **said,
            },
        )  # fmt: skip
        return record

    async def followed(self, hearing):
        """Somebody follows up what happened there."""
        await self._create(
            "MATCH (h:Hearing {id: $hearing}) CREATE (:FollowUp {id: $id})-[:FOLLOWS]->(h)",
            hearing=hearing, id=self._new("followup"),
        )  # fmt: skip

    async def public_releases(self, state, fiscal_year, how_many):
        await self._create(
            "UNWIND range(1, $many) AS n CREATE (:PublicRelease {id: $id + n, source: 'ORR',"
            " record: 'ORR/orr_public/' + n + '/v1', asOf: $day, state: $state,"
            " fiscalYear: $year, runFrom: $run, runUntil: $open})",
            many=how_many, id=self._new("release"), state=state, year=fiscal_year, day=DAY,
        )  # fmt: skip
