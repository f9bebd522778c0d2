"""One child leaves: the deliveries, the tables, the graph; and nobody else does."""

import json
import os
import re
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, date, datetime
from functools import partial
from pathlib import Path

import duckdb
import pytest

from api.reaching import reaching
from graph.checksum import fingerprint
from graph.connection import Door, Endpoint
from graph.errors import SponsorgraphError, UsageError
from graph.following.opening import opening_of
from graph.judgements import every_judgement, record_judgement
from graph.selection import Asked
from graph.settings import Settings
from graph.sharing import SEES_EVERYTHING
from graph.vocabulary.agencies import Source
from graph.vocabulary.court import Appearance
from graph.vocabulary.doors import door_of
from graph.vocabulary.evidence import Verdict
from graph.vocabulary.welfare import ConcernKind, Leg, Reporter, TouchOutcome, TouchpointKind
from graph.welfare.checking import Requesting, requesting
from graph.welfare.concerns import Raising, raising_concern
from graph.welfare.recording import Kept, Recorder
from graph.welfare.stating import Stating, stating
from graph.welfare.touching import Touching, touching
from graph.writes.appearances import AppearanceSaid, RecordingAppearance, recording_appearance
from graph.writes.steps import take
from linkage import job
from linkage.forgetting import deliveries, ledger
from linkage.forgetting.digests import REFUSED, digests_of
from linkage.forgetting.job import expunge_person
from linkage.intake.ingest import ingest
from linkage.publishing.runs import latest_linked
from tests.journeys.worlds import Worlds, settings_of
from tests.linkage.a_linker import link_plainly
from tests.linkage.a_small_world import a_number, deliver_first, deliver_second

CHILDREN = 8
HER = 3
HER_NAMES = ("García Dd", "Ana Va")
WHY = "court order 17-2026"

Names = Callable[[str], bool]


@pytest.fixture
def installation(
    tmp_path: Path, neo4j: Endpoint, graph_door: Door, monkeypatch: pytest.MonkeyPatch
) -> Settings:
    monkeypatch.setattr(job, "link_records", link_plainly)
    return settings_of(tmp_path / "home", neo4j)


def two_days(installation: Settings) -> None:
    for deliver in (deliver_first, deliver_second):
        deliver(installation.home, CHILDREN)
        job.link(installation)


def a_day_of_four(installation: Settings) -> None:
    deliver_first(installation.home, 4)
    job.link(installation)


def seen(door: Door) -> str:
    with door.reading() as session:
        return fingerprint(session)


def child_of(door: Door, number: str) -> str | None:
    text = """MATCH (:ChildBiographics {aNumber: $number})<-[:HAS_BIOGRAPHICS]-(child:Child)
        RETURN child.id AS id"""
    with door.reading() as session:
        found = session.run(text, number=number).single()
        return found["id"] if found else None


def her(door: Door) -> str:
    child = child_of(door, a_number(HER))
    assert child is not None
    return child


def expunged(installation: Settings, child: str):
    return expunge_person(installation, child, by="records.officer", why=WHY)


def names_her(text: str) -> bool:
    record = re.search(rf'"(EARM/earm|ORR/orr_release|EOIR/\w+|PLANET/planet)/{HER}("|/v)', text)
    return bool(record) or a_number(HER) in text or "García Dd" in text


def said(properties: dict[str, object]) -> str:
    return json.dumps(properties, default=str, ensure_ascii=False)


def traces_in_the_graph(door: Door, names: Names = names_her) -> list[str]:
    """Nodes and relations that say her number or one of her names, or name one of her records."""
    text = """MATCH (n) WHERE NOT n:Migration
        RETURN labels(n) AS what, properties(n) AS said
        UNION ALL MATCH ()-[f]->() RETURN [type(f)] AS what, properties(f) AS said"""
    with door.reading() as session:
        rows = session.run(text).data()
    return [str(row["what"]) for row in rows if names(said(row["said"]))]


def traces_in_the_home(home: Path, names: Names = names_her) -> list[str]:
    found = []
    for file in sorted(path for path in home.rglob("*") if path.is_file()):
        if "delivered" in file.parts:  # as the agency sent them: not the installation's
            continue
        if file.suffix == ".parquet":
            with duckdb.connect() as connection:
                rows = connection.execute(f"FROM read_parquet('{file}')").fetchall()
            text = json.dumps(rows, default=str, ensure_ascii=False)
        elif file.suffix == ".duckdb":
            text = everything_in(file)
            # Not in its free blocks either.
            text += file.read_bytes().decode("utf-8", "ignore")
        else:
            text = file.read_text(encoding="utf-8", errors="ignore")
        if names(text):
            found.append(str(file.relative_to(home)))
    return found


def everything_in(file: Path) -> str:
    with duckdb.connect(str(file), read_only=True) as connection:
        tables = connection.execute("SELECT table_name FROM duckdb_tables()").fetchall()
        rows = [connection.execute(f'FROM "{table}"').fetchall() for (table,) in tables]
    return json.dumps(rows, default=str, ensure_ascii=False)


def test_nothing_of_her_is_left_anywhere(installation: Settings, graph_door: Door, worlds: Worlds):
    worlds.put(two_days, installation)
    child = her(graph_door)
    assert traces_in_the_home(installation.home)
    assert traces_in_the_graph(graph_door)

    done = expunged(installation, child)

    assert (done.records, done.children) == (5, 1)
    assert traces_in_the_graph(graph_door) == []
    assert traces_in_the_home(installation.home) == []
    with graph_door.reading() as session:
        assert session.run("MATCH (c:Child {id: $id}) RETURN c", id=child).single() is None
        orphans = "MATCH (h:Hearing) WHERE NOT (h)<--() RETURN count(h) AS n"
        assert session.run(orphans).single(strict=True)["n"] == 0


def recorded(door: Door, child: str) -> None:
    """Somebody called her, worries about her, wrote down where she lives, looked, and asks more."""
    asked = Asked(SEES_EVERYTHING, date(2024, 7, 1))
    by = Recorder("cara", None, None, f"of {child}", datetime.now(UTC), asked.today)
    seen, on = reaching(asked, child), date(2024, 6, 1)
    call, leg = TouchpointKind.CALL_30_DAY, Leg.CHILD
    steps = (
        lambda: touching(
            Touching(
                child, call, TouchOutcome.REACHED, on, leg, f"{HER_NAMES[0]} herself", by, seen
            )
        ),
        lambda: requesting(Requesting(child, f"How is {HER_NAMES[0]}?", None, by, seen)),
        lambda: raising_concern(Raising(child, ConcernKind.OTHER, f"{HER_NAMES[0]}!", by, seen)),
        lambda: stating(
            Stating(
                child,
                {"line1": f"1 {HER_NAMES[0]} St"},
                door_of("1 Oak St"),
                Reporter.CHILD,
                on,
                by,
                seen,
            )
        ),
    )
    with door.writing() as session:
        kept = [take(session, one) for one in steps]
        assert all(isinstance(one, Kept) for one in kept), kept


def test_what_people_recorded_of_her_goes_with_her_and_of_others_stays(
    installation: Settings, graph_door: Door, worlds: Worlds
):
    worlds.put(two_days, installation)
    child, other = her(graph_door), child_of(graph_door, a_number(HER + 1))
    assert other is not None
    recorded(graph_door, child)
    recorded(graph_door, other)
    expunged(installation, child)
    with graph_door.reading() as session:
        kept = session.run(
            "MATCH (n:Touchpoint|WellnessCheck|Concern|ConcernStep|AddressStatement|Notice)"
            " RETURN labels(n)[0] AS what, count(n) AS many ORDER BY what"
        ).data()
        hers = session.run(
            "MATCH (n) WHERE n.key = $key OR n.asked = $child RETURN count(n) AS many",
            key=f"cara\nof {child}", child=child,
        ).single(strict=True)  # fmt: skip
    assert hers["many"] == 0
    assert {one["what"] for one in kept} == {
        *("Touchpoint", "WellnessCheck", "Concern", "ConcernStep", "AddressStatement", "Notice")
    }
    assert {one["many"] for one in kept if one["what"] in ("Touchpoint", "Concern")} == {1}


def test_what_followed_her_failures_to_appear_goes_with_her_and_with_others_only_her_papers(
    installation: Settings, graph_door: Door, worlds: Worlds
):
    worlds.put(two_days, installation)
    child, other = her(graph_door), child_of(graph_door, a_number(HER + 1))
    now = datetime(2024, 7, 1, tzinfo=UTC)
    with graph_door.writing() as session:
        for whose in (child, other):
            (row,) = session.run(
                "MATCH (:Child {id: $id})-[:HAS_HEARING]->(h) RETURN h.id AS id LIMIT 1", id=whose
            )
            session.run(
                "MATCH (r:Record)-[f:REPORTS]->(:Hearing {id: $id})"
                " SET f.appearance = 'FAILED_TO_APPEAR'",
                id=row["id"],
            ).consume()
            assert take(session, partial(opening_of, [row["id"]], now)).follow_ups == 1
        session.run(
            "MATCH (s:FollowUpStep) SET s.evidence = s.evidence + $hers",
            hers=[f"EARM/earm/{HER}/v1"],
        ).consume()
    assert traces_in_the_graph(graph_door)
    expunged(installation, child)
    assert traces_in_the_graph(graph_door) == []
    with graph_door.reading() as session:
        told = session.run(
            "MATCH (f:FollowUp)-[:FOLLOWS]->(h)<-[:HAS_HEARING]-(c) RETURN c.id AS child"
        )
        assert {row["child"] for row in told} == {other}
        left = session.run("MATCH (n:NextAction|FollowUpStep) WHERE NOT (n)-->(:FollowUp) RETURN n")
        assert list(left) == []


def said_of_the_case(door: Door, child: str) -> None:
    """An attorney's word on her hearing, and an officer's on why she has no notice."""
    of_hers = "MATCH (:Child {id: $id})-[:HAS_HEARING]->(h) RETURN h.id AS id LIMIT 1"
    with door.writing() as session:
        hearing = session.run(of_hers, id=child).single(strict=True)["id"]
        said = RecordingAppearance(
            Appearance.APPEARED, Source.PLANET, f"{HER_NAMES[0]} was there.", "ada", None,
            f"of {child}", datetime.now(UTC), date(2024, 7, 1),
            ("RETURN [['Hearing', [$id]]] AS found", {"id": hearing}),
        )  # fmt: skip
        assert isinstance(take(session, lambda: recording_appearance(said)), AppearanceSaid)
        session.run(
            "MATCH (c:Child {id: $id}) CREATE (:NoticeWord {id: 'w' + $id, key: 'w' + $id,"
            " note: $note})-[:WHY_NO_NOTICE {runFrom: 0}]->(c)",
            id=child, note=f"{HER_NAMES[0]} travels.",
        ).consume()  # fmt: skip


def test_what_was_said_of_her_case_goes_with_her_and_of_others_stays(
    installation: Settings, graph_door: Door, worlds: Worlds
):
    worlds.put(two_days, installation)
    child, other = her(graph_door), child_of(graph_door, a_number(HER + 1))
    assert other is not None
    for one in (child, other):
        said_of_the_case(graph_door, one)
    expunged(installation, child)
    with graph_door.reading() as session:
        left = session.run("MATCH (n:AppearanceEntry|NoticeWord) RETURN n.key AS key ORDER BY key")
        assert [row["key"] for row in left] == [f"ada\nof {other}", f"w{other}"]
        named = "MATCH ()-[r:REPORTS]->() WHERE r.recordedBy = 'ada' RETURN count(r) AS many"
        assert session.run(named).single(strict=True)["many"] == 1


def test_the_others_are_as_if_she_had_never_been_delivered(
    installation: Settings, graph_door: Door, worlds: Worlds, tmp_path: Path, neo4j: Endpoint
):
    worlds.put(two_days, installation)
    before = {number: child_of(graph_door, a_number(number)) for number in range(1, CHILDREN + 1)}
    expunged(installation, her(graph_door))
    after = {number: child_of(graph_door, a_number(number)) for number in range(1, CHILDREN + 1)}
    assert after == before | {HER: None}

    unchanged = seen(graph_door)
    assert job.link(installation).run is None
    assert job.link(installation, anew=True).run is None
    assert seen(graph_door) == unchanged


def test_a_link_of_what_is_new_then_equals_one_of_everything(
    tmp_path: Path, neo4j: Endpoint, graph_door: Door
):
    """With the models themselves, which link what is new alone."""
    installation = settings_of(tmp_path / "home", neo4j)
    deliver_first(installation.home, CHILDREN)
    job.link(installation)
    described = "MATCH (:Record {key: $key})-[:DESCRIBES]->(child:Child) RETURN child.id AS id"
    with graph_door.reading() as session:
        child = session.run(described, key=f"EARM/earm/{HER}").single(strict=True)["id"]
    assert expunged(installation, child).records > 0
    deliver_second(installation.home, CHILDREN)

    assert not job.link(installation).linkage["anew"]
    step_by_step = seen(graph_door)

    assert job.link(installation, anew=True).run is None
    assert seen(graph_door) == step_by_step
    assert traces_in_the_graph(graph_door) == []


def test_the_same_file_again_does_not_bring_her_back_and_says_so(
    installation: Settings, graph_door: Door, worlds: Worlds
):
    worlds.put(two_days, installation)
    expunged(installation, her(graph_door))
    before = seen(graph_door)

    again = ingest(installation.home, [installation.home / "delivered" / "2024-01-31"])

    assert again.complete
    assert {file.set_aside_for.get(REFUSED) for file in again.files} == {1}
    assert job.link(installation).run is None
    assert seen(graph_door) == before
    assert traces_in_the_home(installation.home) == []


def test_every_file_says_what_it_was_and_what_it_is(
    installation: Settings, graph_door: Door, worlds: Worlds
):
    worlds.put(two_days, installation)
    expunged(installation, her(graph_door))
    home = installation.home
    assert deliveries.verify(home / "store") > 0
    (line,) = ledger.entries(home)
    assert (line["what"], line["by"], line["why"]) == ("EXPUNGED", "records.officer", WHY)
    assert digests_of(home).of(f"EARM/earm/{HER}") in line["digests"]
    with duckdb.connect() as connection:
        tombstones = connection.execute(
            f"SELECT record, content FROM read_parquet('{home}/store/deliveries/*/expunged_earm_*')"
        ).fetchall()
    assert {record for record, _ in tombstones} == {digests_of(home).of(f"EARM/earm/{HER}")}
    assert any(content for _, content in tombstones)

    rewritten = next((home / "store" / "deliveries").glob("*/rows_earm_1.parquet"))
    rewritten.write_bytes(rewritten.read_bytes() + b" ")
    with pytest.raises(SponsorgraphError, match="is not what expungement"):
        deliveries.verify(home / "store")


def test_a_line_of_the_ledger_that_was_altered_is_named(
    installation: Settings, graph_door: Door, worlds: Worlds
):
    worlds.put(two_days, installation)
    for number in (HER, HER + 1):
        child = child_of(graph_door, a_number(number))
        assert child is not None
        expunged(installation, child)
    file = installation.home / "forgetting" / "ledger.jsonl"
    assert len(list(ledger.entries(installation.home))) == 2
    file.write_text(file.read_text().replace("records.officer", "somebody.else", 1))
    with pytest.raises(SponsorgraphError, match="Line 2"):
        list(ledger.entries(installation.home))


def test_judgements_on_her_go_and_others_stay(
    installation: Settings, graph_door: Door, worlds: Worlds
):
    worlds.put(two_days, installation)
    child = her(graph_door)
    with graph_door.writing() as session:
        for left, right, reason in (
            (f"EARM/earm/{HER}", "EARM/earm/4", "her sister"),
            ("EARM/earm/5", "EARM/earm/6", f"not the sister of {a_number(HER)} either"),
            ("EARM/earm/7", "EARM/earm/8", "seen on another day"),
        ):
            record_judgement(
                session, left=left, right=right, role="CHILD", verdict=Verdict.DIFFERENT,
                reason=reason, actor="analyst", key=left,
            )  # fmt: skip
    job.link(installation)

    assert expunged(installation, child).judgements == 1

    with graph_door.reading() as session:
        kept = every_judgement(session)
    assert sorted(one["reason"] for one in kept) == ["[expunged]", "seen on another day"]
    assert kept == json.loads((installation.home / "judgements.json").read_text())
    assert traces_in_the_graph(graph_door) == []


def test_a_reason_that_names_her_is_not_kept(
    installation: Settings, graph_door: Door, worlds: Worlds
):
    worlds.put(two_days, installation)
    before = seen(graph_door)
    with pytest.raises(UsageError, match="names her"):
        expunge_person(installation, her(graph_door), by="me", why=f"order about {a_number(HER)}")
    assert seen(graph_door) == before
    assert job.link(installation).run is None


def test_somebody_unknown_cannot_be_expunged(
    installation: Settings, graph_door: Door, worlds: Worlds
):
    worlds.put(two_days, installation)
    with pytest.raises(UsageError, match="There is no child"):
        expunge_person(installation, "child_nobody", by="me", why=WHY)


def test_what_waits_to_be_linked_may_be_hers(installation: Settings, graph_door: Door):
    deliver_first(installation.home, CHILDREN)
    job.link(installation)
    child = her(graph_door)
    deliver_second(installation.home, CHILDREN)
    with pytest.raises(SponsorgraphError, match="delivered since the last link"):
        expunged(installation, child)


STEPS = (
    "before the intent", "intent", "a file", "files", "tables", "copy", "graph", "link", "stale",
    "older", "ledger",
)  # fmt: skip


def killed_at(step: str, person: str, installation: Settings, neo4j: Endpoint) -> None:
    command = [sys.executable, "-m", "tests.journeys.expunge_and_die", step, person]
    environment = os.environ | {
        "NEO4J_URI": neo4j.uri, "NEO4J_USER": neo4j.user, "NEO4J_PASSWORD": neo4j.password,
        "SPONSORGRAPH_HOME": str(installation.home),
    }  # fmt: skip
    died = subprocess.run(command, env=environment, capture_output=True, check=False)
    assert died.returncode == -9, died.stderr.decode()[-2000:]


@pytest.mark.parametrize("step", STEPS)
def test_killed_anywhere_it_is_not_begun_or_finished_by_the_next_link(
    installation: Settings, graph_door: Door, worlds: Worlds, neo4j: Endpoint, step: str
):
    worlds.put(a_day_of_four, installation)
    child, before = her(graph_door), seen(graph_door)
    killed_at(step, child, installation, neo4j)

    if step not in ("before the intent", "ledger"):
        with pytest.raises(SponsorgraphError, match="interrupted"):
            ingest(installation.home, [installation.home / "delivered" / "2024-01-31"])
    job.link(installation)

    if step == "before the intent":
        assert seen(graph_door) == before
        assert list(ledger.entries(installation.home)) == []
    else:
        assert traces_in_the_graph(graph_door) == []
        assert traces_in_the_home(installation.home) == []
        assert [line["what"] for line in ledger.entries(installation.home)] == ["EXPUNGED"]
    assert not (installation.home / "expunging").exists()
    assert latest_linked(installation.home).exists()
