"""The queue of pairs for a person to look at, and why two records are one person's or not."""

from xml.etree import ElementTree as ET

import pytest

from graph.sharing import Viewer
from graph.vocabulary.evidence import SharingClass

QUEUE = """query ($role: Role, $first: Int! = 20, $after: String) {
  reviewQueue(role: $role, first: $first, after: $after) {
    edges { node { id role matchWeight decision why stakes moved
      left { record { id received { column value } } identity { id } } right { record { id } } } }
    pageInfo { hasNextPage endCursor } } }"""
WHY = """query ($left: ID!, $right: ID!, $role: Role! = CHILD) {
  matchExplanation(left: $left, right: $right, role: $role) {
    outcome why sentence matchWeight prior linkFrom reviewFrom modelVersion through waterfall
    comparisons { name level bits agreementBits frequencyBits }
    whatIf { changes { comparison from to bits } weight decision } judgement { id verdict } } }"""


async def two_records(world, **said):
    one, other = await world.a_child(), await world.a_child(given_names="Anna")
    return await world.a_record(of=one, **said), await world.a_record("VOR", "vor", of=other)


async def a_pair(world, **said):
    return await world.a_pair(*await two_records(world), **said)


def pairs(answer):
    return [edge["node"]["id"] for edge in answer["reviewQueue"]["edges"]]


async def test_the_most_pressing_pair_comes_first_and_pages_follow_on(world, ask):
    expected = [
        await a_pair(world, stake=100, stakes=["FAILED_TO_APPEAR"], moved=1, weight=-1.0),
        await a_pair(world, stake=10, moved=7, weight=-1.0),
        await a_pair(world, stake=10, moved=2, weight=3.0),
        await a_pair(world, stake=10, moved=2, weight=0.5),
        *sorted([await a_pair(world, weight=0.0), await a_pair(world, weight=0.0)]),
    ]
    await a_pair(world, stake=500, decision="APART", why="BELOW_THE_BAND")
    assert pairs(await ask(QUEUE)) == expected
    assert len(ask.statements) == 1
    found, after = [], None
    for _ in range(6):
        answer = await ask(QUEUE, first=1, after=after)
        found += pairs(answer)
        after = answer["reviewQueue"]["pageInfo"]["endCursor"]
    assert found == expected
    assert answer["reviewQueue"]["pageInfo"]["hasNextPage"] is False


async def test_a_pair_is_shown_side_by_side(world, ask):
    left, right = await two_records(world, cells={"LAST": "Reyes"})
    await world.a_pair(left, right, stakes=["CONFLICT"], moved=3)
    (edge,) = (await ask(QUEUE))["reviewQueue"]["edges"]
    pair = edge["node"]
    assert pair["left"]["record"] == {
        "id": left,
        "received": [{"column": "LAST", "value": "Reyes"}],
    }
    assert pair["left"]["identity"]["id"].startswith("child_")
    assert pair["right"]["record"]["id"] == right
    assert (pair["stakes"], pair["moved"], pair["why"]) == (["CONFLICT"], 3, "IN_THE_BAND")


async def test_a_pair_of_a_run_half_written_is_not_there_and_one_it_closes_still_is(
    world, ask, shared_door
):
    pair = await a_pair(world)
    with shared_door.writing() as session:
        session.run("MATCH (p:CandidatePair) SET p.runUntil = 2").consume()
    world.run = 2
    later = await a_pair(world)
    assert pairs(await ask(QUEUE)) == [pair]
    await world.publish(2)
    assert pairs(await ask(QUEUE)) == [later]


async def test_children_and_sponsors_have_queues_of_their_own(world, ask):
    child, sponsor = await a_pair(world), await a_pair(world, role="SPONSOR")
    assert pairs(await ask(QUEUE, role="CHILD")) == [child]
    assert pairs(await ask(QUEUE, role="SPONSOR")) == [sponsor]


async def test_what_somebody_judged_waits_for_the_next_link(world, ask):
    left, right = await two_records(world)
    pair = await world.a_pair(left, right)
    judgement = await world.a_judgement(right, left, "UNSURE", retractedAt=None)
    assert pairs(await ask(QUEUE)) == []
    await world._write("MATCH (j:Judgement) SET j.retractedAt = j.judgedAt", {})
    assert pairs(await ask(QUEUE)) == [pair]
    asked = "{ reviewQueue { edges { node { judgements { id status } } } } }"
    (edge,) = (await ask(asked))["reviewQueue"]["edges"]
    assert edge["node"]["judgements"] == [{"id": judgement, "status": "RETRACTED"}]


async def test_judgements_in_conflict_keep_their_pair_in_the_queue(world, ask):
    left, right = await two_records(world)
    pair = await world.a_pair(left, right, why="IN_CONFLICT")
    await world.a_judgement(left, right)
    assert pairs(await ask(QUEUE)) == [pair]


@pytest.mark.parametrize("sharing", [SharingClass.ENFORCEMENT, SharingClass.RELEASE])
async def test_a_pair_with_a_withheld_record_is_not_there(world, ask, sharing):
    left, right = await two_records(world)
    await world.a_pair(left, right)
    someone = ask.seen_by(Viewer("t", frozenset({sharing})))
    answer = await someone(QUEUE)
    assert answer["reviewQueue"] == {
        "edges": [], "pageInfo": {"hasNextPage": False, "endCursor": None}
    }  # fmt: skip
    assert (await someone(WHY, left=left, right=right))["matchExplanation"] is None


async def test_an_order_that_rests_on_withheld_facts_is_not_given_away(world, ask):
    low = await a_pair(world, stake=100, stakes=["FAILED_TO_APPEAR", "TWO_SPONSORS"], weight=0.0)
    high = await a_pair(world, weight=2.0)
    someone = ask.seen_by(Viewer("t", frozenset({SharingClass.COURT})))
    answer = await someone(QUEUE)
    assert pairs(answer) == [high, low]
    shown = answer["reviewQueue"]["edges"][1]["node"]
    assert (shown["stakes"], shown["moved"]) == (["TWO_SPONSORS"], None)
    after = (await someone(QUEUE, first=1))["reviewQueue"]["pageInfo"]["endCursor"]
    assert pairs(await someone(QUEUE, after=after)) == [low]


async def test_the_queue_comes_sorted_from_the_index(world, ask, shared_door):
    await a_pair(world)
    await ask(QUEUE)
    text, parameters = ask.statements[0]
    with shared_door.reading() as session:
        plan = session.run(f"EXPLAIN {text}", parameters).consume().plan
    operators = [(one["operatorType"], str(one["args"].get("Details"))) for one in _operators(plan)]
    read = [kind for kind, details in operators if "pair_1:CandidatePair(dec" in details[:40]]
    assert read == ["NodeIndexSeek@neo4j"] * 2
    assert [kind for kind, _ in operators].count("PartialTop@neo4j") == 2


def _operators(plan):
    yield plan
    for child in plan.get("children", []):
        yield from _operators(child)


async def test_why_two_records_are_not_linked(world, ask):
    await world.a_model()
    left, right = await two_records(world)
    await world.a_pair(left, right, weight=2.0, levels=(1, 2, 0))
    judgement = await world.a_judgement(left, right, "UNSURE")
    found = (await ask(WHY, left=right.removesuffix("/v1"), right=left))["matchExplanation"]
    assert len(ask.statements) == 1
    assert (found["outcome"], found["why"]) == ("REVIEW", "IN_THE_BAND")
    assert found["sentence"].startswith("Neither surely one person")
    bits = [one["agreementBits"] + one["frequencyBits"] for one in found["comparisons"]]
    assert abs(found["prior"] + sum(bits) - found["matchWeight"]) < 1e-6
    assert (found["linkFrom"], found["reviewFrom"]) == (4.0, -2.0)
    assert found["whatIf"][0]["changes"] == [
        {"comparison": "date_of_birth", "from": "same month", "to": "same day", "bits": 6.5}
    ]
    assert ET.fromstring(found["waterfall"]).tag.endswith("svg")
    assert found["judgement"] == {"id": judgement, "verdict": "UNSURE"}


async def test_why_two_records_are_one_persons(world, ask):
    await world.a_model()
    child = await world.a_child()
    one, two, three = [await world.a_record(of=child) for _ in range(3)]
    await world.joined_by(child, [one, two, three], ["0 1 14.500000 1,1,0", "1 2 SAME judgement_x"])
    weighed = (await ask(WHY, left=two, right=one))["matchExplanation"]
    assert (weighed["outcome"], weighed["why"], weighed["matchWeight"]) == ("LINKED", None, 14.5)
    assert weighed["through"] == []
    judged = (await ask(WHY, left=two, right=three))["matchExplanation"]
    assert judged["sentence"] == "Linked: a person judged that these are one person."
    through = (await ask(WHY, left=one, right=three))["matchExplanation"]
    assert through["through"] == [each.removesuffix("/v1") for each in (one, two, three)]
    assert (through["matchWeight"], through["comparisons"]) == (None, [])


async def test_a_pair_that_others_join_still_shows_its_own_weight(world, ask):
    await world.a_model()
    child = await world.a_child()
    one, two, three = [await world.a_record(of=child) for _ in range(3)]
    await world.joined_by(child, [one, two, three], ["0 1 14.5 1,1,0", "1 2 14.5 1,1,0"])
    await world.a_pair(one, three, weight=-4.0, levels=(6, 1, 0), decision="REVIEW")
    found = (await ask(WHY, left=one, right=three))["matchExplanation"]
    assert (found["outcome"], found["matchWeight"], len(found["through"])) == ("LINKED", -4.0, 3)


async def test_a_row_of_a_court_case_goes_where_its_case_goes(world, ask):
    child = await world.a_child()
    one, row = [
        await world.a_record("EOIR", table, of=child) for table in ("eoir_case", "eoir_schedule")
    ]
    await world.joined_by(child, [one], [])
    found = (await ask(WHY, left=one, right=row))["matchExplanation"]
    assert (found["outcome"], found["through"]) == ("LINKED", [])
    assert "goes where its case goes" in found["sentence"]


async def test_two_records_that_never_met_are_said_to_be_so(world, ask):
    left, right = await two_records(world)
    found = (await ask(WHY, left=left, right=right))["matchExplanation"]
    assert found["outcome"] == "NOT_COMPARED_HERE"
    keys = f"{left.removesuffix('/v1')} {right.removesuffix('/v1')}"
    assert f"`sponsorgraph why {keys}`" in found["sentence"]
    assert (found["matchWeight"], found["waterfall"], found["whatIf"]) == (None, None, [])


async def test_nothing_is_explained_of_a_record_that_is_not_there(world, ask):
    left, _ = await two_records(world)
    for right in (left, "EARM/earm/nobody"):
        assert await ask(WHY, left=left, right=right) == {"matchExplanation": None}


async def test_a_way_through_a_withheld_record_is_not_told(world, ask):
    child = await world.a_child()
    one, other = await world.a_record(of=child), await world.a_record(of=child)
    between = await world.a_record("VOR", "vor", of=child)
    keys = sorted([one, other, between])
    places = [keys.index(each) for each in (one, other, between)]
    await world.joined_by(
        child, keys, [f"{min(p, places[2])} {max(p, places[2])} 14.5 1,1,0" for p in places[:2]]
    )
    someone = ask.seen_by(Viewer("t", frozenset({SharingClass.RELEASE})))
    found = (await someone(WHY, left=one, right=other))["matchExplanation"]
    assert (found["outcome"], found["through"]) == ("LINKED", [])
