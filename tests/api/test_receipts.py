"""Each answer says what it was not to hold, by which rule, and nothing of what was there."""

import pytest

from api.asking import Request
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
