"""What records say becomes facts: each with its source, and nothing that nobody said."""

from datetime import date

from graph.vocabulary.evidence import SharingClass
from graph.vocabulary.origins import letter_of
from tests.linkage.a_linked_store import (
    a_case,
    a_planet_row,
    a_proceeding,
    a_release,
    a_scheduled_hearing,
    an_earm_record,
    days_before,
    facts_from,
    wanted,
)


def test_two_papers_that_give_one_address_are_two_statements_about_one_place():
    facts = facts_from(earm=[an_earm_record()], orr_release=[a_release()])

    said = wanted(facts, "child_lives_at", "kind", "source", "agency", "sharing_class", "record")
    assert said == [
        ("ENFORCEMENT_FILE", "EARM", "ICE_ERO", "ENFORCEMENT", "EARM/earm/1/v1"),
        ("RELEASE", "ORR", "ORR", "RELEASE", "ORR/orr_release/1/v1"),
    ]
    assert len(wanted(facts, "addresses", "id")) == 1
    assert len(wanted(facts, "sponsor_lives_at", "id")) == 1


def test_the_courts_street_ends_when_the_file_names_another_city():
    address = {"alien_address": "12 Oak Street", "alien_city": "Houston", "alien_state": "TX"}
    moved = address | {"updated_city": "Dallas", "address_changedon": "2024-01-02 00:00:00"}

    kept = facts_from(eoir_case=[a_case(**address)])
    updated = facts_from(eoir_case=[a_case(**moved)])

    assert wanted(kept, "child_lives_at", "kind", "valid_until") == [("COURT_FILE", None)]
    assert wanted(updated, "child_lives_at", "kind", "valid_until") == [
        ("COURT_FILE", date(2024, 1, 2))
    ]
    assert wanted(updated, "addresses", "city") == wanted(kept, "addresses", "city")


def test_a_courts_first_address_is_as_old_as_the_case():
    facts = facts_from(
        eoir_case=[a_case(alien_address="12 Oak Street", alien_city="Houston", alien_state="TX")],
        eoir_proceeding=[a_proceeding(input_date="2022-02-03"), a_proceeding(idnproceeding="71")],
    )

    assert wanted(facts, "child_lives_at", "reported_on") == [(date(2022, 2, 3),)]


def test_an_address_without_a_day_counts_from_when_it_became_known():
    facts = facts_from(earm=[an_earm_record(address_reported_date=None)])

    assert wanted(facts, "child_lives_at", "valid_from", "reported_on") == [(None, days_before(0))]


def test_a_release_lasts_until_the_child_is_released_to_somebody_else():
    again = a_release(
        record_id="2",
        release_date="2024-02-01",
        sponsor_first_name="Rosa",
        sponsor_address="9 Elm Avenue",
    )
    facts = facts_from(orr_release=[a_release(), again])

    assert wanted(facts, "released_to", "released_on", "until", "category") == [
        (date(2023, 4, 1), date(2024, 2, 1), "CATEGORY_2A"),
        (date(2024, 2, 1), None, "CATEGORY_2A"),
    ]
    assert wanted(facts, "child_lives_at", "valid_from", "valid_until") == [
        (date(2023, 4, 1), date(2024, 2, 1)),
        (date(2024, 2, 1), None),
    ]
    assert wanted(facts, "sponsor_lives_at", "valid_until") == [(None,), (None,)]


def test_a_release_to_the_same_sponsor_again_ends_nothing():
    facts = facts_from(
        orr_release=[a_release(), a_release(record_id="2", release_date="2023-04-09")]
    )

    assert wanted(facts, "released_to", "until") == [(None,), (None,)]


def test_a_child_in_foster_care_was_released_to_nobody():
    fostered = a_release(
        release_type="FOSTER_CARE",
        sponsor_last_name=None,
        sponsor_first_name=None,
        sponsor_address=None,
    )
    facts = facts_from(orr_release=[fostered])

    assert wanted(facts, "released_to", "id") == []
    assert wanted(facts, "children", "id") != []


def test_each_source_has_its_own_word_on_one_hearing():
    facts = facts_from(
        eoir_case=[a_case()],
        eoir_proceeding=[a_proceeding(hearing_date="2023-10-05")],
        eoir_schedule=[a_scheduled_hearing(adj_rsn="11")],
        planet=[a_planet_row()],
    )

    assert wanted(facts, "hearings", "court", "date", "calendar_type", "time") == [
        ("HOU", date(2023, 10, 5), "M", "0830")
    ]
    assert wanted(facts, "reports", "source", "appearance") == [
        ("EOIR", "FAILED_TO_APPEAR"),
        ("EOIR", "NOTHING_ENTERED"),
        ("PLANET", "NOTHING_ENTERED"),
    ]


def test_an_order_in_absentia_is_an_order_and_no_report_of_failing_to_appear():
    facts = facts_from(
        eoir_case=[a_case()],
        eoir_proceeding=[
            a_proceeding(hearing_date="2023-10-05", absentia="Y", comp_date="2023-11-01")
        ],
    )

    assert wanted(facts, "reports", "appearance", "in_absentia", "order_date") == [
        ("NOTHING_ENTERED", True, date(2023, 11, 1))
    ]


def test_a_hearing_that_is_yet_to_come_is_scheduled():
    facts = facts_from(
        eoir_case=[a_case()],
        eoir_proceeding=[a_proceeding()],
        eoir_schedule=[
            a_scheduled_hearing(adj_date="2025-01-01"),
            a_scheduled_hearing(idnschedule="701", adj_rsn="5"),
        ],
    )

    assert wanted(facts, "reports", "appearance") == [("CONTINUED",), ("SCHEDULED",)]


def test_a_worksheets_own_name_for_the_court_makes_no_second_hearing():
    sheet = {
        "record_id": "w1",
        "a_number": "A000000001",
        "name": "Lopez, Ana",
        "hearing_date": "2023-10-05",
        "court": "Houston (Greenspoint)",
        "appearance": "yes",
    }
    facts = facts_from(planet=[a_planet_row(appearance="FAILED_TO_APPEAR")], worksheet=[sheet])

    assert wanted(facts, "hearings", "court") == [("HOU",)]
    assert wanted(facts, "reports", "source", "appearance") == [
        ("LOCAL_WORKSHEET", "APPEARED"),
        ("PLANET", "FAILED_TO_APPEAR"),
    ]


def test_a_record_that_names_another_day_speaks_of_another_hearing():
    first = facts_from(planet=[a_planet_row(), a_planet_row(record_id="2")])
    known = dict(first.execute("SELECT member, hearing FROM hearing_ids").fetchall())
    corrected = facts_from(
        known, planet=[a_planet_row(), a_planet_row(record_id="2", hearing_date="2023-11-06")]
    )

    [old] = wanted(first, "hearings", "id")
    both = dict(wanted(corrected, "hearings", "date", "id"))
    assert both[date(2023, 10, 5)] == old[0]
    assert both[date(2023, 11, 6)] != old[0]


def test_what_most_agencies_say_is_what_she_is_called():
    facts = facts_from(
        earm=[an_earm_record(given_names="ANNA", date_of_birth="2009-01-01")],
        orr_release=[a_release(first_name="Ána", dob="2009-08-07")],
        planet=[a_planet_row(given_names="ANA"), a_planet_row(record_id="2", given_names="ANNA")],
    )

    assert wanted(facts, "child_biographics", "given_names", "family_name", "date_of_birth") == [
        ("Ána", "López", date(2009, 8, 7))
    ]
    [(words,)] = wanted(facts, "child_biographics", "search_words")
    assert {word[1:] for word in words if word[1:2] not in "ymd"} == {
        "ana", "anna", "lopez", "_ana_lopez", "_anna_lopez",
    }  # fmt: skip


def test_each_value_says_the_classes_of_those_who_give_it_however_they_spell_it():
    facts = facts_from(
        earm=[an_earm_record(given_names="ANA", date_of_birth=None)],
        orr_release=[a_release(first_name="Ána", dob="2009-08-07")],
        planet=[a_planet_row(given_names="ANA MARIA", family_name="LOPEZ")],
    )

    names = ("given_names", "given_names_from", "family_name_from", "date_of_birth_from")
    assert wanted(facts, "child_biographics", *names) == [
        ("Ána", ["ENFORCEMENT", "RELEASE"], ["ENFORCEMENT", "RELEASE"], ["RELEASE"])
    ]
    assert wanted(facts, "child_biographics", "a_numbers", "a_numbers_from") == [
        (["A000000001"], ["ENFORCEMENT RELEASE"])
    ]
    sponsors = wanted(facts, "sponsor_biographics", "family_name", "family_name_from")
    assert sponsors == [("Pérez", ["RELEASE"])]


def test_each_word_of_a_name_stands_after_the_letter_of_those_who_wrote_it():
    facts = facts_from(
        earm=[an_earm_record(given_names="ANNA", date_of_birth=None)], orr_release=[a_release()]
    )

    [(words,)] = wanted(facts, "child_biographics", "search_words")
    ours, theirs = (letter_of([one]) for one in (SharingClass.RELEASE, SharingClass.ENFORCEMENT))
    born = (f"{ours}{word}" for word in ("y2009", "m200908", "d20090807"))
    assert sorted(words) == sorted([
        *(f"{ours}ana", f"{ours}lopez", f"{ours}_ana_lopez", *born),
        *(f"{theirs}anna", f"{theirs}lopez", f"{theirs}_anna_lopez"),
    ])  # fmt: skip


def test_a_first_of_january_is_better_than_nothing():
    facts = facts_from(earm=[an_earm_record(date_of_birth="2009-01-01")])

    assert wanted(facts, "child_biographics", "date_of_birth") == [(date(2009, 1, 1),)]


def test_a_corrected_phone_number_does_not_make_the_release_news():
    corrected = a_release(version=2, sponsor_phone="202-555-0102")
    facts = facts_from(orr_release=[a_release(as_of=days_before(200)), corrected])

    [(known, record)] = wanted(facts, "released_to", "known_from", "record")
    assert (known, record) == (days_before(200), "ORR/orr_release/1/v2")


def test_a_corrected_address_is_known_from_its_correction():
    facts = facts_from(
        earm=[
            an_earm_record(as_of=days_before(200)),
            an_earm_record(version=2, address="9 Elm Avenue"),
        ]
    )

    assert wanted(facts, "child_lives_at", "known_from") == [(days_before(0),)]
    assert wanted(facts, "records", "key_version") == [("EARM/earm/1/v1",), ("EARM/earm/1/v2",)]


def test_a_nameless_case_is_kept_as_a_record_and_describes_nobody():
    nameless = a_case(a_number=None, name=None, nat="GT")
    facts = facts_from(
        eoir_case=[nameless], eoir_proceeding=[a_proceeding(hearing_date="2023-10-05")]
    )

    assert len(wanted(facts, "records", "key")) == 2
    assert wanted(facts, "children", "id") == wanted(facts, "hearings", "id") == []


def test_a_record_is_kept_in_its_agencys_own_words():
    facts = facts_from(eoir_case=[a_case(extra={"ATTY_NBR": "3"})])

    [(columns, values)] = wanted(facts, "records", "columns", "values")
    assert dict(zip(columns, values, strict=True)) == {
        "IDNCASE": "7",
        "A_NUMBER": "A000000001",
        "NAME": "LOPEZ, ANA",
        "ATTY_NBR": "3",
    }


def test_a_public_release_is_counted_in_its_fiscal_year_and_names_nobody():
    row = {
        "record_id": "1",
        "country": "Guatemala",
        "gender": "M",
        "release_date": "2021-10-01",
        "sponsor_category": "2",
        "state": "TX",
    }
    facts = facts_from(orr_public=[row, row | {"record_id": "2", "sponsor_category": None}])

    assert wanted(facts, "public_releases", "fiscal_year", "state", "sponsor_category", "sex") == [
        (2022, "TX", "CATEGORY_2", "MALE"),
        (2022, "TX", None, "MALE"),
    ]
    assert len(wanted(facts, "records", "key")) == 2
    assert wanted(facts, "children", "id") == []


def test_of_a_public_releases_versions_only_the_current_one_is_counted():
    row = {"record_id": "1", "country": "Honduras", "release_date": "2021-10-01", "state": "TX"}
    corrected = row | {"version": 2, "state": "FL"}
    facts = facts_from(orr_public=[row, corrected])

    assert wanted(facts, "public_releases", "record", "state") == [("ORR/orr_public/1/v2", "FL")]
    assert len(wanted(facts, "records", "key")) == 2


def test_the_same_records_in_another_order_want_the_same_facts():
    records = [an_earm_record(), an_earm_record(record_id="2", family_name="LOPEZ RUIZ")]
    kinds = ("child_biographics", "child_lives_at", "describes_child")

    one, other = facts_from(earm=records), facts_from(earm=records[::-1])

    for kind in kinds:
        assert wanted(one, kind, "id") == wanted(other, kind, "id"), kind
