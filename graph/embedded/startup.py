"""From a prepared home to a process that answers queries, and back to no process."""

import time
from collections.abc import Iterator

import neo4j
from neo4j.exceptions import AuthError, DriverError, Neo4jError

from graph.embedded import java
from graph.embedded.home import ServerHome
from graph.embedded.jars import pinned
from graph.embedded.process import Process
from graph.embedded.record import RunningServer
from graph.errors import EmbeddedServerError

SECONDS_TO_START = 300  # a few are usual; a big graph's recovery after a crash takes minutes
SECONDS_TO_STOP = 60  # a third of one is usual; then it is killed, and recovers at its next start
A_MOMENT = 0.05


class ServerDiedError(EmbeddedServerError):
    """The process ended before it was ready."""


def launched(
    home: ServerHome, runtime: java.Runtime, *, parent: int, lock: int | None = None
) -> RunningServer:
    """A server that has answered a query on its database.

    Raises:
        ServerDiedError: it ended instead.
        EmbeddedServerError: it never got ready, or refuses our password.
    """
    where = (f"--home-dir={home.root}", f"--config-dir={home.conf}")
    process = java.spawn(
        home, runtime, java.SERVER, where, output=home.console, parent=parent, keep_open=lock
    )
    try:
        port = _port(home, process)
        _wait_for_an_answer(home, process, port)
    except BaseException:  # also Ctrl-C: a server that nobody knows of would hold the home
        process.end(SECONDS_TO_STOP)
        raise
    return RunningServer(process.pid, process.started, port, pinned().version, parent or None)


def _port(home: ServerHome, process: Process) -> int:
    """The port that the process listens on. Bolt's is the only one: HTTP is off."""
    for _ in _moments(home, process):
        for port in process.listening_ports():
            return port
    raise EmbeddedServerError(f"The local Neo4j did not start in time; see {home.logs}.")


def _wait_for_an_answer(home: ServerHome, process: Process, port: int) -> None:
    """Ask until the database answers a query: a port that listens is not yet a graph."""
    own = ("neo4j", home.password())
    with neo4j.GraphDatabase.driver(f"bolt://127.0.0.1:{port}", auth=own) as driver:
        for _ in _moments(home, process):
            try:
                driver.execute_query("RETURN 1", database_="neo4j")
            except AuthError as refused:
                raise EmbeddedServerError(
                    f"The local Neo4j refuses the password in {home.password_file}: load a dump "
                    "that fits, or move that home away and link again."
                ) from refused
            except (Neo4jError, DriverError):
                continue
            return
    raise EmbeddedServerError(f"The local Neo4j's database did not open in time; see {home.logs}.")


def _moments(home: ServerHome, process: Process) -> Iterator[None]:
    """Moments to look again, as long as there is time and the process lives."""
    deadline = time.monotonic() + SECONDS_TO_START
    while time.monotonic() < deadline:
        if not process.lives:
            raise ServerDiedError(f"The local Neo4j ended while starting; see {home.console}.")
        yield
        time.sleep(A_MOMENT)
