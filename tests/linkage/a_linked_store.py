"""Records of a few people, linked by number and name, and the facts that follow from them."""

from datetime import date, timedelta
from typing import Any

import duckdb
from duckdb import DuckDBPyConnection

from graph.vocabulary.agencies import Table
from linkage.facts import state_facts
from linkage.facts.records import want_records
from linkage.records import id_column
from linkage.sources import MODEL_OF
from linkage.store import row_types
from tests.linkage.a_linker import identify

AS_OF = date(2024, 6, 30)
ANA = "A000000001"


def facts_from(
    hearing_ids: dict[str, str] | None = None, /, **tables: list[dict[str, Any]]
) -> DuckDBPyConnection:
    """A connection with `desired_*`, from rows by table; `version` and `as_of` may be given.

    Of several rows of one record the last is the current one.
    """
    connection = duckdb.connect()
    for table, model in MODEL_OF.items():
        typed = ", ".join(f'"{name}" {kind}' for name, kind in row_types(model).items())
        connection.execute(f"CREATE TABLE received_{table} ({typed}, is_current BOOLEAN)")
        for row in tables.get(str(table), []):
            _insert(connection, table, row)
    connection.execute(
        f"CREATE TABLE deliveries AS SELECT 'd' AS delivery, 'EARM' AS source, DATE '{AS_OF}' AS as_of,"
        " NULL::DATE AS covers_from, NULL::DATE AS covers_to, now()::TIMESTAMP AS received_at"
    )
    keys = " UNION ".join(f"SELECT record_key FROM received_{table}" for table in MODEL_OF)
    connection.execute(f"CREATE TEMP TABLE changed AS {keys}")
    identify(connection)
    if hearing_ids:
        connection.execute(
            "CREATE TABLE hearing_ids AS SELECT string_split(member, '|')[1] AS record_key, *"
            " FROM (SELECT unnest($members) AS member, unnest($hearings) AS hearing)",
            {"members": list(hearing_ids), "hearings": list(hearing_ids.values())},
        )
    want_records(connection)
    state_facts(connection)
    return connection


def _insert(connection: DuckDBPyConnection, table: Table, row: dict[str, Any]) -> None:
    model = MODEL_OF[table]
    record_id = row.get("record_id") or row[id_column(model) or "record_id"]
    key = f"{model.source}/{table}/{record_id}"
    connection.execute(
        f"UPDATE received_{table} SET is_current = false WHERE record_key = ?", [key]
    )
    whole = {
        "record_key": key,
        "version": 1,
        "is_current": True,
        "source": str(model.source),
        "table": str(table),
        "record_id": record_id,
        "as_of": AS_OF,
        "delivery": "d",
    } | row
    names = ", ".join(f'"{name}"' for name in whole)
    marks = ", ".join("?" for _ in whole)
    connection.execute(
        f"INSERT INTO received_{table} ({names}) VALUES ({marks})", list(whole.values())
    )


def wanted(connection: DuckDBPyConnection, kind: str, *columns: str) -> list[tuple[Any, ...]]:
    """These columns of a kind's desired rows, sorted."""
    listed = ", ".join(f'"{column}"' for column in columns)
    return connection.execute(f"SELECT {listed} FROM desired_{kind} ORDER BY ALL").fetchall()


def days_before(days: int) -> date:
    return AS_OF - timedelta(days=days)


def an_earm_record(**said: Any) -> dict[str, Any]:
    return {
        "record_id": "1",
        "a_number": ANA,
        "family_name": "LOPEZ",
        "given_names": "ANA",
        "date_of_birth": "2009-08-07",
        "address": "12 Oak Street Apt 2B",
        "city": "Houston",
        "state": "TX",
        "zip": "77001",
        "address_reported_date": "2023-05-01",
    } | said


def a_release(**said: Any) -> dict[str, Any]:
    return {
        "record_id": "1",
        "alien_no": ANA,
        "last_name": "López",
        "first_name": "Ana",
        "dob": "2009-08-07",
        "release_date": "2023-04-01",
        "release_type": "SPONSOR",
        "sponsor_last_name": "Pérez",
        "sponsor_first_name": "Juan",
        "sponsor_category": "2A",
        "sponsor_relationship_to_uac": "Uncle",
        "sponsor_address": "12 Oak St. #2B",
        "sponsor_city": "Houston",
        "sponsor_state": "TX",
        "sponsor_zip_code": "77001",
    } | said


def a_case(**said: Any) -> dict[str, Any]:
    return {"idncase": "7", "a_number": ANA, "name": "LOPEZ, ANA"} | said


def a_proceeding(**said: Any) -> dict[str, Any]:
    return {"idnproceeding": "70", "idncase": "7", "base_city_code": "HOU"} | said


def a_scheduled_hearing(**said: Any) -> dict[str, Any]:
    return {
        "idnschedule": "700",
        "idnproceeding": "70",
        "idncase": "7",
        "adj_date": "2023-10-05 00:00:00",
        "adj_time_start": "0830",
        "cal_type": "M",
    } | said


def a_planet_row(**said: Any) -> dict[str, Any]:
    return {
        "record_id": "1",
        "a_number": ANA,
        "family_name": "LOPEZ",
        "given_names": "ANA",
        "hearing_date": "2023-10-05",
        "court": "HOU",
    } | said
