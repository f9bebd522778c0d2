"""What people judge, and what becomes of it when they contradict each other."""

from hypothesis import given
from hypothesis import strategies as st

from graph.vocabulary.evidence import Judgement, Verdict
from linkage.clusters import cluster
from linkage.judgements import heed

A, B, C, D = "EARM/earm/1", "EOIR/eoir_case/2", "ORR/orr_release/3", "PLANET/planet/4"


def judged(left: str, right: str, verdict: Verdict, *, number: int = 0) -> Judgement:
    left, right = sorted((left, right))
    name = f"j{number}-{left}-{right}"
    return Judgement(name, "CHILD", left, right, verdict, "seen", "ana", "2026-11-22T00:00:00Z")


def test_a_is_b_and_b_is_c_but_a_is_not_c_is_a_conflict_and_nobody_guesses():
    said = [
        judged(A, B, Verdict.SAME),
        judged(B, C, Verdict.SAME),
        judged(A, C, Verdict.DIFFERENT),
        judged(C, D, Verdict.UNSURE),
    ]
    heeded = heed(said)
    assert set(heeded.conflict) == {one.id for one in said[:3]}
    assert len(set(heeded.conflict.values())) == 1
    assert {(left, right) for _, left, right, _ in heeded.contested} == {(A, B), (A, C), (B, C)}


def test_two_conflicts_have_two_names():
    said = [
        judged(A, B, Verdict.SAME),
        judged(A, B, Verdict.DIFFERENT, number=1),
        judged(C, D, Verdict.SAME),
        judged(C, D, Verdict.DIFFERENT, number=1),
    ]
    assert len(set(heed(said).conflict.values())) == 2


def test_judgements_that_agree_are_no_conflict():
    said = [judged(A, B, Verdict.SAME), judged(B, C, Verdict.DIFFERENT)]
    assert heed(said).conflict == {}


def test_unsure_is_no_contradiction_to_anything():
    assert heed([judged(A, B, Verdict.SAME), judged(A, B, Verdict.UNSURE)]).conflict == {}


def test_what_a_person_says_goes_before_what_the_machine_would_hold_apart():
    clusters = cluster([(1, 2)], apart=[(1, 3)], same=[(1, 3)])
    assert clusters.of(1) == clusters.of(3) == clusters.of(2)


def test_a_third_record_does_not_join_two_whom_a_person_keeps_apart():
    clusters = cluster([(1, 2), (2, 3)], never=[(1, 3)])
    assert clusters.of(1) != clusters.of(3)
    assert clusters.refused == [(2, 3)]


def test_a_twin_joined_by_a_person_still_keeps_others_of_her_name_apart():
    clusters = cluster([(2, 3)], apart=[(1, 3)], same=[(1, 2)])
    assert clusters.of(1) == clusters.of(2) != clusters.of(3)


pairs = st.sets(st.integers(0, 9), min_size=2, max_size=2).map(lambda pair: tuple(sorted(pair)))


@given(st.lists(pairs), st.lists(pairs), st.lists(pairs), st.lists(pairs))
def test_no_order_of_links_violates_what_is_free_of_contradiction(links, apart, same, never):
    keys = [f"EARM/earm/{number}" for number in range(10)]
    said = {pair: judged(keys[pair[0]], keys[pair[1]], Verdict.SAME) for pair in same}
    said |= {pair: judged(keys[pair[0]], keys[pair[1]], Verdict.DIFFERENT) for pair in never}
    heeded = heed(said.values())
    free = {pair: one for pair, one in said.items() if one.id not in heeded.conflict}
    contested = [(keys.index(left), keys.index(right)) for _, left, right, _ in heeded.contested]
    clusters = cluster(
        links,
        apart,
        same=[pair for pair, one in free.items() if one.verdict is Verdict.SAME],
        never=[pair for pair, one in free.items() if one.verdict is Verdict.DIFFERENT] + contested,
    )
    for (left, right), one in said.items():
        if one.verdict is Verdict.DIFFERENT:
            assert clusters.of(left) != clusters.of(right)
        elif one.id not in heeded.conflict:
            assert clusters.of(left) == clusters.of(right)
