"""What a link works on and leaves to the next: the tables of one DuckDB file a run.

The file of a run is copied from the run before and brought up to date, so that a run that dies
harms nobody, and an earlier one can be looked at as it was.
"""

import shutil
from functools import cache
from hashlib import sha256
from pathlib import Path

import duckdb
from duckdb import CatalogException, DuckDBPyConnection

from linkage.store import QUIET

# A million records are linked within 2 GB: what does not fit goes to disk beside the file.
_MEMORY = "1500MB"

# Ids are for ever; all else can be made again from the store. The rows of court cases and the
# places as stated tell which ids these were.
_IDS = (
    *("identities", "followers", "places_stated", "hearing_ids"),
    *("ids_given", "ids_left", "ids_bore", "ids_dormant", "events_told"),
)
# What the graph holds (linkage.publishing.plan): a link anew writes the difference only.
_HELD = "held_"
# Written where the program's digest stands: the tables have to be made again.
EXPUNGED = "records were expunged"
# What was a link stays one at a lower weight, if it is the same model that weighs it.
_LINKS = "pairs"


def open_workings(file: Path, elder: Path | None = None) -> DuckDBPyConnection:
    """What the run of the file `elder` left, brought up to date in `file`."""
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    for left in (file, log_of(file)):
        left.unlink(missing_ok=True)
    if elder is not None:
        shutil.copyfile(elder, file)
        if log_of(elder).exists():
            shutil.copyfile(log_of(elder), log_of(file))
    connection = duckdb.connect(str(file))
    connection.execute(f"{QUIET}; SET memory_limit = '{_MEMORY}'")
    return connection


def expect_few(connection: DuckDBPyConnection) -> None:
    """Hasten a link of few records: on one core, and its file is left to be `settle`d later.

    To share out among cores what a day brings takes longer than to do it, and to write the file
    anew takes nearly as long as the link; what was done stands in the log beside it meanwhile.
    """
    connection.execute("SET threads = 1")
    connection.execute("PRAGMA disable_checkpoint_on_shutdown; SET wal_autocheckpoint = '1GB'")


def settle(file: Path) -> None:
    """Write into a run's file what stands in the log beside it, if there is one."""
    if log_of(file).exists():
        duckdb.connect(str(file)).close()


def log_of(file: Path) -> Path:
    """DuckDB's log beside a run's file: what was done and is not in the file yet."""
    return file.with_name(f"{file.name}.wal")


def why_anew(connection: DuckDBPyConnection, models: str) -> str:
    """Why everything has to be linked again with these models; empty where it has not."""
    made_by = _made_by(connection)
    if made_by is None:
        return "the first link"
    if made_by[0] != models:
        return "other models"
    if made_by[1] == EXPUNGED:
        return EXPUNGED
    return "" if made_by[1] == _program() else "another version of the program"


def keep_maker(connection: DuckDBPyConnection, models: str) -> None:
    """Write down what made the tables."""
    connection.execute("CREATE OR REPLACE TABLE made_by (models VARCHAR, program VARCHAR)")
    connection.execute("INSERT INTO made_by VALUES (?, ?)", [models, _program()])


def start_anew(connection: DuckDBPyConnection, models: str) -> None:
    """Drop what an earlier link left, so that all is made again under the same ids."""
    made_by = _made_by(connection)
    kept = {*_IDS, _LINKS} if made_by and made_by[0] == models else {*_IDS}
    for table in _tables(connection):
        if table not in kept and not table.startswith(_HELD):
            connection.execute(f'DROP TABLE "{table}"')


def leave_what_lasts(connection: DuckDBPyConnection, because: str) -> None:
    """Drop what the next link makes again, and let it: what was taken away may stand there too."""
    if _made_by(connection) is not None:
        connection.execute("UPDATE made_by SET program = ?", [because])
    for table in _tables(connection):
        if table not in {*_IDS, _LINKS, "made_by"} and not table.startswith(_HELD):
            connection.execute(f'DROP TABLE "{table}"')


def forget_the_graph(connection: DuckDBPyConnection) -> None:
    """Forget what the graph holds: it is another one, and empty."""
    for table in _tables(connection):
        if table.startswith(_HELD):
            connection.execute(f'DROP TABLE "{table}"')


def _tables(connection: DuckDBPyConnection) -> list[str]:
    found = connection.execute("SELECT table_name FROM duckdb_tables() WHERE NOT temporary")
    return [table for (table,) in found.fetchall()]


def _made_by(connection: DuckDBPyConnection) -> tuple[str, str] | None:
    try:
        found = connection.execute("FROM made_by").fetchall()
    except CatalogException:
        return None
    return found[0] if found else None


@cache
def _program() -> str:
    """A digest of the code that decides who is who: other code may decide otherwise.

    And of the engine's version, whose hashes of doors are kept.
    """
    code = sha256(duckdb.__version__.encode())
    for file in sorted(Path(__file__).parent.rglob("*")):
        if file.suffix in {".py", ".csv", ".json"} and "demo" not in file.parts:
            code.update(file.read_bytes())
    return code.hexdigest()
