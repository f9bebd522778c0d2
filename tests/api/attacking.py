"""The API in a process of its own on a real port, and clients that mean it no good."""

import asyncio
import os
import re
import socket
import ssl
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import IO

import httpx
import psutil  # type: ignore[import-untyped]

from graph.settings import Settings
from tests.signing import SignIns, in_lines, sign_ins

HOST = "127.0.0.1"


@dataclass
class Victim:
    """A served process under attack."""

    port: int
    process: psutil.Process
    sign_ins: SignIns
    trusting: ssl.SSLContext | None = None  # of a server that has TLS
    url: str = field(init=False)

    def __post_init__(self):
        self.url = f"{'https' if self.trusting else 'http'}://{HOST}:{self.port}"

    @property
    def cpu(self) -> float:
        """Seconds of CPU that it has spent."""
        spent = self.process.cpu_times()
        return float(spent.user + spent.system)

    @property
    def resident(self) -> int:
        """Bytes of memory that it holds."""
        held: int = self.process.memory_info().rss
        return held

    def get(self, path: str) -> httpx.Response:
        """What it answers to somebody who was not connected before."""
        return httpx.get(self.url + path, timeout=10, verify=self.trusting or True)

    def client(self) -> httpx.AsyncClient:
        return httpx.AsyncClient(
            base_url=self.url,
            timeout=120,
            verify=self.trusting or True,
            headers=self.sign_ins.headers(),
        )


@contextmanager
def served_apart(
    settings: Settings,
    *,
    trusting: ssl.SSLContext | None = None,
    told: int | IO[bytes] = subprocess.DEVNULL,
    program: tuple[str, ...] = ("-m", "api"),
    **limits: object,
) -> Iterator[Victim]:
    """`sponsorgraph serve` on a free port, with these limits and an issuer of the tests' own.

    `told` gets what it says; `program` is what Python runs in its place.
    """
    with socket.socket() as free:
        free.bind((HOST, 0))
        port = free.getsockname()[1]
    command = [sys.executable, *program, "serve", "--port", str(port)]
    with TemporaryDirectory() as folder:
        issuer = sign_ins(Path(folder))
        environment = os.environ | {
            "SPONSORGRAPH_HOME": str(settings.home),
            "SPONSORGRAPH_API_WARMING": "false",
            "NEO4J_URI": str(settings.neo4j_uri),
            **_password(settings),
            **issuer.environment,
            **{f"SPONSORGRAPH_API_{name}".upper(): str(value) for name, value in limits.items()},
        }
        with subprocess.Popen(command, env=environment, stderr=told) as process:
            try:
                victim = Victim(port, psutil.Process(process.pid), issuer, trusting)
                _wait_until_ready(victim)
                yield victim
            finally:
                process.terminate()
                process.wait(60)


def _password(settings: Settings) -> dict[str, str]:
    if settings.neo4j_password is None:
        return {"NEO4J_PASSWORD_FILE": str(settings.neo4j_password_file)}
    return {"NEO4J_PASSWORD": settings.neo4j_password.get_secret_value()}


def _wait_until_ready(victim: Victim) -> None:
    for _ in range(600):
        try:
            if victim.get("/ready").status_code == 200:
                return
        except httpx.TransportError:
            pass
        time.sleep(0.1)
    raise AssertionError("the server is not ready after a minute")


async def reply(victim: Victim, *chunks: bytes, pause: float = 0) -> tuple[int, int]:
    """Send the chunks one after the other until there is a reply, as a client that goes on would.

    Somebody signed in sends them, for a stranger's body is not even read.
    Returns its status, 0 for a connection that was ended without a word, and the bytes sent.
    """
    reader, writer = await asyncio.open_connection(HOST, victim.port)
    answered = asyncio.create_task(reader.read(65_536))
    sent = 0
    host = b"host: localhost\r\n"
    who = host + in_lines(victim.sign_ins.headers())
    try:
        for chunk in (chunks[0].replace(host, who), *chunks[1:]):
            writer.write(chunk)
            await writer.drain()
            sent += len(chunk)
            await asyncio.wait([answered], timeout=pause)
            if answered.done():
                break
        head = await asyncio.wait_for(answered, 30)
    except ConnectionError:
        head = answered.result() if answered.done() and not answered.exception() else b""
    finally:
        answered.cancel()
        writer.close()
    status = re.match(rb"HTTP/1\.1 (\d+) ", head)
    return int(status[1]) if status else 0, sent


@asynccontextmanager
async def somebody_else(victim: Victim, child: str, least: int = 2) -> AsyncIterator[list[float]]:
    """Another client, who asks about a child meanwhile and afterwards, and is answered rightly.

    Gives the seconds that each answer took.
    """
    took: list[float] = []
    ending = asyncio.Event()

    async def ask() -> None:
        async with victim.client() as client:
            while not (ending.is_set() and len(took) >= least):
                began = time.monotonic()
                body = {
                    "query": "query ($id: ID!) { child(id: $id) { id familyName } }",
                    "variables": {"id": child},
                }
                answer = await client.post("/graphql", json=body)
                assert answer.json()["data"] == {"child": {"id": child, "familyName": "Reyes"}}
                took.append(time.monotonic() - began)
                await asyncio.sleep(0.02)

    asking = asyncio.create_task(ask())
    try:
        yield took
    finally:
        ending.set()
        await asyncio.wait_for(asking, 120)
