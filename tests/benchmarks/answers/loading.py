"""Load on a contestant by wrk, and what it cost: requests, latency, CPU of server and database."""

import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import orjson

from tests.benchmarks.answers.contestants import Running

_SCRIPT = Path(__file__).with_name("load.lua")


@dataclass(frozen=True)
class Found:
    """One measurement: requests a second, milliseconds at the 50th and 99th of a hundred, and
    milliseconds of CPU a request in the server and in the database."""

    rate: float
    p50: float
    p99: float
    server: float
    database: float


class Load:
    """Bodies of every question, written out once for each contestant."""

    def __init__(self, variables: dict[str, list[dict[str, Any]]]) -> None:
        self._variables = variables
        self._folder = Path(tempfile.mkdtemp(prefix="answers-"))

    def on(self, running: Running, question: str, *, clients: int, seconds: float) -> Found:
        """Ask it for that long. Raises RuntimeError when an answer is not one."""
        command = ["wrk", "-t1", f"-c{clients}", f"-d{max(1, round(seconds))}s", "--timeout", "30s"]
        command += ["-s", str(_SCRIPT), running.url, "--", str(self._bodies(running, question))]
        command += [f"{name}: {value}" for name, value in running.headers.items()]
        before = _busy(running)
        done = subprocess.run(command, capture_output=True, text=True, check=True)
        spent = [after - then for after, then in zip(_busy(running), before, strict=True)]
        *_, line = done.stdout.strip().splitlines()
        requests, microseconds, p50, p99, errors = map(float, line.split()[1:])
        if errors or not requests:
            raise RuntimeError(
                f"{running.name} gave {requests:.0f} answers to {question!r}, {errors:.0f} errors."
            )
        server, database = (seconds_spent / requests * 1000 for seconds_spent in spent)
        return Found(requests / microseconds * 1e6, p50, p99, server, database)

    def _bodies(self, running: Running, question: str) -> Path:
        file = self._folder / f"{running.name} {question}".replace("/", " ").replace(" ", "-")
        if not file.exists():
            bodies = (running.body(question, one) for one in self._variables[question])
            file.write_bytes(b"\n".join(map(orjson.dumps, bodies)) + b"\n")
        return file


def _busy(running: Running) -> list[float]:
    """Seconds of CPU so far, of the server and of the database."""
    times = [one.cpu_times() for one in (running.process, running.database)]
    return [one.user + one.system for one in times]
