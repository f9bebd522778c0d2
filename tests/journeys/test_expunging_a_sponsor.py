"""One sponsor leaves, and the children who were released to her stay, with all that was theirs."""

import csv
from datetime import UTC, date, datetime
from pathlib import Path

import duckdb
import pytest

from api.reaching import reaching
from graph.connection import Door, Endpoint, async_opened
from graph.errors import SponsorgraphError, UsageError
from graph.judgements import every_judgement, record_judgement
from graph.selection import Asked
from graph.settings import Settings
from graph.sharing import SEES_EVERYTHING
from graph.vocabulary.evidence import Verdict
from graph.vocabulary.welfare import Leg, TouchOutcome, TouchpointKind
from graph.welfare.recording import Kept, Recorder
from graph.welfare.touching import Touching, touching
from graph.writes.steps import take
from linkage import job
from linkage.forgetting import deliveries, ledger
from linkage.forgetting.digests import UNNAMED, digests_of
from linkage.forgetting.job import expunge_person
from linkage.intake.ingest import ingest
from tests.api.conftest import Asker
from tests.journeys.test_expunging import (
    WHY,
    child_of,
    expunged,
    installation,
    killed_at,
    seen,
    traces_in_the_graph,
    traces_in_the_home,
)
from tests.journeys.worlds import Worlds
from tests.linkage.a_small_world import a_number, deliver_first, deliver_tables

__all__ = ["installation"]

# Two of four children were released to her, one of whom has a form and a worksheet of his own.
CHILDREN, RELEASED = 4, (2, 3)
FAMILY, GIVEN, PHONE, BORN = "Pérez Ba", "Juan", "713-555-0142", "1979-05-06"
OTHERS = "Pérez Ca"
FORMS = "2024-02-15"


def a_day_of_forms(installation: Settings) -> None:
    """Both papers of a release, one of them corrected, a worksheet that speaks of her, a call."""
    deliver_first(installation.home, CHILDREN)
    delivered = installation.home / "delivered" / "2024-01-31" / "orr_release.csv"
    with delivered.open(encoding="utf-8", newline="") as file:
        (release,) = [row for row in csv.DictReader(file) if row["record_id"] == "3"]
    vetted = {"sponsor_phone": PHONE, "sponsor_dob": BORN, "sponsor_id": "S-40417"}
    form = {
        "record_id": "v3", "a_number": a_number(3),
        "child_name": f"{release['first_name']} {release['last_name']}",
        "child_dob": "2008-03-04", "release_date": "2023-04-01",
        "sponsor_name": f"{GIVEN} {FAMILY}", "sponsor_relationship": "uncle", "phone": PHONE,
        "address": release["sponsor_address"], "city": "Houston", "state": "TX", "zip": "77001",
    }  # fmt: skip
    sheet = {
        "a_number": a_number(3), "name": form["child_name"], "hearing_date": "2023-10-05",
        "note": f"came with {GIVEN} {FAMILY}, tía",
    }  # fmt: skip
    tables = {
        "orr_release": [release | vetted],
        "vor": [form],
        "worksheet": [sheet, sheet | {"note": "came late"}],
    }
    deliver_tables(installation.home, FORMS, tables)
    job.link(installation)


@pytest.fixture
def sponsor(installation: Settings, graph_door: Door, worlds: Worlds) -> str:
    worlds.put(a_day_of_forms, installation)
    (found,) = sponsors_called(graph_door, FAMILY)
    return found


def sponsors_called(door: Door, family: str) -> list[str]:
    text = """MATCH (s:Sponsor)-[:HAS_BIOGRAPHICS]->({familyName: $family})
        RETURN DISTINCT s.id AS id"""
    with door.reading() as session:
        return [row["id"] for row in session.run(text, family=family)]


def names_the_sponsor(sponsor: str):
    folded = ("perez ba", "perezba", "7135550142", "s-40417", BORN, '"uncle"', "tía")

    def names(text: str) -> bool:
        plain = text.lower().replace("é", "e")
        return any(one in plain for one in (*folded, PHONE, sponsor))

    return names


def traces(installation: Settings, door: Door, sponsor: str) -> list[str]:
    names = names_the_sponsor(sponsor)
    return traces_in_the_graph(door, names) + traces_in_the_home(installation.home, names)


def releases(door: Door) -> dict[str, set[tuple[str, str, str]]]:
    """Of each child: to whom, by which paper, and when."""
    text = """MATCH (known:ChildBiographics)<-[:HAS_BIOGRAPHICS]-(c)-[r:RELEASED_TO]->(s:Sponsor)
        WHERE r.runUntil = 9223372036854775807
        RETURN known.aNumber AS number, s.id AS sponsor, r.record AS record,
            toString(r.releasedOn) AS on"""
    found: dict[str, set[tuple[str, str, str]]] = {}
    with door.reading() as session:
        for row in session.run(text):
            found.setdefault(row["number"], set()).add((row["sponsor"], row["record"], row["on"]))
    return found


def life_of(door: Door, number: int) -> list[dict[str, object]]:
    """What the graph says of a child but for her sponsors: hearings, addresses and the rest."""
    text = """MATCH (:ChildBiographics {aNumber: $number})<-[:HAS_BIOGRAPHICS]-(child:Child)
        MATCH (child)-[fact]->(to) WHERE type(fact) IN ['HAS_HEARING', 'LIVES_AT', 'WITHIN',
            'TRANSFER_STATED_IN', 'NTA_STATED_IN', 'ORDER_STATED_IN', 'HAS_BIOGRAPHICS']
        RETURN type(fact) AS what, properties(fact) AS said, to.id AS to
        ORDER BY what, to, said.id"""
    with door.reading() as session:
        return session.run(text, number=a_number(number)).data()


def test_nothing_of_her_is_left_anywhere_and_the_children_lose_nothing(
    installation: Settings, graph_door: Door, sponsor: str
):
    found = traces(installation, graph_door, sponsor)
    assert {"['Record']", "['SponsorBiographics']", "['RELEASED_TO']"} <= set(found)
    children = {number: child_of(graph_door, a_number(number)) for number in range(1, 5)}
    lives = {number: life_of(graph_door, number) for number in range(1, 5)}
    before = releases(graph_door)

    done = expunged(installation, sponsor)

    assert (done.records, done.children, done.sponsors) == (4, 0, 1)
    assert traces(installation, graph_door, sponsor) == []
    assert {n: child_of(graph_door, a_number(n)) for n in children} == children
    assert {n: life_of(graph_door, n) for n in lives} == lives
    after = releases(graph_door)
    for number in map(a_number, range(1, 5)):
        assert {one[1:] for one in after[number]} == {one[1:] for one in before[number]}
    for number in map(a_number, (1, 4)):
        assert after[number] == before[number]
    assert sponsors_called(graph_door, OTHERS)


HER_RELEASES = """query($number: String!) { child(aNumber: $number) {
  releases { releasedOn category relationship releaseType source sponsor {
    fullName dateOfBirth phones addressHistory { address { id } } releases { child { aNumber } }
  } } } }"""


async def test_her_child_s_releases_can_still_be_asked_for_and_say_nothing_of_her(
    installation: Settings, graph_door: Door, sponsor: str, neo4j: Endpoint
):
    expunged(installation, sponsor)
    async with async_opened(neo4j) as door:
        said = await Asker(door)(HER_RELEASES, number=a_number(3))
    nobody: dict[str, object] = {
        "fullName": None,
        "dateOfBirth": None,
        "phones": [],
        "addressHistory": [],
    }
    hers = {"releases": [{"child": {"aNumber": a_number(3)}}] * 2}
    told = said["child"]["releases"]
    assert [one.pop("sponsor") for one in told] == [nobody | hers] * 2
    released = {"releasedOn": "2023-04-01", "category": None, "relationship": None}
    assert sorted(one.pop("source") for one in told) == ["ORR", "VOR"]
    assert told == [released | {"releaseType": "SPONSOR"}] * 2


def test_two_children_are_not_known_to_have_had_one_sponsor_and_two_papers_of_one_child_are(
    installation: Settings, graph_door: Door, sponsor: str
):
    expunged(installation, sponsor)
    after = releases(graph_door)
    whose = {number: {one[0] for one in after[a_number(number)]} for number in RELEASED}
    assert {number: len(some) for number, some in whose.items()} == {2: 1, 3: 1}
    assert len(after[a_number(3)]) == 2
    assert not whose[2] & whose[3]
    with graph_door.reading() as session:
        said = session.run(
            "MATCH (s:Sponsor)-[tie]-() WHERE s.id IN $ids RETURN DISTINCT type(tie) AS what",
            ids=[*whose[2], *whose[3]],
        ).data()
        sheets = session.run(
            "MATCH (r:Record {table: 'worksheet'}) UNWIND range(0, size(r.columns) - 1) AS at"
            " WITH r, at WHERE r.columns[at] = 'note' RETURN r.values[at] AS note ORDER BY note"
        ).data()
    assert {row["what"] for row in said} == {"RELEASED_TO", "DESCRIBES", "HAS_BIOGRAPHICS"}
    assert [row["note"] for row in sheets] == ["[expunged]", "came late"]


def the_chain_holds(home: Path) -> None:
    """The ledger has its line, and every file is what it was left as."""
    assert deliveries.verify(home / "store") > 0
    (line,) = ledger.entries(home)
    assert (line["what"], line["of"], line["sponsors"]) == ("EXPUNGED", "a sponsor", 1)
    assert digests_of(home).of("VOR/vor/v3") in line["digests"]
    # The hash of what a paper said would let somebody who guesses the names know it: it is keyed.
    with duckdb.connect() as connection:
        stored = connection.execute(
            "SELECT DISTINCT record_id, release_date, last_name, sponsor_dob, length(content_hash),"
            " starts_with(sponsor_last_name, '[expunged sponsor_')"
            f" FROM '{home}/store/deliveries/*/rows_orr_release_1.parquet'"
            " WHERE record_id IN ('2', '3') ORDER BY ALL"
        ).fetchall()
    assert stored == [
        ("2", "2023-04-01", "García Ca", None, 64, True),
        ("3", "2023-04-01", "García Da", None, 64, True),
    ]


def test_the_same_files_again_do_not_bring_her_back_and_the_chain_still_verifies(
    installation: Settings, graph_door: Door, sponsor: str
):
    expunged(installation, sponsor)
    before = seen(graph_door)
    for day in ("2024-01-31", FORMS):
        again = ingest(installation.home, [installation.home / "delivered" / day])
        assert again.complete
        assert {(file.new, file.changed, file.set_aside) for file in again.files} == {(0, 0, 0)}
        counted = [one.count for file in again.files for one in file.quirks if one.what == UNNAMED]
        assert sum(counted) == {"2024-01-31": 2, FORMS: 3}[day]
    assert job.link(installation).run is None
    assert job.link(installation, anew=True).run is None
    assert seen(graph_door) == before
    assert traces(installation, graph_door, sponsor) == []
    the_chain_holds(installation.home)


def test_what_people_said_of_her_goes_and_what_they_said_of_the_children_stays(
    installation: Settings, graph_door: Door, sponsor: str
):
    child = child_of(graph_door, a_number(3))
    assert child is not None
    called(graph_door, child, f"{GIVEN} {FAMILY} said that the child is well.", "one")
    called(graph_door, child, "The child is well.", "another")
    with graph_door.writing() as session:
        for role, left, right, reason in (
            ("SPONSOR", "ORR/orr_release/3", "VOR/vor/v3", "one hand"),
            ("CHILD", "ORR/orr_release/3", "VOR/vor/v3", "one child"),
            ("CHILD", "EARM/earm/1", "EARM/earm/4", f"{FAMILY}, {GIVEN} knows both"),
        ):
            record_judgement(
                session, left=left, right=right, role=role,
                verdict=Verdict.SAME if right.startswith("VOR") else Verdict.DIFFERENT,
                reason=reason, actor="analyst", key=f"{role} {left}",
            )  # fmt: skip
    job.link(installation)
    assert expunged(installation, sponsor).judgements == 1
    with graph_door.reading() as session:
        notes = session.run("MATCH (t:Touchpoint) RETURN t.note AS note ORDER BY note").data()
        kept = every_judgement(session)
    assert [row["note"] for row in notes] == ["The child is well.", "[expunged]"]
    assert sorted(one["reason"] for one in kept) == ["[expunged]", "one child"]
    assert traces(installation, graph_door, sponsor) == []


def called(door: Door, child: str, note: str, key: str) -> None:
    asked = Asked(SEES_EVERYTHING, date(2024, 7, 1))
    by = Recorder("cara", None, None, key, datetime.now(UTC), asked.today)
    call = Touching(
        child, TouchpointKind.CALL_30_DAY, TouchOutcome.REACHED, date(2023, 5, 1), Leg.SPONSOR,
        note, by, reaching(asked, child),
    )  # fmt: skip
    with door.writing() as session:
        assert isinstance(take(session, lambda: touching(call)), Kept)


def test_a_child_goes_after_her_sponsor_and_the_sponsor_s_other_child_stays(
    installation: Settings, graph_door: Door, sponsor: str
):
    expunged(installation, sponsor)
    child, other = child_of(graph_door, a_number(3)), releases(graph_door)[a_number(2)]
    assert child is not None
    assert expunged(installation, child).children == 1
    assert child_of(graph_door, a_number(3)) is None
    assert releases(graph_door)[a_number(2)] == other
    again = ingest(installation.home, [installation.home / "delivered" / FORMS])
    assert [(file.new, file.changed, file.set_aside) for file in again.files] == [
        *[(0, 0, 1)] * 2,
        (0, 0, 2),
    ]
    assert [line["of"] for line in ledger.entries(installation.home)] == ["a sponsor", "a child"]


def test_a_reason_that_names_her_is_not_kept(
    installation: Settings, graph_door: Door, sponsor: str
):
    before = seen(graph_door)
    with pytest.raises(UsageError, match="names her"):
        expunge_person(installation, sponsor, by="me", why=f"asked by {GIVEN} {FAMILY}")
    assert seen(graph_door) == before


@pytest.mark.parametrize("step", ["a file", "tables", "papers"])
def test_killed_anywhere_it_is_finished_by_the_next_link(
    installation: Settings, graph_door: Door, sponsor: str, neo4j: Endpoint, step: str
):
    before = releases(graph_door)
    killed_at(step, sponsor, installation, neo4j)
    with pytest.raises(SponsorgraphError, match="interrupted"):
        ingest(installation.home, [installation.home / "delivered" / FORMS])
    job.link(installation)
    assert traces(installation, graph_door, sponsor) == []
    assert {number: len(some) for number, some in releases(graph_door).items()} == {
        number: len(some) for number, some in before.items()
    }
    assert [line["what"] for line in ledger.entries(installation.home)] == ["EXPUNGED"]
    assert not (installation.home / "expunging").exists()
    assert WHY in (installation.home / "forgetting" / "ledger.jsonl").read_text()
