"""The contestants: sponsorgraph as it is served and with its gate off, the bare driver, a peer."""

import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

import httpx
import psutil  # type: ignore[import-untyped]

from graph.connection import Endpoint
from tests.benchmarks.answers.questions import NAMES, PATH, QUESTIONS
from tests.signing import sign_ins

OURS, GATE_OFF, DRIVER, PEER = "sponsorgraph", "gate off", "bare driver", "@neo4j/graphql"
CONTESTANTS = (OURS, GATE_OFF, DRIVER, PEER)
_PEER = Path(__file__).parent / "peer"
_SECONDS_TO_START = 90


@dataclass(frozen=True)
class Running:
    """A contestant that answers at `url`; `process` and `database` are those whose CPU counts.

    `headers` sign in where somebody must: a token, and to what end.
    """

    name: str
    url: str
    process: psutil.Process
    database: psutil.Process
    headers: dict[str, str]

    def body(self, question: str, variables: dict[str, Any]) -> dict[str, Any]:
        """A request of it, as JSON."""
        asked = QUESTIONS[question]
        if self.name == DRIVER:
            return {"question": question, "variables": variables}
        return {"query": asked.peer if self.name == PEER else asked.ours, "variables": variables}


@contextmanager
def all_running(endpoint: Endpoint) -> Iterator[dict[str, Running]]:
    """Every contestant, one process each, on the same Neo4j, while the block lasts."""
    if not (_PEER / "node_modules").exists():
        npm = shutil.which("npm") or sys.exit("Install Node.js: the peer runs on it.")
        subprocess.run([npm, "install", "--no-package-lock", "--no-audit"], cwd=_PEER, check=True)
    with ExitStack() as stack:
        yield {name: stack.enter_context(_running(name, endpoint)) for name in CONTESTANTS}


@contextmanager
def _running(name: str, endpoint: Endpoint) -> Iterator[Running]:
    port, issuer = _free_port(), sign_ins(Path(mkdtemp(prefix="answers-")))
    command, url = {
        OURS: ([sys.executable, "-m", "api", "serve", "--port", str(port)], "/graphql"),
        GATE_OFF: ([sys.executable, "-m", "tests.benchmarks.answers.gate_off"], "/graphql"),
        DRIVER: ([sys.executable, "-m", "tests.benchmarks.answers.driver"], "/"),
        PEER: (["node", "server.js"], "/graphql"),
    }[name]
    environment = {
        **os.environ,
        "NODE_ENV": "production",
        "NEO4J_URI": endpoint.uri,
        "NEO4J_USER": endpoint.user,
        "NEO4J_PASSWORD": endpoint.password,
        "PATH_STATEMENT": PATH,
        "NAMES_STATEMENT": NAMES,
        "PORT": str(port),
        **issuer.environment,
        # One token stands for all clients here, and asks as no person does.
        "SPONSORGRAPH_API_MOST_OPERATIONS_A_SECOND": "0",
        "SPONSORGRAPH_API_MOST_PEOPLE_AN_HOUR": "0",
    }
    folder = _PEER if name == PEER else Path.cwd()
    with subprocess.Popen(command, env=environment, cwd=folder) as started:
        try:
            _wait_for(port, started)
            yield Running(
                name,
                f"http://127.0.0.1:{port}{url}",
                psutil.Process(started.pid),
                _database(),
                issuer.headers() if name == OURS else {},
            )
        finally:
            started.terminate()


def _database() -> psutil.Process:
    """The local Neo4j, which this process started or its home's owner did."""
    (java,) = (one for one in psutil.Process().children(recursive=True) if "java" in one.name())
    return java


def _free_port() -> int:
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        port: int = held.getsockname()[1]
        return port


def _wait_for(port: int, started: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + _SECONDS_TO_START
    while time.monotonic() < until and started.poll() is None:
        try:
            httpx.get(f"http://127.0.0.1:{port}/health")
        except httpx.TransportError:
            time.sleep(0.2)
        else:
            return
    sys.exit(f"{started.args!r} does not answer.")
