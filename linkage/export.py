"""What linkage decided, as CSV, for measuring it (FORMATS.md)."""

# ruff: noqa: S608 - a condition of our own

from pathlib import Path

from duckdb import DuckDBPyConnection

from linkage.pairs import TOLD
from linkage.quoting import literal

_IDENTITIES = """
SELECT people.source, people."table", people.record_id, role, identity_id
FROM identities JOIN people USING (record_key, role) ORDER BY ALL"""

_PAIRS = f"""
SELECT left_key, right_key, role, match_weight, match_probability, decision
FROM pairs WHERE {TOLD} ORDER BY role, left_key, right_key"""


def export_linkage(connection: DuckDBPyConnection, into: Path) -> None:
    """Write identities.csv and pairs.csv into a folder, made if need be."""
    into.mkdir(parents=True, exist_ok=True)
    for name, rows in (("identities", _IDENTITIES), ("pairs", _PAIRS)):
        file = literal(str(into / f"{name}.csv"))
        connection.execute(f"COPY ({rows}) TO {file} (HEADER)")
