"""The rules as a client reads them: who asks, what holds on a day, and what changed."""

from datetime import date

import pytest

from graph.vocabulary.viewers import ViewerRole
from tests.api.seeing import somebody

PROVISION = "id document effect classes agencies begins beginsPrecision until citation words"
WHO = """{ viewer { name role agency purpose basis case scopes
  rules { role scope fields { category outcome } classes { sharingClass open why } } } }"""
AT = f"""query ($at: Date) {{ policy(at: $at) {{ at
  roles {{ role agency purposes scope classes {{ sharingClass open why
    by {{ {PROVISION} }} beside {{ id words }} }} }}
  provisions {{ {PROVISION} }} }} }}"""
DIFF = """query ($from: Date!, $to: Date!) { policyDiff(from: $from, to: $to) { from to
  changes { role purposes sharingClass before { open why } after { open why
    by { id words citation means } beside { id } } }
  began { id } ended { id } } }"""


async def test_whoever_asks_is_told_as_whom_and_by_which_rules(ask):
    seen = await ask.seen_by(somebody("ERO_FOJC", "office/HOUSTON", "docket/HOU"))(WHO)
    rules = seen["viewer"].pop("rules")
    assert seen["viewer"] == {
        "name": "a.name",
        "role": "ERO_FOJC",
        "agency": "ICE_ERO",
        "purpose": "COURT_NOTICE",
        "basis": "8 U.S.C. 1232(c)",
        "case": None,
        "scopes": ["office/HOUSTON"],
    }
    assert (rules["role"], rules["scope"]) == ("ERO_FOJC", "OFFICE")
    assert {"category": "LINKAGE", "outcome": "ERROR"} in rules["fields"]
    assert {
        "sharingClass": "SPONSOR_VETTING",
        "open": False,
        "why": "No longer required, so withheld by default.",
    } in rules["classes"]


async def test_whoever_holds_the_keys_of_the_database_has_no_role(ask):
    seen = await ask(WHO)
    assert (seen["viewer"]["role"], seen["viewer"]["rules"]) == (None, None)


@pytest.mark.parametrize("role", list(ViewerRole))
async def test_the_rules_are_no_secret_from_anybody(role, ask):
    mine = ask.seen_by(somebody(role))
    assert len((await mine(AT))["policy"]["roles"]) == len(ViewerRole)
    assert mine.statements == []


async def test_the_rules_of_today_unless_a_day_is_given(ask):
    assert (await ask(AT))["policy"]["at"] == "2024-07-01"
    assert (await ask(AT, at="2019-02-28"))["policy"]["at"] == "2019-02-28"


def classes_of(policy, role):
    (rules,) = [one for one in policy["roles"] if one["role"] == role]
    return {one["sharingClass"]: one for one in rules["classes"]}


async def test_under_the_memorandum_of_2018_ice_read_what_orr_asked_of_sponsors(ask):
    then = classes_of((await ask(AT, at="2019-02-28"))["policy"], "ERO_FOJC")["SPONSOR_VETTING"]
    assert then["open"]
    (by,) = then["by"]
    assert by["citation"] == "S2:100 fn3"
    assert (by["begins"], by["beginsPrecision"]) == ("2018-01-01", "YEAR")
    assert by["words"].startswith("the requirement that ORR provide ICE with biographic")


async def test_ices_reading_is_shown_beside_the_rule_that_stays_open(ask):
    today = classes_of((await ask(AT, at="2026-11-22"))["policy"], "ORR_TRIAGE")["COURT"]
    assert today["open"]
    assert "ice-interpretation/only-in-custody" in [one["id"] for one in today["beside"]]


async def test_from_2018_to_2021_vetting_was_closed_to_ice_as_the_documents_say(ask):
    diff = (await ask(DIFF, **{"from": "2018-06-01", "to": "2021-06-01"}))["policyDiff"]
    assert {(one["role"], one["sharingClass"]) for one in diff["changes"]} == {
        (role, "SPONSOR_VETTING")
        for role in ("ERO_OFFICER", "ERO_FOJC", "OPLA_ATTORNEY", "OPLA_JUV_POC")
    }
    for one in diff["changes"]:
        assert one["purposes"] == ["COURT_NOTICE", "CASE_MANAGEMENT"]
        assert one["before"]["open"]
        assert not one["after"]["open"]
        assert one["after"]["why"] == "No longer required, so withheld by default."
        (by,) = one["after"]["by"]
        assert by["citation"] == "S2:100 fn3"
        assert by["words"] == (
            "The most recent MOA from 2021 removed information sharing provisions from the"
            " terminated 2018 MOA."
        )
    assert "forb" not in str(diff).lower()
    assert [one["id"] for one in diff["began"]] == ["moa-2021/sponsor-vetting-removed"]
    assert [one["id"] for one in diff["ended"]] == ["moa-2018/sponsor-vetting"]


async def test_from_the_20th_to_the_21st_of_december_2023_courts_and_ices_files_open_to_orr(ask):
    diff = (await ask(DIFF, **{"from": "2023-12-20", "to": "2023-12-21"}))["policyDiff"]
    assert {(one["role"], one["sharingClass"]) for one in diff["changes"]} == {
        (role, of) for role in ("ORR_TRIAGE", "ORR_CASEWORKER") for of in ("COURT", "ENFORCEMENT")
    }
    assert all(one["after"]["by"][0]["citation"] == "S2:94" for one in diff["changes"])


async def test_the_broadcast_made_a_duty_of_what_should_be_done_and_opened_nothing_more(ask):
    diff = (await ask(DIFF, **{"from": "2024-08-04", "to": "2024-08-05"}))["policyDiff"]
    assert diff["changes"] == []
    assert [one["id"] for one in diff["began"]] == ["ero-broadcast-2024-08/notify-orr"]


async def test_ices_letter_came_and_changed_nothing(ask):
    diff = (await ask(DIFF, **{"from": "2024-08-05", "to": "2024-08-06"}))["policyDiff"]
    assert diff["changes"] == []
    assert [one["id"] for one in diff["began"]] == ["ice-interpretation/only-in-custody"]


async def test_what_began_and_ended_in_between_is_told_though_nothing_is_different(ask):
    diff = (await ask(DIFF, **{"from": "2017-12-31", "to": "2022-01-01"}))["policyDiff"]
    assert diff["changes"] == []
    assert [one["id"] for one in diff["ended"]] == ["moa-2018/sponsor-vetting"]


async def test_a_day_differs_in_nothing_from_itself(ask):
    day = "2024-02-29"
    diff = (await ask(DIFF, **{"from": day, "to": day}))["policyDiff"]
    assert diff == {"from": day, "to": day, "changes": [], "began": [], "ended": []}


async def test_two_days_in_the_wrong_order_are_told_to_swap(ask):
    result = await ask.result(DIFF, **{"from": "2021-01-01", "to": "2018-01-01"})
    assert result.errors[0].message == "`policyDiff` goes from a day to a later one: swap them."


async def test_a_role_asked_on_two_days_sees_by_the_rules_of_each(ask):
    then = somebody("ERO_FOJC", on=date(2020, 12, 31))
    now = somebody("ERO_FOJC", on=date(2021, 1, 1))
    assert now.withheld - then.withheld == {"SPONSOR_VETTING"}
    assert then.gate is now.gate
