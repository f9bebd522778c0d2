"""Files as they really arrive: each ends as FORMATS.md says, and the rest loads."""

import gzip
import json
import os
from pathlib import Path
from typing import Any

import pytest

from linkage.forgetting.digests import MARKED
from linkage.intake.ingest import ingest
from tests.linkage.deliveries import ANA, HEADER, a_delivery, deliver, lines, stored

BEA = "2,A000000002,LÓPEZ,BEA,2011-01-01"


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "home"


# What is wrong -> the file, and the rows loaded and set aside: (line, column, reason).
SET_ASIDE: dict[str, tuple[bytes | str, int, list[tuple[int, str | None, str]]]] = {
    "nothing": (lines(HEADER, ANA, BEA), 2, []),
    "a byte order mark": ("\ufeff" + lines(HEADER, ANA), 1, []),
    "Windows line ends": (lines(HEADER, ANA, BEA, end="\r\n"), 2, []),
    "no line end at the end": (lines(HEADER, ANA).rstrip(), 1, []),
    "blank lines": (lines("", HEADER, "", ANA, "", "   ", ""), 1, []),
    "a header in another case": (lines(HEADER.upper(), ANA), 1, []),
    "a quoted header with spaces round it": (
        lines(' "record_id" '.strip() + HEADER[9:], ANA),
        1,
        [],
    ),
    "only a header": (lines(HEADER), 0, []),
    "a bad date": (
        lines(HEADER, ANA.replace("2010-05-06", "2010-13-06"), BEA),
        1,
        [(2, "date_of_birth", "not a date (YYYY-MM-DD)")],
    ),
    "the thirtieth of February": (
        lines(HEADER, ANA.replace("05-06", "02-30")),
        0,
        [(2, "date_of_birth", "not a date (YYYY-MM-DD)")],
    ),
    "a year of two digits": (
        lines(HEADER, ANA.replace("2010", "10")),
        0,
        [(2, "date_of_birth", "not a date (YYYY-MM-DD)")],
    ),
    "no id": (lines(HEADER, ANA[1:], BEA), 1, [(2, "record_id", "no id")]),
    "an id of blanks": (lines(HEADER, "  " + ANA[1:], BEA), 1, [(2, "record_id", "no id")]),
    "a row too long": (
        lines(HEADER, ANA + ",more", BEA),
        1,
        [(2, None, "6 columns where the header has 5")],
    ),
    "a row too short": (
        lines(HEADER, "1,x", BEA),
        1,
        [(2, None, "2 columns where the header has 5")],
    ),
    "a byte that is not UTF-8": (
        lines(HEADER).encode() + "1,,LÓPEZ,ANA,\n".encode("latin-1") + BEA.encode(),
        1,
        [(2, None, "not UTF-8 text")],
    ),
    "a NUL byte": (lines(HEADER, "1,,LO\0PEZ,ANA,", BEA), 1, [(2, None, "holds a NUL byte")]),
    "a quote opened and never closed": (
        lines(HEADER, '1,,"LOPEZ,ANA,', BEA, ANA.replace("1", "3", 1)),
        2,
        [(2, None, "a quotation mark out of place")],
    ),
    "a quote closed by the next row's": (
        lines(HEADER, '1,,"LOPEZ,ANA,', '2,,"PEREZ, DE",BEA,', ANA.replace("1", "3", 1)),
        2,
        [(2, None, "a quotation mark out of place")],
    ),
    "a line break inside of quotes": (lines(HEADER, '1,,"LO\nPEZ",ANA,', BEA), 2, []),
    "a bad date after a row of two lines": (
        lines(HEADER, '1,,"LO\nPEZ",ANA,', "2,,X,Y,soon"),
        1,
        [(4, "date_of_birth", "not a date (YYYY-MM-DD)")],
    ),
    "quotes doubled inside of quotes": (lines(HEADER, '1,,"LOPEZ ""LA""",ANA,', BEA), 2, []),
    "a line without an end": (
        lines(HEADER, "1,," + "X" * 300_000 + ",ANA,", BEA),
        1,
        [(2, None, "a line longer than 131,072 bytes")],
    ),
    "the same row twice": (
        lines(HEADER, ANA, BEA, ANA),
        2,
        [(4, "record_id", "duplicate of line 2")],
    ),
    "an id twice with other values": (
        lines(HEADER, ANA, ANA.replace("ANA", "EVA")),
        1,
        [(3, "record_id", "record_id stands twice with different values (line 2)")],
    ),
    "gzip": (gzip.compress(lines(HEADER, ANA).encode()), 1, []),
}


@pytest.mark.parametrize("wrong", SET_ASIDE)
def test_a_bad_row_is_set_aside_with_its_line_and_reason_and_the_rest_loads(home: Path, wrong: str):
    content, loaded, set_aside = SET_ASIDE[wrong]
    outcome = deliver(home, content)
    assert outcome.refused is None
    assert [(row.line, row.column, row.reason) for row in outcome.rows_set_aside] == set_aside
    assert len(stored(home)) == outcome.new == loaded
    assert outcome.read == loaded + len(set_aside)


REFUSED: dict[str, tuple[bytes | str, str]] = {
    "empty": ("", "empty"),
    "blank": ("\n\n \n", "empty"),
    "a required column missing": (
        lines(HEADER.replace("given_names", "given"), ANA),
        "given_names",
    ),
    "no id column": (lines(HEADER[10:], ANA[2:]), "record_id"),
    "a column twice": (lines(HEADER + ",Record_ID", ANA + ",1"), "record_id twice"),
    "a truncated gzip": (gzip.compress(os.urandom(9_000).hex().encode())[:-900], "truncated"),
    "UTF-16": (lines(HEADER, ANA).encode("utf-16"), "UTF-8"),
    "a Parquet file cut short": (b"PAR1" + b"\0" * 100, "Parquet"),
    "a spreadsheet": (b"PK\x03\x04" + b"\0" * 100, "only a worksheet"),
}


@pytest.mark.parametrize("wrong", REFUSED)
def test_a_file_that_cannot_be_read_is_refused_saying_what_it_lacks(home: Path, wrong: str):
    content, says = REFUSED[wrong]
    outcome = deliver(home, content)
    assert outcome.refused
    assert says in outcome.refused
    assert (outcome.read, stored(home)) == (0, [])


def test_a_truncated_gzip_leaves_none_of_its_rows(home: Path):
    whole = gzip.compress(lines(HEADER, *(f"{n},,X,Y," for n in range(20_000))).encode())
    outcome = deliver(home, whole[: len(whole) // 2], name="earm.csv.gz")
    assert outcome.refused
    assert "truncated" in outcome.refused
    assert stored(home) == []


def test_files_that_are_not_there_or_not_ours_are_refused_and_the_others_load(tmp_path: Path):
    folder = a_delivery(
        tmp_path / "delivery",
        {"earm": "earm.csv", "planet": "gone.csv", "vor": "../outside.csv", "nta": "/etc/hostname",
         "orr_release": "link.csv", "uscis_relief": ".", "no_such_table": "earm.csv"},
    )  # fmt: skip
    (folder / "earm.csv").write_text(lines(HEADER, ANA))
    (tmp_path / "outside.csv").write_text("record_id\n1\n")
    (folder / "link.csv").symlink_to(tmp_path / "outside.csv")
    report = ingest(tmp_path / "home", [folder])
    refusals = {file.table: file.refused for file in report.files}
    assert refusals.pop("earm") is None
    assert {table: str(refusal).split(":")[0] for table, refusal in refusals.items()} == {
        "planet": "the manifest names this file, and it is not there",
        "vor": "the path leads out of the delivery's folder",
        "nta": "the path leads out of the delivery's folder",
        "orr_release": "the path leads out of the delivery's folder",
        "uscis_relief": "the manifest names this file, and it is not there",
        "no_such_table": "there is no table no_such_table",
    }
    assert not report.complete
    assert len(stored(tmp_path / "home")) == 1


UNREADABLE_MANIFESTS: dict[str, Any] = {
    "not JSON": "{",
    "no deliveries": "{}",
    "not an object": "[1]",
    "not a list": '{"deliveries": 3}',
    "nested too deep": "[" * 100_000,
    "no day": '{"deliveries": [{"source": "EARM", "files": {}}]}',
    "no source": '{"deliveries": [{"as_of": "2024-01-01", "files": {}}]}',
    "a source with a slash": '{"deliveries": [{"source": "A/B", "as_of": "2024-01-01", "files": {}}]}',
}


@pytest.mark.parametrize("wrong", UNREADABLE_MANIFESTS)
def test_an_unreadable_manifest_is_reported_and_the_other_deliveries_load(
    tmp_path: Path, wrong: str
):
    bad, good = tmp_path / "bad", a_delivery(tmp_path / "good", {"earm": "earm.csv"})
    bad.mkdir()
    (bad / "manifest.json").write_text(UNREADABLE_MANIFESTS[wrong])
    (good / "earm.csv").write_text(lines(HEADER, ANA))
    report = ingest(tmp_path / "home", [bad, good])
    assert [bool(file.refused) for file in report.files] == [True, False]
    assert not report.complete


def test_a_delivery_with_a_bad_entry_loads_its_other_entries(tmp_path: Path):
    folder = a_delivery(tmp_path / "delivery", {"earm": "earm.csv"})
    manifest = json.loads((folder / "manifest.json").read_text())
    manifest["deliveries"].insert(0, {"source": "PLANET", "as_of": "yesterday", "files": {}})
    (folder / "manifest.json").write_text(json.dumps(manifest))
    (folder / "earm.csv").write_text(lines(HEADER, ANA))
    report = ingest(tmp_path / "home", [folder])
    assert report.files[0].refused
    assert "as_of" in report.files[0].refused
    assert len(stored(tmp_path / "home")) == 1


def test_paths_with_letters_that_mean_something_to_sql_are_just_paths(tmp_path: Path):
    odd = tmp_path / "it's [a] *home?"
    assert deliver(odd / "home", lines(HEADER, ANA), name="o'brien [1].csv").new == 1
    assert len(stored(odd / "home")) == 1


def test_a_file_cannot_say_that_a_sponsor_was_expunged_and_so_release_a_child_to_another(
    home: Path,
):
    mark = "[expunged sponsor_abcdefghijklmnop]"
    header = "record_id,child_name,release_date,sponsor_name"
    named, marked = "1,Ana Va,2024-01-05,Juan Ba", f"2,Bea Va,2024-01-05,{mark}"
    outcome = deliver(home, lines(header, named, marked), table="vor", source="ORR")
    assert (outcome.new, outcome.set_aside) == (1, 1)
    assert [row.reason for row in outcome.rows_set_aside] == [MARKED]
    assert stored(home, "vor", "sponsor_name") == [("Juan Ba",)]
