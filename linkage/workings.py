"""What a link works on and leaves to the next: the tables of one DuckDB file a run.

The file of a run is copied from the run before and brought up to date, so that a run that dies
harms nobody, and an earlier one can be looked at as it was.
"""

import shutil
from functools import cache
from hashlib import sha256
from pathlib import Path

from duckdb import CatalogException, DuckDBPyConnection

from linkage.store import open_store

FILE = "linked.duckdb"

# Ids are for ever; all else can be made again from the store. The rows of court cases and the
# places as stated tell which ids these were.
_IDS = (
    *("identities", "followers", "places_stated"),
    *("ids_given", "ids_left", "ids_bore", "ids_dormant"),
)
# What was a link stays one at a lower weight, if it is the same model that weighs it.
_LINKS = "pairs"


def open_workings(home: Path, folder: Path, elder: Path | None) -> DuckDBPyConnection:
    """The store of `home`, with the tables of the run in folder `elder`, to be kept in `folder`."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    file = folder / FILE
    file.unlink(missing_ok=True)
    if elder is not None and (elder / FILE).exists():
        shutil.copyfile(elder / FILE, file)
    return open_store(home, file)


def is_made_by(connection: DuckDBPyConnection, models: str) -> bool:
    """Whether the tables come from these models and from this very program."""
    return _made_by(connection) == (models, _program())


def keep_maker(connection: DuckDBPyConnection, models: str) -> None:
    """Write down what made the tables."""
    connection.execute("CREATE OR REPLACE TABLE made_by (models VARCHAR, program VARCHAR)")
    connection.execute("INSERT INTO made_by VALUES (?, ?)", [models, _program()])


def start_anew(connection: DuckDBPyConnection, models: str) -> None:
    """Drop what an earlier link left, so that all is made again under the same ids."""
    made_by = _made_by(connection)
    kept = {*_IDS, _LINKS} if made_by and made_by[0] == models else {*_IDS}
    found = connection.execute("SELECT table_name FROM duckdb_tables() WHERE NOT temporary")
    for (table,) in found.fetchall():
        if table not in kept:
            connection.execute(f'DROP TABLE "{table}"')


def _made_by(connection: DuckDBPyConnection) -> tuple[str, str] | None:
    try:
        found = connection.execute("FROM made_by").fetchall()
    except CatalogException:
        return None
    return found[0] if found else None


@cache
def _program() -> str:
    """A digest of the code that decides who is who: other code may decide otherwise."""
    code = sha256()
    for file in sorted(Path(__file__).parent.rglob("*")):
        if file.suffix in {".py", ".csv", ".json"} and "demo" not in file.parts:
            code.update(file.read_bytes())
    return code.hexdigest()
