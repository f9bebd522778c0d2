"""Which sound rows are new, which say something else than before, and which say it again.

A record's versions are its different contents: what was said before and is said again is that
earlier version, seen once more. So a file delivered twice, or an old one delivered late, changes
nothing, and which version is current follows from the days of the extracts alone.
"""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from duckdb import DuckDBPyConnection

from linkage.quoting import literal
from linkage.records import Row, columns
from linkage.store import SEEN, STANDING, files_of, row_types, rows_in


@dataclass(frozen=True)
class Arrival:
    """A file's place in the store: whose, as of when, in which delivery, and in what order."""

    source: str
    as_of: date
    delivery: str
    # Grows with every file that was ever committed.
    turn: int


@dataclass(frozen=True)
class Counts:
    new: int
    changed: int
    unchanged: int


def compare(
    connection: DuckDBPyConnection, model: type[Row], arrival: Arrival, folders: list[Path]
) -> Counts:
    """Make `versioned` from `sound`: each row with its version and how it stands to the store.

    `folders` are the deliveries that the rows are compared with: the committed ones, and the one
    at hand for its earlier files.
    """
    of_source = f"WHERE source = {literal(arrival.source)}"
    seen = f"{rows_in(files_of(folders, 'seen', model.table), SEEN)} {of_source}"
    rows = f"{rows_in(files_of(folders, 'rows', model.table), row_types(model))} {of_source}"
    connection.execute(f"CREATE OR REPLACE TABLE seen_before AS {seen}")
    connection.execute(f"CREATE OR REPLACE TABLE standing AS {STANDING.format(seen='seen_before')}")
    connection.execute(f"CREATE OR REPLACE VIEW known AS {rows}")
    connection.execute(_VERSIONED, {"as_of": arrival.as_of})
    counted = connection.execute(_COUNTS).fetchall()[0]
    return Counts(*map(int, counted))


# A return to an earlier version is a change: the record says something else than it did.
_VERSIONED = """
CREATE OR REPLACE TABLE versioned AS
SELECT sound.line, sound.record_id,
       coalesce(same.version, coalesce(standing.latest, 0) + 1)::INTEGER AS version,
       same.version IS NULL AS is_new_version,
       standing.latest IS NULL AS is_new,
       again.record_id IS NULL AS first,
       NOT is_new AND (is_new_version OR (
           first AND same.version <> standing.current AND $as_of >= standing.current_as_of
       )) AS is_changed
FROM sound
LEFT JOIN standing USING (record_id)
LEFT JOIN (SELECT record_id, content_hash, version FROM known) AS same
       ON same.record_id = sound.record_id AND same.content_hash = sound.content_hash
LEFT JOIN (SELECT DISTINCT record_id, version FROM seen_before WHERE as_of = $as_of) AS again
       ON again.record_id = sound.record_id AND again.version = same.version
"""

_COUNTS = """
SELECT count(*) FILTER (is_new), count(*) FILTER (is_changed),
       count(*) FILTER (NOT is_new AND NOT is_changed) FROM versioned
"""


def write(
    connection: DuckDBPyConnection, model: type[Row], arrival: Arrival, staging: Path, nth: int
) -> None:
    """Write the new versions and what was seen, as the store keeps them, into `staging`."""
    placed = {
        "source": arrival.source,
        "as_of": arrival.as_of,
        "delivery": arrival.delivery,
        "key": f"{arrival.source}/{model.table}/",
        "table": str(model.table),
    }
    own = ", ".join(columns(model))
    rows = staging / f"rows_{model.table}_{nth}.parquet"
    connection.execute(f"{_NEW_VERSIONS.format(own=own)} TO {literal(str(rows))} {PARQUET}", placed)
    seen = staging / f"seen_{model.table}_{nth}.parquet"
    connection.execute(
        f"{_SEEN} TO {literal(str(seen))} {PARQUET}",
        {"source": arrival.source, "as_of": arrival.as_of, "turn": arrival.turn},
    )


PARQUET = "(FORMAT parquet, COMPRESSION zstd)"

_NEW_VERSIONS = """
COPY (
    SELECT $key || record_id AS record_key, version, $source AS source, $table AS "table",
           record_id, $as_of::DATE AS as_of, $delivery AS delivery, line, content_hash,
           {own}, extra
    FROM sound JOIN versioned USING (record_id, line) WHERE is_new_version ORDER BY line
)"""

_SEEN = """
COPY (
    SELECT $source AS source, record_id, version, $as_of::DATE AS as_of, $turn::BIGINT AS turn,
           line, first
    FROM versioned ORDER BY line
)"""
