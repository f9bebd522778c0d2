"""EARM names no hearing: its word is tied to her latest one by the day of its entry."""

from datetime import date

from linkage.facts import count_unplaced
from tests.linkage.a_linked_store import (
    a_planet_row,
    an_earm_record,
    days_before,
    facts_from,
    wanted,
)


def an_entry(**said):
    return an_earm_record(
        appearance_status="FAILED_TO_APPEAR", appearance_entered_date="2023-10-09", **said
    )


TWO_HEARINGS = [
    a_planet_row(hearing_date="2023-10-05"),
    a_planet_row(record_id="2", hearing_date="2023-12-06"),
]


def words_of(facts, source="EARM"):
    found = facts.execute(
        "SELECT date, appearance, entered_on FROM desired_reports"
        " JOIN desired_hearings ON desired_hearings.id = hearing WHERE source = ? ORDER BY ALL",
        [source],
    )
    return found.fetchall()


def test_it_is_tied_to_her_latest_hearing_on_or_before_its_entry():
    facts = facts_from(earm=[an_entry()], planet=TWO_HEARINGS)

    assert words_of(facts) == [(date(2023, 10, 5), "FAILED_TO_APPEAR", date(2023, 10, 9))]


def test_an_entry_of_the_day_of_the_hearing_is_of_that_hearing():
    facts = facts_from(
        earm=[an_entry() | {"appearance_entered_date": "2023-12-06"}], planet=TWO_HEARINGS
    )

    assert [day for day, *_ in words_of(facts)] == [date(2023, 12, 6)]


def test_without_a_day_of_entry_it_is_tied_by_the_day_of_the_extract():
    entry = an_entry(as_of=days_before(0)) | {"appearance_entered_date": None}
    facts = facts_from(earm=[entry], planet=TWO_HEARINGS)

    assert words_of(facts) == [(date(2023, 12, 6), "FAILED_TO_APPEAR", None)]


def test_before_her_first_hearing_it_is_tied_to_none_and_counted():
    early = an_entry() | {"appearance_entered_date": "2023-10-04"}
    facts = facts_from(earm=[early], planet=TWO_HEARINGS)

    assert words_of(facts) == []
    assert sum(count_unplaced(facts).values()) == 1
    assert count_unplaced(facts_from(earm=[an_entry()], planet=TWO_HEARINGS)) == {}


def test_it_makes_no_hearing_and_gives_none_its_id():
    with_word = facts_from(earm=[an_entry()], planet=TWO_HEARINGS)
    without = facts_from(earm=[an_earm_record()], planet=TWO_HEARINGS)

    assert wanted(with_word, "hearings", "id") == wanted(without, "hearings", "id")


def test_a_file_that_says_nothing_of_an_appearance_says_no_word():
    assert words_of(facts_from(earm=[an_earm_record()], planet=TWO_HEARINGS)) == []
