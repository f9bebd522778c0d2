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
from tests.api.conftest import EVERYBODY, PATIENT
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
def served(served_settings: Settings, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A demo as `serve --demo` serves it, but for the graph."""
    home = tmp_path_factory.mktemp("demo")
    (home / "store" / "deliveries" / "000001-aaaa").mkdir(parents=True)
    note_made(home, {"aaaa"})
    issuer = demo_issuer(Settings(home=home, neo4j_uri=None), PATIENT, "127.0.0.1")
    admits = Identity([issuer.issuer], read=lambda _: issuer.published)
    with serving(create_app(served_settings, PATIENT, admits=admits, demo=issuer)) as address:
        yield address


@pytest.fixture(scope="module")
def seen(served: str, tmp_path_factory: pytest.TempPathFactory) -> Seen:
    return look(served, tmp_path_factory.mktemp("browser"))


def look(served: str, folder: Path) -> Seen:
    if CHROMIUM is None:
        pytest.fail("No Chromium here: install it to look at the explorer in a browser.")
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


def test_in_a_demo_one_is_signed_in_and_may_ask(served: str, seen: Seen):
    assert "Signed in for an hour" in seen.page
    assert {f"{served}/demo/roles", f"{served}/demo/tokens"} <= seen.asked
    # What a refused introspection would show beside the editor.
    assert "UNAUTHENTICATED" not in seen.page
    assert "FORBIDDEN" not in seen.page


def test_the_page_asks_this_server_alone_and_misses_nothing(served: str, seen: Seen):
    assert f"{served}/graphql" in seen.asked
    assert {address for address in seen.asked if not address.startswith(f"{served}/")} == set()
    assert seen.console == []


def test_elsewhere_the_page_waits_for_a_token_and_asks_nothing_before(
    served_settings: Settings, tmp_path: Path
):
    app = create_app(served_settings, PATIENT, admits=EVERYBODY)
    with serving(app) as address:
        seen = look(address, tmp_path)
    assert "Put a token of your sign-in above" in seen.page
    assert "graphiql-container" not in seen.page
    assert {one for one in seen.asked if not one.startswith(f"{address}/explorer/")} == set()
    assert seen.console == []
