"""Whatever two sources say, each child they differ on stands in one bucket, and the buckets sum."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.reports.bridge import Side, Told, Word, bridge
from graph.vocabulary.reports import Absence, Bucket

FIRST = date(2018, 10, 1)
AS_OF = date(2024, 6, 30)
DOJ = Side("EOIR", Absence.IN_ABSENTIA_ORDER, FIRST, date(2023, 10, 1))
OPLA = Side("PLANET", Absence.FAILED_TO_APPEAR, FIRST, date(2024, 6, 1))
MAY = date(2022, 5, 10)

days = st.none() | st.integers(0, 2_300).map(lambda after: FIRST + timedelta(after - 100))
words = st.builds(Word, st.booleans(), days, days, st.booleans())
told = st.builds(
    Told, st.lists(words, max_size=3), st.booleans(), st.lists(days.filter(bool), max_size=2)
)
sides = st.builds(Side, st.sampled_from(["EOIR", "PLANET"]), st.sampled_from(Absence), days, days)


@settings(max_examples=300, deadline=None)
@given(st.lists(st.tuples(told, told), max_size=30), sides, sides, st.booleans())
def test_the_buckets_sum_to_the_difference_whatever_the_sources_say(children, left, right, every):
    found = bridge(children, left, right, AS_OF, words=every)

    assert found.difference == found.only_left.total() - found.only_right.total()
    assert found.left == found.in_both + found.only_left.total()
    assert found.right == found.in_both + found.only_right.total()


@settings(max_examples=100, deadline=None)
@given(st.lists(st.tuples(told, told), max_size=20), sides, sides)
def test_the_bridge_read_from_the_other_end_is_the_same_bridge(children, left, right):
    there = bridge(children, left, right, AS_OF)
    back = bridge([(other, one) for one, other in children], right, left, AS_OF)

    assert (there.only_left, there.only_right) == (back.only_right, back.only_left)


def order(day=MAY, **more):
    return Told([Word(True, day, **more)], True)


def absence(day=MAY, **more):
    return Told([Word(False, day, **more)], True)


KNOWN = Told((), True)


@pytest.mark.parametrize(
    ("of_doj", "of_opla", "why"),
    [
        (order(), Told(), Bucket.NOT_LINKED),
        (order(), KNOWN, Bucket.NOTHING_ENTERED),
        (order(), Told((), True, [MAY]), Bucket.SAYS_OTHERWISE),
        (order(), absence(entered=date(2024, 7, 1)), Bucket.ENTERED_LATE),
        (order(), absence(date(2024, 6, 1)), Bucket.OUTSIDE_ITS_WINDOW),
        (order(), order(), Bucket.ORDER_WITHOUT_ABSENCE),
    ],
)
def test_whom_planet_does_not_count_is_told_why(of_doj, of_opla, why):
    found = bridge([(of_doj, of_opla)], DOJ, OPLA, AS_OF)

    assert (found.only_left, found.only_right.total()) == ({why: 1}, 0)


@pytest.mark.parametrize(
    ("of_doj", "of_opla", "why"),
    [
        (KNOWN, absence(date(2023, 10, 1)), Bucket.OUTSIDE_ITS_WINDOW),
        (KNOWN, absence(date(2023, 9, 30)), Bucket.ABSENCE_WITHOUT_ORDER),
        (absence(), absence(), Bucket.ABSENCE_WITHOUT_ORDER),
        (order(withdrawn=True), absence(), Bucket.NO_LONGER_STATED),
        (order(entered=date(2024, 7, 1)), absence(), Bucket.ENTERED_LATE),
        (Told(), absence(), Bucket.NOT_LINKED),
    ],
)
def test_whom_doj_does_not_count_is_told_why(of_doj, of_opla, why):
    found = bridge([(of_doj, of_opla)], DOJ, OPLA, AS_OF)

    assert (found.only_right, found.only_left.total()) == ({why: 1}, 0)


def test_a_child_counted_by_both_is_in_no_bucket_even_of_another_hearing():
    found = bridge([(order(), absence(date(2021, 1, 4)))], DOJ, OPLA, AS_OF)

    assert (found.in_both, found.difference) == (1, 0)


def test_a_child_whose_absence_was_typed_twice_is_one_child_and_two_words():
    twice = Told([Word(False, MAY), Word(False, MAY)], True)

    assert bridge([(order(), twice)], DOJ, OPLA, AS_OF).right == 1
    found = bridge([(order(), twice)], DOJ, OPLA, AS_OF, words=True)
    assert (found.right, found.only_right) == (2, {Bucket.SAID_AGAIN: 1})
