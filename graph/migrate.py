"""Migrating: the graph's constraints and indexes, brought up one numbered file after the other.

Neo4j does not mix schema and data in one transaction: statements of schema that stand together are
one, and must bear being applied twice (`IF NOT EXISTS`); each other is one with the record of how
far it came, from which the next runner goes on when one dies.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import groupby
from pathlib import Path
from typing import LiteralString, cast

import neo4j
from neo4j.exceptions import DriverError, Neo4jError

from graph.connection import AsyncDoor, Door
from graph.errors import MigrationError
from graph.migrations import (
    DIRECTORY,
    Applied,
    Migration,
    State,
    Status,
    migrations,
    refuse_what_does_not_fit,
    refuse_what_is_not_current,
    statuses,
)
from graph.progress import Progress, silent

SECONDS_FOR_ALL = 3600  # on millions of nodes an index takes minutes; a lost lock ends by then


def status(door: Door, directory: Path = DIRECTORY) -> list[Status]:
    """Every migration that the program or the graph knows, in order."""
    return statuses(_applied(door), directory)


def ensure_current(door: Door, directory: Path = DIRECTORY) -> None:
    """Refuse a graph that is behind or ahead of this program.

    Raises:
        MigrationError: it is; the sentence says which command to run.
    """
    refuse_what_is_not_current(status(door, directory))


async def ensure_current_async(door: AsyncDoor, directory: Path = DIRECTORY) -> None:
    """The same for the served process, which asks it again and again; once, not until it works."""
    async with door.reading() as session:
        rows = await (await session.run(_APPLIED)).data()
    refuse_what_is_not_current(statuses([Applied(**row) for row in rows], directory))


def migrate(
    door: Door, directory: Path = DIRECTORY, progress: Progress = silent
) -> list[Migration]:
    """Apply what the graph does not have yet, one runner at a time. Returns what was applied.

    Raises:
        MigrationError: the graph is ahead, a file was changed, or another runner does not end.
    """
    if all(each.state is State.APPLIED for each in status(door, directory)):
        return []
    _prepare(door)
    with _alone(door) as alone:
        applied = _applied(door)  # again: another runner may just have done the work
        found = statuses(applied, directory)
        refuse_what_does_not_fit(found)
        open_ones = {each.version for each in found if each.state is not State.APPLIED}
        due = [each for each in migrations(directory) if each.version in open_ones]
        done = {each.version: each.done for each in applied}
        for number, each in enumerate(due, start=1):
            progress("Migrating the graph", number - 1, len(due))
            _apply(door, each, done.get(each.version, 0), alone)
            progress("Migrating the graph", number, len(due))
    return due


_APPLIED: LiteralString = """\
CYPHER 25
MATCH (m:Migration)
RETURN m.version AS version, m.title AS title, m.sha256 AS sha256, m.done AS done, m.of AS of
"""


def _applied(door: Door) -> list[Applied]:
    def read(transaction: neo4j.ManagedTransaction) -> list[Applied]:
        return [Applied(**row) for row in transaction.run(_APPLIED)]

    with door.reading() as session:
        return session.execute_read(read)


# Before there is a lock, there is what makes it one node only. Applying it twice changes nothing.
_PREPARED = (
    """\
CREATE CONSTRAINT one_migration_a_version IF NOT EXISTS
FOR (m:Migration) REQUIRE m.version IS UNIQUE
""",
    """\
CREATE CONSTRAINT one_migration_lock IF NOT EXISTS
FOR (l:MigrationLock) REQUIRE l.id IS UNIQUE
""",
    "MERGE (:MigrationLock {id: 'graph'})",
)


def _prepare(door: Door) -> None:
    *schema, lock = _PREPARED
    _in_one_transaction(door, schema)
    _in_one_transaction(door, [lock])


_HELD: LiteralString = """\
CYPHER 25
MATCH (l:MigrationLock {id: 'graph'})
SET l.taken = coalesce(l.taken, 0) + 1
RETURN l.taken AS taken
"""


@contextmanager
def _alone(door: Door) -> Iterator[neo4j.Transaction]:
    """Hold the write lock on the one lock node, in a transaction left open while we work.

    The database itself keeps a second runner waiting, and lets it go on when ours ends, also when
    we die: the connection closes, the transaction is rolled back. Nothing is left to expire.
    """
    with door.writing() as session:
        held = session.begin_transaction(timeout=SECONDS_FOR_ALL)
        try:
            _take(held)
            yield held
            held.commit()
        finally:
            held.close()


def _take(held: neo4j.Transaction) -> None:
    try:
        held.run(_HELD).consume()
    except Neo4jError as waited:
        raise MigrationError(
            "Another migration of this graph does not end: end it, then do this again."
        ) from waited


_RECORD: LiteralString = """\
CYPHER 25
MERGE (m:Migration {version: $version})
ON CREATE SET m.title = $title, m.sha256 = $sha256, m.of = $of, m.done = 0
SET m.done = $done, m.appliedAt = toString(datetime())
"""


_OF_SCHEMA = re.compile(r"(CREATE|DROP)\s+(\w+\s+)?(CONSTRAINT|INDEX)\b", re.IGNORECASE)


def _apply(door: Door, migration: Migration, done: int, alone: neo4j.Transaction) -> None:
    """Apply what is not `done` of it.

    In few transactions: after each change of the schema Neo4j plans every statement anew.
    """
    recorded = done
    for together in _transactions(migration.statements[done:]):
        _still_alone(alone)
        done += len(together)
        if _OF_SCHEMA.match(together[0]):
            _in_one_transaction(door, together)
        else:
            _in_one_transaction(door, together, _record(migration, done))
            recorded = done
    if recorded < done:
        _in_one_transaction(door, (), _record(migration, done))


def _transactions(statements: Sequence[str]) -> Iterator[Sequence[str]]:
    for of_schema, group in groupby(statements, lambda each: bool(_OF_SCHEMA.match(each))):
        if of_schema:
            yield tuple(group)
        else:
            yield from ((each,) for each in group)


def _record(migration: Migration, done: int) -> dict[str, str | int]:
    return {
        "version": migration.version,
        "title": migration.title,
        "sha256": migration.sha256,
        "of": len(migration.statements),
        "done": done,
    }


def _still_alone(alone: neo4j.Transaction) -> None:
    """A lock that the server gave up (its time ran out, it was restarted) must not be relied on."""
    try:
        alone.run("RETURN 1").consume()
    except (Neo4jError, DriverError) as lost:
        raise MigrationError(
            "The migration was interrupted by the server: run `sponsorgraph migrate` again."
        ) from lost


def _in_one_transaction(
    door: Door, statements: Iterable[str], record: dict[str, str | int] | None = None
) -> None:
    def write(transaction: neo4j.ManagedTransaction) -> None:
        for statement in statements:
            # The text of our own checked-in file, never of anybody's input.
            text = cast("LiteralString", f"CYPHER 25\n{statement}")  # type: ignore[redundant-cast]
            transaction.run(text).consume()
        if record is not None:
            transaction.run(_RECORD, record).consume()

    with door.writing() as session:
        session.execute_write(write)
