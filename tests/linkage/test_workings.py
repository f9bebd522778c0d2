"""The file of a run, and the log in which a link of few records leaves it."""

from pathlib import Path

import duckdb
import pytest

from linkage.workings import expect_few, log_of, open_workings, settle

ALL = "SELECT name FROM said ORDER BY name"


@pytest.fixture
def left(tmp_path: Path) -> Path:
    """A file that a link of few records has left, with the word of that link in the log alone."""
    file = tmp_path / "1" / "linked.duckdb"
    with open_workings(file) as connection:
        connection.execute("CREATE TABLE said AS SELECT 'before' AS name; CHECKPOINT")
        expect_few(connection)
        connection.execute("INSERT INTO said VALUES ('since')")
    assert log_of(file).exists()
    return file


def test_whoever_only_reads_a_file_that_is_not_settled_reads_all_of_it(left):
    with duckdb.connect(str(left), read_only=True) as connection:
        assert connection.execute(ALL).fetchall() == [("before",), ("since",)]


def test_the_next_run_goes_on_from_a_file_that_is_not_settled(left, tmp_path):
    with open_workings(tmp_path / "2" / "linked.duckdb", left) as connection:
        assert connection.execute(ALL).fetchall() == [("before",), ("since",)]
    assert log_of(left).exists(), "what another run left is not written to"


def test_a_run_does_not_take_over_the_log_of_a_file_that_stood_in_its_place(left, tmp_path):
    with open_workings(tmp_path / "3" / "linked.duckdb") as connection:
        connection.execute("CREATE TABLE said AS SELECT 'other' AS name")
    with open_workings(left, tmp_path / "3" / "linked.duckdb") as connection:
        assert connection.execute(ALL).fetchall() == [("other",)]


def test_a_settled_file_holds_everything_by_itself(left, tmp_path):
    settle(left)
    assert not log_of(left).exists()
    moved = left.rename(tmp_path / "moved.duckdb")
    with duckdb.connect(str(moved), read_only=True) as connection:
        assert connection.execute(ALL).fetchall() == [("before",), ("since",)]
