"""What is written is what the graph lacks; what is closed is what no longer holds."""

from pathlib import Path
from typing import Any

import pytest
from duckdb import DuckDBPyConnection

from graph.writes import KINDS
from graph.writes.runs import NOTHING_PUBLISHED, Published
from linkage.publishing import plan as planning
from linkage.publishing.apply import _batches
from linkage.publishing.plan import HELD, Planning
from linkage.publishing.runs import (
    Plan,
    RunFolder,
    elder_of,
    folder_of,
    latest_linked,
    made_here,
    prune,
)
from linkage.workings import open_workings

MODELS = ["m"]


def want(connection: DuckDBPyConnection, rows: dict[str, list[dict[str, Any]]]) -> None:
    """Let the `desired_*` tables hold these rows; columns not given are null."""
    for held in HELD:
        columns = ", ".join(f'"{name}" VARCHAR' for name in KINDS[held.kind].columns)
        connection.execute(f"CREATE TEMP TABLE desired_{held.kind} ({columns})")
        for row in rows.get(held.kind, []):
            names, marks = ", ".join(row), ", ".join("?" for _ in row)
            connection.execute(
                f"INSERT INTO desired_{held.kind} ({names}) VALUES ({marks})", list(row.values())
            )


def planned(home: Path, base: Published = NOTHING_PUBLISHED, **rows: list[dict[str, Any]]) -> Plan:
    folder = folder_of(home, base.seq + 1)
    folder.prepare()
    with open_workings(folder.linked, elder_of(home, base)) as connection:
        want(connection, rows)
        plan = Planning(connection, folder, base).plan(MODELS)
    folder.commit(plan)
    return plan


def written(home: Path, plan: Plan, kind: str) -> list[dict[str, Any]]:
    folder = folder_of(home, plan.seq)
    return [
        row
        for _, parts in _batches(folder, plan, after=0)
        for each, rows in parts
        if each == kind
        for row in rows
    ]


def held_by(plan: Plan) -> Published:
    return Published(plan.seq, plan.id)


ANA_LIVES = {"id": "f1", "person": "ana", "address": "oak"}
ANA_MOVED = {"id": "f2", "person": "ana", "address": "elm"}


def test_the_first_plan_writes_everything_anchors_before_facts(tmp_path: Path):
    plan = planned(tmp_path, child_lives_at=[ANA_LIVES], children=[{"id": "ana"}])

    assert [part.kind for part in plan.parts] == ["children", "child_lives_at"]
    assert (plan.seq, plan.rows) == (1, 2)


def test_what_the_graph_holds_already_is_not_written_again(tmp_path: Path):
    first = planned(tmp_path, child_lives_at=[ANA_LIVES], children=[{"id": "ana"}])

    second = planned(tmp_path, held_by(first), child_lives_at=[ANA_LIVES], children=[{"id": "ana"}])

    assert second.rows == 0


def test_a_fact_that_changed_is_closed_where_it_starts_and_the_new_one_is_opened(tmp_path: Path):
    first = planned(tmp_path, child_lives_at=[ANA_LIVES])

    second = planned(tmp_path, held_by(first), child_lives_at=[ANA_MOVED])

    assert written(tmp_path, second, "close_child_lives_at") == [{"start": "ana", "id": "f1"}]
    assert [row["id"] for row in written(tmp_path, second, "child_lives_at")] == ["f2"]


def test_somebody_of_whom_nothing_is_said_any_more_stays_and_is_not_made_twice(tmp_path: Path):
    first = planned(tmp_path, children=[{"id": "ana"}, {"id": "eva"}])
    second = planned(tmp_path, held_by(first), children=[{"id": "ana"}])

    third = planned(tmp_path, held_by(second), children=[{"id": "ana"}, {"id": "eva"}])

    assert (second.rows, third.rows) == (0, 0)


def test_a_fact_that_comes_back_is_opened_again(tmp_path: Path):
    first = planned(tmp_path, child_lives_at=[ANA_LIVES])
    second = planned(tmp_path, held_by(first), child_lives_at=[])

    third = planned(tmp_path, held_by(second), child_lives_at=[ANA_LIVES])

    assert [part.kind for part in third.parts] == ["child_lives_at"]


@pytest.mark.parametrize("after", [0, 1, 2, 3])
def test_a_batch_number_always_means_the_same_rows(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, after: int
):
    monkeypatch.setattr(planning, "BATCH_ROWS", 2)
    children = [{"id": f"c{number}"} for number in (3, 1, 2)]
    plan = planned(tmp_path, children=children, sponsors=[{"id": "s2"}, {"id": "s1"}, {"id": "s3"}])
    folder = folder_of(tmp_path, 1)
    expected = [
        (1, [("children", ["c1", "c2"])]),
        (2, [("children", ["c3"]), ("sponsors", ["s1"])]),
        (3, [("sponsors", ["s2", "s3"])]),
    ]

    left = [
        (n, [(kind, [row["id"] for row in rows]) for kind, rows in parts])
        for n, parts in _batches(folder, plan, after)
    ]

    assert plan.batches == 3
    assert left == expected[after:]


def test_every_kind_is_planned_and_only_facts_are_closed():
    creates = {name for name in KINDS if not name.startswith("close_")}
    closes = {name.removeprefix("close_") for name in KINDS if name.startswith("close_")}

    assert creates == {held.kind for held in HELD}
    assert closes == {held.kind for held in HELD if held.start}


def test_a_plan_is_nothing_until_it_is_committed(tmp_path: Path):
    folder = folder_of(tmp_path, 1)
    folder.prepare()

    assert folder.plan() is None
    assert not made_here(tmp_path, Published(1, "any"))


def test_plans_are_for_their_owners_eyes(tmp_path: Path):
    planned(tmp_path, children=[{"id": "ana"}])

    folder = folder_of(tmp_path, 1)
    assert [path.stat().st_mode & 0o077 for path in (folder.path, folder.plan_files)] == [0, 0]


def test_old_plans_and_states_go_and_reports_stay(tmp_path: Path):
    base, folders = NOTHING_PUBLISHED, []
    for number in range(5):
        base = held_by(planned(tmp_path, base, children=[{"id": f"c{number}"}]))
        folders.append(RunFolder(tmp_path / "runs" / f"{base.seq:06d}"))
        folders[-1].report.write_text("{}")

    prune(tmp_path, base)

    assert [folder.linked.exists() for folder in folders] == [False, False, True, True, True]
    # A database that loses its last transactions needs the last plan again.
    assert [folder.plan_files.is_dir() for folder in folders] == [False, False, False, False, True]
    assert all(folder.report.exists() for folder in folders)


def test_before_anything_was_linked_there_is_nothing_to_measure(tmp_path: Path):
    with pytest.raises(Exception, match="sponsorgraph link"):
        latest_linked(tmp_path)


def test_what_was_stated_of_some_leaves_what_is_held_of_others(tmp_path: Path):
    eva_lives = {"id": "f3", "person": "eva", "address": "oak"}
    first = planned(tmp_path, child_lives_at=[ANA_LIVES, eva_lives])
    folder = folder_of(tmp_path, 2)
    folder.prepare()
    with open_workings(folder.linked, elder_of(tmp_path, held_by(first))) as connection:
        want(connection, {"child_lives_at": [ANA_MOVED]})
        connection.execute("CREATE TEMP TABLE ids_affected AS SELECT 'ana' AS identity_id")
        connection.execute("CREATE TEMP TABLE scope (record_key VARCHAR)")
        connection.execute("CREATE TABLE current_records (record_key VARCHAR, latest INTEGER)")
        second = Planning(connection, folder, held_by(first), anew=False).plan(MODELS)

    assert {part.kind: part.rows for part in second.parts} == {
        "child_lives_at": 1,
        "close_child_lives_at": 1,
    }
