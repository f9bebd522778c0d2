"""How right the identities are, against a truth the linkage never reads."""

from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb
from duckdb import DuckDBPyConnection

from graph.errors import SponsorgraphError
from graph.vocabulary.people import Role
from linkage.export import export_linkage
from linkage.measures import Agreement, BCubed, b_cubed, by_group, by_table_pair, pairwise
from linkage.quoting import file_literal


@dataclass(frozen=True)
class Measured:
    """One role's figures, whole and in parts."""

    pairwise: Agreement
    b_cubed: BCubed
    by_table_pair: dict[str, Agreement] = field(default_factory=dict)
    by_group: dict[str, Agreement] = field(default_factory=dict)


@dataclass(frozen=True)
class Evaluation:
    """What `evaluate` found. None is "not measurable with the files given", never zero."""

    children: Measured
    sponsors: Measured
    addresses: Measured | None
    # Identities that hold two children of one family; the worst error there is.
    siblings_joined: int | None


# A record that truth knows and linkage gave no identity is alone, and counts as missed.
_JUDGED = """
CREATE OR REPLACE TEMP TABLE judged AS
SELECT concat_ws('/', truth.source, truth."table", truth.record_id) || '#' || truth.role AS member,
    truth.person_id, truth."table" AS table_name,
    coalesce(given.identity_id, 'alone ' || concat_ws('/', truth.source, truth."table",
        truth.record_id)) AS identity_id
FROM truth LEFT JOIN given USING (source, "table", record_id, role)
WHERE truth.role = $role
"""

_GROUPED = """
CREATE OR REPLACE TEMP TABLE grouped AS
SELECT DISTINCT unnest(list_filter([
        'country ' || coalesce(country, 'not stated'),
        CASE WHEN family_2 IS NOT NULL THEN 'two surnames' ELSE 'one surname' END,
        CASE WHEN a_number IS NULL AND role = 'CHILD' THEN 'no A-number' END,
        CASE WHEN birth_month IS NULL THEN 'no date of birth'
             WHEN date_of_birth IS NULL THEN 'birth month only'
             WHEN birth_is_placeholder THEN 'born 1 January' END
    ], lambda name: name IS NOT NULL)) AS group_name,
    record_key || '#' || role AS member
FROM read_parquet($people)
"""

# What one paper says of her birth holds for all her papers: truth says which those are.
_GROUPED_BY_AGE = """
INSERT INTO grouped
WITH stated AS (
    SELECT record_key || '#' || role AS member, date_of_birth, release_date
    FROM read_parquet($people) WHERE role = 'CHILD'
), aged AS (
    SELECT person_id, date_sub('year', mode(date_of_birth), min(release_date)) AS age
    FROM judged JOIN stated USING (member) GROUP BY person_id
)
SELECT 'released at ' || CASE WHEN age <= 5 THEN '0–5' WHEN age <= 12 THEN '6–12'
        WHEN age <= 14 THEN '13–14' WHEN age <= 16 THEN '15–16' ELSE '17 and above' END,
    member
FROM judged JOIN aged USING (person_id) WHERE age >= 0
"""

_SIBLINGS_JOINED = """
SELECT count(*) FROM (
    SELECT identity_id, family_id FROM judged JOIN families USING (person_id)
    GROUP BY ALL HAVING count(DISTINCT person_id) > 1)
"""

_JUDGED_PLACES = """
CREATE OR REPLACE TEMP TABLE judged AS
WITH lived AS (
    SELECT concat_ws('/', source, "table", record_id) AS record_key, "table" AS table_name,
        address_id
    FROM truth_addresses WHERE role = $role
)
SELECT lived.record_key AS member, lived.address_id AS person_id, lived.table_name,
    coalesce(place.address_id, 'alone ' || lived.record_key) AS identity_id
FROM lived LEFT JOIN read_parquet($places) AS place
  ON place.record_key = lived.record_key AND place.role = $role
"""


def evaluate(
    identities: Path, truth: Path, *, people: Path | None = None, places: Path | None = None
) -> Evaluation:
    """Compare `identities.csv` (FORMATS.md, what linkage hands back) with a folder of truth.

    `truth` is the folder with `truth.csv`, and where there are, `families.csv` (person_id,
    family_id) and `truth_addresses.csv`; or `truth.csv` itself. `people` and `places` are a run's
    Parquet files: with them come the figures by group and for addresses.
    """
    folder = truth if truth.is_dir() else truth.parent
    with duckdb.connect() as connection:
        connection.execute("SET threads = 2")
        _read_csv(connection, "truth", folder / "truth.csv" if truth.is_dir() else truth)
        _read_csv(connection, "given", identities)
        children = _measure(connection, Role.CHILD, people)
        siblings = _siblings_joined(connection, folder / "families.csv")
        sponsors = _measure(connection, Role.SPONSOR, people)
        addresses = _measure_places(connection, folder / "truth_addresses.csv", places)
    return Evaluation(children, sponsors, addresses, siblings)


def evaluate_run(linked: Path, truth: Path) -> Evaluation:
    """The same in every part, for the file that `linkage.publishing.runs.latest_linked` names."""
    with duckdb.connect(str(linked), read_only=True) as connection, TemporaryDirectory() as folder:
        exported = Path(folder)
        export_linkage(connection, exported)
        for table in ("people", "places"):
            file = file_literal(exported / f"{table}.parquet")
            connection.execute(f"COPY (FROM {table}) TO {file}")
        return evaluate(
            exported / "identities.csv",
            truth,
            people=exported / "people.parquet",
            places=exported / "places.parquet",
        )


def _read_csv(connection: DuckDBPyConnection, name: str, path: Path) -> None:
    if not path.exists():
        raise SponsorgraphError(f"{path.name} is not in {path.parent}: name the folder that has it")
    connection.execute(
        f"CREATE TEMP TABLE {name} AS FROM read_csv($path, header = true, all_varchar = true)",
        {"path": str(path)},
    )


def _measure(connection: DuckDBPyConnection, role: Role, people: Path | None) -> Measured:
    connection.execute(_JUDGED, {"role": role})
    groups: dict[str, Agreement] = {}
    if people is not None:
        connection.execute(_GROUPED, {"people": str(people)})
        connection.execute(_GROUPED_BY_AGE, {"people": str(people)})
        groups = by_group(connection)
    return Measured(pairwise(connection), b_cubed(connection), by_table_pair(connection), groups)


def _siblings_joined(connection: DuckDBPyConnection, families: Path) -> int | None:
    if not families.exists():
        return None
    _read_csv(connection, "families", families)
    return int(connection.execute(_SIBLINGS_JOINED).fetchall()[0][0])


def _measure_places(
    connection: DuckDBPyConnection, truth: Path, places: Path | None
) -> Measured | None:
    if places is None or not truth.exists():
        return None
    _read_csv(connection, "truth_addresses", truth)
    connection.execute(_JUDGED_PLACES, {"places": str(places), "role": Role.CHILD})
    return Measured(pairwise(connection), b_cubed(connection), by_table_pair(connection))
