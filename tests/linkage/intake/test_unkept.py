"""What this system must not know is not kept, whoever delivers it and whatever they call it."""

import re
from enum import Enum
from pathlib import Path

import pytest

import api
import graph.vocabulary
from graph.vocabulary import agencies, court, evidence, people, places, viewers
from linkage.intake.unkept import is_never_kept
from linkage.records import columns, written
from linkage.sources import MODELS
from tests.linkage.deliveries import deliver, stored

NEVER = [
    *("fingerprint_id", "Fingerprints", "FINGER-PRINT", "biometricHash", "DNA", "dna_sample_no"),
    *("Iris scan", "facial recognition id", "huellas", "Palm Print", "retina_scan"),
    *("immigration_status", "ImmigrationStatus", "Imm. legal status", "LAWFUL_STATUS"),
    *("Estatus migratorio", "situación inmigratoria", "visa status", "Undocumented?"),
    *("sponsor_status", "Sponsor's citizenship", "SPONSOR_ALIEN_NO", "sponsorANumber"),
    *("household_member_nationality", "Sponsor Immig. Stat(us)", "green card"),
]
KEPT = [
    *("status", "appearance_status", "Initials", "note", "sponsor_state", "sponsor_estado"),
    *("sponsor_phone", "sponsor_relationship_to_uac", "nationality", "country_of_birth"),
    *("registered_on", "case status", "sponsor_category", "release_status"),
]


@pytest.mark.parametrize("name", NEVER)
def test_such_a_column_is_never_kept(name):
    assert is_never_kept(name)


@pytest.mark.parametrize("name", KEPT)
def test_an_ordinary_column_is_kept(name):
    assert not is_never_kept(name)


def test_a_delivered_fingerprint_or_status_is_kept_nowhere_and_named_in_the_report(tmp_path):
    outcome = deliver(
        tmp_path / "home",
        "record_id,last_name,first_name,Sponsor Immigration Status,fingerprint_id,Ward\n"
        "1,Lopez,Ana,UNLAWFUL-1234,FP-1234,7\n",
        "orr_release",
        source="ORR",
    )
    assert outcome.never_kept_columns == ["Sponsor Immigration Status", "fingerprint_id"]
    assert outcome.extra_columns == ["Ward"]
    [(extra,)] = stored(tmp_path / "home", "orr_release", "extra")
    assert extra == {"Ward": "7"}
    kept = [file for file in (tmp_path / "home").rglob("*") if file.is_file()]
    assert kept
    assert not [file for file in kept if b"1234" in file.read_bytes()]


def test_a_worksheet_cannot_call_it_a_note(tmp_path):
    outcome = deliver(
        tmp_path / "home",
        "A#,Name,Imm. Status\nA000000001,Ana,x\n",
        "worksheet",
        mapping={"A#": "a_number", "Name": "name", "Imm. Status": "note"},
    )
    assert outcome.refused == (
        "the manifest maps the column Imm. Status, which is never kept: take it out"
    )


@pytest.mark.parametrize("model", MODELS, ids=lambda model: str(model.table))
def test_no_table_that_is_read_has_such_a_column(model):
    assert not [name for name in columns(model) if is_never_kept(name)]
    assert not [name for name in columns(model) if is_never_kept(written(model, name))]


WORDS = re.compile(r"[A-Za-z][A-Za-z0-9]*")


def test_no_field_type_or_value_of_the_schema_is_called_so():
    schema = (Path(api.__file__).parent / "schema.graphql").read_text("utf-8")
    bare = re.sub(r'"""[\s\S]*?"""', "", schema)
    assert not [word for word in WORDS.findall(bare) if is_never_kept(word)]


def test_no_word_of_the_vocabulary_is_called_so():
    assert Path(graph.vocabulary.__file__)
    modules = (agencies, court, evidence, people, places, viewers)
    words = [
        name
        for module in modules
        for one in vars(module).values()
        if isinstance(one, type) and issubclass(one, Enum)
        for name in one.__members__
    ]
    assert len(words) > 100
    assert not [word for word in words if is_never_kept(word)]
