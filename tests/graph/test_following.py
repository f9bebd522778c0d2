"""The chart: every step by every role in every state is legal, or refused with what to do."""

from datetime import UTC, date, datetime
from itertools import product

import pytest

from graph.errors import UsageError
from graph.following.advancing import advancing
from graph.following.chart import CHART, STATE, chart
from graph.following.duties import duty
from graph.following.outcomes import Advancing, FollowUpRefused
from graph.following.standing import actions, begun, changed
from graph.following.targets import TARGETS, targets
from graph.following.words import made_action
from graph.sharing.fields import RulesError
from graph.vocabulary.following import (
    ACTOR_OF,
    Actor,
    FollowUpEvent,
    FollowUpRefusal,
    FollowUpState,
    Region,
)
from graph.vocabulary.viewers import ViewerRole

AT = datetime(2024, 9, 2, 12, tzinfo=UTC)
STATES = [state for state in FollowUpState if state in CHART.places]
EVENTS = [event for event in FollowUpEvent if event in CHART.moves]
ICE = {role for role, actor in ACTOR_OF.items() if actor in (Actor.ERO, Actor.OPLA)}


def a_follow_up(**standing):
    row = {"id": "f", "hearing": "h", "version": 1, "failedOn": date(2024, 8, 5)}
    row["office"] = "office/HOUSTON"
    for region in Region:
        row |= begun(region, AT)
    return {**row, **{name: str(state) for name, state in standing.items()}}


def what_comes_of(follow_up, event, role, **more):
    """The refusal, or the statements that are taken; nothing was taken under the key before."""
    form = CHART.moves[event].form
    asked = {"form": form, "reason": "Because.", "evidence": ["x"], "sees_welfare": role not in ICE}
    steps = advancing(Advancing("f", event, "somebody", role, "key", AT, **{**asked, **more}))
    taken = []
    try:
        text, parameters = next(steps)
        while True:
            taken.append((text, parameters))
            rows = [{"followUp": follow_up}] if "SET follow.taken" in text else []
            text, parameters = steps.send(rows)
    except StopIteration as done:
        return done.value, taken


def test_every_step_in_every_state_by_every_role_is_taken_or_refused_by_the_table():
    seen: dict[type, int] = {}
    for state, event, role in product(STATES, EVENTS, ViewerRole):
        move, region = CHART.moves[event], CHART.places[state].region
        if region is not move.region:
            continue
        came, taken = what_comes_of(a_follow_up(**{STATE[region]: state}), event, role)
        hidden = CHART.places[state].with_orr and role in ICE
        if ACTOR_OF.get(role) not in move.by:
            assert came.reason is FollowUpRefusal.NOT_YOUR_STEP
            assert came.whose == move.by
            # Whose step it is the table says; where it stands this does not tell.
            assert (came.state, came.legal) == (None, ())
            assert len(taken) == 2
        elif state not in move.origins:
            assert came.reason is FollowUpRefusal.NOT_LEGAL_NOW
            assert came.state == (FollowUpState.WITH_ORR if hidden else state)
            legal = CHART.legal(state, ACTOR_OF[role])
            assert came.legal == (() if hidden else legal)
            assert len(taken) == 2
        else:
            assert not isinstance(came, FollowUpRefused)
            (told,) = [told for text, told in taken if "CREATE (step:FollowUpStep)" in text]
            (moved,) = told["taken"]
            after = moved["changed"].get(STATE[region], str(state))
            assert after == str(move.to or state)
            assert moved["changed"][f"{STATE[region]}Version"] == 2
        assert isinstance(came, FollowUpRefused) == (len(taken) == 2)
        seen[type(came)] = seen.get(type(came), 0) + 1
    assert sum(seen.values()) == sum(
        len([one for one in STATES if CHART.places[one].region is move.region])
        for move in CHART.moves.values()
    ) * len(ViewerRole)


@pytest.mark.parametrize("event", EVENTS)
def test_a_step_with_a_form_is_taken_by_its_form_alone(event):
    move = CHART.moves[event]
    role = next(role for role, actor in ACTOR_OF.items() if actor in move.by)
    state = next(iter(move.origins))
    wrong = "advanceAnything" if move.form is None else None
    came, _ = what_comes_of(a_follow_up(**{STATE[move.region]: state}), event, role, form=wrong)
    assert came.reason is FollowUpRefusal.HAS_ITS_OWN_MUTATION


@pytest.mark.parametrize("event", [one for one in EVENTS if CHART.moves[one].asks])
def test_what_a_step_asks_for_must_come_with_it(event):
    (asks,) = CHART.moves[event].asks
    role = next(iter(ACTOR_OF))
    came, taken = what_comes_of(a_follow_up(), event, role, **{asks: ""})
    assert came.reason == f"NO_{asks.upper()}"
    assert taken == []


def test_whoever_saw_an_earlier_version_of_the_region_looks_again():
    came, _ = what_comes_of(
        a_follow_up(), FollowUpEvent.INFORM_FOJC, ViewerRole.OPLA_ATTORNEY, expected=7
    )
    assert came.reason is FollowUpRefusal.STALE
    assert FollowUpEvent.INFORM_FOJC in came.legal


def test_from_every_state_the_end_of_its_region_can_be_reached_and_somebody_is_to_act():
    for place in CHART.places.values():
        reached, new = {place.name}, {place.name}
        while new:
            new = {
                move.to
                for state in new
                for move in CHART.moves.values()
                if state in move.origins and move.to
            } - reached
            reached |= new
        assert any(CHART.places[one].last for one in reached), place.name
        assert place.last == (not place.next)


def test_it_is_closed_with_the_last_region_and_handed_over_before_it():
    done = a_follow_up(address="I830_FILED", records="EARM_RETRIED", safety="WELLNESS_CHECK")
    after = {**done, **changed(done, CHART.moves[FollowUpEvent.UPDATE_EARM], AT)}
    assert (after["handedOverAt"], after.get("closedAt")) == (AT, None)
    closed = changed(after, CHART.moves[FollowUpEvent.FIND_SAFE], AT)
    assert closed["closedAt"] == AT
    assert "handedOverAt" not in closed


def test_the_records_are_not_done_while_entering_them_failed():
    failed = a_follow_up(records="EARM_FAILED")
    came, _ = what_comes_of(failed, FollowUpEvent.UPDATE_EARM, ViewerRole.ERO_FOJC)
    assert came.reason is FollowUpRefusal.NOT_LEGAL_NOW
    assert came.legal == (FollowUpEvent.RETRY_EARM,)


def test_a_review_that_is_recorded_is_not_asked_for_again():
    reviewed = a_follow_up(address="SEARCHING")
    whose = {one["actor"] for one in actions(reviewed, Region.ADDRESS, TARGETS)}
    assert whose == {"ERO", "OPLA"}
    reviewed |= changed(reviewed, CHART.moves[FollowUpEvent.RECORD_REVIEW], AT)
    assert [one["actor"] for one in actions(reviewed, Region.ADDRESS, TARGETS)] == ["ERO"]


@pytest.mark.parametrize(
    ("event", "day", "force", "rule"),
    [
        ("NOTIFY_ORR", date(2023, 12, 20), "NONE_FOUND", None),
        ("NOTIFY_ORR", date(2023, 12, 21), "SHOULD", "opla-2023-12-21/disclose-to-hhs"),
        ("NOTIFY_ORR", date(2024, 2, 29), "SHOULD", "opla-2023-12-21/disclose-to-hhs"),
        ("NOTIFY_ORR", date(2024, 8, 4), "SHOULD", "opla-2023-12-21/disclose-to-hhs"),
        ("NOTIFY_ORR", date(2024, 8, 5), "REQUIRED", "ero-broadcast-2024-08/notify-orr"),
        ("INFORM_FOJC", date(2023, 12, 20), "NONE_FOUND", None),
        ("INFORM_FOJC", date(2023, 12, 21), "REQUIRED", "opla-2023-12-21/inform-fojc"),
        ("COMPLETE_I830", date(2023, 12, 20), "NONE_FOUND", None),
        ("COMPLETE_I830", date(2023, 12, 21), "REQUIRED", "complete-i830"),
        ("UPDATE_PLANET", date(2019, 1, 1), "DESCRIBED", "planet"),
    ],
)
def test_a_step_rests_on_the_rule_in_force_on_the_day_of_the_hearing(event, day, force, rule):
    found = duty(FollowUpEvent(event), day)
    assert (found.force, found.rule) == (force, rule)
    assert (found.words is None) == (rule is None)


def test_what_ice_reads_into_its_duty_is_shown_beside_it_and_decides_nothing():
    before = duty(FollowUpEvent.NOTIFY_ORR, date(2024, 8, 5))
    after = duty(FollowUpEvent.NOTIFY_ORR, date(2024, 8, 6))
    assert {one.id for one in before.beside} == set()
    assert {one.id for one in after.beside} == {"ice-interpretation/only-in-custody"}
    assert before.force == after.force == "REQUIRED"


def test_a_target_is_a_setting_and_counts_from_the_day_it_is_due(tmp_path):
    path = tmp_path / "targets.toml"
    path.write_text("INFORM_FOJC = 28\n")
    own = targets(path)
    leap = a_follow_up() | {"addressSince": datetime(2024, 2, 1, tzinfo=UTC)}
    (one,) = actions(leap, Region.ADDRESS, own)
    assert one["due"] == date(2024, 2, 29)
    (none,) = actions(leap, Region.SAFETY, own)
    assert (none["due"], none["sort"]) == (None, date.max)
    for wrong in ("INFORM_FOJC = true", "INFORM_FOJC = -1", "WRITE_HOME = 3", "nothing"):
        path.write_text(wrong)
        with pytest.raises(UsageError, match="SPONSORGRAPH_FOLLOW_UP_TARGETS"):
            targets(path)


def test_why_something_is_due_is_a_sentence_with_its_source():
    told = made_action(["NOTIFY_ORR", "ERO", "ORR_NOTICE_DUE", "2024-08-07", "2024-08-05"])
    assert told.why == (
        "ORR_NOTICE_DUE since 2024-08-07, which ERO leads on from by NOTIFY_ORR: that was required"
        " by S2:267 on the day of the hearing."
    )
    inferred = made_action(["ACKNOWLEDGE", "ORR", "ORR_NOTIFIED", "2024-08-07", "2024-08-05"])
    assert inferred.why.endswith("a design choice.")


def test_a_chart_in_which_something_could_stand_still_is_refused(tmp_path):
    path = tmp_path / "chart.toml"
    text = (chart.__globals__["_FILE"]).read_text()
    path.write_text(
        text.replace(
            "I830_FILED = { last = true }", "I830_FILED = { next = { OPLA = 'FILE_I830' } }"
        )
    )
    with pytest.raises(RulesError, match="I830_FILED"):
        chart(path)
