"""Ids that last."""

from hypothesis import given
from hypothesis import strategies as st

from graph.vocabulary.identifiers import public_id
from linkage.lineage import Lineage
from linkage.resolve import inherit

clusterings = st.dictionaries(
    st.integers(0, 30).map(lambda n: f"EARM/earm/{n:02}"), st.integers(0, 8).map(str)
)


def grouped(labels):
    groups: dict[str, set[str]] = {}
    for member, label in labels.items():
        groups.setdefault(label, set()).add(member)
    return sorted(map(sorted, groups.values()))


@given(clusterings)
def test_the_same_clusters_keep_their_ids_whatever_they_are_called(clusters):
    before = inherit({}, clusters, "child")
    again = inherit(before, {member: f"x{label}" for member, label in clusters.items()}, "child")
    assert again == before


@given(clusterings, clusterings)
def test_one_id_is_one_cluster_and_one_cluster_one_id(yesterday, today):
    ids = inherit(inherit({}, yesterday, "child"), today, "child")
    assert grouped(ids) == grouped(today)


@given(clusterings, clusterings)
def test_ids_do_not_depend_on_the_order_of_arrival(yesterday, today):
    before = inherit({}, yesterday, "child")
    backwards = dict(reversed(today.items()))
    assert inherit(before, today, "child") == inherit(before, backwards, "child")


@given(clusterings, clusterings)
def test_an_id_is_never_given_to_people_who_share_nothing_with_its_bearer(yesterday, today):
    before = inherit({}, yesterday, "child")
    after = inherit(before, today, "child")
    bearers: dict[str, set[str]] = {}
    for member, identity in before.items():
        bearers.setdefault(identity, set()).add(member)
    for identity in set(after.values()) & set(bearers):
        members = {member for member, given_id in after.items() if given_id == identity}
        assert members & bearers[identity]


def test_the_larger_part_of_a_split_identity_keeps_the_id():
    before = inherit({}, {"a": "1", "b": "1", "c": "1"}, "child")
    after = inherit(before, {"a": "1", "b": "2", "c": "2"}, "child")
    assert after["b"] == after["c"] == before["a"]
    assert after["a"] not in before.values()


def test_a_founder_moved_out_founds_a_second_identity_under_another_id():
    before = inherit({}, {"a": "1", "b": "1", "c": "1"}, "child")
    assert before["a"] == public_id("child", "a")
    after = inherit(before, {"a": "9", "b": "1", "c": "1"}, "child")
    assert after["a"] == public_id("child", "a#2")


def test_an_id_that_nobody_bears_any_more_is_not_given_again():
    # In the run between, the founder's record was with another child, and the id with nobody.
    first = inherit({}, {"b": "1"}, "child")
    between = inherit({"a": public_id("child", "a")}, {"a": "1", "b": "1"}, "child")
    after = inherit(
        between, {"a": "1", "b": "2"}, "child", Lineage(founded=dict.fromkeys(first.values(), 1))
    )
    assert after["b"] not in first.values()
