"""Delivered again, changed, late, out of order: what the store holds follows from what was said."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from graph.errors import SponsorgraphError, UsageError
from linkage.intake.ingest import ingest, ingest_file
from linkage.intake.staging import locked_store
from linkage.store import open_store
from tests.linkage.deliveries import ANA, HEADER, a_delivery, deliver, lines, stored

EVA = ANA.replace("ANA", "EVA")
JAN, FEB, MAR = "2024-01-31", "2024-02-29", "2024-03-31"


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "home"


def names(home: Path) -> list[tuple[Any, ...]]:
    return stored(home, "earm", "version, given_names, is_current")


def counts(outcome: Any) -> tuple[int, int, int]:
    return outcome.new, outcome.changed, outcome.unchanged


def test_the_same_delivery_twice_changes_nothing(home: Path):
    assert counts(deliver(home, lines(HEADER, ANA))) == (1, 0, 0)
    before = stored(home)
    assert counts(deliver(home, lines(HEADER, ANA))) == (0, 0, 1)
    assert stored(home) == before
    with open_store(home) as connection:
        assert connection.execute("SELECT count(*) FROM deliveries").fetchall() == [(1,)]


def test_the_same_row_in_another_order_of_columns_is_the_same_row(home: Path):
    deliver(home, lines("record_id,family_name,given_names", "1,A,B"))
    again = deliver(home, lines("given_names,record_id,family_name,sex", "B,1,A,"), as_of=JAN)
    assert counts(again) == (0, 0, 1)


def test_a_changed_row_is_a_new_version_and_both_are_kept(home: Path):
    deliver(home, lines(HEADER, ANA), as_of=JAN)
    assert counts(deliver(home, lines(HEADER, EVA), as_of=FEB)) == (0, 1, 0)
    assert names(home) == [(1, "ANA", False), (2, "EVA", True)]


def test_an_old_extract_that_comes_late_is_kept_and_does_not_become_current(home: Path):
    deliver(home, lines(HEADER, EVA), as_of=FEB)
    deliver(home, lines(HEADER, ANA), as_of=JAN)
    assert names(home) == [(1, "EVA", True), (2, "ANA", False)]


def test_of_two_extracts_of_one_day_the_later_arrival_holds(home: Path):
    deliver(home, lines(HEADER, ANA), as_of=JAN)
    deliver(home, lines(HEADER, EVA), as_of=JAN)
    assert names(home) == [(1, "ANA", False), (2, "EVA", True)]
    deliver(home, lines(HEADER, ANA), as_of=JAN)
    assert names(home) == [(1, "ANA", False), (2, "EVA", True)]


def test_a_row_that_says_again_what_it_once_said_is_that_version_again(home: Path):
    for name, day in ((ANA, JAN), (EVA, FEB)):
        deliver(home, lines(HEADER, name), as_of=day)
    assert counts(deliver(home, lines(HEADER, ANA), as_of=MAR)) == (0, 1, 0)
    assert names(home) == [(1, "ANA", True), (2, "EVA", False)]


def test_a_row_unchanged_in_march_is_not_overtaken_by_a_late_february(home: Path):
    for name, day in ((ANA, JAN), (ANA, MAR), (EVA, FEB)):
        deliver(home, lines(HEADER, name), as_of=day)
    assert names(home) == [(1, "ANA", True), (2, "EVA", False)]


def test_the_same_id_from_another_source_is_another_record(home: Path):
    deliver(home, lines(HEADER, ANA), source="EARM")
    assert counts(deliver(home, lines(HEADER, EVA), source="earm newark")) == (1, 0, 0)
    assert stored(home, "earm", "record_key") == [("EARM NEWARK/earm/1",), ("EARM/earm/1",)]


def test_a_table_may_come_in_several_files_of_one_delivery(tmp_path: Path, home: Path):
    folder = a_delivery(tmp_path / "delivery", {"earm": ["a.csv", {"path": "b.csv"}]})
    (folder / "a.csv").write_text(lines(HEADER, ANA))
    (folder / "b.csv").write_text(lines(HEADER, ANA, EVA.replace("1", "2", 1)))
    assert [counts(file) for file in ingest(home, [folder]).files] == [(1, 0, 0), (1, 0, 1)]


# A world of two records and three contents; a delivery is a day and what it says of each.
said = st.dictionaries(st.sampled_from("12"), st.sampled_from(["ANA", "EVA", "LUZ"]), min_size=1)
extracts = st.lists(st.tuples(st.sampled_from([JAN, FEB, MAR]), said), min_size=1, max_size=4)


@settings(max_examples=8, deadline=None, suppress_health_check=list(HealthCheck))
@given(extracts, st.data())
def test_the_store_follows_from_what_was_said_and_repeating_it_changes_nothing(
    tmp_path_factory: pytest.TempPathFactory, extracts: list[tuple[str, dict[str, str]]], data: Any
):
    home = tmp_path_factory.mktemp("world") / "home"
    current: dict[str, tuple[str, str]] = {}
    contents: dict[str, set[str]] = {}
    heard: set[tuple[str, str, str]] = set()
    for day, rows in extracts:
        deliver(home, content_of(rows), as_of=day)
        for record, name in rows.items():
            contents.setdefault(record, set()).add(name)
            if (day, record, name) not in heard and day >= current.get(record, ("", ""))[0]:
                current[record] = (day, name)
            heard.add((day, record, name))
    found = stored(home, "earm", "record_id, version, given_names, is_current")
    assert {row[0]: row[2] for row in found if row[3]} == {r: n for r, (_, n) in current.items()}
    assert sorted((row[0], row[2]) for row in found) == sorted(
        (record, name) for record, several in contents.items() for name in several
    )
    day, rows = data.draw(st.sampled_from(extracts))
    deliver(home, content_of(rows), as_of=day)
    assert stored(home, "earm", "record_id, version, given_names, is_current") == found


def content_of(rows: dict[str, str]) -> str:
    return lines(HEADER, *(f"{record},,LOPEZ,{name}," for record, name in rows.items()))


def test_one_file_needs_no_manifest(tmp_path: Path, home: Path):
    file = tmp_path / "one.csv"
    file.write_text(lines(HEADER, ANA))
    report = ingest_file(home, file, table="earm", as_of=date(2024, 1, 31))
    assert report.complete
    assert stored(home, "earm", "source, as_of") == [("EARM", date(2024, 1, 31))]


def test_a_path_that_is_not_there_loads_nothing_and_says_so(tmp_path: Path, home: Path):
    with pytest.raises(UsageError, match="there is no"):
        ingest(home, [tmp_path / "gone"])
    with pytest.raises(UsageError, match="there is no table"):
        ingest_file(home, Path(__file__), table="nope", as_of=date(2024, 1, 31))


def test_a_second_ingest_at_the_same_time_is_refused(tmp_path: Path, home: Path):
    folder = a_delivery(tmp_path / "delivery", {})
    with locked_store(home), pytest.raises(SponsorgraphError, match="another ingest"):
        ingest(home, [folder])


def test_a_store_that_cannot_be_written_says_what_to_do_and_quotes_no_row(
    tmp_path: Path, home: Path, monkeypatch: pytest.MonkeyPatch
):
    folder = a_delivery(tmp_path / "delivery", {"earm": "earm.csv"})
    (folder / "earm.csv").write_text(lines(HEADER, ANA))

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device", "LOPEZ")

    monkeypatch.setattr("linkage.intake.ingest.commit", full)
    with pytest.raises(SponsorgraphError, match="make room") as said:
        ingest(home, [folder])
    assert "LOPEZ" not in str(said.value)
    assert stored(home) == []
