"""Judging through the API: recorded in the viewer's name, answered under the viewer's rules."""

import asyncio

import pytest

from graph.sharing import Viewer
from graph.vocabulary.evidence import SharingClass

RECORD = """mutation ($input: RecordJudgementInput!) { recordJudgement(input: $input) {
  __typename
  ... on JudgementRecorded { judgement { id role verdict reason actor status leftKey rightKey
      left { id } right { id } } supersedes { id status } contradictions { id verdict } }
  ... on JudgementRefused { reason message } } }"""
RETRACT = """mutation ($input: RetractJudgementInput!) { retractJudgement(input: $input) {
  __typename ... on JudgementRetracted { judgement { id status retractedBy retractReason } }
  ... on JudgementRefused { reason message } } }"""
LISTED = """query ($status: JudgementStatus, $first: Int! = 20, $after: String) {
  judgements(status: $status, first: $first, after: $after) {
    edges { node { id verdict status supersedes { id } } } pageInfo { endCursor hasNextPage } } }"""


async def some_records(world, how_many=2, table="earm"):
    return [await world.a_record("EARM", table, of=await world.a_child()) for _ in range(how_many)]


def said(left, right, verdict="SAME", *, key="", **more):
    told = {"left": left, "right": right, "role": "CHILD", "verdict": verdict}
    return {**told, "reason": "The same scar.", "key": key or f"{left} {right} {verdict}", **more}


async def judge(ask, *what, **more):
    return (await ask(RECORD, input=said(*what, **more)))["recordJudgement"]


async def retract(ask, judgement, key="a retraction"):
    told = {"id": judgement, "reason": "The wrong file.", "key": key}
    return (await ask(RETRACT, input=told))["retractJudgement"]


async def test_a_judgement_is_recorded_in_the_viewers_name(world, ask):
    left, right = await some_records(world)
    done = await judge(ask.seen_by(Viewer("ana")), right, left.removesuffix("/v1"))
    assert done["__typename"] == "JudgementRecorded"
    assert done["judgement"] == {
        "id": done["judgement"]["id"], "role": "CHILD", "verdict": "SAME",
        "reason": "The same scar.", "actor": "ana", "status": "PENDING",
        "leftKey": left.removesuffix("/v1"), "rightKey": right.removesuffix("/v1"),
        "left": {"id": left}, "right": {"id": right},
    }  # fmt: skip
    assert (done["supersedes"], done["contradictions"]) == (None, [])


async def test_sent_twice_it_is_answered_alike_and_recorded_once(world, ask):
    left, right = await some_records(world)
    first = await judge(ask, left, right)
    assert await judge(ask, left, right) == first
    assert len((await ask(LISTED))["judgements"]["edges"]) == 1


async def test_what_is_refused_says_what_to_do(world, ask):
    left, right = await some_records(world)
    refused = await judge(ask, left, "EARM/earm/nobody")
    assert (refused["__typename"], refused["reason"]) == ("JudgementRefused", "UNKNOWN_RECORD")
    assert refused["message"].startswith("There is no such record")
    first = await judge(ask, left, right)
    assert (await judge(ask, left, right, "DIFFERENT"))["reason"] == "STALE"
    later = await judge(ask, left, right, "DIFFERENT", expected=first["judgement"]["id"])
    assert later["supersedes"] == {"id": first["judgement"]["id"], "status": "SUPERSEDED"}


async def test_a_withheld_record_is_as_unknown_as_one_that_is_not_there(world, ask):
    left, right = await some_records(world)
    done = await judge(ask, left, right)
    someone = ask.seen_by(Viewer("t", frozenset({SharingClass.ENFORCEMENT})))
    nobody = await judge(someone, left, "EARM/earm/nobody", key="1")
    assert await judge(someone, left, right, key="2") == nobody
    assert (await retract(someone, done["judgement"]["id"]))["reason"] == "UNKNOWN_JUDGEMENT"
    assert (await someone(LISTED))["judgements"]["edges"] == []


async def test_a_contradiction_is_answered_at_once(world, ask):
    a, b, c = await some_records(world, 3)
    ab, bc = await judge(ask, a, b), await judge(ask, b, c)
    ac = await judge(ask, a, c, "DIFFERENT")
    assert ac["contradictions"] == [
        {"id": ab["judgement"]["id"], "verdict": "SAME"},
        {"id": bc["judgement"]["id"], "verdict": "SAME"},
    ]


async def test_a_retracted_judgement_stays_in_the_list(world, ask):
    left, right = await some_records(world)
    first = (await judge(ask, left, right))["judgement"]["id"]
    done = await retract(ask.seen_by(Viewer("ben")), first)
    assert done["judgement"] == {
        "id": first, "status": "RETRACTED", "retractedBy": "ben",
        "retractReason": "The wrong file.",
    }  # fmt: skip
    assert await retract(ask.seen_by(Viewer("ben")), first) == done
    assert (await retract(ask, first, key="another"))["reason"] == "ALREADY_RETRACTED"
    (edge,) = (await ask(LISTED, status="RETRACTED"))["judgements"]["edges"]
    assert edge["node"]["id"] == first
    assert (await ask(LISTED, status="PENDING"))["judgements"]["edges"] == []


async def test_judgements_are_listed_from_the_latest_with_what_became_of_them(world, ask):
    a, b, c, d = await some_records(world, 4)
    heeded = await world.a_judgement(a, b, at="2024-06-01T10:00:00.000000+00:00")
    await world.heeds(heeded)
    one = await world.a_judgement(b, c, at="2024-06-02T10:00:00.000000+00:00")
    await world.heeds(one, "conflict_x")
    old = await world.a_judgement(c, d, at="2024-06-03T10:00:00.000000+00:00")
    new = await world.a_judgement(d, c, "UNSURE", at="2024-06-04T10:00:00.000000+00:00")
    expected = [(new, "PENDING"), (old, "SUPERSEDED"), (one, "CONFLICTING"), (heeded, "IN_FORCE")]
    found, after = [], None
    for _ in expected:
        page = (await ask(LISTED, first=1, after=after))["judgements"]
        found += [(edge["node"]["id"], edge["node"]["status"]) for edge in page["edges"]]
        after = page["pageInfo"]["endCursor"]
    assert found == expected
    assert page["pageInfo"]["hasNextPage"] is False
    assert len(ask.statements) == 1
    for judgement, status in expected:
        (edge,) = (await ask(LISTED, status=status))["judgements"]["edges"]
        assert edge["node"]["id"] == judgement


async def test_a_conflict_is_shown_whole_or_not_at_all(world, ask):
    a, b = await some_records(world)
    c = await world.a_record("VOR", "vor", of=await world.a_child())
    judgements = [
        await world.a_judgement(*pair, at=f"2024-06-0{n}T10:00:00.000000+00:00")
        for n, pair in enumerate([(a, b), (b, c), (a, c)], start=1)
    ]
    for judgement in judgements:
        await world.heeds(judgement, "conflict_x")
    asked = "{ judgementConflicts { edges { node { id judgements { id } } } } }"
    answer = await ask(asked)
    assert len(ask.statements) == 1
    assert answer["judgementConflicts"]["edges"] == [
        {"node": {"id": "conflict_x", "judgements": [{"id": one} for one in judgements]}}
    ]
    someone = ask.seen_by(Viewer("t", frozenset({SharingClass.RELEASE})))
    assert (await someone(asked))["judgementConflicts"]["edges"] == []


async def test_of_several_who_judge_a_pair_at_once_one_is_recorded(world, ask):
    left, right = await some_records(world)
    people = [ask.seen_by(Viewer(f"person {n}")) for n in range(6)]
    done = await asyncio.gather(
        *(judge(one, left, right, key=f"key {n}") for n, one in enumerate(people))
    )
    assert (
        sorted(one["__typename"] for one in done)
        == ["JudgementRecorded"] + ["JudgementRefused"] * 5
    )
    assert {one["reason"] for one in done if "reason" in one} == {"STALE"}


async def test_several_judgements_in_one_request_are_taken_one_after_the_other(world, ask):
    a, b, c = await some_records(world, 3)
    answer = await ask(
        """mutation ($one: RecordJudgementInput!, $two: RecordJudgementInput!) {
             first: recordJudgement(input: $one) { ... on JudgementRecorded { judgement { id } } }
             second: recordJudgement(input: $two) { __typename } }""",
        one=said(a, b), two=said(b, c, "DIFFERENT"),
    )  # fmt: skip
    assert answer["first"]["judgement"]["id"].startswith("judgement_")
    assert answer["second"] == {"__typename": "JudgementRecorded"}


@pytest.mark.parametrize("field", ["verdict", "role"])
async def test_a_word_that_is_none_is_refused_before_anything_is_written(world, ask, field):
    left, right = await some_records(world)
    result = await ask.result(RECORD, input={**said(left, right), field: "PERHAPS"})
    assert result.errors
    assert (await ask(LISTED))["judgements"]["edges"] == []


SEVERAL = """mutation ($inputs: [RecordJudgementInput!]!) { recordJudgements(inputs: $inputs) {
  __typename ... on JudgementRecorded { judgement { id verdict actor } supersedes { id }
      contradictions { id } } ... on JudgementRefused { reason } } }"""


async def judge_several(ask, *inputs):
    return (await ask(SEVERAL, inputs=list(inputs)))["recordJudgements"]


async def test_of_several_each_comes_to_its_own_in_their_order(world, ask):
    a, b, c, d = await some_records(world, 4)
    done = await judge_several(
        ask, said(a, b), said(a, a), said(b, c), said(a, c, "DIFFERENT"), said(c, d, reason=" ")
    )
    assert [one.get("reason", one["__typename"]) for one in done] == [
        "JudgementRecorded", "SAME_RECORD", "JudgementRecorded", "JudgementRecorded", "NO_REASON",
    ]  # fmt: skip
    assert done[3]["judgement"]["verdict"] == "DIFFERENT"
    assert done[3]["contradictions"] == [{"id": one["judgement"]["id"]} for one in done[::2][:2]]
    reads = [text for text, _ in ask.statements if "JudgementRefused" not in text]
    assert len(reads) == 1
    assert len((await ask(LISTED))["judgements"]["edges"]) == 3


async def test_several_sent_twice_are_answered_alike_and_recorded_once(world, ask):
    a, b, c = await some_records(world, 3)
    inputs = said(a, b), said(b, c), said(a, b)
    first = await judge_several(ask, *inputs)
    assert first[2] == first[0]
    assert await judge_several(ask, *inputs) == first
    assert len((await ask(LISTED))["judgements"]["edges"]) == 2


async def test_no_more_than_fifty_are_taken_at_once_and_none_are_none(world, ask):
    a, b = await some_records(world)
    result = await ask.result(SEVERAL, inputs=[said(a, b, key=str(n)) for n in range(51)])
    assert [error.message for error in result.errors] == [
        "`inputs` takes at most 50 judgements at once."
    ]
    assert (await ask(LISTED))["judgements"]["edges"] == []
    assert await judge_several(ask) == []
