"""Judgements that cannot all hold, found whichever way they are drawn."""

from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from graph.vocabulary.evidence import Verdict
from graph.writes.contradictions import contradicting

PAIRS = list(combinations("abcdef", 2))


@st.composite
def drawn(draw):
    """A verdict on some pairs of six records, one of them the latest."""
    pairs = draw(st.lists(st.sampled_from(PAIRS), min_size=1, max_size=9, unique=True))
    verdicts = [draw(st.sampled_from(list(Verdict))) for _ in pairs]
    return [
        {"id": f"j{n}", "leftKey": left, "rightKey": right, "role": "CHILD", "verdict": verdict}
        for n, ((left, right), verdict) in enumerate(zip(pairs, verdicts, strict=True))
    ]


def found(judgement, standing):
    """What the steps come to, where these judgements stand."""
    going = contradicting(judgement)
    try:
        _, asked = next(going)
        while True:
            rows = [
                {"id": one["id"], "left": one["leftKey"], "right": one["rightKey"],
                 "verdict": one["verdict"]}
                for one in standing
                if {one["leftKey"], one["rightKey"]} & set(asked["keys"])
            ]  # fmt: skip
            _, asked = going.send(rows)
    except StopIteration as done:
        return done.value


def groups(judgements):
    """Each record's group along the SAMEs."""
    group = {one: one for one in "abcdef"}
    for each in judgements:
        if each["verdict"] is Verdict.SAME:
            old, new = group[each["leftKey"]], group[each["rightKey"]]
            group = {one: new if of == old else of for one, of in group.items()}
    return group


def contradict(judgements):
    group = groups(judgements)
    return any(
        group[one["leftKey"]] == group[one["rightKey"]]
        for one in judgements
        if one["verdict"] is Verdict.DIFFERENT
    )


@given(drawn())
def test_a_judgement_contradicts_others_when_together_they_cannot_hold(standing):
    *others, latest = standing
    named = found(latest, standing)
    if not contradict(others):
        assert bool(named) == contradict(standing)
    if named:
        assert contradict([latest, *(one for one in others if one["id"] in named)])
    assert latest["id"] not in named
