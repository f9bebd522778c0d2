"""One shape for names, dates, numbers and countries, whoever wrote them."""

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.vocabulary.identifiers import a_number
from linkage.cleaning import WordUses, clean, state
from linkage.cleaning.text import define_words
from linkage.model.frozen import load_models
from tests.linkage.a_store import a_store


def cleaned(**tables):
    connection = a_store(**tables)
    clean(connection, load_models().lexicon)
    rows = connection.execute("SELECT * FROM people ORDER BY person_key")
    names = [column[0] for column in rows.description]
    return [dict(zip(names, row, strict=True)) for row in rows.fetchall()]


@pytest.fixture(scope="module")
def words():
    connection = duckdb.connect()
    define_words(connection)
    return connection


@pytest.mark.parametrize(
    ("family", "given_names", "surnames", "givens"),
    [
        ("García-López", "José Luís", ("GARCIA", "LOPEZ"), ("JOSE", "LUIS")),
        ("GARCIA LOPEZ", "JOSE", ("GARCIA", "LOPEZ"), ("JOSE", None)),
        ("De la Cruz", "María de los Ángeles", ("DELACRUZ", None), ("MARIA", "DELOSANGELES")),
        ("DELACRUZ", "Maria", ("DELACRUZ", None), ("MARIA", None)),
        ("O'Neil Jr.", "Ñusta", ("ONEIL", None), ("NUSTA", None)),
        ("L0PEZ", "J0SE", ("LOPEZ", None), ("JOSE", None)),
        ("Singh", None, ("SINGH", None), (None, None)),
    ],
)
def test_a_name_has_one_shape_whatever_accents_hyphens_and_particles(
    family, given_names, surnames, givens
):
    [person] = cleaned(earm=[{"record_id": "1", "family_name": family, "given_names": given_names}])
    assert (person["family_1"], person["family_2"]) == surnames
    assert (person["given_1"], person["given_2"]) == givens


def test_a_name_on_a_form_is_read_in_either_order():
    known = [
        {"record_id": str(n), "family_name": "PEREZ SOTO", "given_names": "ANA LUCIA"}
        for n in range(3)
    ]
    people = cleaned(
        earm=known,
        vor=[
            {"record_id": "1", "child_name": "Ana Lucía Pérez Soto", "sponsor_name": None},
            {"record_id": "2", "child_name": "PEREZ SOTO ANA", "sponsor_name": None},
            {"record_id": "3", "child_name": "Perez, Ana Lucia", "sponsor_name": None},
        ],
    )
    assert {(p["family_1"], p["given_1"]) for p in people} == {("PEREZ", "ANA")}


def test_what_else_was_delivered_does_not_change_how_a_name_is_cut():
    alone = [{"record_id": "1", "child_name": "ANA LUCIA PEREZ SOTO", "sponsor_name": None}]
    others = [
        {"record_id": str(n), "family_name": "ANA LUCIA", "given_names": "PEREZ"} for n in range(9)
    ]
    [person] = cleaned(vor=alone)
    [beside] = [each for each in cleaned(vor=alone, earm=others) if each["table"] == "vor"]
    assert person == beside
    assert (person["family_name"], person["given_names"]) == ("PEREZ SOTO", "ANA LUCIA")


def test_a_lexicon_leans_as_its_words_are_used():
    connection = a_store(
        earm=[
            {"record_id": "1", "family_name": "Perez", "given_names": "Ana"},
            {"record_id": "2", "family_name": "Perez Martin", "given_names": "Ana"},
            {"record_id": "3", "family_name": "Anna", "given_names": "Martin"},
        ]
    )
    state(connection)
    uses = WordUses()
    uses.count(connection)
    lexicon = uses.lexicon()
    assert list(lexicon) == ["ANA", "ANNA", "MARTIN", "PEREZ"]
    assert lexicon["PEREZ"] < lexicon["ANNA"] < lexicon["MARTIN"] == 0 < lexicon["ANA"]


@pytest.mark.parametrize(
    ("written", "day", "month", "placeholder"),
    [
        ("2007-03-04", "2007-03-04", "2007-03", False),
        ("2007-01-01", "2007-01-01", "2007-01", True),
        ("3/2007", None, "2007-03", False),
        (None, None, None, False),
    ],
)
def test_a_birth_date_says_as_much_as_was_written(written, day, month, placeholder):
    [person] = cleaned(
        eoir_case=[{"idncase": "1", "name": "LOPEZ, ANA", "c_birthdate": written, "nat": "GT"}]
    )
    assert person["birth_month"] == month
    assert (person["date_of_birth"] and str(person["date_of_birth"])) == day
    assert person["birth_is_placeholder"] is placeholder


def test_el_salvador_is_one_country_though_eoir_writes_es():
    people = cleaned(
        eoir_case=[{"idncase": "1", "name": "LOPEZ, ANA", "nat": "ES"}],
        earm=[
            {"record_id": str(n), "family_name": "LOPEZ", "country_of_birth": written}
            for n, written in enumerate(("El Salvador", "SLV", "SV", "ELS"))
        ],
    )
    assert {person["country"] for person in people} == {"SV"}


def test_a_court_case_without_name_or_number_is_nobody_and_counted():
    connection = a_store(eoir_case=[{"idncase": "1", "nat": "GT"}])
    counted = clean(connection, load_models().lexicon)
    assert counted.nameless == 1
    assert connection.execute("SELECT count(*) FROM people").fetchall() == [(0,)]


def test_a_release_to_foster_care_has_no_sponsor():
    people = cleaned(orr_release=[{"record_id": "1", "last_name": "LOPEZ", "first_name": "ANA"}])
    assert [person["role"] for person in people] == ["CHILD"]


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet="Aa0123456789 -.#x", max_size=14))
def test_the_a_number_in_sql_is_the_a_number_in_python(words, written):
    assert words.execute("SELECT an_a_number($1)", [written]).fetchall() == [(a_number(written),)]
