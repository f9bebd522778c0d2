"""The JVM's ahead-of-time cache: classes loaded and linked once, so that later starts take seconds.

It is made by watching one start with some queries, in a home that is thrown away. It belongs to
exactly these jars, this JVM and these flags, so it is kept under their fingerprint, for all homes.
Everything here may fail without anybody being the worse for it but slower.
"""

import os
import shutil
import tempfile
from functools import partial
from pathlib import Path
from typing import LiteralString

import neo4j
from filelock import FileLock
from neo4j.exceptions import DriverError, Neo4jError

from graph.embedded import java
from graph.embedded.admin import ensure_password
from graph.embedded.home import ServerHome, prepare
from graph.embedded.record import RunningServer
from graph.embedded.startup import ServerDiedError, launched
from graph.errors import EmbeddedServerError
from graph.progress import Progress
from graph.settings import Settings

# At its end the watched JVM starts another, which writes the cache: half a minute on two cores.
SECONDS_TO_WRITE = 300

# The kinds of work that every start soon does: planning, writing, indexes, full text, paths.
WATCHED: tuple[LiteralString, ...] = (
    "CREATE CONSTRAINT IF NOT EXISTS FOR (n:A) REQUIRE n.id IS UNIQUE",
    "CREATE INDEX IF NOT EXISTS FOR (n:A) ON (n.x, n.d)",
    "CREATE INDEX IF NOT EXISTS FOR ()-[r:R]-() ON (r.id)",
    """
    CREATE FULLTEXT INDEX text IF NOT EXISTS FOR (n:A) ON EACH [n.t]
    OPTIONS {indexConfig: {`fulltext.analyzer`: 'standard-folding'}}
    """,
    "CALL db.awaitIndexes(60)",
    "UNWIND range(1, 2000) AS i MERGE (a:A {id: i}) SET a.x = i % 7, a.d = date(), a.t = ['é' + i]",
    "MATCH (a:A), (b:A {id: a.id + 1}) CREATE (a)-[:R {id: toString(a.id), f: 1, u: 9}]->(b)",
    "MATCH (a:A {x: 3}) WHERE a.d <= date() RETURN a.id, a.d ORDER BY a.x, a.d LIMIT 5",
    """
    CALL db.index.fulltext.queryNodes('text', 'e1~', {limit: 5}) YIELD node, score
    RETURN node.id, score
    """,
    "MATCH (a:A {id: 1})-[r:R*1..3]->(b) RETURN collect([b.id, b.t]), count(*)",
    "MATCH p = shortestPath((a:A {id: 1})-[:R*..9]-(b:A {id: 5})) RETURN length(p)",
    """
    MATCH (a:A) CALL (a) {
        OPTIONAL MATCH (a)-[r:R]->(b) WHERE r.f <= 5 < r.u
        RETURN collect([r.id, b.id])[..3] AS near
    }
    RETURN a.id, near LIMIT 50
    """,
)


def ensure(settings: Settings, jars: tuple[Path, ...], progress: Progress) -> None:
    """Make the cache for these jars if there is none, once: where it fails, it would fail again.

    Two commands at once make one: the second waits for the first.
    """
    file = _file(settings, jars)
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    if file.exists() or _failed(file).exists():
        return
    with FileLock(file.with_suffix(".lock")):
        if not file.exists() and not _failed(file).exists():
            _make(file, settings, jars, progress)


def launched_quickly(
    home: ServerHome,
    settings: Settings,
    jars: tuple[Path, ...],
    *,
    parent: int,
    lock: int | None = None,
) -> RunningServer:
    """Launch with the cache if there is one; one that does not work never prevents a start."""
    launch = partial(launched, home, parent=parent, lock=lock)
    flags = java.heap_flags(settings.neo4j_heap)
    file = _file(settings, jars)
    if not file.exists():
        return launch(java.Runtime(jars, flags))
    try:
        return launch(java.Runtime(jars, (*flags, f"-XX:AOTCache={file}", "-Xlog:aot*=off")))
    except ServerDiedError:
        server = launch(java.Runtime(jars, flags))
        file.unlink(missing_ok=True)  # so it was the cache's fault; the next start makes another
        return server


def _file(settings: Settings, jars: tuple[Path, ...]) -> Path:
    return settings.cache / "aot" / f"{java.fingerprint(jars)}.aot"


def _failed(file: Path) -> Path:
    return file.with_suffix(".failed")


def _make(file: Path, settings: Settings, jars: tuple[Path, ...], progress: Progress) -> None:
    progress("Preparing quick starts, once", 0, 1)
    for abandoned in file.parent.glob("watching-*"):  # by a command that was killed
        shutil.rmtree(abandoned, ignore_errors=True)
    scratch = Path(tempfile.mkdtemp(prefix="watching-", dir=file.parent))
    try:
        written = scratch / "watched.aot"
        _watch(ServerHome(scratch), settings, jars, written)
        written.replace(file)
    except (EmbeddedServerError, Neo4jError, DriverError, OSError):
        _failed(file).touch()  # slower starts are no reason to refuse one
    finally:
        shutil.rmtree(scratch, ignore_errors=True)
    progress("Preparing quick starts, once", 1, 1)


def _watch(home: ServerHome, settings: Settings, jars: tuple[Path, ...], written: Path) -> None:
    prepare(home, settings)
    ensure_password(home, java.Runtime(jars, java.BRIEF))
    flags = (*java.heap_flags(settings.neo4j_heap), f"-XX:AOTCacheOutput={written}")
    server = launched(home, java.Runtime(jars, flags), parent=os.getpid())
    try:
        _work(server, home.password())
    finally:
        server.process.end(SECONDS_TO_WRITE)


def _work(server: RunningServer, password: str) -> None:
    with neo4j.GraphDatabase.driver(server.uri, auth=("neo4j", password)) as driver:
        for statement in WATCHED:
            driver.execute_query(statement, database_="neo4j")
