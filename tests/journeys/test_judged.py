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
from tests.journeys.test_link_twice import answers, settings_of
from tests.linkage.two_days import in_days

_IDENTITY = """
MATCH (record:Record {key: $key})-[link:DESCRIBES {role: 'CHILD'}]->(child:Child)
WHERE link.runFrom <= $run < link.runUntil RETURN DISTINCT child.id"""
_HEIR = """
MATCH (:Child {id: $id})-[led:REDIRECTS_TO]->(heir:Child)
WHERE led.runFrom <= $run < led.runUntil RETURN heir.id"""
# A record that stands alone, and may well be one of the other's.
_TO_REVIEW = """
MATCH (pair:CandidatePair {role: 'CHILD', decision: 'REVIEW', why: 'IN_THE_BAND', moved: 1})
WHERE pair.runFrom <= $run < pair.runUntil
RETURN pair.leftKey, pair.rightKey ORDER BY pair.matchWeight DESC, pair.id LIMIT 1"""
_EVENTS = """
MATCH (event:IdentityEvent {role: 'CHILD'}) WHERE event.runFrom = $run
RETURN event.kind, event.actor, event.reason, event.fromIds, event.toIds ORDER BY event.id"""


@pytest.fixture
def installation(tmp_path: Path, neo4j: Endpoint, graph_door: Door) -> Settings:
    """A home that has linked its first day, and has the second to link."""
    made = generate(120, 71, tmp_path / "made", noise=2.0)
    first, second = in_days(made.deliveries, tmp_path / "days", Random(71), 0.1, 0.05)
    settings = settings_of(tmp_path / "home", neo4j)
    ingest(settings.home, [first])
    job.link(settings)
    ingest(settings.home, [second])
    return settings


def judge(door: Door, left: str, right: str, verdict: Verdict, key: str = "k") -> str:
    with door.writing() as session:
        outcome = record_judgement(
            session, left=left, right=right, role="CHILD", verdict=verdict,
            reason="the same birth certificate", actor="ana.reviewer", key=key,
        )  # fmt: skip
    assert isinstance(outcome, Recorded)
    return outcome.id


def identity(door: Door, key: str, run: int) -> Any:
    return answers(door, _IDENTITY, key=key, run=run)


def test_a_days_delivery_linked_by_itself_leaves_a_link_of_everything_nothing_to_do(
    installation: Settings, graph_door: Door
):
    second = job.link(installation)
    assert (second.run, second.linkage["anew"]) == (2, False)
    assert job.link(installation, anew=True).run is None


def test_what_a_person_joins_is_joined_by_the_next_link_and_parted_when_she_takes_it_back(
    installation: Settings, graph_door: Door
):
    job.link(installation)
    [[left, right]] = answers(graph_door, _TO_REVIEW, run=2)
    before = [identity(graph_door, key, 2) for key in (left, right)]
    assert before[0] != before[1]

    judged = judge(graph_door, left, right, Verdict.SAME)
    joined = job.link(installation)
    assert joined.run == 3
    assert identity(graph_door, left, 3) == identity(graph_door, right, 3)
    [[kind, actor, reason, [old], [heir]]] = answers(graph_door, _EVENTS, run=3)
    assert (kind, actor, reason) == ("MERGED", "ana.reviewer", "the same birth certificate")
    assert [[old]] in before
    assert answers(graph_door, _HEIR, id=old, run=3) == [[heir]]

    with graph_door.writing() as session:
        retract_judgement(
            session, judgement=judged, reason="another child", actor="eva.reviewer", key="r"
        )
    job.link(installation)
    assert [identity(graph_door, key, 4) for key in (left, right)] == before
    assert answers(graph_door, _HEIR, id=old, run=4) == []
    [[kind, actor, *_]] = answers(graph_door, _EVENTS, run=4)
    assert (kind, actor) == ("SPLIT", "eva.reviewer")
    assert job.link(installation, anew=True).run is None


def test_judgements_and_old_ids_outlive_the_graph_they_were_recorded_in(
    installation: Settings, graph_door: Door
):
    job.link(installation)
    [[left, right]] = answers(graph_door, _TO_REVIEW, run=2)
    before = {str(identity(graph_door, key, 2)) for key in (left, right)}
    judge(graph_door, left, right, Verdict.SAME)
    job.link(installation)
    [[_, _, _, [old], [heir]]] = answers(graph_door, _EVENTS, run=3)
    with graph_door.writing() as session:
        session.run("MATCH (n) WHERE NOT n:Migration DETACH DELETE n").consume()

    again = job.link(installation)

    assert again.run == 1
    with graph_door.reading() as session:
        assert [one.actor for one in standing_judgements(session)] == ["ana.reviewer"]
    assert str(identity(graph_door, left, 1)) in before
    assert identity(graph_door, left, 1) == identity(graph_door, right, 1) == [[heir]]
    assert answers(graph_door, _HEIR, id=old, run=1) == [[heir]]


def test_contradictions_join_nobody_and_are_there_to_see(installation: Settings, graph_door: Door):
    job.link(installation)
    linked = answers(
        graph_door,
        "MATCH (child:Child)-[has:HAS_EVIDENCE]->(evidence:LinkEvidence)"
        " WHERE has.runFrom <= 2 < has.runUntil AND size(evidence.records) > 2"
        " RETURN evidence.records ORDER BY child.id LIMIT 1",
    )
    one, two, three, *_ = linked[0][0]
    judge(graph_door, one, two, Verdict.SAME, "a")
    judge(graph_door, two, three, Verdict.SAME, "b")
    judge(graph_door, one, three, Verdict.DIFFERENT, "c")

    assert job.link(installation).linkage["conflicts"] == 1

    ids = {str(identity(graph_door, key, 3)) for key in (one, two, three)}
    assert len(ids) == 3
    heeded = answers(
        graph_door,
        "MATCH (:Judgement)-[said:HEEDED]->() WHERE said.runFrom <= 3 < said.runUntil"
        " RETURN count(DISTINCT said.conflict), count(said)",
    )
    assert heeded == [[1, 3]]
