"""A small made-up world, ingested, cleaned and given features: for tests of the engine itself."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from duckdb import DuckDBPyConnection

from linkage.cleaning import clean
from linkage.demo import generate
from linkage.intake.ingest import ingest
from linkage.model.features import child_features, load_names, sponsor_features
from linkage.model.frozen import Models, load_models
from linkage.places import resolve_places
from linkage.store import open_store


@contextmanager
def a_world(home: Path, children: int = 200, seed: int = 5) -> Iterator[DuckDBPyConnection]:
    """A connection with `children` and `sponsors`; each child is taken for one by her A-number."""
    ingest(home, [generate(children, seed, home).deliveries])
    with open_store(home) as connection:
        make_people(connection, load_models())
        yield connection


def make_people(connection: DuckDBPyConnection, models: Models) -> None:
    clean(connection, models.lexicon)
    resolve_places(connection)
    load_names(connection, models.bands)
    child_features(connection)
    connection.execute(
        "CREATE OR REPLACE TEMP TABLE child_identities AS"
        " SELECT record_key, min(person) OVER (PARTITION BY coalesce(a_number, record_key))"
        " AS cluster FROM children"
    )
    sponsor_features(connection)
