"""A day's delivery and a day's judgements, linked by themselves: the same as everything again."""

from collections.abc import Sequence
from pathlib import Path
from random import Random

import pytest
from duckdb import DuckDBPyConnection

from graph.vocabulary.evidence import Judgement, Verdict
from linkage.demo import generate
from linkage.intake.ingest import ingest
from linkage.link import Linked, link
from linkage.workings import open_workings
from tests.linkage.two_days import in_days

WORLDS = [(200, 301), (120, 303)]


@pytest.fixture(scope="module", params=WORLDS, ids=lambda world: f"{world[0]} children")
def home(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home that was linked on the first day, and has another delivery to link."""
    children, seed = request.param
    folder = tmp_path_factory.mktemp("world")
    made = generate(children, seed, folder)
    first, second = in_days(made.deliveries, folder / "days", Random(seed), 0.1, 0.05)
    home = folder / "home"
    ingest(home, [first])
    linked(home, "first")
    ingest(home, [second])
    linked(home, "second", "first", run=2)
    return home


def linked(
    home: Path,
    name: str,
    elder: str = "",
    judgements: Sequence[Judgement] = (),
    *,
    run: int = 1,
    anew: bool = False,
) -> Linked:
    before = home / f"{elder}.duckdb" if elder else None
    with open_workings(home / f"{name}.duckdb", before) as connection:
        return link(connection, home, judgements=judgements, run=run, anew=anew)


def differing(home: Path, one: str, other: str) -> list[str]:
    """The tables that are not the same in both, bar the last digits of a sum of floats."""
    with open_workings(home / "compared.duckdb") as connection:
        for name in (one, other):
            connection.execute(f"ATTACH '{home / name}.duckdb' AS {name} (READ_ONLY)")
        tables = connection.execute(
            f"SELECT table_name FROM duckdb_tables() WHERE database_name = '{one}'"
        ).fetchall()
        return [table for (table,) in tables if _differs(connection, one, other, table)]


def _differs(connection: DuckDBPyConnection, one: str, other: str, table: str) -> bool:
    rounded = "* REPLACE (round(match_weight, 6) AS match_weight, 0 AS match_probability)"
    columns = rounded if table == "pairs" else "*"
    left, right = (f"SELECT {columns} FROM {name}.{table}" for name in (one, other))
    compared = f"({left} EXCEPT ALL {right}) UNION ALL ({right} EXCEPT ALL {left})"
    return bool(connection.execute(f"SELECT 1 FROM ({compared}) LIMIT 1").fetchall())


def test_a_days_delivery_linked_by_itself_is_the_same_as_everything_linked_again(home):
    again = linked(home, "again", "first", run=2, anew=True)
    assert again.anew
    assert differing(home, "second", "again") == []


def test_only_what_a_delivery_reaches_is_linked_again(home):
    everything = linked(home, "again", "first", run=2, anew=True)
    some = linked(home, "some", "first", run=2)
    assert not some.anew
    assert some.changed < everything.changed / 4


def test_nothing_new_changes_nothing(home):
    third = linked(home, "third", "second", run=3)
    assert (third.changed, third.children.candidates) == (0, 0)
    assert differing(home, "second", "third") == []


def judged_at_random(home: Path, chance: Random, how_many: int) -> list[Judgement]:
    """Judgements on pairs that a reviewer may be shown, some of them against the machine."""
    with open_workings(home / "asked.duckdb", home / "second.duckdb") as connection:
        pairs = connection.execute(
            "SELECT role, left_key, right_key FROM pairs ORDER BY decision = 'LINKED', role, left_key, right_key"
        ).fetchall()
    doubtful = pairs[: len(pairs) // 10]
    chosen = chance.sample(doubtful, min(how_many, len(doubtful))) + chance.sample(pairs, how_many)
    return [
        Judgement(
            f"judgement_{n:03}", role, left, right, chance.choice(list(Verdict)),
            "as her papers say", "ana.reviewer", "2026-11-22T00:00:00Z",
        )
        for n, (role, left, right) in enumerate(sorted(set(chosen)))
    ]  # fmt: skip


@pytest.mark.parametrize("seed", range(2))
def test_no_judgement_is_ever_violated(home, seed):
    judgements = judged_at_random(home, Random(seed), 12)
    result = linked(home, "judged", "second", judgements, run=3)
    with open_workings(home / "asked.duckdb", home / "judged.duckdb") as connection:
        ids = {
            (key, role): identity
            for key, role, identity in connection.execute(
                "SELECT record_key, role, identity_id FROM identities"
            ).fetchall()
        }
    for one in judgements:
        together = ids[one.left, one.role] == ids[one.right, one.role]
        if one.verdict is Verdict.DIFFERENT:
            assert not together
        if one.verdict is Verdict.SAME:
            assert together or one.id in result.heeded.conflict


@pytest.mark.parametrize("seed", range(2))
def test_judgements_heeded_by_themselves_are_the_same_as_everything_linked_again(home, seed):
    judgements = judged_at_random(home, Random(seed), 8)
    linked(home, "judged", "second", judgements, run=3)
    linked(home, "again", "second", judgements, run=3, anew=True)
    assert differing(home, "judged", "again") == []


def test_judgements_taken_back_leave_everybody_as_before(home):
    judgements = judged_at_random(home, Random(9), 10)
    linked(home, "judged", "second", judgements, run=3)
    assert differing(home, "second", "judged")
    linked(home, "retracted", "judged", run=4)
    changed = set(differing(home, "second", "retracted"))
    # What remains is that it happened: ids that were given meanwhile lead to their bearers.
    assert changed <= {"ids_given", "ids_left", "ids_bore", "ids_dormant"}
