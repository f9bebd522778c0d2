"""Dumping the whole graph to a folder, and loading it from one: into this home or another.

Community edition has no online backup, so the server is stopped for it. Both databases go together:
`neo4j` holds the graph, `system` says who may open it. The password that opens them goes with them;
a loaded copy is given another, so that who keeps the dump cannot open the running server.
"""

import hashlib
import json
import os
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import neo4j

from graph.embedded import java, record
from graph.embedded.admin import PASSWORD_BYTES, CommandRefusedError, run
from graph.embedded.aot import launched_quickly
from graph.embedded.home import ServerHome, home_of, prepare, swap_in
from graph.embedded.jars import fetched, pinned
from graph.embedded.server import owned, start, stop
from graph.embedded.startup import SECONDS_TO_STOP
from graph.errors import UsageError
from graph.private_files import write_private
from graph.progress import Progress, silent
from graph.settings import Settings

DATABASES = ("neo4j", "system")
FILES = (*(f"{database}.dump" for database in DATABASES), "password")
CONTENTS = "dump.json"


def dump(settings: Settings, folder: Path, progress: Progress = silent) -> None:
    """Write the graph to a new folder, whole and checked, or not at all.

    Raises:
        ServerInUseError: another command is using the server.
        UsageError: the folder exists, or there is no graph yet.
        CommandRefusedError: Neo4j found the graph inconsistent.
    """
    if folder.exists():
        raise UsageError(f"{folder} exists: name a folder that does not, a dump replaces nothing.")
    home = home_of(settings)
    if not home.has_databases:
        raise UsageError(f"There is no graph in {home.root} yet: start it or link first.")
    with _stopped(settings), owned(home), _new(folder) as partial:
        runtime = _prepared(home, settings)
        progress("Dumping the graph", 0, 3)
        run(home, runtime, "database", "dump", "*", f"--to-path={partial}")
        for step, database in enumerate(DATABASES, start=1):
            progress("Dumping the graph", step, 3)
            _check(home, runtime, database, partial)
        write_private(partial / "password", home.password())
        write_private(partial / CONTENTS, _contents(partial))
        progress("Dumping the graph", 3, 3)


def load(
    settings: Settings, folder: Path, progress: Progress = silent, *, force: bool = False
) -> None:
    """Make the graph in a folder this home's graph; what was there stays until all has succeeded.

    Raises:
        ServerInUseError: another command is using the server.
        UsageError: it is not a whole dump, or there is a graph already and `force` is not given.
        EmbeddedServerError: Neo4j refused it. Nothing was changed, whatever is raised.
    """
    _ensure_whole(folder)
    home = home_of(settings)
    if home.has_databases and not force:
        raise UsageError(f"{home.root} has a graph already: --force puts the dump in its place.")
    with _stopped(settings), owned(home):
        loading = ServerHome(home.root / "loading")
        shutil.rmtree(loading.root, ignore_errors=True)
        try:
            progress("Loading the graph", 0, 2)
            _load(loading, settings, folder)
            progress("Loading the graph", 1, 2)
            _open_and_give_a_new_password(loading, settings)
            swap_in(home, loading)
        finally:
            shutil.rmtree(loading.root, ignore_errors=True)
        progress("Loading the graph", 2, 2)


@contextmanager
def _stopped(settings: Settings) -> Iterator[None]:
    """Without a server that was started to stay; it runs again afterwards, as it was found."""
    found = record.read(home_of(settings))
    stays = found is not None and found.owner is None
    if stays:
        stop(settings)
    try:
        yield
    finally:
        if stays:
            start(settings, stays=True)


@contextmanager
def _new(folder: Path) -> Iterator[Path]:
    """A folder to fill, which gets its name when the block has succeeded."""
    partial = folder.with_name(f".{folder.name}.{os.getpid()}")
    partial.mkdir(mode=0o700, parents=True)
    try:
        yield partial
        partial.rename(folder)
    finally:
        shutil.rmtree(partial, ignore_errors=True)


def _prepared(home: ServerHome, settings: Settings) -> java.Runtime:
    jars = tuple(fetched(settings.cache / "jars"))
    prepare(home, settings)
    return java.Runtime(jars, java.heap_flags(settings.neo4j_heap))


def _check(home: ServerHome, runtime: java.Runtime, database: str, dumped: Path) -> None:
    """Have Neo4j load the dump elsewhere and check all of it: a dump that opens is a dump."""
    reports = f"--report-path={home.logs}"
    run(home, runtime, "database", "check", database, f"--from-path={dumped}", reports)


def _contents(folder: Path) -> str:
    """What the dump consists of, so that a damaged copy is known before anything is touched."""
    made = {
        "madeAt": datetime.now(UTC).isoformat(timespec="seconds"),
        "neo4j": pinned().version,
        "sha256": {name: _sha256(folder / name) for name in FILES},
    }
    return json.dumps(made, indent=1)


def _ensure_whole(folder: Path) -> None:
    try:
        made = json.loads((folder / CONTENTS).read_text(encoding="utf-8"))["sha256"]
        damaged = [name for name in FILES if _sha256(folder / name) != made[name]]
    except (OSError, ValueError, KeyError, TypeError):
        raise UsageError(f"{folder} is not a whole dump made by `neo4j dump`.") from None
    if damaged:
        raise UsageError(
            f"{folder / damaged[0]} is damaged: take another copy of the dump; nothing was changed."
        )


def _sha256(file: Path) -> str:
    with file.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()


def _load(loading: ServerHome, settings: Settings, folder: Path) -> None:
    runtime = _prepared(loading, settings)
    write_private(loading.password_file, (folder / "password").read_text(encoding="ascii"))
    try:
        run(loading, runtime, "database", "load", "*", f"--from-path={folder}")
    except CommandRefusedError:
        raise CommandRefusedError(
            f"Neo4j {pinned().version} refuses the dump in {folder}: take another copy, or load it "
            "with the sponsorgraph that made it; nothing was changed."
        ) from None


def _open_and_give_a_new_password(loading: ServerHome, settings: Settings) -> None:
    """Start it beside the old one: only a graph that opens may take its place."""
    old, new = loading.password(), secrets.token_urlsafe(PASSWORD_BYTES)
    jars = _prepared(loading, settings).jars
    server = launched_quickly(loading, settings, jars, parent=os.getpid())
    try:
        with neo4j.GraphDatabase.driver(server.uri, auth=("neo4j", old)) as driver:
            driver.execute_query(
                "ALTER CURRENT USER SET PASSWORD FROM $old TO $new",
                {"old": old, "new": new},
                database_="system",
            )
    finally:
        server.process.end(SECONDS_TO_STOP)
    write_private(loading.password_file, new)
