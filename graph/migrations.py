"""What migrations this program has, and how a graph stands to them; `graph.migrate` applies them.

`migrations/V001__what_it_does.cypher`, immutable once applied. Statements end with a semicolon at
the end of a line.
"""

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from graph.errors import MigrationError

# Beside the packages, in a checkout as in an installation.
DIRECTORY = Path(__file__).resolve().parent.parent / "migrations"
_NAME = re.compile(r"V(\d{3})__([a-z0-9_]+)\.cypher")


class State(StrEnum):
    """How a migration and a graph stand to each other."""

    APPLIED = "applied"
    PENDING = "pending"
    HALF_APPLIED = "half applied"
    CHANGED = "changed since it was applied"
    UNKNOWN = "applied, but not known to this program"


@dataclass(frozen=True)
class Migration:
    """A file of this program."""

    version: int
    title: str
    sha256: str
    statements: tuple[str, ...]


@dataclass(frozen=True)
class Applied:
    """What the graph says of a migration: how many statements of which content."""

    version: int
    title: str
    sha256: str
    done: int
    of: int


@dataclass(frozen=True)
class Status:
    """One migration, as the file and the graph together have it."""

    version: int
    title: str
    state: State


def migrations(directory: Path = DIRECTORY) -> list[Migration]:
    """This program's migrations in order.

    Raises:
        MigrationError: a file's name or number does not fit into the row V001, V002, ….
    """
    found = [_read(file) for file in sorted(directory.glob("*.cypher"))]
    if [each.version for each in found] != list(range(1, len(found) + 1)) or not found:
        raise MigrationError(f"The migrations in {directory} are not numbered V001, V002, ….")
    return found


def _read(file: Path) -> Migration:
    named = _NAME.fullmatch(file.name)
    if named is None:
        raise MigrationError(f"{file.name} is not named like V001__what_it_does.cypher.")
    text = file.read_text(encoding="utf-8")
    code = "\n".join(line for line in text.splitlines() if not line.lstrip().startswith("//"))
    statements = tuple(filter(None, (each.strip() for each in re.split(r";\s*(?:\n|$)", code))))
    digest = hashlib.sha256(text.encode()).hexdigest()
    return Migration(int(named[1]), named[2].replace("_", " "), digest, statements)


def statuses(applied: Sequence[Applied], directory: Path = DIRECTORY) -> list[Status]:
    """Every migration that the program or the graph knows, in order."""
    ours = {each.version: each for each in migrations(directory)}
    theirs = {each.version: each for each in applied}
    return [
        _compared(ours.get(version), theirs.get(version)) for version in sorted({*ours, *theirs})
    ]


def _compared(ours: Migration | None, theirs: Applied | None) -> Status:
    if ours is None:
        known = theirs or Applied(0, "", "", 0, 0)
        return Status(known.version, known.title, State.UNKNOWN)
    if theirs is None:
        return Status(ours.version, ours.title, State.PENDING)
    if theirs.sha256 != ours.sha256:
        return Status(ours.version, ours.title, State.CHANGED)
    state = State.APPLIED if theirs.done == theirs.of else State.HALF_APPLIED
    return Status(ours.version, ours.title, state)


def refuse_what_does_not_fit(found: Sequence[Status]) -> None:
    """Raises MigrationError for a graph that is ahead, and for a file that was changed."""
    for each in found:
        if each.state is State.UNKNOWN:
            raise MigrationError(
                f"The graph is ahead of this program (it has V{each.version:03d}, {each.title}): "
                "install the newer sponsorgraph that made it."
            )
        if each.state is State.CHANGED:
            raise MigrationError(
                f"V{each.version:03d} ({each.title}) was changed after this graph applied it: put "
                "the file back as it was, and write the change as a new migration."
            )


def refuse_what_is_not_current(found: Sequence[Status]) -> None:
    """Raises MigrationError also for a graph that is behind; each sentence says what to do."""
    refuse_what_does_not_fit(found)
    if any(each.state in (State.PENDING, State.HALF_APPLIED) for each in found):
        raise MigrationError(
            "The graph is behind this program: run `sponsorgraph migrate`, then do this again."
        )
