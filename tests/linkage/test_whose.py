"""Whose a child is to see, by what the agencies deliver of her."""

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.vocabulary.scopes import docket, office
from linkage.cleaning.text import define_words
from tests.linkage.a_linked_store import (
    a_case,
    a_planet_row,
    a_proceeding,
    an_earm_record,
    facts_from,
    wanted,
)


@pytest.mark.parametrize(
    "written",
    ["San Antonio", "SAN ANTONIO", "ERO San Antonio Field Office", "San Antonio, TX",
     " san  antonio (SNA)", "San-António FO"],
)  # fmt: skip
def test_an_office_is_one_however_it_is_written(written):
    assert office(written) == "office/SAN_ANTONIO"


@pytest.mark.parametrize(
    ("one", "other"),
    [("New York", "New York City"), ("Saint Paul", "St. Paul"), ("Washington", "Washington, D.C.")],
)
def test_an_office_with_two_names_is_one(one, other):
    assert office(one) == office(other)


@pytest.mark.parametrize("written", [None, "", " - ", "ICE ERO Field Office", "(HOU)"])
def test_what_names_no_office_is_nobodys_to_see(written):
    assert office(written) is None


@pytest.fixture(scope="module")
def words():
    connection = duckdb.connect()
    define_words(connection)
    return connection


_WORDS = st.sampled_from(["ICE", "san", "Antonio", "St.", "SAINT", "Saint", "D.C.", "City", "Ñ"])
_WRITTEN = st.lists(st.tuples(_WORDS, st.sampled_from([" ", ", ", " (", "-", "."])), max_size=5)


@settings(max_examples=80, deadline=None)
@given(_WRITTEN)
def test_offices_and_dockets_in_sql_are_those_in_python(words, parts):
    written = "".join(word + between for word, between in parts)
    found = words.execute("SELECT 'office/' || an_office($1), 'docket/' || a_docket($1)", [written])
    assert found.fetchall() == [(office(written), docket(written))]


def test_a_child_is_in_the_office_that_has_her_file_and_on_the_docket_of_her_court():
    facts = facts_from(
        earm=[an_earm_record(field_office="Houston"), an_earm_record(record_id="2")],
        eoir_case=[a_case()],
        eoir_proceeding=[a_proceeding(), a_proceeding(idnproceeding="71", base_city_code=None)],
        planet=[a_planet_row(court="hou ")],
    )
    assert wanted(facts, "scopes", "id", "kind", "name") == [
        ("docket/HOU", "DOCKET", "HOU"),
        ("office/HOUSTON", "OFFICE", "HOUSTON"),
    ]
    assert wanted(facts, "within", "scope", "source", "record") == [
        ("docket/HOU", "EOIR", "EOIR/eoir_proceeding/70/v1"),
        ("docket/HOU", "PLANET", "PLANET/planet/1/v1"),
        ("office/HOUSTON", "EARM", "EARM/earm/1/v1"),
    ]


def test_a_file_that_went_to_another_office_is_there_and_no_longer_here():
    facts = facts_from(
        earm=[an_earm_record(field_office="Houston"),
              an_earm_record(field_office="ERO DALLAS", version=2)],
    )  # fmt: skip
    assert wanted(facts, "within", "scope", "record") == [("office/DALLAS", "EARM/earm/1/v2")]


def test_two_files_in_one_office_are_one_word_on_it():
    facts = facts_from(
        earm=[an_earm_record(record_id=n, field_office=written)
              for n, written in (("2", "Houston"), ("1", "HOUSTON FIELD OFFICE"))],
    )  # fmt: skip
    assert wanted(facts, "within", "scope", "record") == [("office/HOUSTON", "EARM/earm/1/v1")]


def test_a_child_whose_papers_name_no_office_is_in_none():
    facts = facts_from(earm=[an_earm_record(field_office="ICE")])
    assert wanted(facts, "within", "scope") == []
