"""Deliveries, every version of every record as received, and the public file's rows to count."""

from duckdb import DuckDBPyConnection

from linkage.facts.wanted import want, want_facts
from linkage.quoting import literal
from linkage.records import Row, columns, written
from linkage.sources import MODELS

_DELIVERIES = """
SELECT delivery AS id, any_value(source) AS source, any_value(as_of) AS as_of,
    min(covers_from) AS covers_from, max(covers_to) AS covers_to,
    strftime(min(received_at), '%Y-%m-%dT%H:%M:%SZ') AS received_at
FROM deliveries GROUP BY delivery"""

_KEYS = """record_key AS key, version, record_key || '/v' || version AS key_version,
    source, "table", record_id, as_of, delivery"""

_CELLS = """
    list_transform(cells, lambda cell: cell.name) AS columns,
    list_transform(cells, lambda cell: cell.value) AS values"""

# US fiscal years begin in October. The category of a public release is a bare figure.
_PUBLIC = """
SELECT record_key || '/v' || version AS record, source, as_of,
    a_day(release_date) AS released_on, a_day(entry_date) AS entered_on,
    CAST(year(a_day(release_date) + INTERVAL 3 MONTH) AS INTEGER) AS fiscal_year,
    state, city, county, zip, country AS country_of_birth, a_sex(gender) AS sex,
    'CATEGORY_' || upper(sponsor_category) AS sponsor_category, relationship
FROM received_orr_public WHERE is_current"""


def want_records(connection: DuckDBPyConnection) -> None:
    """Make `desired_deliveries`, `desired_records` and `desired_public_releases`."""
    want(connection, "deliveries", _DELIVERIES)
    want(connection, "records", "\nUNION ALL\n".join(map(_records_of, MODELS)))
    want_facts(connection, "public_releases", _PUBLIC)


def _records_of(model: type[Row]) -> str:
    number = next((name for name in ("a_number", "alien_no") if name in columns(model)), "NULL")
    return (
        f"SELECT {_KEYS}, an_a_number({number}) AS a_number, {_CELLS}"  # noqa: S608 - own columns
        f" FROM ({_with_cells(model)})"
    )


def _with_cells(model: type[Row]) -> str:
    """A table's rows with `cells`, the non-empty ones under the names their agency gives them."""
    known = ", ".join(
        f"{{name: {literal(written(model, name))}, value: {name}}}" for name in columns(model)
    )
    unknown = (
        "list_transform(coalesce(map_entries(extra), []),"
        " lambda entry: {name: entry.key, value: entry.value})"
    )
    return (
        f"SELECT *, list_filter([{known}] || {unknown},"  # noqa: S608 - own columns
        f" lambda cell: cell.value IS NOT NULL) AS cells FROM received_{model.table}"
    )
