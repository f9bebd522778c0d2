import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from neo4j.exceptions import Neo4jError

from graph.connection import Door, Endpoint, opened
from graph.errors import MigrationError
from graph.migrate import ensure_current, migrate, status
from graph.migrations import State, migrations

# Takes the lock as a runner does, says so, and is killed before it lets go.
HOLD_THE_LOCK = """
import sys
from graph.connection import Endpoint, opened
from graph.migrate import _alone, _prepare
with opened(Endpoint(sys.argv[1], 'neo4j', sys.stdin.readline().strip())) as door:
    _prepare(door)
    with _alone(door):
        print('held', flush=True)
        sys.stdin.readline()
"""


@pytest.fixture
def fresh_door(graph_door: Door) -> Iterator[Door]:
    """A graph that knows of no migration; what it knew is put back afterwards."""
    run = graph_door.driver.execute_query
    known = run("MATCH (m:Migration) RETURN properties(m) AS it", database_="neo4j").records
    run("MATCH (m:Migration) DELETE m", database_="neo4j")
    yield graph_door
    run("MATCH (m:Migration) DELETE m", database_="neo4j")
    rows = [row["it"] for row in known]
    run("UNWIND $rows AS row CREATE (m:Migration) SET m = row", {"rows": rows}, database_="neo4j")


def a_migration(folder: Path, version: int, *statements: str) -> Path:
    folder.mkdir(exist_ok=True)
    file = folder / f"V{version:03d}__try_something.cypher"
    file.write_text("// Why.\n" + "".join(f"{statement};\n" for statement in statements))
    return folder


def tried(door: Door) -> int:
    counted = door.driver.execute_query("MATCH (t:Tried) RETURN count(t) AS n", database_="neo4j")
    number: int = counted.records[0]["n"]
    return number


def names(door: Door, shown: str) -> set[str]:
    with door.reading() as session:
        return {row["name"] for row in session.run(shown)}


def test_the_graph_has_its_keys_and_look_ups(graph_door: Door):
    assert {"one_child_an_id", "one_record_a_version", "one_publication"} <= names(
        graph_door, "SHOW CONSTRAINTS YIELD name"
    )
    online = names(graph_door, "SHOW INDEXES YIELD name, state WHERE state = 'ONLINE' RETURN name")
    assert {"hearings_by_court_and_day", "address_text"} <= online
    assert {"child_names_by_class", "sponsor_names_by_class"} <= online


def test_a_graph_with_all_migrations_is_current(graph_door: Door):
    ensure_current(graph_door)
    assert migrate(graph_door) == []
    assert {each.state for each in status(graph_door)} == {State.APPLIED}


def test_each_statement_is_applied_once(fresh_door: Door, tmp_path: Path):
    folder = a_migration(tmp_path / "m", 1, "CREATE (:Tried)", "CREATE (:Tried)")
    assert [each.version for each in migrate(fresh_door, folder)] == [1]
    assert migrate(fresh_door, folder) == []
    assert tried(fresh_door) == 2


def test_a_graph_that_is_behind_is_refused_with_the_command_to_run(
    fresh_door: Door, tmp_path: Path
):
    folder = a_migration(tmp_path / "m", 1, "CREATE (:Tried)")
    with pytest.raises(MigrationError, match=r"behind.*`sponsorgraph migrate`"):
        ensure_current(fresh_door, folder)


def test_a_graph_that_is_ahead_is_refused_by_server_and_runner(fresh_door: Door, tmp_path: Path):
    migrate(
        fresh_door, a_migration(a_migration(tmp_path / "new", 1, "CREATE (:Tried)"), 2, "RETURN 1")
    )
    older = a_migration(tmp_path / "old", 1, "CREATE (:Tried)")
    for refusing in (ensure_current, migrate):
        with pytest.raises(MigrationError, match=r"ahead of this program .*V002"):
            refusing(fresh_door, older)


def test_a_migration_changed_after_it_was_applied_is_refused(fresh_door: Door, tmp_path: Path):
    folder = a_migration(tmp_path / "m", 1, "CREATE (:Tried)")
    migrate(fresh_door, folder)
    a_migration(folder, 1, "CREATE (:Tried {other: true})")
    for refusing in (ensure_current, migrate):
        with pytest.raises(MigrationError, match=r"V001 .* was changed"):
            refusing(fresh_door, folder)
    assert tried(fresh_door) == 1


def test_a_runner_that_died_between_two_statements_is_continued(fresh_door: Door, tmp_path: Path):
    folder = a_migration(tmp_path / "m", 1, "CREATE (:Tried)", "CREATE (:Tried)")
    migrate(fresh_door, folder)
    run = fresh_door.driver.execute_query
    run("MATCH (m:Migration) SET m.done = 1", database_="neo4j")
    run("MATCH (t:Tried) WITH t LIMIT 1 DELETE t", database_="neo4j")
    with pytest.raises(MigrationError, match="behind"):
        ensure_current(fresh_door, folder)
    migrate(fresh_door, folder)
    assert tried(fresh_door) == 2


def test_a_runner_that_died_before_it_recorded_a_change_of_schema_is_continued(
    fresh_door: Door, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    index = "CREATE INDEX tried_by_number IF NOT EXISTS FOR (t:Tried) ON (t.number)"
    folder = a_migration(tmp_path / "m", 1, index, "CREATE (:Tried)")
    monkeypatch.setattr("graph.migrate._record", lambda *_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        migrate(fresh_door, folder)
    monkeypatch.undo()
    assert "tried_by_number" in names(fresh_door, "SHOW INDEXES YIELD name")
    migrate(fresh_door, folder)
    fresh_door.driver.execute_query("DROP INDEX tried_by_number", database_="neo4j")
    assert tried(fresh_door) == 1
    assert {each.state for each in status(fresh_door, folder)} == {State.APPLIED}


def test_data_is_there_with_its_record_or_not_at_all(
    fresh_door: Door, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    folder = a_migration(tmp_path / "m", 1, "CREATE (:Tried)")
    monkeypatch.setattr("graph.migrate._RECORD", "RETURN 1 / 0")
    with pytest.raises(Neo4jError):
        migrate(fresh_door, folder)
    monkeypatch.undo()
    assert tried(fresh_door) == 0
    migrate(fresh_door, folder)
    assert tried(fresh_door) == 1


def test_two_runners_at_once_apply_each_statement_once(
    fresh_door: Door, neo4j: Endpoint, tmp_path: Path
):
    folder = a_migration(tmp_path / "m", 1, *["CREATE (:Tried)"] * 5)
    applied: list[int] = []

    def one_runner() -> None:
        with opened(neo4j) as door:
            applied.append(len(migrate(door, folder)))

    runners = [threading.Thread(target=one_runner) for _ in range(2)]
    for runner in runners:
        runner.start()
    for runner in runners:
        runner.join(60)
    assert sorted(applied) == [0, 1]
    assert tried(fresh_door) == 5


def test_a_runner_killed_with_the_lock_in_hand_does_not_block_the_next(
    fresh_door: Door, neo4j: Endpoint, tmp_path: Path
):
    holder = subprocess.Popen(
        [sys.executable, "-c", HOLD_THE_LOCK, neo4j.uri],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    with holder:
        assert holder.stdin
        assert holder.stdout
        holder.stdin.write(f"{neo4j.password}\n")
        holder.stdin.flush()
        assert holder.stdout.readline() == "held\n"
        waiting = threading.Thread(
            target=migrate, args=(fresh_door, a_migration(tmp_path / "m", 1, "CREATE (:Tried)"))
        )
        waiting.start()
        waiting.join(1)
        assert waiting.is_alive()  # while the holder lives, nobody else migrates
        os.kill(holder.pid, signal.SIGKILL)
        waiting.join(30)
    assert tried(fresh_door) == 1


@pytest.mark.parametrize(
    "name", ["V1__short.cypher", "V001__Capital.cypher", "V002__no_first.cypher"]
)
def test_a_file_out_of_the_row_is_refused(tmp_path: Path, name: str):
    (tmp_path / name).write_text("RETURN 1;\n")
    with pytest.raises(MigrationError):
        migrations(tmp_path)


def test_a_semicolon_within_a_line_does_not_end_a_statement(tmp_path: Path):
    (tmp_path / "V001__a.cypher").write_text("// One; two;\nRETURN ';' AS a;\n\nRETURN\n  2;\n")
    [migration] = migrations(tmp_path)
    assert migration.statements == ("RETURN ';' AS a", "RETURN\n  2")
