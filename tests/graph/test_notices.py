"""An event and its notice are written together, and however often, somebody is told of it once."""

from datetime import UTC, datetime, timedelta

import pytest

from graph.vocabulary.notices import NoticeKind, NoticeState
from graph.writes.notices import RAISE, raised, raising
from graph.writes.steps import take

NOON = datetime(2024, 8, 6, 12, tzinfo=UTC)
RULE = "ero-broadcast-2024-08/notify-orr"


@pytest.fixture
def follow_up(session):
    session.run("CREATE (:FollowUp {id: 'followup_a'})").consume()
    return "followup_a"


def notice(about, recipient="orr/inbox", **more):
    kind = more.pop("kind", NoticeKind.ORR_NOTICE)
    return raised(kind, recipient, about, RULE, NOON, NOON + timedelta(days=2), **more)


def kept(session):
    return [
        row["notice"]
        for row in session.run(
            "MATCH (notice:Notice)-[:ABOUT]->(:FollowUp) RETURN properties(notice) AS notice"
        )
    ]


def test_what_is_raised_waits_to_be_sent_from_that_moment_on(session, follow_up):
    take(session, lambda: raising([notice(follow_up)]))
    (found,) = kept(session)
    assert (found["state"], found["attempts"]) == (NoticeState.WAITING, 0)
    assert found["nextAt"].to_native() == found["raisedAt"].to_native() == NOON
    assert found["rule"] == RULE


def test_the_same_event_told_twice_tells_them_once_under_its_first_reference(session, follow_up):
    first, again = notice(follow_up), notice(follow_up)
    assert first["id"] == again["id"]
    assert first["reference"] != again["reference"]
    for row in (first, again):
        session.run(RAISE, {"notices": [row]}).consume()
    assert [one["reference"] for one in kept(session)] == [first["reference"]]


def test_each_recipient_and_each_kind_is_told_apart(session, follow_up):
    rows = [
        notice(follow_up),
        notice(follow_up, "orr/hq"),
        notice(follow_up, "fojc/HOUSTON", kind=NoticeKind.FOJC_INFORM),
        notice(follow_up, of="another"),
    ]
    take(session, lambda: raising(rows))
    assert len(kept(session)) == 4


def test_of_what_is_not_there_nobody_is_told(session):
    take(session, lambda: raising([notice("followup_never")]))
    assert session.run("MATCH (n:Notice) RETURN count(n) AS many").single()["many"] == 0
