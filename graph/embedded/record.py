"""Who serves a home: written when a server is ready, believed while that very process lives."""

import json
from dataclasses import asdict, dataclass

from graph.embedded.home import ServerHome
from graph.embedded.process import Process
from graph.private_files import write_private


@dataclass(frozen=True)
class RunningServer:
    """A local server that is ready for queries."""

    pid: int
    started: float  # seconds since the epoch, as the kernel has it: tells a recycled pid apart
    port: int
    version: str
    owner: int | None  # the command that it ends with; None: it stays until `neo4j stop`

    @property
    def process(self) -> Process:
        return Process(self.pid, self.started)

    @property
    def uri(self) -> str:
        return f"bolt://127.0.0.1:{self.port}"


def write(home: ServerHome, server: RunningServer) -> None:
    write_private(home.record, json.dumps(asdict(server)))


def forget(home: ServerHome) -> None:
    home.record.unlink(missing_ok=True)


def read(home: ServerHome) -> RunningServer | None:
    """The server of this home, if it lives. What a killed one left behind is nobody."""
    try:
        server = RunningServer(**json.loads(home.record.read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError):
        return None
    return server if server.process.lives else None
