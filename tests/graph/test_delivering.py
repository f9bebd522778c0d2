"""A notice is one worker's at a time, is never forgotten, and who does not answer is told of."""

from datetime import UTC, datetime, timedelta

import pytest

from graph.vocabulary.notices import AttemptOutcome, NoticeKind, NoticeRefusal, NoticeState
from graph.vocabulary.viewers import ViewerRole
from graph.writes.acknowledging import Acknowledged, Acknowledging, acknowledging
from graph.writes.delivering import Attempted, Marking, again, escalating, leasing, marking
from graph.writes.erasing import erase
from graph.writes.notices import raised, raising
from graph.writes.steps import take

NOON = datetime(2024, 8, 6, 12, tzinfo=UTC)
LEASE, TARGET, MINUTE = timedelta(minutes=2), timedelta(days=2), timedelta(minutes=1)


@pytest.fixture
def outbox(session):
    """Two notices of one follow-up, due at noon."""
    session.run("CREATE (:FollowUp {id: 'followup_a'})").consume()
    rows = [
        raised(NoticeKind.ORR_NOTICE, "orr/inbox", "followup_a", "a/b", NOON, None),
        raised(NoticeKind.FOJC_INFORM, "fojc/HOUSTON", "followup_a", "a/c", NOON, None),
    ]
    take(session, lambda: raising(rows))
    return Outbox(session, rows)


class Outbox:
    def __init__(self, session, rows) -> None:
        self.session = session
        self.orr, self.fojc = rows
        self.then: list[str] = []

    def lease(self, worker="one", at=NOON, most=10):
        return take(self.session, lambda: leasing(worker, at, LEASE, most))

    def taken(self, notice, at=NOON, within=TARGET):
        done = Attempted(notice["id"], notice["attempts"], AttemptOutcome.TAKEN, at, 250)
        return notice["id"] in self.mark(Marking(done, None, within)).sent

    def failed(self, notice, again_at, at=NOON, outcome=AttemptOutcome.NOT_NOW):
        done = Attempted(notice["id"], notice["attempts"], outcome, at, 451)
        return notice["id"] in self.mark(Marking(done, again_at)).given_up

    def mark(self, *group):
        return take(self.session, lambda: marking(group, "one", self.and_all_then))

    def and_all_then(self, sent):
        for notice, _ in sent:
            yield from self.and_then(notice)

    def and_then(self, notice, *_):
        self.then.append(notice["kind"])
        yield "RETURN 1 AS one", {}

    def acknowledge(self, notice, key="k", role=ViewerRole.ORR_TRIAGE, actor="ann"):
        asked = Acknowledging(notice["reference"], actor, role, key, NOON)
        return take(self.session, lambda: acknowledging(asked, self.and_then))

    def escalate(self, at):
        return take(self.session, lambda: escalating(at, 10))

    def now(self, notice):
        found = self.session.run(
            "MATCH (n:Notice {id: $id}) RETURN properties(n) AS notice", id=notice["id"]
        )
        return found.single(strict=True)["notice"]

    def attempts(self):
        found = self.session.run(
            "MATCH (a:NoticeAttempt)-[:ATTEMPT_OF]->(:Notice) RETURN a.id AS id, a.outcome AS what"
        )
        return {row["id"]: row["what"] for row in found}


def of_orr(leased):
    return next(one for one in leased if one["recipient"] == "orr/inbox")


def test_what_is_leased_is_nobody_elses_until_the_lease_is_over(outbox):
    assert len(outbox.lease("one")) == 2
    assert outbox.lease("two", NOON + LEASE - MINUTE) == []
    again_leased = outbox.lease("two", NOON + LEASE)
    assert [one["attempts"] for one in again_leased] == [2, 2]
    assert sorted(outbox.attempts().values(), key=str) == [None] * 4


def test_nothing_is_leased_before_its_moment(outbox):
    assert outbox.lease(at=NOON - MINUTE) == []


def test_a_notice_that_was_taken_is_sent_once_and_its_event_goes_on_with_it(outbox):
    notice = of_orr(outbox.lease())
    assert outbox.taken(notice)
    assert not outbox.taken(notice)
    now = outbox.now(notice)
    assert (now["state"], now.get("nextAt")) == (NoticeState.SENT, None)
    assert now["escalateAt"].to_native() == NOON + TARGET
    assert outbox.then == ["ORR_NOTICE"]


def test_whoever_lost_the_lease_is_believed_that_it_was_taken_and_not_that_it_was_not(outbox):
    mine = of_orr(outbox.lease("one"))
    theirs = of_orr(outbox.lease("two", NOON + LEASE))
    outbox.failed(mine, None)
    assert outbox.now(mine)["state"] == NoticeState.SENDING
    assert outbox.taken(mine)
    outbox.failed(theirs, None)
    assert outbox.now(mine)["state"] == NoticeState.SENT


def test_what_was_not_taken_waits_for_its_next_try(outbox):
    notice = of_orr(outbox.lease())
    assert not outbox.failed(notice, NOON + MINUTE)
    assert outbox.now(notice)["state"] == NoticeState.WAITING
    assert outbox.lease(at=NOON + MINUTE - timedelta(seconds=1)) == []
    assert of_orr(outbox.lease(at=NOON + MINUTE))["tries"] == 2


def test_what_was_not_tried_has_not_used_up_a_try(outbox):
    notice = of_orr(outbox.lease())
    outbox.failed(notice, NOON, outcome=AttemptOutcome.NOT_TRIED)
    assert of_orr(outbox.lease())["tries"] == 1


def test_what_is_given_up_stays_is_told_of_at_once_and_can_be_sent_again(outbox):
    notice = of_orr(outbox.lease())
    assert outbox.failed(notice, None)
    assert outbox.now(notice)["state"] == NoticeState.DEAD
    assert outbox.escalate(NOON) == 1
    (told,) = outbox.session.run("MATCH (n:Notice {kind: 'ESCALATION'}) RETURN n").value()
    assert (told["recipient"], told["about"]) == ("orr/hq", "followup_a")
    assert told["escalates"] == notice["reference"]
    assert told["reference"] != notice["reference"]
    assert take(outbox.session, lambda: again(notice["reference"], "bo", NOON + MINUTE))
    assert not take(outbox.session, lambda: again(notice["reference"], "bo", NOON + MINUTE))
    assert of_orr(outbox.lease(at=NOON + LEASE))["tries"] == 1


def test_what_nobody_acknowledged_in_time_is_escalated_once(outbox):
    outbox.taken(of_orr(outbox.lease()))
    assert outbox.escalate(NOON + TARGET - MINUTE) == 0
    assert outbox.escalate(NOON + TARGET) == 1
    assert outbox.escalate(NOON + TARGET) == 0
    assert outbox.now(outbox.orr)["state"] == NoticeState.SENT


def test_what_was_acknowledged_is_not_escalated(outbox):
    outbox.taken(of_orr(outbox.lease()))
    assert outbox.acknowledge(outbox.orr) == Acknowledged(outbox.orr["reference"])
    assert outbox.escalate(NOON + 10 * TARGET) == 0
    now = outbox.now(outbox.orr)
    assert (now["acknowledgedBy"], now["state"]) == ("ann", NoticeState.ACKNOWLEDGED)


def test_an_acknowledgement_counts_once_and_is_the_first_ones(outbox):
    outbox.acknowledge(outbox.orr)
    assert outbox.acknowledge(outbox.orr) == Acknowledged(outbox.orr["reference"])
    refused = outbox.acknowledge(outbox.orr, actor="bo")
    assert refused.reason is NoticeRefusal.ALREADY_ACKNOWLEDGED
    assert outbox.acknowledge(outbox.orr, key=" ").reason is NoticeRefusal.NO_KEY
    refused = outbox.acknowledge(outbox.fojc, role=ViewerRole.ERO_FOJC)
    assert refused.reason is NoticeRefusal.KEY_REUSED
    assert outbox.then == ["ORR_NOTICE"]


@pytest.mark.parametrize("role", ViewerRole)
def test_only_whose_notice_it_is_acknowledges_it(outbox, role):
    for notice, theirs in (
        (outbox.orr, {ViewerRole.ORR_TRIAGE, ViewerRole.ORR_CASEWORKER}),
        (outbox.fojc, {ViewerRole.ERO_FOJC, ViewerRole.ERO_OFFICER}),
    ):
        answer = outbox.acknowledge(notice, key=notice["id"], role=role)
        if role in theirs:
            assert answer == Acknowledged(notice["reference"])
        else:
            assert answer.reason is NoticeRefusal.NOT_YOURS
            assert notice["recipient"] in answer.message


def test_what_was_acknowledged_before_it_was_sent_is_not_sent_any_more(outbox):
    outbox.acknowledge(outbox.orr)
    assert [one["recipient"] for one in outbox.lease()] == ["fojc/HOUSTON"]


def test_a_word_that_it_was_taken_does_not_undo_an_acknowledgement(outbox):
    notice = of_orr(outbox.lease())
    outbox.acknowledge(outbox.orr)
    assert outbox.taken(notice)
    now = outbox.now(notice)
    assert (now["state"], now.get("escalateAt")) == (NoticeState.ACKNOWLEDGED, None)
    assert now["sentAt"].to_native() == NOON
    assert outbox.then == ["ORR_NOTICE"]


def test_what_a_group_came_to_is_written_down_for_each(outbox):
    one, other = outbox.lease()
    taken = Attempted(one["id"], 1, AttemptOutcome.TAKEN, NOON, 250)
    refused = Attempted(other["id"], 1, AttemptOutcome.REFUSED, NOON, 550)
    marked = outbox.mark(Marking(refused), Marking(taken, None, TARGET))
    assert (marked.sent, marked.given_up) == ([one["id"]], [other["id"]])
    assert outbox.attempts() == {taken.id: "TAKEN", refused.id: "REFUSED"}


def test_there_is_no_unknown_notice_to_acknowledge(outbox):
    refused = outbox.acknowledge({"reference": "never"})
    assert refused.reason is NoticeRefusal.UNKNOWN_NOTICE


def test_a_notice_goes_with_what_it_was_about(outbox):
    outbox.lease()
    outbox.session.run("MATCH (f:FollowUp) DETACH DELETE f").consume()
    kinds = (
        "keys", "ids", "versions", "neighbours", "facts", "addresses", "hearings", "pairs",
        "judgements",
    )  # fmt: skip
    nothing = {kind: list[str]() for kind in kinds}
    erase(outbox.session, nothing, [], [])
    left = outbox.session.run("MATCH (n:Notice|NoticeAttempt) RETURN count(n) AS many").single()
    assert left["many"] == 0
