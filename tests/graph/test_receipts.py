"""What a receipt names, and what it leaves out: worked out of the question alone."""

from datetime import date
from inspect import signature

from graph.sharing import Gate, Viewer
from graph.sharing.receipts import receipt
from graph.vocabulary.viewers import Category, Outcome, Purpose, ScopeKind, ViewerRole
from tests.api.seeing import somebody

TODAY = date(2026, 11, 22)


def test_what_is_hidden_is_told_by_its_rule_alone():
    gate = Gate("some", ScopeKind.EVERYONE, {Category.RELEASE: Outcome.HIDE})
    viewer = Viewer("a", gate=gate, role=ViewerRole.EOIR_FEED, purpose=Purpose.COURT_NOTICE)
    told = receipt(viewer, TODAY, ["Child.id"], [], ["Child.releases", "Release.sponsor"])
    assert told is not None
    (rule,) = told["withheld"]
    assert rule == {
        "rule": "EOIR_FEED/RELEASE",
        "outcome": "HIDE",
        "citation": "REQUIREMENTS.md §15, a design choice",
    }
    assert "Child.releases" not in str(told)


def test_a_receipt_cannot_know_what_was_found():
    assert list(signature(receipt).parameters) == ["viewer", "on", "read", "redacted", "hidden"]


def test_every_role_of_a_scope_is_told_whom_alone_the_answer_is_about():
    for role in ViewerRole:
        viewer = somebody(role)
        told = receipt(viewer, TODAY, ["Child.id"], [], [])
        assert told is not None
        assert (told["scope"] is None) is (viewer.gate.scope is ScopeKind.EVERYONE)


def test_every_class_that_is_closed_is_told_with_a_reason():
    for role in ViewerRole:
        viewer = somebody(role, on=TODAY)
        told = receipt(viewer, TODAY, ["Child.id"], [], [])
        assert told is not None
        assert [one["class"] for one in told["classes"]] == sorted(viewer.withheld)
        assert all(one["why"] and one["citation"] for one in told["classes"])
