"""What a person says of two records goes to the graph, to the next link, and outlives both."""

from pathlib import Path
from random import Random
from typing import Any

import pytest

from graph.connection import Door, Endpoint
from graph.judgements import (
    Recorded,
    record_judgement,
    retract_judgement,
    standing_judgements,
)
from graph.settings import Settings
from graph.vocabulary.evidence import Verdict
from linkage import job
from linkage.demo import generate
from linkage.intake.ingest import ingest
from tests.journeys.test_link_twice import answers
from tests.journeys.worlds import Makes, Worlds, settings_of
from tests.linkage.two_days import in_days

_IDENTITY = """
MATCH (record:Record {key: $key})-[link:DESCRIBES {role: $role}]->(identity)
WHERE link.runFrom <= $run < link.runUntil RETURN DISTINCT identity.id"""
_HEIR = """
MATCH (:Sponsor {id: $id})-[led:REDIRECTS_TO]->(heir:Sponsor)
WHERE led.runFrom <= $run < led.runUntil RETURN heir.id"""
# A sponsor of two papers, whom their weight alone has joined.
_OF_TWO = """
MATCH (sponsor:Sponsor)-[has:HAS_EVIDENCE]->(evidence:LinkEvidence)
WHERE has.runFrom <= $run < has.runUntil AND size(evidence.records) = 2
RETURN evidence.records ORDER BY sponsor.id LIMIT 1"""
_EVENTS = """
MATCH (event:IdentityEvent {role: 'SPONSOR'}) WHERE event.runFrom = $run
RETURN event.kind, event.actor, event.reason, event.fromIds, event.toIds ORDER BY event.id"""


@pytest.fixture(scope="module")
def days(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    folder = tmp_path_factory.mktemp("world")
    made = generate(120, 71, folder / "made", noise=2.0)
    return in_days(made.deliveries, folder / "days", Random(71), 0.1, 0.05)


@pytest.fixture(scope="module")
def first_day_linked(days: list[Path]) -> Makes:
    """A home that has linked its first day, and has the second to link."""
    first, second = days

    def made(settings: Settings) -> None:
        ingest(settings.home, [first])
        job.link(settings)
        ingest(settings.home, [second])

    return made


@pytest.fixture
def installation(
    first_day_linked: Makes, worlds: Worlds, tmp_path: Path, neo4j: Endpoint, graph_door: Door
) -> Settings:
    settings = settings_of(tmp_path / "home", neo4j)
    worlds.put(first_day_linked, settings)
    return settings


def ask(door: Door, statement: str, **parameters: object) -> Any:
    return answers(door, statement, **parameters)


def judge(
    door: Door, left: str, right: str, verdict: Verdict, key: str = "k", role: str = "SPONSOR"
) -> str:
    with door.writing() as session:
        outcome = record_judgement(
            session, left=left, right=right, role=role, verdict=verdict,
            reason="another birth certificate", actor="ana.reviewer", key=key,
        )  # fmt: skip
    assert isinstance(outcome, Recorded)
    return outcome.id


def identity(door: Door, key: str, run: int, role: str = "SPONSOR") -> Any:
    return ask(door, _IDENTITY, key=key, run=run, role=role)


def test_a_days_delivery_linked_by_itself_leaves_a_link_of_everything_nothing_to_do(
    installation: Settings, graph_door: Door
):
    second = job.link(installation)
    assert (second.run, second.linkage["anew"]) == (2, False)
    assert job.link(installation, anew=True).run is None


def take_back(door: Door, judgement: str) -> None:
    with door.writing() as session:
        retract_judgement(
            session, judgement=judgement, reason="a clerk's slip", actor="eva.reviewer", key="r"
        )


def test_whom_a_person_parts_the_next_link_parts_and_joins_when_she_takes_it_back(
    installation: Settings, graph_door: Door
):
    job.link(installation)
    [[[left, right]]] = ask(graph_door, _OF_TWO, run=2)
    [[one]] = identity(graph_door, left, 2)

    judged = judge(graph_door, left, right, Verdict.DIFFERENT)
    assert job.link(installation).run == 3
    [[kind, actor, reason, before, after]] = ask(graph_door, _EVENTS, run=3)
    assert (kind, actor, reason) == ("SPLIT", "ana.reviewer", "another birth certificate")
    assert (before, set(after) > {one}) == ([one], True)
    assert identity(graph_door, left, 3) != identity(graph_door, right, 3)

    take_back(graph_door, judged)
    job.link(installation)
    assert identity(graph_door, left, 4) == identity(graph_door, right, 4) == [[one]]
    [[kind, actor, _, [other], [heir]]] = ask(graph_door, _EVENTS, run=4)
    assert (kind, actor, heir) == ("MERGED", "eva.reviewer", one)
    assert {other, heir} == set(after)
    assert ask(graph_door, _HEIR, id=other, run=4) == [[one]]
    assert job.link(installation, anew=True).run is None


def test_judgements_and_old_ids_outlive_the_graph_they_were_recorded_in(
    installation: Settings, graph_door: Door
):
    job.link(installation)
    [[[left, right]]] = ask(graph_door, _OF_TWO, run=2)
    judged = judge(graph_door, left, right, Verdict.DIFFERENT)
    job.link(installation)
    apart = [identity(graph_door, key, 3) for key in (left, right)]
    with graph_door.writing() as session:
        session.run("MATCH (n) WHERE NOT n:Migration DETACH DELETE n").consume()

    assert job.link(installation).run == 1

    with graph_door.reading() as session:
        assert [one.actor for one in standing_judgements(session)] == ["ana.reviewer"]
    assert [identity(graph_door, key, 1) for key in (left, right)] == apart
    take_back(graph_door, judged)
    job.link(installation)
    [[one]] = identity(graph_door, left, 2)
    other = next(each for [[each]] in apart if each != one)
    assert ask(graph_door, _HEIR, id=other, run=2) == [[one]]


def test_contradictions_join_nobody_and_are_there_to_see(installation: Settings, graph_door: Door):
    job.link(installation)
    linked = ask(
        graph_door,
        "MATCH (child:Child)-[has:HAS_EVIDENCE]->(evidence:LinkEvidence)"
        " WHERE has.runFrom <= 2 < has.runUntil AND size(evidence.records) > 2"
        " RETURN evidence.records ORDER BY child.id LIMIT 1",
    )
    one, two, three, *_ = linked[0][0]
    judge(graph_door, one, two, Verdict.SAME, "a", "CHILD")
    judge(graph_door, two, three, Verdict.SAME, "b", "CHILD")
    judge(graph_door, one, three, Verdict.DIFFERENT, "c", "CHILD")

    assert job.link(installation).linkage["conflicts"] == 1

    ids = {str(identity(graph_door, key, 3, "CHILD")) for key in (one, two, three)}
    assert len(ids) == 3
    heeded = ask(
        graph_door,
        "MATCH (:Judgement)-[said:HEEDED]->() WHERE said.runFrom <= 3 < said.runUntil"
        " RETURN count(DISTINCT said.conflict), count(said)",
    )
    assert heeded == [[1, 3]]
