"""What sources' words on a hearing come to, and what they never come to."""

from itertools import product

import pytest

from graph.explanation.appearing import reconciled
from graph.vocabulary.agencies import Source
from graph.vocabulary.court import FIRST_HEARD, Appearance


def said(*words):
    """From (source, appearance) or (source, appearance, day)."""
    return reconciled(
        [(source, what, *(day or ["2024-03-01"]), f"{n}")
         for n, (source, what, *day) in enumerate(words)]
    )  # fmt: skip


@pytest.mark.parametrize(
    ("words", "value", "confidence", "said_by"),
    [
        ([], "NOTHING_ENTERED", "NOTHING_SAID", []),
        ([("EOIR", "SCHEDULED")], "SCHEDULED", "NOTHING_SAID", []),
        ([("EOIR", "SCHEDULED"), ("PLANET", "NOTHING_ENTERED")], "NOTHING_ENTERED", "NOTHING_SAID", []),
        ([("PLANET", "APPEARED"), ("EOIR", "NOTHING_ENTERED")], "APPEARED", "ONE_SOURCE", ["PLANET"]),
        ([("PLANET", "APPEARED"), ("EOIR", "APPEARED")], "APPEARED", "CORROBORATED", ["EOIR", "PLANET"]),
        ([("EOIR", "CONTINUED"), ("PLANET", "APPEARED")], "CONTINUED", "ONE_SOURCE", ["EOIR"]),
        ([("PLANET", "APPEARED"), ("EOIR", "FAILED_TO_APPEAR")], "FAILED_TO_APPEAR", "DISPUTED", ["EOIR"]),
        ([("EARM", "FAILED_TO_APPEAR"), ("PLANET", "APPEARED")], "APPEARED", "DISPUTED", ["PLANET"]),
        ([("LOCAL_WORKSHEET", "APPEARED"), ("EARM", "APPEARED")], "APPEARED", "CORROBORATED",
         ["LOCAL_WORKSHEET", "EARM"]),
    ],
)  # fmt: skip
def test_the_court_is_heard_first_and_silence_says_nothing(words, value, confidence, said_by):
    found = said(*words)
    assert (found.value, found.confidence, found.said_by) == (value, confidence, said_by)


def test_of_one_source_its_latest_word_counts():
    found = said(("PLANET", "FAILED_TO_APPEAR", "2024-03-02"), ("PLANET", "APPEARED", "2024-03-09"))
    assert (found.value, found.disagreement) == ("APPEARED", False)


def test_of_two_words_of_one_day_the_failure_to_appear_counts():
    for words in (["APPEARED", "FAILED_TO_APPEAR"], ["FAILED_TO_APPEAR", "APPEARED"]):
        assert said(*(("PLANET", word) for word in words)).value == "FAILED_TO_APPEAR"


def test_whoever_contradicts_is_named():
    found = said(
        ("EOIR", "FAILED_TO_APPEAR"), ("PLANET", "CONTINUED"), ("EARM", "FAILED_TO_APPEAR")
    )
    assert (found.said_by, found.contradicted_by) == (["EOIR", "EARM"], ["PLANET"])


def test_every_source_that_reports_hearings_has_its_place():
    assert set(FIRST_HEARD) == {Source.EOIR, Source.PLANET, Source.LOCAL_WORKSHEET, Source.EARM}


def test_whatever_two_sources_say_the_value_is_one_of_their_words_and_order_changes_nothing():
    for one, other in product(Appearance, repeat=2):
        forth, back = said(("EOIR", one), ("PLANET", other)), said(("PLANET", other), ("EOIR", one))
        assert forth.value in {one, other}
        assert (forth.value, forth.confidence) == (back.value, back.confidence)
        missed = {one, other} & {Appearance.FAILED_TO_APPEAR}
        kept = {one, other} & {Appearance.APPEARED, Appearance.CONTINUED}
        assert forth.disagreement == bool(missed and kept)
