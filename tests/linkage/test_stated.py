"""What a record says of a child herself becomes a fact that leads from her to the record."""

from datetime import date

from tests.linkage.a_linked_store import (
    ANA,
    a_case,
    a_planet_row,
    a_proceeding,
    an_earm_record,
    days_before,
    facts_from,
    wanted,
)


def a_notice(**said):
    return {"record_id": "1", "a_number": ANA, "name": "LOPEZ, ANA"} | said


def a_petition(**said):
    named = {"last_name": "LOPEZ", "first_name": "ANA"}
    return {"record_id": "1", "a_number": ANA, **named, "form": "I-360"} | said


def a_call(**said):
    named = {"alien_no": ANA, "last_name": "López", "first_name": "Ana"}
    call = {"kind": "CALL_30_DAY", "leg": "CHILD", "contact_date": "2023-05-01"}
    return {"record_id": "1", **named, **call} | said


def test_an_earm_file_states_the_transfer_and_the_office_as_its_scope_spells_it():
    facts = facts_from(
        earm=[
            an_earm_record(
                apprehension_date="2023-03-01",
                transferred_to_orr_date="2023-03-03",
                field_office="St. Paul, MN",
            )
        ]
    )

    said = wanted(facts, "transfer_stated_in", "on", "apprehended_on", "field_office", "record")
    assert said == [(date(2023, 3, 3), date(2023, 3, 1), "ST_PAUL", "EARM/earm/1/v1")]
    [(scope,)] = wanted(facts, "within", "scope")
    assert scope == f"office/{said[0][2]}"


def test_a_file_that_says_nothing_of_a_transfer_states_none():
    assert wanted(facts_from(earm=[an_earm_record()]), "transfer_stated_in", "id") == []


def test_each_paper_states_the_days_of_the_notice_that_it_knows():
    facts = facts_from(
        nta=[a_notice(issued_by="ICE", issued_date="2023-04-01", served_date="2023-04-02",
                      service_method="PERSONAL", filed_date="2023-05-02")],
        planet=[a_planet_row(nta_filed_date="2023-05-03")],
        eoir_case=[a_case()],
        eoir_proceeding=[a_proceeding(osc_date="2023-04-01 00:00:00", input_date="2023-05-09")],
    )  # fmt: skip

    days = ("source", "issued_on", "served_on", "filed_on", "service_method", "sharing_class")
    issued, served = date(2023, 4, 1), date(2023, 4, 2)
    assert wanted(facts, "nta_stated_in", *days) == [
        ("EOIR", issued, None, date(2023, 5, 9), None, "COURT"),
        ("NTA", issued, served, date(2023, 5, 2), "PERSONAL", "ENFORCEMENT"),
        ("PLANET", None, None, date(2023, 5, 3), None, "ENFORCEMENT"),
    ]


def test_a_notice_without_any_day_is_a_notice_still():
    facts = facts_from(nta=[a_notice()])

    assert wanted(facts, "nta_stated_in", "issued_on", "served_on") == [(None, None)]


def test_petitions_and_applications_state_their_relief():
    facts = facts_from(
        uscis_relief=[
            a_petition(filed_date="2023-06-01", status="PENDING"),
            a_petition(record_id="2", form="I-589", status="GRANTED", decided_date="2024-01-02"),
        ]
    )

    assert wanted(facts, "relief_stated_in", "kind", "filed_on", "status", "decided_on") == [
        ("ASYLUM", None, "GRANTED", date(2024, 1, 2)),
        ("SIJ", date(2023, 6, 1), "PENDING", None),
    ]


def test_an_order_is_stated_by_the_court_and_by_ero_each_for_itself():
    facts = facts_from(
        earm=[an_earm_record(final_order_date="2023-11-08", final_order_in_absentia="N")],
        eoir_case=[a_case()],
        eoir_proceeding=[a_proceeding(absentia="Y", comp_date="2023-11-01")],
    )

    assert wanted(facts, "order_stated_in", "source", "on", "in_absentia", "court") == [
        ("EARM", date(2023, 11, 8), False, None),
        ("EOIR", date(2023, 11, 1), True, "HOU"),
    ]


def test_a_decision_that_was_not_made_in_absentia_is_no_order():
    facts = facts_from(
        eoir_case=[a_case()], eoir_proceeding=[a_proceeding(absentia="N", comp_date="2023-11-01")]
    )

    assert wanted(facts, "order_stated_in", "id") == []


def test_calls_and_checks_state_a_contact_with_their_leg_and_outcome():
    facts = facts_from(orr_contact=[a_call(outcome="NO_ANSWER")])

    said = ("kind", "leg", "on", "outcome", "agency", "sharing_class")
    assert wanted(facts, "contact_stated_in", *said) == [
        ("CALL_30_DAY", "CHILD", date(2023, 5, 1), "NO_ANSWER", "ORR", "WELFARE")
    ]


def test_a_corrected_address_does_not_make_the_transfer_news():
    told = {"transferred_to_orr_date": "2023-03-03"}
    facts = facts_from(
        earm=[
            an_earm_record(as_of=days_before(200), **told),
            an_earm_record(version=2, address="9 Elm Avenue", **told),
        ]
    )

    assert wanted(facts, "transfer_stated_in", "known_from", "record") == [
        (days_before(200), "EARM/earm/1/v2")
    ]


def test_what_a_nameless_case_says_is_said_of_nobody():
    facts = facts_from(
        eoir_case=[a_case(a_number=None, name=None)],
        eoir_proceeding=[a_proceeding(osc_date="2023-04-01", absentia="Y")],
    )

    assert wanted(facts, "order_stated_in", "id") == wanted(facts, "nta_stated_in", "id") == []
