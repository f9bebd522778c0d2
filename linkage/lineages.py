"""The lineage of each kind of id, kept in the tables of a link."""

from collections.abc import Sequence

from duckdb import DuckDBPyConnection

from linkage.lineage import Lineage

_TABLES = """
CREATE TABLE IF NOT EXISTS ids_given (kind VARCHAR, id VARCHAR, founded INTEGER);
CREATE TABLE IF NOT EXISTS ids_left (kind VARCHAR, id VARCHAR, heir VARCHAR);
CREATE TABLE IF NOT EXISTS ids_bore (kind VARCHAR, digest VARCHAR, id VARCHAR);
CREATE TABLE IF NOT EXISTS ids_dormant (kind VARCHAR, member VARCHAR, id VARCHAR)
"""

_GIVEN = """
INSERT INTO ids_given
SELECT $kind, unnest($ids::VARCHAR[]), unnest($founded::INTEGER[])"""


def keep_lineage_tables(connection: DuckDBPyConnection) -> None:
    """Make what is not there yet."""
    connection.execute(_TABLES)


def lineage_of(connection: DuckDBPyConnection, kind: str) -> Lineage:
    """The lineage of one kind of id, as the last link left it."""

    def rows(table: str, columns: str) -> list[tuple[str, str]]:
        said = f"SELECT {columns} FROM {table} WHERE kind = $kind"  # noqa: S608 - our own names
        return connection.execute(said, {"kind": kind}).fetchall()

    bore: dict[str, list[str]] = {}
    for digest, identity in rows("ids_bore", "digest, id"):
        bore.setdefault(digest, []).append(identity)
    founded = {identity: int(run) for identity, run in rows("ids_given", "id, founded")}
    return Lineage(
        founded, dict(rows("ids_left", "id, heir")), bore, dict(rows("ids_dormant", "member, id"))
    )


def keep_lineage(
    connection: DuckDBPyConnection, kind: str, before: Lineage, after: Lineage
) -> None:
    """Bring the tables from one lineage to the next: only ids are many, and these only grow."""
    new = sorted(after.founded.keys() - before.founded.keys())
    founded = {"kind": kind, "ids": new, "founded": [after.founded[one] for one in new]}
    connection.execute(_GIVEN, founded)
    if (after.heirs, after.bore, after.dormant) == (before.heirs, before.bore, before.dormant):
        return
    _replace(connection, kind, "ids_left", list(after.heirs.items()))
    bore = [(digest, one) for digest, some in after.bore.items() for one in some]
    _replace(connection, kind, "ids_bore", bore)
    _replace(connection, kind, "ids_dormant", list(after.dormant.items()))


def _replace(
    connection: DuckDBPyConnection, kind: str, table: str, rows: Sequence[tuple[str, str | None]]
) -> None:
    connection.execute(f"DELETE FROM {table} WHERE kind = $kind", {"kind": kind})  # noqa: S608
    connection.execute(
        f"INSERT INTO {table} SELECT $kind, unnest($ones::VARCHAR[]), unnest($others::VARCHAR[])",
        {"kind": kind, "ones": [one for one, _ in rows], "others": [other for _, other in rows]},
    )
