"""A sealed child is there for those alone whom the rules name, whatever a link makes of her."""

import json
from datetime import UTC, datetime
from typing import Any

import pytest

from graph.connection import Door
from graph.errors import UsageError
from graph.settings import Settings
from graph.writes.sealing import sealed_children
from linkage import job
from linkage.forgetting import ledger, sealing
from tests.journeys.test_expunging import WHY, a_day_of_four, child_of, expunged, installation, seen
from tests.journeys.worlds import Worlds
from tests.linkage.a_small_world import a_number, deliver_second

__all__ = ["installation"]

AT = datetime(2026, 11, 22, tzinfo=UTC)
SAID: Any = {"by": "records.officer", "why": WHY, "at": AT}


def linked(installation: Settings, door: Door, worlds: Worlds) -> str:
    worlds.put(a_day_of_four, installation)
    child = child_of(door, a_number(3))
    assert child is not None
    return child


def sealed(door: Door) -> list[str]:
    with door.reading() as session:
        return sealed_children(session)


def test_a_seal_says_who_why_and_when_and_so_does_its_end(
    installation: Settings, graph_door: Door, worlds: Worlds
):
    child = linked(installation, graph_door, worlds)
    before = seen(graph_door)
    one = sealing.seal(graph_door, installation.home, [child], **SAID)
    assert sealed(graph_door) == [child]
    assert sealing.seal(graph_door, installation.home, [child], **SAID) == one
    sealing.unseal(graph_door, installation.home, child, by="a judge", why="appeal", at=AT)
    assert sealed(graph_door) == []
    assert seen(graph_door) == before
    told = [(line["what"], line["by"], line["why"]) for line in ledger.entries(installation.home)]
    assert told == [("SEALED", "records.officer", WHY), ("UNSEALED", "a judge", "appeal")]


def test_nobody_is_sealed_without_a_reason_or_without_being_there(
    installation: Settings, graph_door: Door, worlds: Worlds
):
    child = linked(installation, graph_door, worlds)
    with pytest.raises(UsageError, match="why"):
        sealing.seal(graph_door, installation.home, [child], by="me", why=" ", at=AT)
    with pytest.raises(UsageError, match="no child"):
        sealing.seal(graph_door, installation.home, ["child_x"], **SAID)
    with pytest.raises(UsageError, match="No seal"):
        sealing.unseal(graph_door, installation.home, child, **SAID)
    assert sealed(graph_door) == []


_MARKED = """CYPHER 25
MATCH (one:Sealed)
RETURN labels(one) AS labels, one.id AS id, one.key AS key"""
_HERS = """CYPHER 25
MATCH (child:Child {id: $child})
RETURN COLLECT { MATCH (child)<-[:DESCRIBES]-(record) RETURN DISTINCT record.key } AS records,
       COLLECT { MATCH (child)-[:HAS_HEARING]->(hearing) RETURN hearing.id } AS hearings"""


def marked(door: Door) -> dict[str, list[str]]:
    """By label, whatever bears the seal's."""
    with door.reading() as session:
        found = session.run(_MARKED).data()
    return {
        label: sorted(one["key"] or one["id"] for one in found if label in one["labels"])
        for label in ("Child", "Record", "Hearing")
    }


def hers(door: Door, child: str) -> dict[str, list[str]]:
    with door.reading() as session:
        found = session.run(_HERS, child=child).single(strict=True)
    assert found["records"]
    assert found["hearings"]
    return {
        "Child": [child],
        "Record": sorted(found["records"]),
        "Hearing": sorted(found["hearings"]),
    }


def test_what_tells_of_her_alone_is_sealed_with_her_and_nothing_else(
    installation: Settings, graph_door: Door, worlds: Worlds
):
    child = linked(installation, graph_door, worlds)
    sealing.seal(graph_door, installation.home, [child], **SAID)
    assert marked(graph_door) == hers(graph_door, child)
    deliver_second(installation.home)
    job.link(installation)
    assert marked(graph_door) == hers(graph_door, child)
    sealing.unseal(graph_door, installation.home, child, by="a judge", why="appeal", at=AT)
    assert not any(marked(graph_door).values())


def test_her_names_leave_the_search_and_come_back(
    installation: Settings, graph_door: Door, worlds: Worlds
):
    child = linked(installation, graph_door, worlds)
    text = """MATCH (:Child {id: $id})-[:HAS_BIOGRAPHICS]->(known)
        RETURN known.supersededIn AS superseded"""

    def superseded():
        with graph_door.reading() as session:
            return session.run(text, id=child).single(strict=True)["superseded"]

    assert superseded() is None
    sealing.seal(graph_door, installation.home, [child], **SAID)
    assert superseded() == "000000000"
    sealing.unseal(graph_door, installation.home, child, **SAID)
    assert superseded() is None


def test_a_seal_holds_through_what_is_delivered_later(
    installation: Settings, graph_door: Door, worlds: Worlds
):
    child = linked(installation, graph_door, worlds)
    sealing.seal(graph_door, installation.home, [child], **SAID)
    deliver_second(installation.home, 4)
    assert job.link(installation).run == 2
    assert sealed(graph_door) == [child]
    with graph_door.reading() as session:
        known = "MATCH (:Child {id: $id})-[:HAS_BIOGRAPHICS]->(k) RETURN k.supersededIn AS s"
        assert {row["s"] for row in session.run(known, id=child)} == {"000000000"}


def test_a_graph_that_is_made_again_has_its_seals(
    installation: Settings, graph_door: Door, worlds: Worlds
):
    child = linked(installation, graph_door, worlds)
    sealing.seal(graph_door, installation.home, [child], **SAID)
    with graph_door.writing() as session:
        session.run(
            "MATCH (n) WHERE NOT n:Migration AND NOT n:MigrationLock DETACH DELETE n"
        ).consume()
    job.link(installation)
    assert sealed(graph_door) == [child]


def test_a_seal_that_died_before_the_graph_knew_is_there_after_the_next_link(
    installation: Settings, graph_door: Door, worlds: Worlds, monkeypatch: pytest.MonkeyPatch
):
    child = linked(installation, graph_door, worlds)
    with monkeypatch.context() as dying:
        dying.setattr("linkage.forgetting.sealing.sealing.keep_seals", _dies)
        with pytest.raises(KeyboardInterrupt):
            sealing.seal(graph_door, installation.home, [child], **SAID)
    assert sealed(graph_door) == []
    job.link(installation)
    assert sealed(graph_door) == [child]
    assert [line["what"] for line in ledger.entries(installation.home)] == ["SEALED"]


def test_who_is_expunged_needs_no_seal(installation: Settings, graph_door: Door, worlds: Worlds):
    child = linked(installation, graph_door, worlds)
    sealing.seal(graph_door, installation.home, [child], **SAID)
    expunged(installation, child)
    assert json.loads((installation.home / "seals.json").read_text()) == []
    with graph_door.reading() as session:
        assert session.run("MATCH (s:Seal) RETURN s").single() is None


def _dies(*args: object, **named: object) -> None:
    raise KeyboardInterrupt
