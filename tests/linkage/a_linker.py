"""Linkage by A-number and by a sponsor's name: quick, plain, and enough to make facts from."""

from dataclasses import dataclass
from pathlib import Path

from duckdb import DuckDBPyConnection

from linkage.cleaning import clean
from linkage.link import Previous
from linkage.model.frozen import load_models
from linkage.places import resolve_places
from linkage.resolve import inherit

MODEL = "by-number"
_TABLES = ("people", "identities", "places", "pairs")


@dataclass
class LinkedPlainly:
    """What the job reads of linkage's own answer."""

    model_version: str = MODEL


def link_plainly(
    connection: DuckDBPyConnection,
    into: Path,
    *,
    models: Path | None = None,
    previous: Previous | None = None,
) -> LinkedPlainly:
    """`linkage.link.link`, but that a person is whoever bears the number or the name."""
    before = previous or Previous()
    identify(connection, before)
    connection.execute("CREATE TABLE pairs (left_key VARCHAR, right_key VARCHAR, role VARCHAR)")
    into.mkdir(parents=True, exist_ok=True)
    for table in _TABLES:
        connection.execute(f"COPY {table} TO '{into}/{table}.parquet'")
    return LinkedPlainly()


def identify(connection: DuckDBPyConnection, before: Previous) -> None:
    """Make `people`, `places` and `identities`."""
    clean(connection, load_models().lexicon)
    resolve_places(connection, before.addresses)
    connection.execute(
        "CREATE OR REPLACE TABLE identities (record_key VARCHAR, role VARCHAR,"
        " identity_id VARCHAR, match_weight DOUBLE, model_version VARCHAR)"
    )
    for role, kind, alike, known in (
        ("CHILD", "child", "a_number", before.children),
        ("SPONSOR", "sponsor", "given_joined || family_joined", before.sponsors),
    ):
        rows = connection.execute(
            f"SELECT record_key, coalesce({alike}, record_key) FROM people WHERE role = '{role}'"
        ).fetchall()
        ids = inherit(known, dict(rows), kind)
        if ids:
            connection.executemany(
                "INSERT INTO identities VALUES (?, ?, ?, 12.0, ?)",
                [(key, role, identity, MODEL) for key, identity in sorted(ids.items())],
            )
    connection.execute(
        """INSERT INTO identities
        SELECT received.record_key, 'CHILD', identity_id, match_weight, model_version
        FROM (SELECT record_key, idncase FROM received_eoir_proceeding WHERE is_current
              UNION ALL SELECT record_key, idncase FROM received_eoir_schedule WHERE is_current)
            AS received
        JOIN received_eoir_case AS cases USING (idncase)
        JOIN identities ON identities.record_key = cases.record_key WHERE cases.is_current"""
    )
    connection.execute(
        """INSERT INTO people BY NAME
        SELECT record_key, version, 'CHILD' AS role, source, "table", record_id, as_of
        FROM (SELECT record_key, version, source, "table", record_id, as_of, is_current
              FROM received_eoir_proceeding
              UNION ALL SELECT record_key, version, source, "table", record_id, as_of, is_current
              FROM received_eoir_schedule)
        WHERE is_current AND record_key IN (SELECT record_key FROM identities)"""
    )
