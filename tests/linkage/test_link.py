"""The frozen models on a small world they never saw."""

import duckdb
import pytest

from linkage.demo import generate
from linkage.evaluate import evaluate
from linkage.export import export_linkage
from linkage.intake.ingest import ingest
from linkage.link import link
from linkage.workings import open_workings


@pytest.fixture(scope="module")
def world(tmp_path_factory):
    home = tmp_path_factory.mktemp("world")
    generate(600, 20_001, home)
    ingest(home, [home / "deliveries"])
    return home


@pytest.fixture(scope="module")
def linked(world):
    with open_workings(world / "run.duckdb") as connection:
        counts = link(connection, world)
        export_linkage(connection, world / "export")
        for table in ("people", "places"):
            connection.execute(f"COPY {table} TO '{world / table}.parquet'")
    return counts


@pytest.fixture(scope="module")
def found(world, linked):
    return evaluate(
        world / "export" / "identities.csv",
        world / "truth",
        people=world / "people.parquet",
        places=world / "places.parquet",
    )


def test_children_are_found_and_hardly_ever_confused(found):
    assert found.children.pairwise.f1 >= 0.985
    assert found.children.pairwise.precision >= 0.9995


def test_not_one_identity_holds_two_siblings(found):
    assert found.siblings_joined == 0


def test_sponsors_and_addresses_reach_their_bars(found):
    assert found.sponsors.pairwise.f1 >= 0.95
    assert found.addresses is not None
    assert found.addresses.pairwise.f1 >= 0.97


def test_children_without_an_a_number_are_found_too(found):
    assert found.children.by_group["no A-number"].recall >= 0.95


def test_linking_again_gives_the_same_ids(world, linked):
    with open_workings(world / "again.duckdb", world / "run.duckdb") as connection:
        link(connection, world, anew=True)
        connection.execute(f"ATTACH '{world / 'run.duckdb'}' AS first (READ_ONLY)")
        for table in ("identities", "places", "pairs"):
            differing = connection.execute(
                f"SELECT count(*) FROM (FROM {table} EXCEPT FROM first.{table})"
            ).fetchall()
            assert differing == [(0,)]


def test_every_person_has_an_identity(world, linked):
    with duckdb.connect(str(world / "run.duckdb"), read_only=True) as connection:
        assert connection.execute(
            "SELECT count(*) FROM people ANTI JOIN identities USING (record_key, role)"
        ).fetchall() == [(0,)]
