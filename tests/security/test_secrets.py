"""No secret stands where somebody else of this machine, or who reads logs or answers, would see it."""

import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import httpx
import psutil  # type: ignore[import-untyped]
import pytest

from graph import embedded
from graph.connection import Endpoint, opened
from graph.embedded.java import INHERITED, LOCALE
from graph.migrate import migrate
from graph.settings import Settings
from tests.api.attacking import Victim, served_apart

OTHERS = "hunter2-of-somebody-else"


@dataclass(frozen=True)
class Installation:
    """A local Neo4j, a server before it, and all that they wrote."""

    settings: Settings
    uri: str
    database: psutil.Process
    victim: Victim
    told: Path

    @property
    def secret(self) -> str:
        return embedded.password(self.settings)

    def written(self) -> Iterator[Path]:
        """Every file of the installation, but the one that keeps the password and the databases."""
        yield self.told
        for file in self.settings.home.rglob("*"):
            if file.is_file() and file.relative_to(self.settings.home).parts[:2] != (
                "neo4j",
                "data",
            ):
                yield file


@pytest.fixture(scope="module")
def installation(tmp_path_factory) -> Iterator[Installation]:
    settings = Settings(home=tmp_path_factory.mktemp("home"), neo4j_uri=None)
    told = tmp_path_factory.mktemp("told") / "told"
    with pytest.MonkeyPatch.context() as patched:
        for name in ("OTEL_EXPORTER_OTLP_HEADERS", "AWS_SECRET_ACCESS_KEY", "NEO4J_PASSWORD"):
            patched.setenv(name, OTHERS)
        running = embedded.start(settings, stays=True)
    try:
        with opened(Endpoint(running.uri, "neo4j", embedded.password(settings))) as door:
            migrate(door)
        file = settings.home.parent / "password"
        file.touch(mode=0o600)
        file.write_text(embedded.password(settings))
        served = settings.model_copy(update={"neo4j_uri": running.uri, "neo4j_password_file": file})
        with told.open("wb") as log, served_apart(served, told=log, metrics=True) as victim:
            yield Installation(settings, running.uri, psutil.Process(running.pid), victim, told)
    finally:
        embedded.stop(settings)


def test_no_argument_of_any_process_holds_it(installation):
    mine = [installation.victim.process, installation.database, *psutil.process_iter()]
    seen = 0
    for process in mine:
        try:
            shown = [*process.cmdline(), process.name()]
        except psutil.Error:
            continue
        seen += 1
        assert installation.secret not in " ".join(shown)
    assert seen > 2


def test_the_database_inherits_no_secret_of_ours(installation):
    inherited = installation.database.environ()
    assert OTHERS not in " ".join(inherited.values())
    assert installation.secret not in " ".join(inherited.values())
    assert set(inherited) <= {*INHERITED, *LOCALE, "NEO4J_HOME", "NEO4J_CONF"}


def test_the_server_was_told_where_the_secret_is_and_not_the_secret(installation):
    environment = installation.victim.process.environ()
    assert "NEO4J_PASSWORD_FILE" in environment
    assert installation.secret not in " ".join(environment.values())


def test_no_answer_holds_it_nor_keeps_anything_a_token(installation):
    asked = [
        ("GET", "/health", None), ("GET", "/ready", None), ("GET", "/metrics", None),
        ("POST", "/graphql", {"query": "{ __typename }"}),
        ("POST", "/graphql", {"query": "{ nobody }"}),
        ("POST", "/graphql", {"query": '{ child(id: "\\u0000") { id } }'}),
        ("POST", "/graphql", {"query": "{ __schema { types { name fields { name } } } }"}),
    ]  # fmt: skip
    who = installation.victim.sign_ins.headers(sub="H-17")
    token = who["Authorization"].partition(" ")[2]
    url = installation.victim.url
    for method, path, body in asked:
        for headers in (who, {**who, "Authorization": f"Bearer {token}x"}, {}):
            answer = httpx.request(method, url + path, json=body, headers=headers, timeout=60)
            told = f"{answer.text} {answer.headers}"
            assert installation.secret not in told
            assert token not in told
    for file in installation.written():
        assert token.encode() not in file.read_bytes(), file


def test_no_log_and_no_configuration_holds_it(installation):
    files = list(installation.written())
    assert any(file.name == "neo4j.conf" for file in files)
    assert any(file.suffix == ".log" for file in files)
    for file in files:
        assert installation.secret.encode() not in file.read_bytes(), file


def test_the_key_of_the_audit_is_in_no_other_file(installation):
    victim = installation.victim
    asked = {"query": "{ __typename }"}  # the key is made with the first digest
    httpx.post(f"{victim.url}/graphql", json=asked, headers=victim.sign_ins.headers(sub="H-17"))
    file = installation.settings.home / "audit" / "key"
    key = file.read_bytes().strip()
    assert file.stat().st_mode & 0o077 == 0
    for other in installation.written():
        if other != file:
            assert key not in other.read_bytes(), other


def test_what_keeps_it_is_its_owners_alone(installation):
    folder = installation.settings.home / "neo4j"
    assert (folder / "data" / "password").stat().st_mode & 0o077 == 0
    for inner in (folder, folder / "data", folder / "conf", folder / "logs"):
        assert inner.stat().st_mode & 0o077 == 0


@pytest.mark.parametrize("command", [["serve"], ["migrate"], ["neo4j", "status"], ["link"]])
def test_a_command_that_fails_for_it_does_not_tell_it(installation, command, tmp_path):
    wrong = "hunter2-wrong-password"
    environment = os.environ | {
        "SPONSORGRAPH_HOME": str(tmp_path),
        "NEO4J_URI": installation.uri,
        "NEO4J_PASSWORD": wrong,
        **installation.victim.sign_ins.environment,
    }
    done = subprocess.run(
        [sys.executable, "-m", "api", *command],
        env=environment, capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip
    assert done.returncode != 0
    assert wrong not in done.stdout + done.stderr
    assert "NEO4J_PASSWORD" in done.stderr
