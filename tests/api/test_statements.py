"""Where somebody says that she lives now: recorded with who said so, and overwriting nothing."""

from dataclasses import replace
from datetime import date

import pytest

from graph.sharing import SEES_EVERYTHING
from tests.api.seeing import somebody

REFUSED = "... on WelfareRefused { reason message }"
REPORT = f"""mutation ($input: ReportAddressInput!) {{ reportAddress(input: $input) {{
  __typename ... on AddressStated {{ statement {{ id reporter line1 unit city state zip reportedOn
  recordedBy agency address {{ id }} }} }} {REFUSED} }} }}"""
VERIFY = f"""mutation ($input: VerifyAddressInput!) {{ verifyAddress(input: $input) {{
  __typename ... on AddressVerified {{ verification {{ id outcome method on note
  address {{ id }} statement {{ id }} }} }} {REFUSED} }} }}"""
HERS = """query ($id: ID!) { child(id: $id) {
  addressStatements { id line1 address { id } verifications { outcome on } }
  addressVerifications { outcome address { id } statement { id } }
  addressHistory { address { line1 } } } }"""
OFFICER = somebody("ERO_FOJC", "office/HOUSTON")
TRIAGE = somebody("ORR_TRIAGE")


async def told(ask, text, /, **said):
    ((answer,),) = [(await ask(text, input=said)).values()]
    return answer


async def reported(ask, child, line1="12 Oak St", key="k", reporter="CHILD", **more):
    said = {"childId": child, "reporter": reporter, "line1": line1, "reportedOn": "2024-06-15",
            "key": key, "city": "Houston", "state": "TX", "zip": "77001"}  # fmt: skip
    return await told(ask, REPORT, **{**said, **more})


async def a_seen_child(world):
    child = await world.a_child()
    await world.a_record(of=child)
    await world.a_record("ORR", "orr_release", of=child)
    await world.within(child, "office/HOUSTON")
    return child


@pytest.mark.parametrize("reporter", ["CHILD", "SPONSOR", "REPRESENTATIVE"])
async def test_what_is_said_is_kept_with_who_said_it_and_overwrites_nothing(world, ask, reporter):
    child = await a_seen_child(world)
    await world.lives_at(child, await world.an_address("9 Elm St"))
    done = await reported(ask.seen_by(TRIAGE), child, "44 Pine Rd", unit="3", reporter=reporter)
    statement = done["statement"]
    assert statement.pop("id").startswith("statement_")
    assert statement == {
        "reporter": reporter, "line1": "44 Pine Rd", "unit": "3", "city": "Houston", "state": "TX",
        "zip": "77001", "reportedOn": "2024-06-15", "recordedBy": "a.name", "agency": "ORR",
        "address": None,
    }  # fmt: skip
    hers = (await ask(HERS, id=child))["child"]
    assert [one["line1"] for one in hers["addressStatements"]] == ["44 Pine Rd"]
    assert hers["addressHistory"] == [{"address": {"line1": "9 Elm St"}}]


async def test_it_finds_its_door_once_a_file_names_that_too(world, ask, session):
    child = await a_seen_child(world)
    await reported(ask, child, "12 Oak Street Apt. 2-B")
    assert (await ask(HERS, id=child))["child"]["addressStatements"][0]["address"] is None
    door, next_door = await world.an_address(unit="2B"), await world.an_address(unit="2C")
    for one in (door, next_door):
        await world.lives_at(child, one)
        session.run(
            "MATCH (a:Address {id: $id}) SET a.building = '12|OAK ST|HOUSTON|TX|77001'", id=one
        ).consume()
    found = (await ask(HERS, id=child))["child"]["addressStatements"][0]
    assert found["address"] == {"id": door}


async def test_sent_twice_it_is_kept_once(world, ask):
    child = await a_seen_child(world)
    first = await reported(ask, child)
    assert await reported(ask, child) == first
    assert (await reported(ask, child, "13 Oak St"))["reason"] == "KEY_REUSED"
    for more, reason in (
        ({"line1": " . "}, "UNKNOWN_ADDRESS"),
        ({"line1": "1 " + "x" * 200}, "UNKNOWN_ADDRESS"),
        ({"reportedOn": "2024-07-02"}, "NO_SUCH_DAY"),
        ({"key": ""}, "NO_KEY"),
    ):
        assert (await reported(ask, child, **{"key": "l", **more}))["reason"] == reason
    assert (await reported(ask, "child_nobody", key="n"))["reason"] == "UNKNOWN_CHILD"


async def test_what_orr_writes_down_ice_does_not_read_and_the_other_way_as_the_rules_of_the_day_say(
    world, ask
):
    child = await a_seen_child(world)
    await reported(ask.seen_by(TRIAGE), child, "1 Orr St")
    await reported(ask.seen_by(OFFICER), child, "2 Ice St", key="of the officer")
    read = "query ($id: ID!) { child(id: $id) { addressStatements { line1 } } }"

    async def lines(viewer):
        answer = await ask.seen_by(viewer)(read, id=child)
        return {one["line1"] for one in answer["child"]["addressStatements"]}

    assert await lines(OFFICER) == {"2 Ice St"}
    assert await lines(TRIAGE) == {"1 Orr St", "2 Ice St"}
    before = somebody("ORR_TRIAGE", on=date(2023, 12, 20))
    assert await lines(before) == {"1 Orr St"}


async def test_somebody_looks_and_what_they_found_stands_beside_it(world, ask):
    child = await a_seen_child(world)
    home = await world.an_address()
    await world.lives_at(child, home)
    statement = (await reported(ask, child))["statement"]["id"]
    said = {"childId": child, "outcome": "CONFIRMED", "method": "VISIT", "on": "2024-06-20"}
    done = await told(ask, VERIFY, **said, addressId=home, key="a")
    assert await told(ask, VERIFY, **said, addressId=home, key="a") == done
    assert done["verification"]["address"] == {"id": home}
    found = await told(
        ask, VERIFY, **{**said, "outcome": "NOT_THERE"}, statementId=statement, key="b"
    )
    assert found["verification"]["statement"] == {"id": statement}
    hers = (await ask(HERS, id=child))["child"]
    assert hers["addressStatements"][0]["verifications"] == [
        {"outcome": "NOT_THERE", "on": "2024-06-20"}
    ]
    assert len(hers["addressVerifications"]) == 2


async def test_one_place_is_looked_at_and_one_that_the_asker_may_know_of(world, ask):
    child, other = await a_seen_child(world), await world.a_child()
    home = await world.an_address()
    await world.lives_at(other, home)
    hidden = (await reported(ask.seen_by(TRIAGE), child))["statement"]["id"]
    others = (await reported(ask, other, key="o"))["statement"]["id"]
    said = {"childId": child, "outcome": "CONFIRMED", "method": "CALL", "on": "2024-06-20"}
    officer = ask.seen_by(OFFICER)
    nobody = await told(officer, VERIFY, **said, addressId="address_nobody", key="n")
    assert nobody["reason"] == "UNKNOWN_ADDRESS"
    for place in (
        {"addressId": home}, {"statementId": hidden}, {"statementId": others}, {},
        {"addressId": home, "statementId": hidden},
    ):  # fmt: skip
        assert await told(officer, VERIFY, **said, **place, key="n") == nobody, place


async def test_what_was_said_of_her_is_hers_whoever_she_has_become(world, ask):
    former, heir = await world.a_child(), await world.a_child()
    statement = (await reported(ask, former))["statement"]["id"]
    await world.redirects(former, heir)
    said = {"childId": heir, "outcome": "CONFIRMED", "method": "CALL", "on": "2024-06-20"}
    somebodys = ask.seen_by(replace(SEES_EVERYTHING, name="tom"))
    await told(somebodys, VERIFY, **said, statementId=statement, key="v")
    hers = (await ask(HERS, id=former))["child"]
    assert [one["id"] for one in hers["addressStatements"]] == [statement]
    assert len(hers["addressVerifications"]) == 1
