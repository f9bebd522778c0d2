"""An id leads to whom it means for ever, and says what became of it."""

from datetime import date

import pytest

from graph.sharing import Viewer
from graph.vocabulary.evidence import SharingClass

HISTORY = """query ($id: ID!) { child(id: $id) { id formerIds
  identityEvents { kind at run actor reason modelVersion from to moves { record identity } }
  identitySteps { number records joinedTo left right matchWeight judgement judgedBy reason
    comparisons { name level bits frequencyBits } } } }"""


async def a_merger(world):
    """A child with a record of her own and one that was another's until run 2."""
    await world.ran(date(2024, 3, 1))
    one, other = await world.a_child(), await world.a_child(given_names="Anna")
    mine, hers = await world.a_record(of=one), await world.a_record("VOR", "vor", of=other)
    world.run = 2
    await world.ran(date(2024, 4, 1))
    await world.redirects(other, one)
    await world.an_event("MERGED", [other, one], [one], records=[hers], homes=[one])
    return {"one": one, "other": other, "mine": mine, "hers": hers}


async def test_an_old_id_leads_to_the_bearer_wherever_it_is_asked(world, ask):
    ids = await a_merger(world)
    sponsor, gone = await world.a_sponsor(), await world.a_sponsor("Marie")
    home, there = await world.an_address(), await world.an_address("12 Oak Street")
    await world.redirects(gone, sponsor)
    await world.redirects(there, home)
    await world.lives_at(ids["one"], home)
    await world.released_to(ids["one"], sponsor)
    await world.publish(2)
    answer = await ask(
        """query ($child: ID!, $sponsor: ID!, $home: ID!) {
             child(id: $child) { id fullName } sponsor(id: $sponsor) { id } address(id: $home) { id }
             node(id: $child) { id } nodes(ids: [$sponsor, $home]) { id }
             locate(childId: $child) { child { id } candidates { address { id } } }
             sponsorNetwork(sponsorId: $sponsor) { sponsor { id } nodes { node { id } } }
             evidencePath(from: $child, to: $home) { steps { from { id } to { id } } } }""",
        child=ids["other"], sponsor=gone, home=there,
    )  # fmt: skip
    assert answer["child"] == {"id": ids["one"], "fullName": "Ana Reyes"}
    assert (answer["sponsor"]["id"], answer["address"]["id"]) == (sponsor, home)
    assert answer["node"]["id"] == ids["one"]
    assert [one["id"] for one in answer["nodes"]] == [sponsor, home]
    assert answer["locate"] == {
        "child": {"id": ids["one"]}, "candidates": [{"address": {"id": home}}]
    }  # fmt: skip
    assert answer["sponsorNetwork"]["sponsor"]["id"] == sponsor
    assert len(answer["sponsorNetwork"]["nodes"]) == 3
    assert answer["evidencePath"]["steps"] == [{"from": {"id": ids["one"]}, "to": {"id": home}}]
    assert len(ask.statements) == 8


async def test_a_redirect_that_is_not_published_leads_nowhere_yet(world, ask):
    ids = await a_merger(world)
    assert (await ask(HISTORY, id=ids["other"]))["child"]["id"] == ids["other"]
    await world.publish(2)
    assert (await ask(HISTORY, id=ids["other"]))["child"]["id"] == ids["one"]


async def test_what_became_of_an_identity_is_told_with_who_when_and_why(world, ask):
    ids = await a_merger(world)
    assert (await ask(HISTORY, id=ids["one"]))["child"]["identityEvents"] == []
    await world.publish(2)
    child = (await ask(HISTORY, id=ids["one"]))["child"]
    assert child["formerIds"] == [ids["other"]]
    assert child["identityEvents"] == [
        {
            "kind": "MERGED", "at": "2024-04-01T10:00:00.000000+00:00", "run": 2,
            "actor": "linkage", "reason": "More agrees now.", "modelVersion": "test",
            "from": [ids["other"], ids["one"]], "to": [ids["one"]],
            "moves": [{"record": ids["hers"].removesuffix("/v1"), "identity": ids["one"]}],
        }
    ]  # fmt: skip
    assert len(ask.statements) == 1


async def test_what_became_of_a_former_id_is_part_of_her_history(world, ask):
    ids = await a_merger(world)
    world.run = 3
    heir = await world.a_child()
    await world.redirects(ids["other"], heir)
    await world.an_event("MERGED", [ids["one"]], [heir])
    await world.publish(3)
    events = (await ask(HISTORY, id=heir))["child"]["identityEvents"]
    assert [(one["kind"], one["run"]) for one in events] == [("MERGED", 3), ("MERGED", 2)]


async def test_an_event_about_withheld_records_alone_is_not_told(world, ask):
    ids = await a_merger(world)
    await world.publish(2)
    nobody = ask.seen_by(Viewer("t", frozenset({SharingClass.RELEASE})))
    assert (await nobody(HISTORY, id=ids["one"]))["child"]["identityEvents"] == []


RECORDS = """query ($id: ID!, $on: Date) { child(id: $id) { records(recordedOn: $on) {
  edges { node { id } } } } }"""


async def test_records_are_told_as_they_stood_at_the_end_of_a_day(world, ask, shared_door):
    ids = await a_merger(world)
    with shared_door.writing() as session:
        session.run(
            "MATCH (r:Record {keyVersion: $hers})-[d:DESCRIBES]->() SET d.runUntil = 2"
            " WITH r MATCH (c:Child {id: $one}) CREATE (r)-[:DESCRIBES {role: 'CHILD',"
            " runFrom: 2, runUntil: 9223372036854775807}]->(c)",
            hers=ids["hers"], one=ids["one"],
        ).consume()  # fmt: skip
    await world.publish(2)

    async def records(person, on):
        child = (await ask(RECORDS, id=ids[person], on=on))["child"]
        assert len(ask.statements) == 1
        return [edge["node"]["id"] for edge in child["records"]["edges"]]

    assert await records("one", None) == [ids["mine"], ids["hers"]]
    assert await records("one", "2024-04-01") == [ids["mine"], ids["hers"]]
    assert await records("one", "2024-03-31") == [ids["mine"]]
    assert await records("one", "2024-02-29") == []
    assert await records("one", "9999-12-31") == [ids["mine"], ids["hers"]]


async def a_joined_child(world):
    await world.a_model()
    child = await world.a_child()
    records = [
        await world.a_record("EARM", "earm", of=child),
        await world.a_record("EOIR", "eoir_case", of=child),
        await world.a_record("VOR", "vor", of=child),
    ]
    judgement = await world.a_judgement(records[0], records[2])
    await world.joined_by(child, records, ["0 1 2.000000 1,2,0", f"0 2 SAME {judgement}"])
    return child, [one.removesuffix("/v1") for one in records], judgement


async def test_how_an_identity_came_to_be_is_told_step_by_step(world, ask):
    child, keys, judgement = await a_joined_child(world)
    first, second = (await ask(HISTORY, id=child))["child"]["identitySteps"]
    assert len(ask.statements) == 1
    assert (first["records"], first["joinedTo"], first["matchWeight"]) == (
        [keys[0]],
        [keys[1]],
        2.0,
    )
    assert first["comparisons"][0] == {
        "name": "surnames", "level": "the only surname, rare", "bits": 9.0, "frequencyBits": 5.0,
    }  # fmt: skip
    assert (second["number"], second["records"], second["joinedTo"]) == (2, keys[:2], [keys[2]])
    assert (second["judgement"], second["judgedBy"], second["reason"]) == (
        judgement, "ana", "The same scar.",
    )  # fmt: skip


@pytest.mark.parametrize("sharing", [SharingClass.ENFORCEMENT, SharingClass.RELEASE])
async def test_a_step_that_rests_on_a_withheld_record_is_not_told(world, ask, sharing):
    child, keys, _ = await a_joined_child(world)
    someone = ask.seen_by(Viewer("t", frozenset({sharing})))
    steps = (await someone(HISTORY, id=child))["child"]["identitySteps"]
    assert [step["records"] for step in steps] == (
        [] if sharing is SharingClass.ENFORCEMENT else [[keys[0]]]
    )
