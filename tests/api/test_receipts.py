"""Each answer says what it was not to hold, by which rule, and nothing of what was there."""

import asyncio

import httpx
import pytest

from api.admission import as_one
from api.app import create_app
from api.library import Request
from tests.api.conftest import PATIENT, TODAY
from tests.api.ears import Ears, beginning
from tests.api.seeing import somebody

CHILD = """query ($id: ID!) { child(id: $id) {
  id fullName releases { releasedOn sponsor { fullName phones } } hearings { edges { node { date } } }
} }"""


async def receipt(ask, viewer, query=CHILD, **variables):
    result = await ask.seen_by(viewer).result(query, **variables)
    assert result.errors is None, result.errors
    return result.extensions["receipt"]


async def test_a_coordinator_is_told_what_her_answer_was_not_to_hold(world, ask):
    child = await world.a_child()
    await world.a_record(of=child)
    await world.within(child, "office/HOUSTON")
    told = await receipt(ask, somebody("ERO_FOJC", "office/HOUSTON"), id=child)
    assert told == {
        "role": "ERO_FOJC",
        "purpose": "COURT_NOTICE",
        "rulesSince": "2023-12-21",
        "withheld": [],
        "classes": [
            {
                "class": "SPONSOR_VETTING",
                "rule": "moa-2021/sponsor-vetting-removed",
                "why": "No longer required, so withheld by default.",
                "citation": "S2:100 fn3",
            },
            {
                "class": "WELFARE",
                "rule": None,
                "why": "Nothing opens it to this role, so it is withheld by default.",
                "citation": "REQUIREMENTS.md §15, a design choice",
            },
        ],
        "scope": {
            "kind": "OFFICE",
            "why": "Only children within your field offices, and what leads to them.",
        },
    }


async def test_what_is_redacted_is_named_field_by_field_with_its_rule(world, ask):
    child = await world.a_child()
    told = await receipt(ask, somebody("LINKAGE_ANALYST"), id=child)
    assert told["withheld"] == [
        {
            "rule": f"LINKAGE_ANALYST/{category}",
            "outcome": "REDACT",
            "citation": "REQUIREMENTS.md §15, a design choice",
            "fields": fields,
        }
        for category, fields in {
            "CHILD_NAME": ["Child.fullName"],
            "COURT": ["Child.hearings", "Hearing.date"],
            "RELEASE": ["Child.releases", "Release.releasedOn", "Release.sponsor"],
            "SPONSOR_NAME": ["Sponsor.fullName"],
            "SPONSOR_VETTING": ["Sponsor.phones"],
        }.items()
    ]
    assert (told["classes"], told["scope"]) == ([], None)


ROLES = ["ERO_FOJC", "CARE_PROVIDER", "LINKAGE_ANALYST", "EOIR_FEED", "ORR_TRIAGE"]


@pytest.mark.parametrize("role", ROLES)
async def test_a_receipt_is_the_same_whoever_was_found_or_nobody(role, world, ask):
    here, elsewhere = await world.a_child(), await world.a_child()
    await world.a_record(of=here)
    await world.a_record(of=elsewhere)
    await world.within(here, "office/HOUSTON")
    await world.within(elsewhere, "office/MIAMI")
    sponsor = await world.a_sponsor()
    await world.released_to(here, sponsor)
    viewer = somebody(role, "office/HOUSTON")
    of = [await receipt(ask, viewer, id=one) for one in (here, elsewhere, "no-such-child")]
    assert of[0] == of[1] == of[2]


async def test_who_asks_of_nobody_is_told_of_no_class_and_no_scope(ask):
    told = await receipt(
        ask, somebody("OVERSIGHT"), "{ viewer { role } releasesByState { state } }"
    )
    assert (told["withheld"], told["classes"], told["scope"]) == ([], [], None)


async def test_the_costs_stand_beside_the_receipt(world, ask):
    request = Request(CHILD, None, {"id": "nobody"}, asks_costs=True)
    answer = await ask._asking.answer(request, somebody("ORR_TRIAGE"), ask.reads)
    assert set(answer.result.extensions) == {"receipt", "costs"}


async def test_whoever_holds_the_keys_of_the_database_gets_no_receipt(world, ask):
    assert (await ask.result(CHILD, id="nobody")).extensions is None


@pytest.mark.parametrize(
    ("role", "query", "named"),
    [
        ("ERO_FOJC", "{ reviewQueue { edges { node { id } } } }", "ERO_FOJC/LINKAGE"),
        ("OVERSIGHT", '{ child(id: "a") { id } }', "OVERSIGHT/CHILD_ID"),
        (
            "LINKAGE_ANALYST",
            '{ child(aNumber: "A000000001") { id } }',
            "LINKAGE_ANALYST/CHILD_NAME",
        ),
    ],
)
async def test_what_is_refused_names_field_and_rule_and_reads_nothing(role, query, named, ask):
    mine = ask.seen_by(somebody(role))
    result = await mine.result(query)
    (error,) = result.errors
    assert error.extensions["code"] == "FORBIDDEN"
    assert named in error.message
    assert "`Query." in error.message
    assert (result.data, result.extensions, mine.statements) == (None, None, [])


async def test_an_event_bears_its_receipt_too(world, async_door):
    run = world.next_run()
    child = await run.a_child()
    await run.a_record(of=child)
    await run.within(child, "office/HOUSTON")
    await run.lives_at(child, await run.an_address())
    await run.publish()
    ears = Ears(async_door, somebody("ERO_FOJC", "office/HOUSTON"))
    query = """subscription ($after: String) { addressReported(after: $after) {
      ... on AddressReported { report { id } } } }"""
    async with ears.responses(query, after=beginning()) as responses:
        async with asyncio.timeout(60):
            told = (await anext(responses)).result.extensions["receipt"]
    assert [one["class"] for one in told["classes"]] == ["SPONSOR_VETTING", "WELFARE"]
    assert told["scope"]["kind"] == "OFFICE"


async def test_the_receipt_leaves_with_the_answer_over_http(served_settings, world):
    viewer = somebody("LINKAGE_ANALYST")
    app = create_app(served_settings, PATIENT, admits=as_one(viewer), clock=lambda: TODAY)
    async with app.router.lifespan_context(app):
        transport = httpx.ASGITransport(app=app, raise_app_exceptions=False)
        async with httpx.AsyncClient(transport=transport, base_url="http://testserver") as client:
            asked = {"query": CHILD, "variables": {"id": "nobody"}}
            answer = (await client.post("/graphql", json=asked)).json()
    assert answer["data"] == {"child": None}
    assert answer["extensions"]["receipt"]["role"] == "LINKAGE_ANALYST"
    assert "Child.fullName" in str(answer["extensions"]["receipt"]["withheld"])


async def test_what_cannot_be_executed_has_an_error_and_no_receipt(ask):
    result = await ask.seen_by(somebody("ORR_TRIAGE")).result(CHILD)
    assert result.errors
    assert result.extensions is None
