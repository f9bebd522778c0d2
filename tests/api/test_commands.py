"""The command line as a shell sees it: what it prints, where, and the status it leaves with."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from api.cli import Commands, app

HEADER = "record_id,a_number,family_name,given_names\n"


def sponsorgraph(home: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("NEO4J_")}
    return subprocess.run(
        [sys.executable, "-m", "api", *arguments],
        env={**kept, "SPONSORGRAPH_HOME": str(home)},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture
def delivery(tmp_path: Path) -> Path:
    """One good file with one bad row, and one that lacks a column it needs."""
    folder = tmp_path / "delivery"
    folder.mkdir()
    rows = "1,A000000001,Lopez,Ana\n,A000000002,Perez,Eva\n"
    (folder / "earm.csv").write_text(HEADER + rows)
    (folder / "planet.csv").write_text("record_id,a_number\n1,A000000001\n")
    named = [
        {"source": "EARM", "as_of": "2024-06-30", "files": {"earm": "earm.csv"}},
        {"source": "PLANET", "as_of": "2024-06-30", "files": {"planet": "planet.csv"}},
    ]
    (folder / "manifest.json").write_text(json.dumps({"deliveries": named}))
    return folder


def test_a_path_that_is_not_there_is_said_in_one_sentence(tmp_path: Path) -> None:
    done = sponsorgraph(tmp_path / "home", "ingest", str(tmp_path / "nowhere"))

    assert done.returncode == 2
    assert done.stdout == ""
    assert "Traceback" not in done.stderr
    assert "sponsorgraph: there is no" in done.stderr


def test_a_refused_file_leaves_with_status_1_and_the_rest_is_loaded(
    tmp_path: Path, delivery: Path
) -> None:
    done = sponsorgraph(tmp_path / "home", "ingest", str(delivery), "--json")

    report = {file["table"]: file for file in json.loads(done.stdout)["files"]}
    assert done.returncode == 1
    assert (report["earm"]["new"], report["earm"]["set_aside"]) == (1, 1)
    assert "family_name" in report["planet"]["refused"]


def test_what_a_bad_row_held_is_not_printed(tmp_path: Path, delivery: Path) -> None:
    done = sponsorgraph(tmp_path / "home", "ingest", str(delivery))

    assert "1 set aside" in done.stderr
    assert not {"Perez", "Eva", "A000000002"} & set(f"{done.stdout} {done.stderr}".split())


def test_the_same_delivery_again_is_unchanged(tmp_path: Path, delivery: Path) -> None:
    sponsorgraph(tmp_path / "home", "ingest", str(delivery))

    done = sponsorgraph(tmp_path / "home", "ingest", str(delivery), "--json")

    earm = json.loads(done.stdout)["files"][0]
    assert (earm["new"], earm["changed"], earm["unchanged"]) == (0, 0, 1)


def test_one_file_needs_its_table_and_its_day(tmp_path: Path, delivery: Path) -> None:
    home, file = tmp_path / "home", str(delivery / "earm.csv")

    without = sponsorgraph(home, "ingest", file, "--table", "earm")
    with_both = sponsorgraph(home, "ingest", file, "--table", "earm", "--as-of", "2024-06-30")

    assert without.returncode == 2
    assert "--as-of" in without.stderr
    assert with_both.returncode == 0


def test_measuring_before_linking_says_what_to_run_first(tmp_path: Path) -> None:
    done = sponsorgraph(tmp_path / "home", "evaluate", str(tmp_path))

    assert done.returncode != 0
    assert "sponsorgraph link" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_demo_of_nobody_is_refused(tmp_path: Path) -> None:
    done = sponsorgraph(tmp_path / "home", "demo", "--children", "0")

    assert done.returncode == 2
    assert "Traceback" not in done.stderr


def test_the_schema_is_printed_as_it_is_committed(tmp_path: Path) -> None:
    done = sponsorgraph(tmp_path / "home", "schema")

    committed = Path(__file__).parents[2] / "api" / "schema.graphql"
    assert done.stdout.strip() == committed.read_text(encoding="utf-8").strip()


def test_every_command_can_be_learnt_from_its_help(tmp_path: Path) -> None:
    whole = sponsorgraph(tmp_path, "--help").stdout

    commands = "ingest link serve demo evaluate train models why migrate neo4j"
    for command in commands.split():
        assert command in whole
        assert CliRunner().invoke(app, [command, "--help"]).exit_code == 0


def test_help_lists_every_command_with_what_it_is_for():
    said = CliRunner().invoke(app, ["--help"], env={"COLUMNS": "200"})

    listed = {name for places in Commands.panels.values() for name in map(_name, places)}
    assert said.exit_code == 0, said.output
    assert {line.split()[1] for line in said.output.splitlines() if line.startswith("│ ")} >= listed
    assert all(panel in said.output for panel in Commands.panels)


def _name(place: str) -> str:
    return place.partition(":")[2].removesuffix("_app")


def test_a_command_that_is_misspelt_is_told_which_there_are():
    said = CliRunner().invoke(app, ["lnik"])

    assert said.exit_code == 2
    assert "'link'" in said.output


def test_a_command_waits_for_no_modules_but_its_own():
    loaded = "import sys; from api.cli import app; app(['link', '--help'], standalone_mode=False)"
    asked = f"{loaded}; print(*sys.modules, file=sys.stderr)"
    done = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True)

    modules = set(done.stderr.split())
    assert "api.commands.linking" in modules
    assert not modules & {"api.commands.serving", "graphql", "neo4j", "duckdb"}


INTERRUPTED = """
import os, signal, threading
from unittest.mock import patch
import duckdb
from api import cli
def works(**_):
    threading.Timer(0.2, os.kill, (os.getpid(), signal.SIGINT)).start()
    duckdb.execute("SELECT count(*) FROM range(100_000_000) a, range(1000) b WHERE a.range % 7 > b.range")
with patch.object(cli, "app", works):
    cli.main()
"""


def test_ctrl_c_in_the_middle_of_a_statement_ends_quietly():
    done = subprocess.run(
        [sys.executable, "-c", INTERRUPTED], capture_output=True, text=True, check=False, timeout=60
    )
    assert (done.returncode, done.stdout, done.stderr) == (130, "", "")
