"""Dumps: whole or not at all, and a damaged one harms nothing."""

import hashlib
import json
import shutil
from pathlib import Path

import pytest
from typer.testing import CliRunner

from graph import embedded
from graph.cli import neo4j_app
from graph.connection import Endpoint, connected
from graph.embedded.home import home_of
from graph.errors import EmbeddedServerError, ServerInUseError, UsageError
from graph.settings import Settings


@pytest.fixture(scope="module")
def original(tmp_path_factory: pytest.TempPathFactory, settings: Settings) -> Settings:
    """An installation with one child in its graph."""
    original = settings.model_copy(update={"home": tmp_path_factory.mktemp("original")})
    with connected(original) as door:
        door.driver.execute_query("CREATE (:Child {id: 'ch_kept'})", database_=door.database)
    return original


@pytest.fixture(scope="module")
def dumped(tmp_path_factory: pytest.TempPathFactory, original: Settings) -> Path:
    folder = tmp_path_factory.mktemp("dumps") / "graph"
    said = CliRunner().invoke(neo4j_app, ["dump", str(folder)], obj=original)
    assert said.exit_code == 0, said.output
    return folder


def damaged(dumped: Path, folder: Path, *, and_its_checksum: bool = False) -> Path:
    """A copy with one byte in its middle turned."""
    shutil.copytree(dumped, folder)
    graph = folder / "neo4j.dump"
    content = bytearray(graph.read_bytes())
    content[len(content) // 2] ^= 0xFF
    graph.write_bytes(content)
    if and_its_checksum:
        contents = json.loads((folder / "dump.json").read_text())
        contents["sha256"]["neo4j.dump"] = hashlib.sha256(content).hexdigest()
        (folder / "dump.json").write_text(json.dumps(contents))
    return folder


def test_a_dump_is_for_its_owner_alone(dumped: Path):
    assert dumped.stat().st_mode & 0o077 == 0
    assert {file.name for file in dumped.iterdir()} == {
        "neo4j.dump",
        "system.dump",
        "password",
        "dump.json",
    }


def test_a_dump_replaces_no_folder(original: Settings, dumped: Path):
    with pytest.raises(UsageError, match="exists"):
        embedded.dump(original, dumped)


def test_a_graph_in_use_by_another_command_is_not_dumped(
    neo4j: Endpoint, settings: Settings, tmp_path: Path
):
    with pytest.raises(ServerInUseError):
        embedded.dump(settings, tmp_path / "dump")
    assert not list(tmp_path.iterdir())


def test_a_graph_is_not_replaced_unless_asked(original: Settings, dumped: Path):
    with pytest.raises(UsageError, match="--force"):
        embedded.load(original, dumped)


def test_a_folder_that_is_no_dump_is_refused(original: Settings, tmp_path: Path):
    with pytest.raises(UsageError, match="not a whole dump"):
        embedded.load(original, tmp_path, force=True)


def test_a_damaged_dump_is_refused_before_anything_is_touched(
    original: Settings, dumped: Path, tmp_path: Path
):
    with pytest.raises(UsageError, match=r"neo4j\.dump is damaged"):
        embedded.load(original, damaged(dumped, tmp_path / "copy"), force=True)


def test_a_dump_that_neo4j_refuses_leaves_the_graph_as_it_was(
    original: Settings, dumped: Path, tmp_path: Path
):
    before = embedded.password(original)
    wrong = damaged(dumped, tmp_path / "copy", and_its_checksum=True)
    with pytest.raises(EmbeddedServerError, match="nothing was changed"):
        embedded.load(original, wrong, force=True)
    assert embedded.password(original) == before
    assert home_of(original).has_databases
    assert not (home_of(original).root / "loading").exists()


def test_a_graph_comes_back_in_another_home_under_another_password(
    original: Settings, dumped: Path, tmp_path: Path
):
    copy = original.model_copy(update={"home": tmp_path / "copy"})
    said = CliRunner().invoke(neo4j_app, ["load", str(dumped)], obj=copy)
    assert said.exit_code == 0, said.output
    with connected(copy) as door:
        found = door.driver.execute_query("MATCH (c:Child) RETURN c.id AS id").records
    assert [row["id"] for row in found] == ["ch_kept"]
    assert embedded.password(copy) != embedded.password(original)
