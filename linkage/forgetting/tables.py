"""Records out of what links left: the tables of a run, made again without them, byte for byte.

What a link makes of the store alone is made anew by the next one. Ids, what the graph holds and
pairs are kept from run to run: from these the rows go that name a record, a fact or an id of hers.
"""

# ruff: noqa: S608 - names of our own tables and columns, never a value

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import duckdb
from duckdb import DuckDBPyConnection

from linkage.facts.wanted import want_facts
from linkage.quoting import file_literal
from linkage.store import QUIET, open_store
from linkage.workings import EXPUNGED, leave_what_lasts

# Its words are about several; see `events_without`.
_TOLD: Final = "events_told"

_RECORDS: Final = """
SELECT DISTINCT role, record_key FROM identities WHERE identity_id = $id ORDER BY ALL"""

_BEARER: Final = """
SELECT coalesce(any_value(heir), $id) FROM ids_left
WHERE kind IN ('child', 'sponsor') AND id = $id"""

# Those of whom nothing is left without these records.
_PEOPLE: Final = """
SELECT identity_id FROM identities WHERE role = $role GROUP BY identity_id
HAVING bool_and(record_key IN (SELECT unnest($keys::VARCHAR[]))) ORDER BY ALL"""

# Whom papers name beside her.
_CHILDREN: Final = """
SELECT record_key, identity_id FROM identities
WHERE role = 'CHILD' AND record_key IN (SELECT unnest($papers::VARCHAR[])) ORDER BY ALL"""

# The notes that offices keep of these children, in any version.
_NOTES: Final = """
SELECT record_key, concat_ws(' ', note, array_to_string(map_values(extra), ' ')) AS said
FROM received_worksheet WHERE record_key IN (SELECT unnest($keys::VARCHAR[]))"""
_WORKSHEETS: Final = """
SELECT DISTINCT record_key FROM identities WHERE record_key LIKE '%/worksheet/%'
AND role = 'CHILD' AND identity_id IN (SELECT unnest($children::VARCHAR[]))"""

# Papers that stay say of the child what they said; as a sponsor they describe nobody.
_AS_A_SPONSOR: Final = (
    "DELETE FROM places_stated WHERE role = 'SPONSOR' AND record_key IN (FROM papers)",
    "DELETE FROM ids_dormant WHERE kind = 'sponsor' AND member IN (FROM papers)",
    """DELETE FROM pairs WHERE role = 'SPONSOR'
        AND (left_key IN (FROM papers) OR right_key IN (FROM papers))""",
)

# Of what `resting_on` found: who and what is only the poorer for it.
_STAYING: Final = frozenset({"neighbours", "papers"})

_NAMED: Final = """
CREATE TEMP TABLE gone AS SELECT unnest($gone::VARCHAR[]) AS value;
CREATE TEMP TABLE gone_words AS SELECT unnest($words::VARCHAR[]) AS value"""

# Lists without what is hers; a record and where it went stand side by side.
_EVENTS: Final = """
CREATE TEMP TABLE events_left AS
SELECT told.rowid AS place,
    list_filter(from_ids, lambda id: NOT list_contains(theirs, id)) AS from_ids,
    list_filter(to_ids, lambda id: NOT list_contains(theirs, id)) AS to_ids,
    list_filter(list_zip(records, homes), lambda move:
        NOT list_contains(theirs, move[1]) AND NOT list_contains(theirs, move[2])) AS moves,
    CASE WHEN reason IN (FROM gone_words) THEN $instead ELSE reason END AS reason
FROM events_told AS told, (SELECT coalesce(list(value), []) AS theirs FROM gone)"""

_TELL_OTHERWISE: Final = """
UPDATE events_told AS told SET from_ids = events_left.from_ids, to_ids = events_left.to_ids,
    records = list_transform(moves, lambda move: move[1]),
    homes = list_transform(moves, lambda move: move[2]), reason = events_left.reason
FROM events_left WHERE told.rowid = place;
DELETE FROM events_told
WHERE len(from_ids) = 0 OR len(to_ids) = 0 OR len(records) = 0 OR from_ids = to_ids"""


@dataclass(frozen=True)
class Bearer:
    """Who bears an id by now: in which role, and the keys of the records that describe her."""

    id: str
    role: str | None
    keys: list[str]


def bearer_of(linked: Path, person: str) -> Bearer:
    """Who bears a child's or a sponsor's id by now; in no role where nobody does."""
    with duckdb.connect(str(linked), read_only=True) as connection:
        ((bearer,),) = connection.execute(_BEARER, {"id": person}).fetchall()
        found = connection.execute(_RECORDS, {"id": bearer}).fetchall()
    return Bearer(bearer, found[0][0] if found else None, [key for _, key in found])


def people_of(linked: Path, role: str, keys: Sequence[str]) -> list[str]:
    """The ids of those whom these records describe and no other does."""
    with duckdb.connect(str(linked), read_only=True) as connection:
        found = connection.execute(_PEOPLE, {"role": role, "keys": list(keys)}).fetchall()
    return [person for (person,) in found]


def children_of(linked: Path, papers: Sequence[str]) -> dict[str, str]:
    """The child whom each of these papers describes, by its key."""
    with duckdb.connect(str(linked), read_only=True) as connection:
        return dict(connection.execute(_CHILDREN, {"papers": list(papers)}).fetchall())


def notes_naming(
    home: Path, linked: Path, children: Collection[str], names: Callable[[str], bool]
) -> list[str]:
    """The keys of worksheets' rows on these children whose note names somebody."""
    with duckdb.connect(str(linked), read_only=True) as connection:
        found = connection.execute(_WORKSHEETS, {"children": list(children)}).fetchall()
    if not found:
        return []
    with open_store(home) as connection:
        notes = connection.execute(_NOTES, {"keys": [key for (key,) in found]}).fetchall()
    return sorted({key for key, said in notes if names(said)})


def erase(
    linked: Path,
    into: Path,
    gone: Mapping[str, Sequence[str]],
    events: Sequence[Mapping[str, Any]],
    words: Sequence[str],
    instead: str,
) -> None:
    """Write the tables of `linked` without what is `gone` to the file `into`."""
    work = into.with_suffix(".work")
    for file in (into, work):
        file.unlink(missing_ok=True)
    work.write_bytes(linked.read_bytes())
    work.chmod(0o600)
    connection = duckdb.connect(str(work))
    try:
        connection.execute(QUIET)
        leave_what_lasts(connection, EXPUNGED)
        _name(connection, gone, words)
        _tell_events(connection, instead)
        _erase_rows(connection)
        _unname_papers(connection, gone.get("papers", []))
        _rename_events(connection, events)
        _copy_what_is_left(connection, into)
    finally:
        connection.close()
        work.unlink(missing_ok=True)


def events_without(
    linked: Path, gone: Mapping[str, Sequence[str]], words: Sequence[str], instead: str
) -> list[dict[str, Any]]:
    """Events of the graph that are told otherwise: the id that each had, and what is left of it.

    `new` is the id that its words come to now; None where nothing is left to tell.
    """
    with duckdb.connect() as connection:
        connection.execute(f"ATTACH {file_literal(linked)} AS elder (READ_ONLY)")
        if not _has(connection, "elder", _TOLD):
            return []
        connection.execute("CREATE TABLE events_told AS SELECT * FROM elder.events_told")
        _name(connection, gone, words)
        before = _event_ids(connection)
        _tell_events(connection, instead)
        after = _event_ids(connection)
        columns = ("records", "homes", "from_ids", "to_ids", "reason")
        said = connection.execute(f"SELECT rowid, {', '.join(columns)} FROM events_told").fetchall()
        told = {place: dict(zip(columns, values, strict=True)) for place, *values in said}
    return [
        {"old": old, "new": after.get(place), **told.get(place, {})}
        for place, old in before.items()
        if after.get(place) != old
    ]


def _event_ids(connection: DuckDBPyConnection) -> dict[int, str]:
    """Each event's id in the graph, by its place: in the words of linkage.facts.lineage."""
    want_facts(
        connection,
        "identity_events",
        "SELECT rowid AS place, * FROM events_told",
        besides=("run",),
        kept=("place",),
    )
    found = connection.execute("SELECT place, id FROM desired_identity_events")
    return dict(found.fetchall())


def _name(
    connection: DuckDBPyConnection, gone: Mapping[str, Sequence[str]], words: Sequence[str]
) -> None:
    values = [value for kind, some in gone.items() if kind not in _STAYING for value in some]
    for statement in _NAMED.split(";"):
        parameter = {"gone": values} if "$gone" in statement else {"words": list(words)}
        connection.execute(statement, parameter)


def _tell_events(connection: DuckDBPyConnection, instead: str) -> None:
    if _has(connection, None, _TOLD):
        connection.execute(_EVENTS, {"instead": instead})
        connection.execute(_TELL_OTHERWISE)


def _has(connection: DuckDBPyConnection, catalog: str | None, table: str) -> bool:
    found = connection.execute(
        "SELECT count(*) FROM duckdb_tables() WHERE table_name = $table AND NOT temporary"
        " AND database_name = coalesce($catalog, current_database())",
        {"table": table, "catalog": catalog},
    )
    return bool(found.fetchall()[0][0])


def _erase_rows(connection: DuckDBPyConnection) -> None:
    columns = connection.execute(
        "SELECT table_name, column_name FROM duckdb_columns()"
        " WHERE database_name = current_database() AND data_type = 'VARCHAR'"
        f" AND table_name <> '{_TOLD}' AND schema_name = 'main' ORDER BY ALL"
    ).fetchall()
    for table, column in columns:
        connection.execute(f'DELETE FROM "{table}" WHERE "{column}" IN (FROM gone)')


def _unname_papers(connection: DuckDBPyConnection, papers: Sequence[str]) -> None:
    if papers:
        connection.execute(
            "CREATE TEMP TABLE papers AS SELECT unnest($papers::VARCHAR[])", {"papers": papers}
        )
        for statement in _AS_A_SPONSOR:
            connection.execute(statement)


def _rename_events(connection: DuckDBPyConnection, events: Sequence[Mapping[str, Any]]) -> None:
    if not _has(connection, None, "held_identity_events"):
        return
    for event in events:
        if event["new"]:
            said, given = "UPDATE held_identity_events SET key = ? WHERE key = ?", [event["new"]]
        else:
            said, given = "DELETE FROM held_identity_events WHERE key = ?", []
        connection.execute(said, [*given, event["old"]])


def _copy_what_is_left(connection: DuckDBPyConnection, into: Path) -> None:
    """To a new file: in the old one's free blocks rows would still stand."""
    connection.execute(f"ATTACH {file_literal(into)} AS clean")
    ((catalog,),) = connection.execute("SELECT current_database()").fetchall()
    connection.execute(f'COPY FROM DATABASE "{catalog}" TO clean')
    connection.execute("DETACH clean")
    into.chmod(0o600)
