"""Starting, finding and stopping the local server.

One server a home: it holds a lock on the home as long as it lives, so neither a killed command nor
a file left behind decides who may start. It ends with the command that started it, unless it was
started to stay.
"""

import fcntl
import os
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

from graph.embedded import aot, java, record
from graph.embedded.admin import ensure_password
from graph.embedded.home import ServerHome, home_of, prepare, recover
from graph.embedded.jars import fetched
from graph.embedded.record import RunningServer
from graph.embedded.startup import A_MOMENT, SECONDS_TO_STOP
from graph.errors import EmbeddedServerError, ServerInUseError
from graph.progress import Progress, silent
from graph.settings import Settings

SECONDS_TO_SETTLE = 90  # how long we wait for a server that another command starts or stops

__all__ = ["RunningServer", "password", "running", "serving", "start", "stop"]


def running(settings: Settings) -> RunningServer | None:
    """The local server of this installation, if it runs."""
    return record.read(home_of(settings))


def password(settings: Settings) -> str:
    """The password that the local server accepted when it was made."""
    return home_of(settings).password()


@contextmanager
def serving(settings: Settings, progress: Progress = silent) -> Iterator[RunningServer]:
    """The local server: the one that runs, else one for the duration, which ends with the block.

    Others may have found it meanwhile: it ends when they have. Interrupted, it ends at once.
    """
    with _in_use(home_of(settings)) as use:
        found, started = _running_or_started(settings, progress)
        try:
            yield found
            if started:
                _wait_for_others(use, progress)
        finally:
            if started:
                stop(settings)


def start(settings: Settings, progress: Progress = silent, *, stays: bool = False) -> RunningServer:
    """Start the local server: until this process ends, or (`stays`) until it is stopped.

    Call it from the main thread: the kernel ends the server with the *thread* that started it.

    Raises:
        ServerInUseError: it runs already.
        EmbeddedServerError: it could not be fetched or started; the sentence says where to look.
    """
    if not stays and threading.current_thread() is not threading.main_thread():
        raise EmbeddedServerError("Start the local Neo4j from the main thread: it ends with it.")
    home = home_of(settings)
    jars = tuple(fetched(settings.cache / "jars", progress))
    with owned(home) as lock:
        aot.ensure(settings, jars, progress)
        prepare(home, settings)
        progress("Starting Neo4j", 0, 1)
        ensure_password(home, java.Runtime(jars, java.BRIEF))
        parent = 0 if stays else os.getpid()
        server = aot.launched_quickly(home, settings, jars, parent=parent, lock=lock)
        record.write(home, server)
        progress("Starting Neo4j", 1, 1)
    return server


def stop(settings: Settings) -> bool:
    """Stop the local server if it runs. Returns whether it did.

    Raises:
        ServerInUseError: it belongs to another command, which is using it.
    """
    home = home_of(settings)
    server = record.read(home)
    if server is None:
        return False
    if server.owner not in (None, os.getpid()):
        raise ServerInUseError(
            f"The local Neo4j belongs to a running command (process {server.owner}); end that."
        )
    server.process.end(SECONDS_TO_STOP)
    record.forget(home)
    return True


@contextmanager
def owned(home: ServerHome) -> Iterator[int]:
    """The home, ours alone: a descriptor whose lock lasts until every process that has it ended.

    Waits a while for one that is just starting or stopping.

    Raises:
        ServerInUseError: a server runs there, or something does not end.
    """
    home.root.mkdir(mode=0o700, parents=True, exist_ok=True)
    descriptor = os.open(home.lock, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        _lock(home, descriptor)
        recover(home)
        yield descriptor
    finally:
        os.close(descriptor)


def _lock(home: ServerHome, descriptor: int) -> None:
    deadline = time.monotonic() + SECONDS_TO_SETTLE
    while True:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            _refuse_if_in_use(home, waited_enough=time.monotonic() > deadline)
            time.sleep(A_MOMENT)
        else:
            return


def _refuse_if_in_use(home: ServerHome, *, waited_enough: bool) -> None:
    server = record.read(home)
    if server is not None:
        whose = "`sponsorgraph neo4j stop` ends it" if server.owner is None else "end that command"
        raise ServerInUseError(
            f"The local Neo4j of {home.root} runs already for process "
            f"{server.owner or server.pid}; {whose}."
        )
    if waited_enough:
        raise ServerInUseError(f"Another process holds {home.lock} and does not end; end it first.")


def _running_or_started(settings: Settings, progress: Progress) -> tuple[RunningServer, bool]:
    """Two commands that start at once end up with one server: the second uses the first's."""
    found = running(settings)
    if found is not None:
        return found, False
    try:
        return start(settings, progress), True
    except ServerInUseError:
        found = running(settings)
        if found is None:
            raise
        return found, False


@contextmanager
def _in_use(home: ServerHome) -> Iterator[int]:
    """A lock that everybody shares who uses the server; one that is just ending is waited for."""
    home.root.mkdir(mode=0o700, parents=True, exist_ok=True)
    descriptor = os.open(home.users, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_SH)
        yield descriptor
    finally:
        os.close(descriptor)


def _wait_for_others(use: int, progress: Progress) -> None:
    """Until nobody else uses the server, and nobody can begin to."""
    told = False
    while True:
        try:
            fcntl.flock(use, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if not told:
                progress("Waiting for another command that uses this Neo4j", 0, None)
            told = True
            time.sleep(A_MOMENT)
        else:
            return
