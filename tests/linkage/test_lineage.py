"""Ids over many runs: merged, split, undone, and never lost."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from linkage.lineage import NO_LINEAGE, Lineage, events_between
from linkage.resolve import inherit

MEMBERS = [f"EARM/earm/{number}" for number in range(8)]
partitions = st.lists(
    st.lists(st.integers(0, 5), min_size=len(MEMBERS), max_size=len(MEMBERS)).map(
        lambda labels: dict(zip(MEMBERS, map(str, labels), strict=True))
    ),
    min_size=2,
    max_size=6,
)


def run_after_run(history: list[dict[str, str]]) -> list[tuple[dict[str, str], Lineage]]:
    """Each run's ids and the lineage after it."""
    ids: dict[str, str] = {}
    lineage = NO_LINEAGE
    runs = []
    for run, clusters in enumerate(history, start=1):
        now = inherit(ids, clusters, "child", lineage)
        lineage = lineage.after(ids, now, run, events_between(ids, now))
        ids = now
        runs.append((ids, lineage))
    return runs


@given(partitions)
def test_merges_and_splits_undone_one_by_one_give_every_id_back(history):
    there_and_back = history + history[-2::-1]
    runs = run_after_run(there_and_back)
    assert runs[-1][0] == runs[0][0]


@given(partitions)
def test_whoever_was_somebody_at_any_time_is_found_under_every_id_ever_given(history):
    runs = run_after_run(history)
    ids, lineage = runs[-1]
    alive = set(ids.values())
    for earlier, _ in runs:
        for identity in earlier.values():
            assert identity in lineage.founded
            assert identity in alive or lineage.heirs[identity] in alive


@given(partitions)
def test_events_tell_where_every_record_went(history):
    runs = run_after_run(history)
    for (before, _), (after, _) in pairwise(runs):
        told = {
            record: home
            for event in events_between(before, after)
            for record, home in zip(event.records, event.homes, strict=True)
        }
        assert told | {m: i for m, i in before.items() if m not in told} == after


@given(partitions)
def test_an_id_is_borne_by_one_identity_at_a_time(history):
    for (ids, _), clusters in zip(run_after_run(history), history, strict=True):
        pairs = {(ids[member], clusters[member]) for member in clusters}
        assert len(pairs) == len(set(ids.values())) == len(set(clusters.values()))


def test_a_record_that_came_meanwhile_does_not_keep_an_undone_merge_from_giving_the_id_back():
    ana, bea = {"a1": "a", "a2": "a"}, {"b1": "b", "b2": "b", "b3": "b"}
    together = dict.fromkeys([*ana, *bea, "a3"], "one")
    apart = ana | {"a3": "a"} | bea
    runs = run_after_run([ana | bea, together, apart])
    assert runs[1][0]["a1"] == runs[0][0]["b1"]
    assert runs[2][0] == runs[0][0] | {"a3": runs[0][0]["a1"]}
