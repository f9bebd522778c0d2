"""Every table of FORMATS.md: what is delivered is what the store shows."""

from pathlib import Path

import duckdb
import pytest

from graph.vocabulary.agencies import Table
from linkage.records import Coded, Dated, columns, id_column, kind_of, required, written
from linkage.sources import MODEL_OF
from linkage.store import open_store
from tests.linkage.deliveries import deliver, lines, stored

# From FORMATS.md: the columns marked *, as the agencies write them.
REQUIRED = {
    "earm": ["record_id", "family_name", "given_names"],
    "planet": ["record_id", "family_name", "given_names"],
    "eoir_case": ["IDNCASE"],
    "eoir_proceeding": ["IDNPROCEEDING", "IDNCASE"],
    "eoir_schedule": ["IDNSCHEDULE", "IDNPROCEEDING", "IDNCASE"],
    "eoir_juvenile": ["idnJuvenileHistory", "idnCase"],
    "orr_release": ["record_id", "last_name", "first_name"],
    "orr_public": ["country", "release_date"],
    "orr_contact": ["record_id", "kind", "contact_date"],
    "vor": ["record_id", "child_name", "sponsor_name"],
    "nta": ["record_id", "name"],
    "uscis_relief": ["record_id", "last_name", "first_name"],
    "worksheet": [],
}
EVERY_TABLE = [str(table) for table in Table]


def a_value(table: str, column: str) -> str:
    """A value that the column takes, and that no other column of the row has where it is text."""
    model = MODEL_OF[Table(table)]
    if coded := kind_of(model, column, Coded):
        return coded.codes[0]
    return "2021-03-04" if kind_of(model, column, Dated) else f"a {column}"


def header_of(table: str) -> list[str]:
    model = MODEL_OF[Table(table)]
    return [written(model, column) for column in model.model_fields]


@pytest.mark.parametrize("table", EVERY_TABLE)
def test_the_required_columns_are_those_of_the_format(table: str):
    model = MODEL_OF[Table(table)]
    assert [written(model, column) for column in required(model)] == REQUIRED[table]


@pytest.mark.parametrize("table", EVERY_TABLE)
def test_a_full_row_comes_back_as_it_was_delivered(tmp_path: Path, table: str):
    model = MODEL_OF[Table(table)]
    row = {column: a_value(table, column) for column in model.model_fields}
    content = lines(",".join([*header_of(table), "Unknown Column"]), ",".join([*row.values(), "7"]))
    outcome = deliver(tmp_path / "home", content, table, source=str(model.source))
    assert (outcome.refused, outcome.new, outcome.quirks) == (None, 1, [])
    assert outcome.extra_columns == ["Unknown Column"]
    own = columns(model)
    [(record_id, key, *values, extra)] = stored(
        tmp_path / "home", table, f"record_id, record_key, {', '.join(own)}, extra"
    )
    assert values == [row[column] for column in own]
    assert extra == {"Unknown Column": "7"}
    assert key == f"{model.source}/{table}/{record_id}"
    if named := id_column(model):
        assert record_id == row[named]


@pytest.mark.parametrize("table", EVERY_TABLE)
def test_the_header_without_a_required_column_is_refused_by_that_name(tmp_path: Path, table: str):
    for lacking in REQUIRED[table]:
        header = [name for name in header_of(table) if name != lacking]
        outcome = deliver(tmp_path / "home", lines(",".join(header)), table)
        assert outcome.refused == f"the header lacks the column {lacking}"


@pytest.mark.parametrize("table", EVERY_TABLE)
def test_a_parquet_file_says_the_same_as_a_csv(tmp_path: Path, table: str):
    model = MODEL_OF[Table(table)]
    row = {column: a_value(table, column) for column in model.model_fields}
    deliver(tmp_path / "home", lines(",".join(header_of(table)), ",".join(row.values())), table)
    file = tmp_path / "same.parquet"
    typed = ", ".join(
        f"{'DATE ' if kind_of(model, column, Dated) else ''}'{value}' AS \"{written(model, column)}\""
        for column, value in row.items()
    )
    duckdb.execute(f"COPY (SELECT {typed}) TO '{file}' (FORMAT parquet)")
    outcome = deliver(tmp_path / "home", file.read_bytes(), table)
    assert (outcome.refused, outcome.unchanged, outcome.new) == (None, 1, 0)


def test_a_table_never_delivered_is_an_empty_view_of_the_same_columns(tmp_path: Path):
    with open_store(tmp_path) as connection:
        for table, model in MODEL_OF.items():
            view = connection.execute(f"DESCRIBE received_{table}").fetchall()
            assert [name for name, *_ in view] == [
                *("record_key", "version", "is_current", "source", "table", "record_id", "as_of"),
                *("delivery", "line", "content_hash", *columns(model), "extra"),
            ]
        assert connection.execute("SELECT count(*) FROM deliveries").fetchall() == [(0,)]


def test_a_code_that_is_not_on_the_list_is_kept_and_counted(tmp_path: Path):
    header = "record_id,family_name,given_names,appearance_status"
    content = lines(header, "1,A,B,APPEARED", "2,A,B,LATE", "3,A,B,")
    outcome = deliver(tmp_path / "home", content)
    assert [(quirk.what, quirk.count) for quirk in outcome.quirks] == [
        ("codes not on the list in appearance_status", 1)
    ]
    assert stored(tmp_path / "home", "earm", "appearance_status") == [
        ("APPEARED",),
        ("LATE",),
        (None,),
    ]
