"""The explorer as a browser shows it, in one that can reach this machine alone."""

import json
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from api.app import create_app
from api.explorer import examples
from api.identity.admitting import Identity
from api.identity.demo import demo_issuer, note_made
from graph.settings import Settings
from tests.api.conftest import EVERYBODY, PATIENT, TODAY
from tests.serving import serving

CHROMIUM = shutil.which("chromium")
QUIETLY = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-sync",
    "--disable-background-networking",
    "--disable-component-update",
    "--window-size=1400,900",
    "--enable-logging=stderr",
    "--virtual-time-budget=20000",
]
ALONE = "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"


@dataclass(frozen=True)
class Seen:
    """What the browser made of the page: its elements, its console, and what it asked of whom."""

    page: str
    console: list[str]
    asked: set[str]


@pytest.fixture(scope="module")
def served(served_settings: Settings) -> Iterator[str]:
    with serving(
        create_app(served_settings, PATIENT, admits=EVERYBODY, clock=lambda: TODAY)
    ) as address:
        yield address


@pytest.fixture(scope="module")
def seen(served: str, tmp_path_factory: pytest.TempPathFactory) -> Seen:
    if CHROMIUM is None:
        pytest.fail("No Chromium here: install it to look at the explorer in a browser.")
    folder = tmp_path_factory.mktemp("browser")
    told = browse(CHROMIUM, f"{served}/graphql", folder, f"--log-net-log={folder / 'net.json'}")
    console = [line for line in told.stderr.splitlines() if ":CONSOLE" in line]
    return Seen(told.stdout, console, requests_of(served, folder / "net.json"))


def browse(chromium: str, url: str, folder: Path, *more: str) -> subprocess.CompletedProcess[str]:
    profile = f"--user-data-dir={folder / 'profile'}"
    command = [chromium, *QUIETLY, ALONE, profile, *more, "--dump-dom", url]
    return subprocess.run(command, capture_output=True, text=True, timeout=120, check=True)


def requests_of(page: str, log: Path) -> set[str]:
    """The addresses that the page itself asked for, as the browser's network log has them."""
    events = json.loads(log.read_text())["events"]
    started = [event["params"] for event in events if "initiator" in event.get("params", {})]
    return {one["url"] for one in started if one["initiator"] == page}


def test_graphiql_is_there_with_a_tab_for_each_example(seen: Seen):
    assert "graphiql-container" in seen.page
    assert seen.page.count('class="graphiql-tab') >= len(examples())
    assert "Error fetching schema" not in seen.page


@pytest.fixture(scope="module")
def in_the_demo(
    served_settings: Settings, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[str]:
    """A demo as `serve --demo` serves it, but for the graph."""
    home = tmp_path_factory.mktemp("demo")
    (home / "store" / "deliveries" / "000001-aaaa").mkdir(parents=True)
    note_made(home, {"aaaa"})
    issuer = demo_issuer(Settings(home=home, neo4j_uri=None), PATIENT, "127.0.0.1")
    admits = Identity([issuer.issuer], read=lambda _: issuer.published)
    with serving(create_app(served_settings, PATIENT, admits=admits, demo=issuer)) as address:
        yield address


def test_in_a_demo_one_is_signed_in_and_the_schema_is_there(
    in_the_demo: str, tmp_path_factory: pytest.TempPathFactory
):
    assert CHROMIUM is not None
    folder = tmp_path_factory.mktemp("browser")
    log = f"--log-net-log={folder / 'net.json'}"
    told = browse(CHROMIUM, f"{in_the_demo}/graphql", folder, log)
    assert "Signed in for an hour" in told.stdout
    assert [line for line in told.stderr.splitlines() if ":CONSOLE" in line] == []
    assert told.stdout.count("graphiql-tab ") >= 1
    # What a refused or missing introspection would show beside the editor.
    assert "UNAUTHENTICATED" not in told.stdout
    assert "FORBIDDEN" not in told.stdout
    asked = requests_of(in_the_demo, folder / "net.json")
    assert {f"{in_the_demo}/demo/roles", f"{in_the_demo}/demo/tokens"} <= asked
    assert {address for address in asked if not address.startswith(f"{in_the_demo}/")} == set()


def test_the_page_asks_this_server_alone_and_misses_nothing(served: str, seen: Seen):
    assert f"{served}/graphql" in seen.asked
    assert {address for address in seen.asked if not address.startswith(f"{served}/")} == set()
    assert seen.console == []
