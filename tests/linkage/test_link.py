"""The frozen models on a small world they never saw."""

import pytest

from linkage.demo import generate
from linkage.evaluate import evaluate
from linkage.export import export_linkage
from linkage.intake.ingest import ingest
from linkage.link import Previous, link
from linkage.store import open_store


@pytest.fixture(scope="module")
def world(tmp_path_factory):
    home = tmp_path_factory.mktemp("world")
    generate(600, 20_001, home)
    ingest(home, [home / "deliveries"])
    return home


@pytest.fixture(scope="module")
def linked(world):
    connection = open_store(world)
    counts = link(connection, world / "run")
    export_linkage(connection, world / "export")
    return counts


@pytest.fixture(scope="module")
def found(world, linked):
    return evaluate(
        world / "export" / "identities.csv",
        world / "truth",
        people=world / "run" / "people.parquet",
        places=world / "run" / "places.parquet",
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
    connection = open_store(world)
    link(connection, world / "again", previous=Previous.of(world / "run"))
    for table in ("identities", "places"):
        differing = connection.execute(
            "SELECT count(*) FROM (FROM read_parquet($1) EXCEPT FROM read_parquet($2))",
            [str(world / folder / f"{table}.parquet") for folder in ("run", "again")],
        ).fetchall()
        assert differing == [(0,)]


def test_every_person_has_an_identity(world, linked):
    connection = open_store(world)
    assert connection.execute(
        "SELECT count(*) FROM read_parquet($1) ANTI JOIN read_parquet($2) USING (record_key, role)",
        [str(world / "run" / f"{table}.parquet") for table in ("people", "identities")],
    ).fetchall() == [(0,)]
