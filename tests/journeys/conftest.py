"""The demo as a newcomer gets it: the real command, its own home, real HTTP."""

import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import httpx
import pytest

from graph.connection import Door
from tests.journeys.worlds import Worlds

COMMAND = (sys.executable, "-m", "api")
SECONDS_TO_BE_SERVED = 900  # on a machine that fetches Neo4j first, and does other things besides


@dataclass
class Installation:
    """A home with the demo in it, served."""

    home: Path
    url: str

    def ask(self, query: str) -> Any:
        """The answer to a caseworker, signed in as the README says."""
        answer = httpx.post(
            f"{self.url}/graphql", json={"query": query}, headers=self.signed_in, timeout=60
        )
        return answer.json()

    @cached_property
    def signed_in(self) -> dict[str, str]:
        headers: dict[str, str] = self.run(
            "token", "--role", "ORR_CASEWORKER", "--purpose", "CASE_MANAGEMENT"
        )
        return headers

    def run(self, *arguments: str) -> Any:
        """A command with `--json`, and what it answered."""
        command = (*COMMAND, *arguments, "--json")
        done = subprocess.run(command, env=_environment(self.home), capture_output=True, check=True)
        return json.loads(done.stdout)


@pytest.fixture(scope="session")
def worlds(tmp_path_factory: pytest.TempPathFactory, shared_door: Door) -> Worlds:
    """The linked worlds that several tests begin with."""
    return Worlds(tmp_path_factory.mktemp("worlds"), shared_door)


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    """`sponsorgraph demo --serve`, until the session ends."""
    home, port = tmp_path_factory.mktemp("demo"), _free_port()
    command = (*COMMAND, "demo", "--serve", "--port", str(port))
    log = home / "demo.log"
    with log.open("wb") as output:
        served = subprocess.Popen(command, env=_environment(home), stdout=output, stderr=output)
        try:
            installation = Installation(home, f"http://127.0.0.1:{port}")
            _wait_until_ready(installation, served, log)
            yield installation
        finally:
            served.terminate()
            served.wait(60)


def _wait_until_ready(installation: Installation, served: subprocess.Popen[bytes], log: Path):
    end = time.monotonic() + SECONDS_TO_BE_SERVED
    while time.monotonic() < end and served.poll() is None:
        try:
            if httpx.get(f"{installation.url}/ready").status_code == httpx.codes.OK:
                return
        except httpx.TransportError:
            time.sleep(0.5)
    pytest.fail(f"the demo was not served: {log.read_text()[-2000:]}")


def _environment(home: Path) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("NEO4J_")}
    # A large statement that is new to it takes Neo4j seconds to plan, many on a busy machine.
    patient = {"SPONSORGRAPH_API_SECONDS_TO_ANSWER": "60"}
    return {**kept, **patient, "SPONSORGRAPH_HOME": str(home)}


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])
