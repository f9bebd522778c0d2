"""A selection becomes one statement made of constants."""

import re
from itertools import product

import pytest

from graph.projection import project
from graph.selection import Asked, UnanswerableError, Wanted
from graph.shapes import ROOTS, SHAPES, Page, Relation, Scalar
from graph.shapes.admission import Admission
from graph.sharing import Viewer
from graph.statement import withheld_tables
from graph.vocabulary.evidence import SharingClass
from tests.api.world import DAY

NAME = Wanted("fullName")


def child(*fields, call=0, given=("id",)):
    return Wanted("child", {"Child": tuple(fields)}, call, frozenset(given))


def test_the_statement_binds_the_published_run_first_and_lists_fields_in_their_order():
    text = project("child", child(Wanted("id"), Wanted("sex"))).text
    assert text.startswith("CYPHER 25 MATCH (publication:Publication {id: 'graph'})")
    assert text.endswith("RETURN [child_1.id, biographics_1.sex] }")
    assert "{id: $a0_id}" in text


def test_only_whoever_has_something_withheld_pays_for_asking_who_says_it():
    wanted = child(Wanted("id"), Wanted("sex"), Wanted("aNumbers"))
    assert "$withheld" not in project("child", wanted).text
    asked = project("child", wanted, Admission(withholds=True)).text
    assert "biographics_1.sexFrom WHERE NOT of_class IN $withheld" in asked
    assert "biographics_1.aNumbersFrom[nth]" in asked


def test_a_things_clause_is_added_only_when_a_wanted_field_needs_it():
    sponsor = Wanted("sponsor", {"Sponsor": (Wanted("id"),)}, call=1)
    assert "SponsorBiographics" not in project("child", child(sponsor)).text
    named = Wanted("sponsor", {"Sponsor": (NAME,)}, call=1)
    assert project("child", child(named)).text.count("SponsorBiographics") == 1


def test_a_thing_within_a_thing_of_its_kind_keeps_names_apart():
    inner = Wanted("children", {"Child": (NAME,)}, call=2)
    sponsor = Wanted("sponsor", {"Sponsor": (NAME, inner)}, call=1)
    text = project("child", child(NAME, sponsor)).text
    declared = re.findall(r"\((\w+):(?:Child|Sponsor|ChildBiographics|SponsorBiographics)\b", text)
    assert len(declared) == len(set(declared))


def test_a_value_from_outside_is_only_ever_a_parameter():
    statement = project("child", child(NAME), Admission(withholds=True))
    asked = Asked(Viewer("t", frozenset({SharingClass.COURT})), DAY)
    hostile = "x'}) DETACH DELETE n //"
    assert statement.parameters([{"id": hostile}], asked) == {
        "a0_id": hostile,
        "withheld": ["COURT"],
        "withheldTables": withheld_tables(asked.viewer),
    }
    assert hostile not in statement.text


def test_a_statement_is_told_the_viewers_rules_that_it_asks_for():
    records = Wanted("records", {"RecordConnection": ()}, call=1)
    statement = project("child", child(records))
    asked = Asked(Viewer("t", frozenset({SharingClass.COURT})), DAY)
    tables = ["eoir_case", "eoir_proceeding", "eoir_schedule", "eoir_juvenile"]
    parameters = statement.parameters([{"id": "child_1"}, {}], asked)
    assert parameters["withheldTables"] == tables
    assert not {"scopes", "viewer", "now"} & set(parameters)


def test_a_child_is_found_by_exactly_one_of_id_and_a_number():
    for given in ((), ("id", "aNumber")):
        with pytest.raises(UnanswerableError, match="exactly one"):
            project("child", child(NAME, given=given))


def test_every_relation_that_says_who_says_so_asks_whether_it_may_be_seen():
    """A fact's relation without `visible`, or another's without `holds`, would leak a run."""
    facts = re.compile(r"\[(\w+):(?:RELEASED_TO|LIVES_AT|REPORTS)")
    others = re.compile(
        r"\[(\w+):(?:HAS_BIOGRAPHICS|HAS_HEARING|DESCRIBES|HAS_EVIDENCE|REDIRECTS_TO|HEEDED)"
    )
    for name, text in _texts():
        for fact in facts.findall(text):
            asked = re.search(rf"(?:visible|told)\({fact}[:)]", text)
            assert asked or f"{fact}.runFrom" in text, name
        for relation in others.findall(text):
            assert f"holds({relation})" in text or f"{relation}.runFrom" in text, name


def _of_all_pages(text):
    pages = (Page(*flags) for flags in product((False, True), repeat=3))
    return text if isinstance(text, str) else " ".join(text(page) for page in pages)


def _texts():
    for name, root in ROOTS.items():
        texts = [root.match, *root.by.values(), *root.instead.values(), *root.given.values()]
        yield name, " ".join(map(_of_all_pages, texts))
    for shape in SHAPES.values():
        for need in shape.needs.values():
            yield shape.name, need
        if shape.makes:
            yield shape.name, shape.makes.text
        for name, field in shape.fields.items():
            if isinstance(field, Relation):
                for text in (field.match, *field.instead.values()):
                    yield f"{shape.name}.{name}", _of_all_pages(text)
            elif isinstance(field, Scalar):
                yield f"{shape.name}.{name}", field.text
