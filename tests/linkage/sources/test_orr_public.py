"""The public releases in both of their forms; rows alike in everything are different children."""

from pathlib import Path

import duckdb

from tests.linkage.deliveries import deliver, stored

PUBLISHED = (
    "ID,Child's Country of Origin,Child's Gender,Child's Date of Entry,Child's Date of Release,"
    "Sponsor Zipcode,Sponsor Category,Relationship of Sponsor\n"
)
ROWS = """1904,Honduras,F,1/2/15,1/28/15,37863,Category 1,Mother
1905,Guatemala,M,1/3/15,2/28/15,,Category 2,Uncle
1905,Guatemala,M,1/3/15,2/28/15,-,Category 2,Uncle
1906,United States of America,M,1/3/15,12/28/22,0000,,Uncle
1907,Guatemala,M,1/3/15,13/28/15,00000,Category 2,Uncle
"""


def test_the_published_csv_loads_and_its_quirks_are_told(tmp_path: Path):
    outcome = deliver(tmp_path / "home", PUBLISHED + ROWS, "orr_public", source="ORR")
    assert (outcome.new, outcome.set_aside) == (4, 1)
    assert stored(tmp_path / "home", "orr_public", "record_id, entry_date, release_date, zip") == [
        ("1904", "2015-01-02", "2015-01-28", "37863"),
        ("1905", "2015-01-03", "2015-02-28", None),
        ("1905#2", "2015-01-03", "2015-02-28", "-"),
        ("1906", "2015-01-03", "2022-12-28", "0000"),
    ]
    quirks = {quirk.what: quirk.count for quirk in outcome.quirks}
    assert quirks["a ZIP that is none (-, 0000, 00000)"] == 2
    assert quirks["a row or an id that stands there before"] == 1
    assert quirks["no sponsor category"] == 1


def test_a_date_as_published_is_kept_beside_the_one_that_was_read(tmp_path: Path):
    deliver(tmp_path / "home", PUBLISHED + ROWS, "orr_public")
    [(extra,)] = stored(tmp_path / "home", "orr_public", "extra")[:1]
    assert extra == {"Child's Date of Entry": "1/2/15", "Child's Date of Release": "1/28/15"}


def test_the_published_csv_again_changes_nothing(tmp_path: Path):
    deliver(tmp_path / "home", PUBLISHED + ROWS, "orr_public")
    outcome = deliver(tmp_path / "home", PUBLISHED + ROWS, "orr_public", as_of="2024-07-31")
    assert (outcome.new, outcome.changed, outcome.unchanged) == (0, 0, 4)


def resolved(rows: int, file: Path) -> bytes:
    duckdb.execute(
        f"""COPY (
            SELECT 'Honduras' AS country, 'F' AS gender, DATE '2016-01-01' AS entry_date,
                   DATE '2016-01-28' AS release_date, NULL::VARCHAR AS sponsor_category,
                   'Mother' AS relationship, 'TN' AS state, 'Sevier' AS county,
                   'Zcta 12345' AS city
            FROM range({rows})
        ) TO '{file}' (FORMAT parquet)"""
    )
    return file.read_bytes()


def test_rows_without_any_id_are_all_kept_and_named_alike_when_they_come_again(tmp_path: Path):
    first = deliver(tmp_path / "home", resolved(3, tmp_path / "a.parquet"), "orr_public")
    again = deliver(
        tmp_path / "home", resolved(4, tmp_path / "b.parquet"), "orr_public", as_of="2024-07-31"
    )
    assert (first.new, again.unchanged, again.new) == (3, 3, 1)
    ids = [row[0] for row in stored(tmp_path / "home", "orr_public", "record_id")]
    assert [record_id.partition("#")[2] for record_id in ids] == ["", "2", "3", "4"]
    assert {quirk.what: quirk.count for quirk in first.quirks} == {
        "no sponsor category": 3,
        "a city written as a ZIP area (Zcta NNNNN)": 3,
        "a row or an id that stands there before": 2,
    }
