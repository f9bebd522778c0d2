"""Why two records are one person's or not: figures that sum, and pictures that name nobody."""

import json
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.explanation import waterfall
from graph.explanation.outcome import Explained, Outcome, never_compared
from graph.explanation.steps import read_pairs, steps, way
from graph.explanation.weights import Weighed, read_weights, weigh
from graph.explanation.what_if import what_ifs
from graph.vocabulary.evidence import Decision, PairReason
from tests.graph.a_model import MODEL


def a_pair(*levels: int, model: str = MODEL) -> Weighed:
    pair = weigh(model, levels)
    assert pair is not None
    return pair


BITS = st.floats(-30, 30, allow_nan=False)
BANDS = st.sampled_from(["same", "same, rare", "same, uncommon", "same, common", "other"])


@st.composite
def pairs(draw):
    """A model of any weights, and levels that fit it."""
    comparisons = draw(
        st.lists(st.dictionaries(BANDS, BITS, min_size=1), min_size=1, max_size=5).map(
            lambda all_: [
                {"name": f"c{n}", "levels": [{"label": k, "bits": b} for k, b in one.items()]}
                for n, one in enumerate(all_)
            ]
        )
    )
    levels = [draw(st.integers(0, len(one["levels"]) - 1)) for one in comparisons]
    told = {"prior": draw(BITS), "link": 4.0, "review": -2.0, "comparisons": comparisons}
    return a_pair(*levels, model=json.dumps(told))


@given(pairs())
def test_the_parts_and_the_prior_sum_to_the_match_weight(pair: Weighed):
    bits = [part.agreement_bits + part.frequency_bits for part in pair.parts]
    assert abs(pair.weights.prior + sum(bits) - pair.weight) < 1e-6
    assert abs(waterfall.bars_of(pair)[-2].end - pair.weight) < 1e-6


@given(pairs())
def test_what_would_change_the_outcome_does(pair: Weighed):
    for one in what_ifs(pair):
        assert one.decision is not pair.decision
        assert 1 <= len(one.changes) <= 2
        levels = list(pair.levels)
        for change in one.changes:
            (place,) = [
                n for n, c in enumerate(pair.weights.comparisons) if c.name == change.comparison
            ]
            labels = [level.label for level in pair.weights.comparisons[place].levels]
            assert labels[levels[place]] == change.found
            levels[place] = labels.index(change.instead)
        assert abs(Weighed(pair.weights, tuple(levels)).weight - one.weight) < 1e-6


def test_a_rare_name_says_how_much_of_its_bits_are_for_being_rare():
    rare, dropped = a_pair(1, 1, 0).parts[0], a_pair(4, 1, 0).parts[0]
    assert (rare.bits, rare.agreement_bits, rare.frequency_bits) == (9.0, 4.0, 5.0)
    assert (dropped.bits, dropped.agreement_bits, dropped.frequency_bits) == (5.0, 2.0, 3.0)
    assert a_pair(3, 1, 0).parts[0].frequency_bits == 0
    assert a_pair(6, 1, 0).parts[0].frequency_bits == 0


def test_the_smallest_change_is_named_either_way():
    above, below = what_ifs(a_pair(1, 2, 0))
    assert pytest.approx(2.0) == a_pair(1, 2, 0).weight
    (more,), (less,) = above.changes, below.changes
    assert (more.comparison, more.found, more.instead) == (
        "date_of_birth",
        "same month",
        "same day",
    )
    assert (above.weight, above.decision) == (8.5, Decision.LINKED)
    assert (less.comparison, less.instead) == ("surnames", "the only surname, common")
    assert (below.weight, below.decision) == (-3.0, Decision.APART)


def test_where_one_change_is_not_enough_two_are_named():
    (above,) = what_ifs(a_pair(6, 3, 2))
    assert [(one.comparison, one.instead) for one in above.changes] == [
        ("surnames", "the only surname, uncommon"),
        ("date_of_birth", "same day"),
    ]
    assert (above.weight, above.decision) == (-1.0, Decision.REVIEW)


def test_levels_that_do_not_fit_the_model_explain_nothing():
    assert weigh(MODEL, [1, 1]) is None
    assert weigh(MODEL, [1, 1, 9]) is None
    assert weigh(None, [1, 1, 1]) is None
    assert weigh(MODEL, None) is None


def test_a_picture_is_read_without_colour_and_without_sight():
    tree = ET.fromstring(waterfall.svg(a_pair(1, 1, 2)))
    space = "{http://www.w3.org/2000/svg}"
    described = {one.get("id"): one.text for one in tree.iter() if one.get("id")}
    named = (tree.get("aria-labelledby") or "").split()
    assert described[named[0]] == "Match weight +1.50 bits"
    assert "surnames, the only surname, rare: +9.00" in (described[named[1]] or "")
    assert "a number, other: −7.00" in (described[named[1]] or "")
    hatched = [one for one in tree.iter(f"{space}rect") if "url(#" in (one.get("fill") or "")]
    assert len(hatched) == 2  # the prior, and the A-number that differs
    assert not list(tree.iter(f"{space}style"))


def test_a_label_with_marks_of_its_own_is_only_a_label():
    hostile = json.dumps(
        {"prior": 0, "link": 4, "review": -2, "comparisons": [
            {"name": "a & b", "levels": [{"label": '<script>"x"</script>', "bits": 1}]}]}
    )  # fmt: skip
    drawn = waterfall.svg(a_pair(0, model=hostile))
    ET.fromstring(drawn)
    assert "<script" not in drawn


def test_the_picture_in_letters_fits_a_terminal():
    lines = waterfall.text(waterfall.bars_of(a_pair(1, 1, 2)), width=80)
    assert len(lines) == 5
    assert all(len(line) <= 80 for line in lines)
    assert lines[0].split()[0] == "prior"
    assert "+++" in lines[1]
    assert "---" in lines[3]
    assert lines[-1].endswith("=")
    assert "+1.50" in lines[-1]


RECORDS = ["EARM/earm/1", "EOIR/eoir_case/2", "ORR/orr_release/3", "VOR/vor/4"]
PAIRS = ["0 1 21.500000 1,1,1", "2 3 SAME judgement_x", "0 2 9.250000 1,1,0", "1 3 8.000000 1,2,0"]


def test_an_identity_came_to_be_step_by_step():
    one, two, three = steps(read_pairs(RECORDS, PAIRS))
    assert (one.one, one.other, one.pair.weight) == ((RECORDS[0],), (RECORDS[1],), 21.5)
    assert (two.pair.judgement, two.pair.weight) == ("judgement_x", None)
    assert (three.number, three.one, three.other) == (3, tuple(RECORDS[:2]), tuple(RECORDS[2:]))


def test_two_records_without_a_pair_of_their_own_are_joined_by_others():
    joining = steps(read_pairs(RECORDS, PAIRS))
    assert way(joining, RECORDS[1], RECORDS[3]) == [RECORDS[1], RECORDS[0], RECORDS[2], RECORDS[3]]
    assert way(joining, RECORDS[1], "EARM/earm/9") == []


@given(st.permutations(range(6)), st.data())
def test_steps_are_one_fewer_than_the_records_that_they_join(order, data):
    records = [f"EARM/earm/{n}" for n in range(6)]
    tree = [(order[n], order[data.draw(st.integers(0, n - 1))]) for n in range(1, 6)]
    more = data.draw(st.lists(st.sampled_from(tree)))
    told = [f"{min(p)} {max(p)} 5.000000 1" for p in [*tree, *more]]
    found = steps(read_pairs(records, told))
    assert [step.number for step in found] == [1, 2, 3, 4, 5]
    assert sorted((*found[-1].one, *found[-1].other)) == records


def test_every_reason_has_its_sentence():
    for why in PairReason:
        assert Explained(Outcome.APART, why, 1.0, None, "m").sentence.endswith(".")
    for judged in (True, False):
        assert Explained(Outcome.LINKED, None, None, None, "m", judged).sentence.startswith(
            "Linked"
        )
    assert (
        "`sponsorgraph why EARM/earm/1 VOR/vor/4`"
        in never_compared(RECORDS[0], RECORDS[3]).sentence
    )


def test_no_weight_is_promised_where_a_rule_or_a_person_decided():
    pair = a_pair(1, 2, 0)
    assert Explained(Outcome.REVIEW, PairReason.IN_THE_BAND, 2.0, pair, "m").what_if
    assert Explained(Outcome.LINKED, None, 2.0, pair, "m").what_if
    for why in (PairReason.HELD_APART_BY_NAMES, PairReason.JUDGED_DIFFERENT):
        assert Explained(Outcome.APART, why, 2.0, pair, "m").what_if == []


def test_a_model_is_read_once():
    assert read_weights(MODEL) is read_weights("".join(list(MODEL)))
