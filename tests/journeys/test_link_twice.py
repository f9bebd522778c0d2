"""What a graph looks like after linking twice, and after a second delivery."""

from pathlib import Path

import pytest

from graph.checksum import fingerprint
from graph.connection import Door, Endpoint
from graph.errors import SponsorgraphError
from graph.settings import Settings
from linkage import job
from tests.journeys.worlds import Worlds, settings_of
from tests.linkage.a_linker import link_plainly
from tests.linkage.a_small_world import (
    SECOND_DAY,
    a_number,
    deliver_first,
    deliver_second,
    deliver_tables,
)


@pytest.fixture
def installation(
    tmp_path: Path, neo4j: Endpoint, graph_door: Door, monkeypatch: pytest.MonkeyPatch
) -> Settings:
    """A home of its own on the session's Neo4j, which is empty."""
    monkeypatch.setattr(job, "link_records", link_plainly)
    return settings_of(tmp_path / "home", neo4j)


def a_day(installation: Settings) -> None:
    deliver_first(installation.home)
    job.link(installation)


def seen(door: Door) -> str:
    with door.reading() as session:
        return fingerprint(session)


def answers(door: Door, statement: str, **parameters: object) -> list[list[object]]:
    with door.reading() as session:
        return [row.values() for row in session.run(statement, parameters)]


def test_linking_twice_leaves_the_graph_the_same(installation: Settings, graph_door: Door):
    deliver_first(installation.home)
    first = job.link(installation)
    before = seen(graph_door)

    second = job.link(installation)

    assert (first.run, second.run) == (1, None)
    # What it found stands for the run that is published, so that the next begins from there.
    assert not (installation.home / "runs" / "000002").exists()
    assert (installation.home / "runs" / "000001" / "linked.duckdb").exists()
    assert seen(graph_door) == before
    assert answers(graph_door, "MATCH (run:Run) RETURN count(run)") == [[1]]


def test_another_home_given_the_same_deliveries_makes_the_same_graph(
    installation: Settings, graph_door: Door, worlds: Worlds, tmp_path: Path, neo4j: Endpoint
):
    worlds.put(a_day, installation)
    before = seen(graph_door)
    with graph_door.writing() as session:
        session.run("MATCH (n) WHERE NOT n:Migration DETACH DELETE n").consume()

    other = settings_of(tmp_path / "other", neo4j)
    deliver_first(other.home)
    job.link(other)

    assert seen(graph_door) == before


_LIVES_AT = """
MATCH (:ChildBiographics {aNumber: $number})<-[:HAS_BIOGRAPHICS]-(:Child)
    -[fact:LIVES_AT {kind: 'ENFORCEMENT_FILE'}]->(address:Address)
RETURN address.line1, fact.runFrom, fact.runUntil > $run, toString(fact.knownFrom)
ORDER BY fact.runFrom"""


def test_a_changed_record_closes_the_old_fact_and_opens_a_new_one(
    installation: Settings, graph_door: Door, worlds: Worlds
):
    worlds.put(a_day, installation)
    deliver_second(installation.home)

    report = job.link(installation)

    assert report.run == 2
    assert report.closed["child_lives_at"] == report.created["child_lives_at"] == 10
    assert report.closed["reports"] == report.created["reports"] == 15
    assert report.created["records"] == 25
    assert answers(graph_door, _LIVES_AT, number=a_number(3), run=2) == [
        ["101 OAK ST", 1, False, "2024-01-31"],
        ["3 ELM AVE", 2, True, SECOND_DAY],
    ]


_COUNTED = """
MATCH (release:PublicRelease) WHERE release.runFrom <= $run AND $run < release.runUntil
RETURN release.state, count(*) ORDER BY 1"""


def test_a_public_release_counts_once_also_when_an_earlier_version_comes_back(
    installation: Settings, graph_door: Door
):
    row = {"record_id": "1", "country": "Honduras", "release_date": "2021-10-01", "state": "TX"}
    days = {"2024-01-31": "TX", "2024-02-29": "FL", "2024-03-31": "TX"}
    for day, state in days.items():
        deliver_tables(installation.home, day, {"orr_public": [row | {"state": state}]})
        job.link(installation)

    counted = [answers(graph_door, _COUNTED, run=run) for run in (1, 2, 3)]
    assert counted == [[["TX", 1]], [["FL", 1]], [["TX", 1]]]
    assert answers(graph_door, "MATCH (r:Record) RETURN count(r)") == [[2]]


def test_the_graph_before_a_delivery_can_still_be_read(
    installation: Settings, graph_door: Door, worlds: Worlds
):
    worlds.put(a_day, installation)
    before = seen(graph_door)
    deliver_second(installation.home)
    job.link(installation)
    assert seen(graph_door) != before

    with graph_door.writing() as session:
        session.run("MATCH (p:Publication) SET p.run = 1").consume()

    assert seen(graph_door) == before


def test_a_graph_made_from_another_home_is_not_written_to(
    installation: Settings, graph_door: Door, worlds: Worlds, tmp_path: Path, neo4j: Endpoint
):
    worlds.put(a_day, installation)
    before = seen(graph_door)
    stranger = settings_of(tmp_path / "stranger", neo4j)
    deliver_first(stranger.home, children=3)

    with pytest.raises(SponsorgraphError, match="was not made from"):
        job.link(stranger)

    assert seen(graph_door) == before


def test_ids_outlive_the_graph_they_were_given_in(
    installation: Settings, graph_door: Door, worlds: Worlds
):
    """As when the database is lost, and linked anew from what the home keeps."""
    worlds.put(a_day, installation)
    deliver_second(installation.home)
    job.link(installation)
    before = sorted(answers(graph_door, "MATCH (n:Child|Sponsor|Address|Hearing) RETURN n.id"))
    with graph_door.writing() as session:
        session.run("MATCH (n) WHERE NOT n:Migration DETACH DELETE n").consume()

    report = job.link(installation)

    assert report.run == 1
    after = sorted(answers(graph_door, "MATCH (n:Child|Sponsor|Address|Hearing) RETURN n.id"))
    assert set(map(tuple, after)) <= set(map(tuple, before))
    assert job.link(installation).run is None
