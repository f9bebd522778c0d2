"""Versions of the models: which is in use, what another would change, and back again."""

import json
import shutil
from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path
from typing import Any

import duckdb
import pytest

from graph.errors import SponsorgraphError, UsageError
from graph.vocabulary.evidence import IdentityEventKind
from graph.writes.runs import Published
from linkage.demo import generate
from linkage.intake.ingest import ingest
from linkage.link import Linked, link
from linkage.model.frozen import load_models
from linkage.model.thresholds import CHILD
from linkage.model.versions import SHIPPED, folders, in_use, new_folder, undo, use
from linkage.models_apart import difference
from linkage.publishing.runs import Plan, folder_of
from linkage.workings import open_workings

OURS = load_models().version
STRICT = "strict"
LINK_FROM = 16.0
FILES = ("child.json", "sponsor.json", "frequencies.csv", "lexicon.csv", "card.json")


def a_version(models: Path, version: str, link_from: float = LINK_FROM, folder: str = "") -> None:
    """The shipped models under another name and with other bands."""
    into = models / (folder or version)
    into.mkdir(parents=True, exist_ok=True)
    for name in FILES:
        shutil.copyfile(SHIPPED / name, into / name)
    card = json.loads((into / "card.json").read_text()) | {"version": version}
    for bands in card["bands"].values():
        bands |= {"link": link_from, "stay": link_from}
    (into / "card.json").write_text(json.dumps(card))


@pytest.fixture
def models(tmp_path: Path) -> Path:
    a_version(tmp_path / "models", STRICT)
    return tmp_path / "models"


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with a strict version beside the shipped one, linked three times: switched and back."""
    home = tmp_path_factory.mktemp("home")
    made = generate(150, 9, home / "demo", noise=2)
    ingest(home, [made.deliveries])
    a_version(home / "models", STRICT)
    linked(home, 1)
    use(home / "models", STRICT)
    linked(home, 2)
    undo(home / "models")
    linked(home, 3)
    return home


def linked(home: Path, run: int) -> Linked:
    folder, elder = folder_of(home, run), folder_of(home, run - 1)
    folder.prepare()
    with open_workings(folder.linked, elder.linked if run > 1 else None) as connection:
        done = link(connection, home, models=home / "models", run=run)
        connection.execute(
            "CREATE OR REPLACE TABLE failed_to_appear AS"
            " SELECT DISTINCT identity_id AS child FROM identities WHERE role = 'CHILD'"
        )
    folder.commit(Plan(run, str(run), Published(run - 1, ""), [], 1, []))
    return done


def asked(
    home: Path, run: int, question: str, parameters: Sequence[str] = ()
) -> list[tuple[Any, ...]]:
    with duckdb.connect(str(folder_of(home, run).linked), read_only=True) as connection:
        return connection.execute(question, parameters).fetchall()


def identities(home: Path, run: int) -> list[tuple[Any, ...]]:
    return asked(home, run, "SELECT role, record_key, identity_id FROM identities ORDER BY ALL")


def test_the_shipped_models_link_until_others_are_switched_to(models):
    assert list(folders(models)) == [OURS, STRICT]
    assert in_use(models).version == load_models(models).version == OURS
    assert in_use(None).version == OURS


def test_a_switch_is_remembered_and_undone_step_by_step(models):
    a_version(models, "third")
    use(models, STRICT)
    use(models, "third")
    assert load_models(models).version == "third"
    assert undo(models).version == STRICT
    assert undo(models).version == OURS
    with pytest.raises(UsageError, match="Nothing to undo"):
        undo(models)


def test_only_a_version_that_is_there_and_not_in_use_is_switched_to(models):
    with pytest.raises(UsageError, match="no models 2031"):
        use(models, "2031")
    with pytest.raises(UsageError, match="in use already"):
        use(models, OURS)
    assert not (models / "in_use.json").exists()


def test_no_version_is_overwritten_and_none_leaves_its_folder(models):
    for version in (OURS, STRICT, "../elsewhere", "", ".hidden"):
        with pytest.raises(UsageError):
            new_folder(models, version)
    assert new_folder(models, "2031-01-a") == models / "2031-01-a"


def test_bands_are_a_models_own_and_make_it_another(models):
    strict = load_models(models, STRICT)
    assert strict.child_bands.link == LINK_FROM
    assert load_models(models).child_bands == CHILD
    assert strict.fingerprint != load_models(models).fingerprint


def test_a_home_whose_files_stand_directly_among_its_models_goes_by_them(tmp_path):
    a_version(tmp_path, "of-old", folder=".")
    assert load_models(tmp_path).version == in_use(tmp_path).version == "of-old"
    use(tmp_path, OURS)
    assert load_models(tmp_path).version == OURS
    assert undo(tmp_path).version == "of-old"


def test_models_that_cannot_be_read_say_what_to_do(models):
    use(models, STRICT)
    (models / STRICT / "child.json").write_text("{")
    with pytest.raises(SponsorgraphError, match="train them again"):
        load_models(models)
    shutil.rmtree(models / STRICT)
    with pytest.raises(SponsorgraphError, match="no models strict"):
        load_models(models)


def test_after_a_switch_and_back_every_record_is_whose_it_was(home):
    assert identities(home, 2) != identities(home, 1)
    assert identities(home, 3) == identities(home, 1)


def test_every_id_that_other_models_gave_leads_to_somebody(home):
    bearers = {identity for _, _, identity in identities(home, 3)}
    heirs = dict(asked(home, 3, "SELECT id, heir FROM ids_left"))
    for _, _, identity in identities(home, 2):
        assert heirs.get(identity, identity) in bearers


def test_the_difference_is_what_the_switch_then_makes_and_changes_nothing(home):
    file = folder_of(home, 3).linked
    before = sha256(file.read_bytes()).digest()

    found = difference(home, OURS, STRICT)

    assert sha256(file.read_bytes()).digest() == before
    assert in_use(home / "models").version == OURS
    children = asked(
        home, 2, "SELECT count(DISTINCT identity_id) FROM identities WHERE role = 'CHILD'"
    )
    assert found.identities["CHILD"][1] == children[0][0]
    assert {change.kind for change in found.changes} >= {IdentityEventKind.SPLIT}
    moved = {(record, was) for change in found.changes for record, was, _ in change.moves}
    once = {(record, identity) for _, record, identity in identities(home, 1)}
    assert moved <= once


def test_a_child_who_failed_to_appear_and_would_change_is_told_of(home):
    found = difference(home, OURS, STRICT)
    changed = {
        child for change in found.changes if change.role == "CHILD" for child in change.before
    }
    assert {each.child for each in found.follow_ups} == changed


def test_a_version_differs_in_nothing_from_itself(home):
    found = difference(home, OURS, OURS)
    assert (found.changes, found.follow_ups) == ([], [])
