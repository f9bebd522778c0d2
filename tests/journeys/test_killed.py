"""A `link` that is killed in mid-write: nothing of it is seen, and the next one finishes it."""

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from graph.checksum import fingerprint
from graph.connection import Door, Endpoint
from graph.errors import SponsorgraphError
from graph.writes.runs import Run, published_run, unfinished_run
from linkage import job
from linkage.publishing.apply import _batches
from linkage.publishing.runs import folder_of
from tests.journeys.worlds import settings_of
from tests.linkage.a_linker import link_plainly
from tests.linkage.a_small_world import deliver_first, deliver_second

SECONDS_TO_GET_THERE = 120
CHILDREN = 20
LAST_WRITTEN = {"reports", "child_evidence", "sponsor_evidence"}


@pytest.fixture
def home(tmp_path: Path, graph_door: Door, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(job, "link_records", link_plainly)
    return tmp_path / "home"


def seen(door: Door) -> str:
    with door.reading() as session:
        return fingerprint(session)


def unfinished(door: Door) -> Run | None:
    with door.reading() as session:
        return unfinished_run(session)


def killed_after(share: float, home: Path, neo4j: Endpoint, door: Door) -> None:
    """Start a link and kill it without warning once this share of its run is written."""
    environment = os.environ | {
        "NEO4J_URI": neo4j.uri,
        "NEO4J_USER": neo4j.user,
        "NEO4J_PASSWORD": neo4j.password,
    }
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.journeys.link_in_small_batches", str(home)], env=environment
    )
    try:
        latest = time.monotonic() + SECONDS_TO_GET_THERE
        while (run := unfinished(door)) is None or run.batches < share * run.planned:
            assert process.poll() is None, "it ended before it could be killed"
            assert time.monotonic() < latest
            time.sleep(0.002)
    finally:
        process.send_signal(signal.SIGKILL)
        process.wait()


def without_disturbance(home: Path, neo4j: Endpoint, door: Door) -> list[str]:
    """What is seen after each of the two deliveries when nothing goes wrong; then all is wiped."""
    settings, after = settings_of(home, neo4j), []
    for deliver in (deliver_first, deliver_second):
        deliver(home, CHILDREN)
        job.link(settings)
        after.append(seen(door))
    with door.writing() as session:
        session.run("MATCH (n) WHERE NOT n:Migration DETACH DELETE n").consume()
    return after


def test_a_link_killed_again_and_again_ends_as_if_nothing_had_happened(
    home: Path, tmp_path: Path, neo4j: Endpoint, graph_door: Door
):
    expected = without_disturbance(tmp_path / "undisturbed", neo4j, graph_door)
    chance = random.Random(20240630)
    for run, deliver in enumerate((deliver_first, deliver_second), start=1):
        deliver(home, CHILDREN)
        before = seen(graph_door)
        for share in sorted((chance.uniform(0, 0.5), chance.uniform(0, 0.9))):
            killed_after(share, home, neo4j, graph_door)
            assert seen(graph_door) == before, "half a run was visible"

        report = job.link(settings_of(home, neo4j))

        assert report.resumed == run
        assert report.run is None, "what was carried on was the whole of it"
        assert seen(graph_door) == expected[run - 1]


def test_a_plan_that_was_never_finished_is_thrown_away(
    home: Path, neo4j: Endpoint, graph_door: Door, monkeypatch: pytest.MonkeyPatch
):
    deliver_first(home, CHILDREN)
    with monkeypatch.context() as dying:
        dying.setattr("linkage.publishing.runs.RunFolder.commit", _dies)
        with pytest.raises(KeyboardInterrupt):
            job.link(settings_of(home, neo4j))
    assert folder_of(home, 1).plan_files.is_dir()
    deliver_second(home, CHILDREN)

    report = job.link(settings_of(home, neo4j))

    assert (report.resumed, report.run) == (None, 1)
    assert report.created["records"] == CHILDREN * 5 + 6 + 10


def test_a_run_begun_from_another_home_is_left_to_it(
    home: Path, tmp_path: Path, neo4j: Endpoint, graph_door: Door, monkeypatch: pytest.MonkeyPatch
):
    deliver_first(home, 3)
    with monkeypatch.context() as dying:
        dying.setattr("linkage.publishing.apply.publish", _dies)
        with pytest.raises(KeyboardInterrupt):
            job.link(settings_of(home, neo4j))
    other = tmp_path / "other"
    deliver_first(other, 3)

    with pytest.raises(SponsorgraphError, match="begun from another home"):
        job.link(settings_of(other, neo4j))

    with graph_door.reading() as session:
        assert published_run(session).seq == 0
    assert job.link(settings_of(home, neo4j)).resumed == 1


def test_a_database_that_lost_its_last_transactions_is_brought_up_again(
    home: Path, neo4j: Endpoint, graph_door: Door, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr("linkage.publishing.plan.BATCH_ROWS", 30)
    deliver_first(home, CHILDREN)
    job.link(settings_of(home, neo4j))
    before = seen(graph_door)
    folder = folder_of(home, 1)
    plan = folder.plan()
    assert plan is not None
    batches = [parts for _, parts in _batches(folder, plan, after=0)]
    kept = max(
        n for n, parts in enumerate(batches, 1) if {kind for kind, _ in parts} - LAST_WRITTEN
    )
    lost = [row["id"] for parts in batches[kept:] for _, rows in parts for row in rows]
    assert lost
    with graph_door.writing() as session:
        session.run("MATCH (p:Publication) SET p.run = 0").consume()
        session.run(
            "MATCH ()-[last:REPORTS]->() WHERE last.id IN $lost DELETE last", lost=lost
        ).consume()
        session.run(
            "MATCH (last:LinkEvidence) WHERE last.id IN $lost DETACH DELETE last", lost=lost
        ).consume()
        session.run(
            "MATCH (run:Run) SET run.state = 'WRITING', run.batches = $kept", kept=kept
        ).consume()

    assert job.link(settings_of(home, neo4j)).resumed == 1

    assert seen(graph_door) == before


def _dies(*args: object, **named: object) -> None:
    raise KeyboardInterrupt
