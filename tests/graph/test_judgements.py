"""A person's word on two records: recorded once, never overwritten, and never lost to another's."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from neo4j import Session
from neo4j.exceptions import IncompleteCommit

from graph.connection import AsyncDoor, Door, Endpoint, async_opened
from graph.errors import OutcomeUnknownError
from graph.judgements import (
    Recorded,
    Refused,
    Retracted,
    every_judgement,
    record_judgement,
    restore_judgements,
    retract_judgement,
    standing_judgements,
)
from graph.vocabulary.evidence import Judgement, JudgementRefusal, Verdict
from graph.writes.judging import recording
from graph.writes.outcomes import Saying
from graph.writes.steps import take_async

NOW = datetime(2024, 7, 1, 12, tzinfo=UTC)
SAME, DIFFERENT, UNSURE = Verdict.SAME, Verdict.DIFFERENT, Verdict.UNSURE


def key(name: str, table: str = "earm") -> str:
    return f"EARM/{table}/{name}"


@pytest.fixture(autouse=True)
def records(session: Session):
    """Four records of children, one of a court case's rows, and one of a sponsor."""
    session.run("MATCH (p:Publication) SET p.run = 1").consume()
    named = [*map(key, "abcd"), key("row", "eoir_schedule")]
    session.run(
        "UNWIND $keys AS key CREATE (:Record {key: key, keyVersion: key + '/v1', version: 1,"
        " table: split(key, '/')[1], runFrom: 1})-[:DESCRIBES {role: 'CHILD', runFrom: 1,"
        " runUntil: 9223372036854775807}]->(:Child {id: key})",
        keys=named,
    ).consume()
    session.run(
        "CREATE (:Record {key: $key, keyVersion: $key + '/v1', version: 1, table: 'vor', runFrom: 1})"
        "-[:DESCRIBES {role: 'SPONSOR', runFrom: 1, runUntil: 9223372036854775807}]->(:Sponsor)",
        key=key("s", "vor"),
    ).consume()


def judge(session: Any, left: str, right: str, verdict: Verdict = SAME, **said: Any):
    """Record, under a key that says what was said."""
    told: dict[str, Any] = {"role": "CHILD", "reason": "one photograph", "actor": "ana", "at": NOW}
    told |= {"key": f"{left}{right}{verdict}"} | said
    names = [name if "/" in name else key(name) for name in (left, right)]
    return record_judgement(session, left=names[0], right=names[1], verdict=verdict, **told)


def judged(session: Any, left: str, right: str, verdict: Verdict = SAME, **said: Any) -> Recorded:
    outcome = judge(session, left, right, verdict, **said)
    assert isinstance(outcome, Recorded), outcome
    return outcome


def test_what_somebody_said_of_two_records_stands(session: Session):
    recorded = judged(session, "b", f"{key('a')}/v1", reason=" the same scar ")

    (standing,) = standing_judgements(session)
    assert standing == Judgement(
        recorded.id, "CHILD", key("a"), key("b"), SAME, "the same scar", "ana",
        "2024-07-01T12:00:00.000000+00:00",
    )  # fmt: skip
    assert recorded == Recorded(recorded.id, None, [])


def test_a_later_judgement_supersedes_and_leaves_the_earlier_as_it_was(session: Session):
    first = judged(session, "a", "b")
    before = every_judgement(session)
    second = judged(session, "a", "b", DIFFERENT, expected=first.id)

    assert second.supersedes == first.id
    assert [one.id for one in standing_judgements(session)] == [second.id]
    assert before[0] in every_judgement(session)


def test_what_was_retracted_lets_the_earlier_stand_again(session: Session):
    first = judged(session, "a", "b")
    second = judged(session, "a", "b", DIFFERENT, expected=first.id)

    done = retract_judgement(session, judgement=second.id, reason="wrong file", actor="b", key="r")
    again = retract_judgement(session, judgement=second.id, reason="wrong file", actor="b", key="r")

    assert done == again == Retracted(second.id)
    assert [one.id for one in standing_judgements(session)] == [first.id]
    refused = retract_judgement(session, judgement=second.id, reason="so", actor="b", key="r2")
    assert isinstance(refused, Refused)
    assert refused.reason is JudgementRefusal.ALREADY_RETRACTED


def test_sent_twice_it_is_recorded_once_and_answered_alike(session: Session):
    first = judged(session, "a", "b")
    judged(session, "a", "b", DIFFERENT, expected=first.id)

    assert judged(session, "a", "b") == first
    assert len(every_judgement(session)) == 2


REFUSED = [
    (("a", "x"), {}, JudgementRefusal.UNKNOWN_RECORD),
    (("a", f"{key('a')}/v1"), {}, JudgementRefusal.SAME_RECORD),
    (("a", key("s", "vor")), {}, JudgementRefusal.WRONG_ROLE),
    (("a", key("row", "eoir_schedule")), {}, JudgementRefusal.FOLLOWS_ITS_CASE),
    (("a", "b"), {"role": "SPONSOR"}, JudgementRefusal.WRONG_ROLE),
    (("a", "b"), {"reason": "  "}, JudgementRefusal.NO_REASON),
    (("a", "b"), {"reason": "x" * 2_001}, JudgementRefusal.NO_REASON),
    (("a", "b"), {"key": ""}, JudgementRefusal.NO_KEY),
    (("a", "b"), {"expected": "judgement_other"}, JudgementRefusal.STALE),
    (("a", "b"), {"withheld_tables": ["earm"]}, JudgementRefusal.UNKNOWN_RECORD),
]


@pytest.mark.parametrize(("pair", "said", "reason"), REFUSED)
def test_what_cannot_be_recorded_is_refused_with_a_reason(session: Session, pair, said, reason):
    outcome = judge(session, *pair, **said)
    assert isinstance(outcome, Refused)
    assert outcome.reason is reason
    assert every_judgement(session) == []


def test_a_key_is_for_one_judgement(session: Session):
    judged(session, "a", "b", key="mine")
    outcome = judge(session, "a", "c", key="mine")
    assert isinstance(outcome, Refused)
    assert outcome.reason is JudgementRefusal.KEY_REUSED


def test_whoever_saw_an_older_judgement_is_told_so(session: Session):
    judged(session, "a", "b")
    outcome = judge(session, "a", "b", DIFFERENT, expected=None)
    assert isinstance(outcome, Refused)
    assert outcome.reason is JudgementRefusal.STALE


def test_a_contradiction_is_named_from_whichever_side_it_is_closed(session: Session):
    ab = judged(session, "a", "b")
    judged(session, "c", "d")
    bc = judged(session, "b", "c")
    ac = judged(session, "a", "c", DIFFERENT)
    assert ac.contradictions == sorted([ab.id, bc.id])

    retract_judgement(session, judgement=bc.id, reason="unsure after all", actor="b", key="r")
    again = judged(session, "b", "c", key="again")
    assert again.contradictions == sorted([ab.id, ac.id])
    assert judged(session, "a", "d", UNSURE).contradictions == []


def test_the_latest_word_is_later_even_where_the_clock_went_back(session: Session):
    first = judged(session, "a", "b")
    second = judged(session, "a", "b", DIFFERENT, expected=first.id, at=NOW - timedelta(hours=1))
    assert [one.id for one in standing_judgements(session)] == [second.id]


def test_judgements_come_back_into_a_new_graph_with_their_retractions(session: Session):
    first = judged(session, "a", "b")
    judged(session, "c", "d", DIFFERENT)
    unretracted = every_judgement(session)
    retract_judgement(session, judgement=first.id, reason="wrong file", actor="b", key="r")
    whole = every_judgement(session)

    session.run("MATCH (j:Judgement) DELETE j").consume()
    restore_judgements(session, unretracted)
    restore_judgements(session, whole)
    restore_judgements(session, unretracted)

    assert every_judgement(session) == whole


def test_of_many_who_judge_a_pair_at_once_one_is_first_and_the_others_are_told(
    graph_door: Door, session: Session
):
    def one(number: int):
        with graph_door.writing() as own:
            return judge(own, "a", "b", key=f"key {number}", actor=f"person {number}")

    with ThreadPoolExecutor(8) as people:
        outcomes = list(people.map(one, range(16)))

    assert sum(isinstance(each, Recorded) for each in outcomes) == 1
    assert {each.reason for each in outcomes if isinstance(each, Refused)} == {
        JudgementRefusal.STALE
    }
    assert len(every_judgement(session)) == 1


def test_one_key_sent_many_times_at_once_is_one_judgement(graph_door: Door, session: Session):
    def one(_: int):
        with graph_door.writing() as own:
            return judge(own, "a", "b")

    with ThreadPoolExecutor(8) as people:
        outcomes = set(map(repr, people.map(one, range(16))))

    assert len(outcomes) == 1
    assert len(every_judgement(session)) == 1


class LosingTheAnswer:
    """A session whose first commit succeeds, and whose answer is lost on the way back."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._lost = False

    def execute_write(self, work: Any) -> Any:
        answer = self._session.execute_write(work)
        if not self._lost:
            self._lost = True
            raise IncompleteCommit
        return answer


def test_a_commit_whose_answer_was_lost_is_found_and_not_repeated(session: Session):
    recorded = judged(LosingTheAnswer(session), "a", "b")
    assert [each["id"] for each in every_judgement(session)] == [recorded.id]


A_SAYING = Saying(key("a"), key("b"), "CHILD", SAME, "one photograph", "ana", "a key", at=NOW)


async def test_the_served_process_records_in_the_same_steps(neo4j: Endpoint, session: Session):
    async with async_opened(neo4j) as door:
        one = await take_async(door, lambda: recording(A_SAYING), 60)
        two = await take_async(door, lambda: recording(A_SAYING), 60)
    assert one == two
    assert len(every_judgement(session)) == 1


async def test_an_outcome_that_stays_unknown_is_said_to_be(neo4j: Endpoint, session: Session):
    async with async_opened(neo4j) as door:
        with pytest.raises(OutcomeUnknownError, match="send it again with the same key"):
            await _while_somebody_holds_the_lock(door, session)
    assert every_judgement(session) == []


async def _while_somebody_holds_the_lock(door: AsyncDoor, session: Session) -> None:
    with session.begin_transaction() as held:
        held.run("MATCH (p:Publication) SET p.judged = 'held'").consume()
        await take_async(door, lambda: recording(A_SAYING), 1.0)
