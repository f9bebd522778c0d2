from itertools import combinations, pairwise, product
from math import isclose

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.groupings import EXACT_TO, added, components
from graph.uncertainty import SHARES, CountRange, UnderReview, count_range, made_count
from graph.vocabulary.evidence import PairReason

REASONS = (*SHARES, PairReason.JUDGED_DIFFERENT)
CHILDREN = "abcdefghij"
FEW = 400


@st.composite
def pairs(draw, most=10):
    """Pairs among children a…j, of whom the first few are counted; and how many those are."""
    counted = draw(st.integers(1, most))
    names = st.sampled_from(CHILDREN[:most])
    drawn = draw(st.lists(st.tuples(names, names, st.sampled_from(REASONS)), max_size=14))
    found = [
        UnderReview(one, other, why, one in CHILDREN[:counted], other in CHILDREN[:counted])
        for one, other, why in drawn
    ]
    return counted, found


def groups_if_all_were_one(counted, found):
    """Counted children's groups, were every pair under review one child's."""
    group = {name: name for name in CHILDREN}
    for pair in found:
        if pair.why != PairReason.JUDGED_DIFFERENT:
            old, new = group[pair.one], group[pair.other]
            group = {name: new if its == old else its for name, its in group.items()}
    return len({group[name] for name in CHILDREN[:counted]})


@settings(deadline=None)
@given(pairs())
def test_a_range_lies_between_all_being_one_and_nobody(drawn):
    counted, found = drawn
    answer = count_range(counted, found, FEW)
    assert groups_if_all_were_one(counted, found) <= answer.low
    assert answer.low <= answer.likely <= answer.high <= answer.counted == counted


@settings(deadline=None)
@given(pairs(), st.randoms())
def test_the_order_and_direction_of_pairs_tell_nothing(drawn, random):
    counted, found = drawn
    turned = [
        UnderReview(pair.other, pair.one, pair.why, pair.other_counts, pair.one_counts)
        for pair in random.sample(found, len(found))
    ]
    assert count_range(counted, turned, FEW) == count_range(counted, [*found, *found], FEW)


@settings(deadline=None)
@given(pairs(most=5))
def test_the_chances_are_those_of_every_outcome_counted_out(drawn):
    counted, found = drawn
    ties = {
        (min(pair.one, pair.other), max(pair.one, pair.other)): 0.3 + 0.05 * place
        for place, pair in enumerate(found)
        if pair.one != pair.other
    }
    expected = [0.0] * (counted + 1)
    for outcome in product([True, False], repeat=len(ties)):
        held = [
            UnderReview(*tie, PairReason.IN_THE_BAND)
            for tie, holds in zip(ties, outcome, strict=True)
            if holds
        ]
        chance = 1.0
        for share, holds in zip(ties.values(), outcome, strict=True):
            chance *= share if holds else 1 - share
        expected[counted - groups_if_all_were_one(counted, held)] += chance
    among = components(ties, [], CHILDREN[:counted])
    reached = added(one for component in among for one in component.taken_off(ties))
    reached += [0.0] * (len(expected) - len(reached))
    assert all(
        isclose(one, other, abs_tol=1e-9) for one, other in zip(reached, expected, strict=True)
    )


@pytest.mark.parametrize("why", SHARES)
def test_a_single_doubt_always_shows(why):
    answer = count_range(2, [UnderReview("a", "b", why)], FEW)
    assert (answer.low, answer.high, answer.under_review) == (1, 2, 1)


def test_without_doubts_a_count_is_a_number():
    assert count_range(324, [], FEW) == CountRange(324, 324, 324, 324, 0)


def test_ten_doubts_leave_room_for_some_of_them():
    found = [
        UnderReview(f"a{number}", f"b{number}", PairReason.HELD_APART_BY_NAMES)
        for number in range(10)
    ]
    answer = count_range(324, found, FEW)
    assert 314 < answer.low < answer.likely < answer.high < 324


def test_who_stands_between_two_counts_only_as_a_way():
    found = [
        UnderReview("a", "x", PairReason.BRIDGE_REFUSED, other_counts=False),
        UnderReview("x", "b", PairReason.BRIDGE_REFUSED, one_counts=False),
        UnderReview("b", "loose", PairReason.BRIDGE_REFUSED, other_counts=False),
    ]
    assert count_range(2, found, FEW).low == 1
    assert count_range(2, found, FEW).under_review == 2
    assert count_range(2, found[:1], FEW) == count_range(2, [], FEW)


def test_two_who_were_judged_different_are_not_one_through_a_third():
    found = [
        *(UnderReview("a", other, PairReason.BRIDGE_REFUSED) for other in "bc"),
        UnderReview("b", "c", PairReason.JUDGED_DIFFERENT),
    ]
    assert count_range(3, found, FEW).low == 2


def test_many_tangled_together_are_drawn_alike_each_time():
    tangled = CHILDREN + "klmno"
    assert len(tangled) > EXACT_TO
    found = [
        UnderReview(one, other, PairReason.IN_DOUBT) for one, other in combinations(tangled, 2)
    ]
    assert count_range(15, found, FEW) == count_range(15, found[::-1], FEW)
    assert count_range(15, found, FEW).likely == 1


def test_draws_come_close_to_what_is_exact():
    chain = list(pairwise(CHILDREN))
    (drawn,) = components(chain, [], set(CHILDREN))
    exact = added([[0.6, 0.4]] * len(chain))
    (reached,) = drawn.taken_off(dict.fromkeys(chain, 0.4))
    for one, other in zip(reached, exact, strict=True):
        assert isclose(one, other, abs_tol=0.04)


def test_thousands_tangled_together_come_to_what_their_ties_come_to():
    # Of 448,820 children 13,000 hung together: each draw must cost what its ties do, no more.
    chain = list(pairwise(f"{number:05d}" for number in range(5_000)))
    (drawn,) = components(chain, [], {one for tie in chain for one in tie})
    (taken_off,) = drawn.taken_off(dict.fromkeys(chain, 0.4))
    mean = sum(fewer * chance for fewer, chance in enumerate(taken_off))
    assert isclose(mean, 0.4 * len(chain), rel_tol=0.01)


# Of pairs in two worlds whose truth is known: how many were one child's, of how many.
MEASURED = [
    (PairReason.IN_THE_BAND, 100_000, 305, 1_894),
    (PairReason.IN_THE_BAND, 448_820, 1_376, 32_938),
    (PairReason.BRIDGE_REFUSED, 100_000, 258, 413),
    (PairReason.BRIDGE_REFUSED, 448_820, 1_296, 3_898),
    (PairReason.HELD_APART_BY_NAMES, 100_000, 391, 591),
    (PairReason.HELD_APART_BY_NAMES, 448_820, 2_346, 3_333),
    (PairReason.IN_DOUBT, 100_000, 22, 67),
    (PairReason.IN_DOUBT, 448_820, 82, 538),
]


@pytest.mark.parametrize(("why", "population", "one_childs", "of"), MEASURED)
def test_the_more_children_there_are_the_more_strangers_look_alike(why, population, one_childs, of):
    share = SHARES[why].among(population)
    assert share.low < one_childs / of < share.high
    assert share.likely <= SHARES[why].likely


def test_among_hundreds_of_thousands_most_who_are_in_the_band_are_strangers():
    found = [
        UnderReview(f"{number}a", f"{number}b", PairReason.IN_THE_BAND) for number in range(1_000)
    ]
    few, many = (count_range(2_000, found, population) for population in (FEW, 448_820))
    assert few.high < 1_500
    assert many.low > 1_900


def test_what_a_statement_read_becomes_a_range():
    answer = made_count([3, [["a", "b", "IN_THE_BAND", True, True]], FEW])
    assert (answer.counted, answer.low, answer.high) == (3, 2, 3)


def test_every_reason_for_a_review_has_a_share():
    never_for_review = {PairReason.BELOW_THE_BAND, PairReason.JUDGED_DIFFERENT}
    assert set(SHARES) == set(PairReason) - never_for_review
