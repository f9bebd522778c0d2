"""ORR's triage lists why, never how bad; and a check moves the follow-up whose step it is."""

from datetime import UTC, date, datetime
from functools import partial

from graph.following.advancing import advancing
from graph.following.opening import follow_up_id, opening
from graph.following.outcomes import Advanced, Advancing
from graph.vocabulary.following import FollowUpEvent
from graph.vocabulary.viewers import ViewerRole
from graph.writes.steps import take
from tests.api.seeing import somebody
from tests.api.test_welfare import CHECKED, REQUEST, told

NOW = datetime(2024, 6, 2, 12, tzinfo=UTC)
FAR = "2030-01-01"  # what is recorded in these tests is recorded today
LISTED = """query ($asOf: Date, $after: String) { triage(asOf: $asOf, first: 2, after: $after) {
  edges { node { child { id } since reasons { kind since evidence } } }
  pageInfo { hasNextPage endCursor } } }"""
RAISE = "mutation ($input: RaiseConcernInput!) { raiseConcern(input: $input) { ... on ConcernRaised { reference } } }"


async def triage(ask, on=FAR):
    rows, after = [], None
    while True:
        page = (await ask(LISTED, asOf=on, after=after))["triage"]
        rows += [edge["node"] for edge in page["edges"]]
        if not page["pageInfo"]["hasNextPage"]:
            return rows
        after = page["pageInfo"]["endCursor"]


def stepped(session, follow_up, *events):
    for event in events:
        role = ViewerRole.ERO_FOJC if event == "NOTIFY_ORR" else ViewerRole.ORR_TRIAGE
        asked = Advancing(follow_up, FollowUpEvent(event), "x", role, event, NOW, "Why.")
        done = take(session, partial(advancing, asked))
        assert isinstance(done, Advanced), done


async def a_follow_up(world, session, *events, **said):
    child = await world.a_child(**said)
    await world.a_record("ORR", "orr_release", of=child)
    day = date(2024, 6, 1)
    hearing = await world.a_hearing(child, words=(("EOIR", "FAILED_TO_APPEAR"),), day=day)
    take(session, lambda: opening(NOW))
    follow_up = follow_up_id(hearing)
    stepped(session, follow_up, *events)
    return child, hearing, follow_up


async def test_a_child_is_listed_with_every_reason_and_what_it_rests_on(world, ask, session):
    triaged = ("NOTIFY_ORR", "ACKNOWLEDGE", "START_TRIAGE")
    child, hearing, follow_up = await a_follow_up(world, session, *triaged)
    fact = await world.released_to(child, await world.a_sponsor(), released_on=date(2024, 3, 1))
    await world.a_contact(child, on=date(2024, 3, 31), outcome="CONCERN")
    said = {"childId": child, "kind": "OTHER", "text": "She is alone.", "key": "c"}
    concern = (await ask(RAISE, input=said))["raiseConcern"]["reference"]
    (row,) = await triage(ask, "2026-12-31")
    assert (row["child"], row["since"]) == ({"id": child}, "2024-06-01")
    why = {reason["kind"]: reason["evidence"] for reason in row["reasons"]}
    assert why.pop("CALL_CONCERN")[0].startswith("touch_")
    assert why == {
        "FAILED_TO_APPEAR": [follow_up, hearing], "CONCERN": [concern], "CALL_OVERDUE": [fact],
    }  # fmt: skip
    assert all(reason["evidence"] for reason in row["reasons"])


async def test_a_check_takes_its_follow_ups_steps_with_it_or_is_not_recorded(world, ask, session):
    child, _, follow_up = await a_follow_up(world, session, "NOTIFY_ORR", "ACKNOWLEDGE")
    orr = ask.seen_by(somebody("ORR_TRIAGE", on=date(2024, 9, 1)))
    wanted = {"childId": child, "reason": "She failed to appear.", "followUpId": follow_up}
    early = await told(orr, REQUEST, **wanted, key="a")
    assert early["reason"] == "NOT_LEGAL_NOW"
    hers = "query ($id: ID!) { child(id: $id) { wellnessChecks { id } } }"
    assert (await ask(hers, id=child))["child"]["wellnessChecks"] == []
    other = {**wanted, "childId": await world.a_child()}
    assert (await told(ask, REQUEST, **other, key="b"))["reason"] == "UNKNOWN_FOLLOW_UP"

    def safety():
        return session.run(
            "MATCH (f:FollowUp {id: $id}) RETURN f.safety AS s", id=follow_up
        ).single()["s"]

    stepped(session, follow_up, "START_TRIAGE")
    done = await told(orr, REQUEST, **wanted, key="c")
    assert await told(orr, REQUEST, **wanted, key="c") == done
    assert (done["check"]["followUpId"], safety()) == (follow_up, "WELLNESS_CHECK")
    found = {"id": done["check"]["id"], "outcome": "UNABLE_TO_LOCATE", "on": "2024-06-30"}
    ended = await told(orr, CHECKED, **found, key="d")
    assert await told(orr, CHECKED, **found, key="d") == ended
    assert (ended["check"]["state"], safety()) == ("UNABLE_TO_LOCATE", "UNABLE_TO_LOCATE")


async def test_whoever_waits_longest_is_first_and_who_is_done_with_is_not_there(world, ask):
    made = []
    for n in range(3):
        child = await world.a_child()
        made.append((await told(ask, REQUEST, childId=child, reason="Why.", key=str(n)), child))
    checks = [(done["check"]["id"], child) for done, child in made]
    await told(ask, CHECKED, id=checks[1][0], outcome="SAFE", on="2024-06-30", key="s")
    rows = await triage(ask)
    assert sorted(row["child"]["id"] for row in rows) == sorted([checks[0][1], checks[2][1]])
    assert await triage(ask, "2024-06-30") == []
    provider = ask.seen_by(somebody("CARE_PROVIDER", "provider/P1"))
    assert await triage(provider) == []
