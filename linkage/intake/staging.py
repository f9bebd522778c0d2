"""A delivery on its way into the store: written aside, made durable, committed by one rename."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb
from duckdb import DuckDBPyConnection
from filelock import FileLock, Timeout

from graph.errors import SponsorgraphError
from graph.private_files import to_disk
from linkage.quoting import literal
from linkage.store import PRIVATE_FOLDER, QUIET, store_folder

PRIVATE_FILE = 0o600
# DuckDB spills to disk beyond this; with Python's own share the whole stays under 1.5 GB.
MEMORY_LIMIT = "800MB"


@contextmanager
def locked_store(home: Path) -> Iterator[Path]:
    """The store's folder, for one writer at a time; what a killed writer left is cleared away.

    Raises:
        SponsorgraphError: somebody else is writing.
    """
    store = store_folder(home)
    try:
        with FileLock(store / "ingest.lock", timeout=0, mode=PRIVATE_FILE):
            shutil.rmtree(store / "staging", ignore_errors=True)
            yield store
    except Timeout as error:
        raise SponsorgraphError(
            "another ingest is writing into this home: wait until it has ended"
        ) from error


@contextmanager
def staged(store: Path) -> Iterator[tuple[Path, Path, DuckDBPyConnection]]:
    """A folder for a delivery's files, one for scratch, and a database that spills into that."""
    files, scratch = store / "staging" / "delivery", store / "staging" / "scratch"
    for folder in (store / "staging", files, scratch):
        folder.mkdir(mode=PRIVATE_FOLDER)
    try:
        with duckdb.connect() as connection:
            connection.execute(QUIET)
            connection.execute(f"SET memory_limit = '{MEMORY_LIMIT}'")
            connection.execute(f"SET temp_directory = {literal(str(scratch / 'spill'))}")
            yield files, scratch, connection
    finally:
        shutil.rmtree(store / "staging", ignore_errors=True)


def commit(files: Path, delivery: Path) -> None:
    """Make a staged delivery part of the store: all of it, at once, and to stay.

    Its files are on the disk before the rename, and the rename is before this returns.
    """
    for file in files.iterdir():
        file.chmod(PRIVATE_FILE)
        to_disk(file)
    to_disk(files)
    files.rename(delivery)
    to_disk(delivery.parent)
