"""One linkage run: the store's current records to people, identities, pairs and places.

Only frozen models are used here; `linkage.train` makes them.
"""

import time
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import duckdb
from duckdb import DuckDBPyConnection

from linkage.cleaning import Cleaned, clean
from linkage.identities import Identified, give_ids, write_pairs
from linkage.matching import Matched, match
from linkage.model.blocking import CHILD_RULES, SPONSOR_RULES
from linkage.model.features import child_features, load_names, sponsor_features
from linkage.model.frozen import load_models
from linkage.model.thresholds import CHILD, SPONSOR
from linkage.places import complete_places, resolve_places
from linkage.quoting import literal

TABLES = ("people", "identities", "pairs", "places")


@dataclass(frozen=True)
class Previous:
    """The last published run's ids: record key → id by role, address key → id.

    `ever_given` are the ids that any run gave to anybody (or any address): whoever calls knows
    them, for a run's folder holds only who bears an id still.
    """

    children: Mapping[str, str] = field(default_factory=dict)
    sponsors: Mapping[str, str] = field(default_factory=dict)
    addresses: Mapping[str, str] = field(default_factory=dict)
    ever_given: Collection[str] = ()

    @classmethod
    def of(cls, run: Path | None, ever_given: Collection[str] = ()) -> "Previous":
        """Read from a run's folder (identities.parquet, places.parquet); nothing for the first."""
        if run is None:
            return cls(ever_given=ever_given)
        with duckdb.connect() as connection:
            ids = "SELECT record_key, identity_id FROM read_parquet($file) WHERE role = $role"
            file = str(run / "identities.parquet")
            return cls(
                dict(connection.execute(ids, {"file": file, "role": "CHILD"}).fetchall()),
                dict(connection.execute(ids, {"file": file, "role": "SPONSOR"}).fetchall()),
                dict(
                    connection.execute(
                        "SELECT DISTINCT address_key, address_id FROM read_parquet($file)",
                        {"file": str(run / "places.parquet")},
                    ).fetchall()
                ),
                ever_given,
            )


@dataclass
class Linked:
    """What a run found, for its report: counts and seconds, nobody's data."""

    model_version: str
    cleaned: Cleaned
    children: Matched
    sponsors: Matched
    identified: Identified
    addresses: int
    # Addresses without unit or house number that took the one door their person is known at.
    addresses_completed: int
    seconds: dict[str, float]


def link(
    connection: DuckDBPyConnection,
    into: Path,
    *,
    models: Path | None = None,
    previous: Previous | None = None,
) -> Linked:
    """Link the records of an opened store; write people, identities, pairs, places into `into`.

    Each is a Parquet file there, and a table on the connection; `identities` has every current
    record that describes somebody, once a role. `models` is an installation's home/models. The
    same store, models and previous ids give the same bytes of ids, whatever the order of
    arrival. Raises SponsorgraphError when the models cannot be read.
    """
    before = previous or Previous()
    frozen = load_models(models)
    seconds: dict[str, float] = {}
    with _timed(seconds, "cleaning"):
        cleaned = clean(connection, frozen.lexicon)
    with _timed(seconds, "places"):
        addresses = resolve_places(connection, before.addresses, before.ever_given)
    load_names(connection, frozen.bands)
    with _timed(seconds, "children"):
        child_features(connection)
        children = match(connection, "children", CHILD_RULES, frozen.child, CHILD)
        write_pairs(connection, "children", CHILD)
        connection.execute(_CHILD_IDENTITIES)
    with _timed(seconds, "sponsors"):
        sponsor_features(connection)
        sponsors = match(connection, "sponsors", SPONSOR_RULES, frozen.sponsor, SPONSOR)
        write_pairs(connection, "sponsors", SPONSOR)
        connection.execute(_SPONSOR_IDENTITIES)
        completed = complete_places(connection)
    with _timed(seconds, "identities"):
        identified = give_ids(
            connection, before.children, before.sponsors, frozen.version, before.ever_given
        )
    _write(connection, into)
    return Linked(
        frozen.version, cleaned, children, sponsors, identified, addresses, completed, seconds
    )


_CHILD_IDENTITIES = """
CREATE OR REPLACE TEMP TABLE child_identities AS
SELECT record_key, cluster FROM children JOIN clustered USING (person)
"""

_SPONSOR_IDENTITIES = """
CREATE OR REPLACE TEMP TABLE sponsor_identities AS
SELECT record_key, cluster FROM sponsors JOIN clustered USING (person)
"""


def _write(connection: DuckDBPyConnection, into: Path) -> None:
    into.mkdir(parents=True, exist_ok=True)
    for table in TABLES:
        file = literal(str(into / f"{table}.parquet"))
        connection.execute(f"COPY (FROM {table}) TO {file}")


@contextmanager
def _timed(seconds: dict[str, float], stage: str) -> Iterator[None]:
    started = time.monotonic()
    yield
    seconds[stage] = round(time.monotonic() - started, 1)
