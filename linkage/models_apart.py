"""What would become of identities under other models, before anybody switches to them.

The records of a home are linked with each version in a file of its own, from what the last link
left, and nothing is published.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb
from duckdb import DuckDBPyConnection

from graph.progress import Progress, silent
from graph.vocabulary.evidence import IdentityEventKind, Judgement
from linkage.clusters import Clusters
from linkage.link import link
from linkage.publishing.runs import latest_linked
from linkage.quoting import file_literal
from linkage.store import QUIET
from linkage.workings import open_workings

# Ids by one model and by the other that have records in common, unless they have all in common.
_DIFFERING = """
CREATE TEMP TABLE both_ids AS
SELECT role, record_key, one.identity_id AS one, another.identity_id AS another
FROM one.identities AS one JOIN another.identities AS another USING (role, record_key);
CREATE TEMP TABLE differing AS
WITH shared AS (
    SELECT role, one, another, count(*) AS records FROM both_ids GROUP BY ALL
), summed AS (
    SELECT *, sum(records) OVER (PARTITION BY role, one) AS of_one,
        sum(records) OVER (PARTITION BY role, another) AS of_another
    FROM shared
)
SELECT role, one, another FROM summed
WHERE records < of_one OR records < of_another OR one <> another
"""

_MOVES = """
SELECT role, one, another, record_key FROM both_ids SEMI JOIN differing USING (role, one, another)
ORDER BY ALL
"""

# As published: whoever failed to appear, and the id that each of her records would go to.
_FOLLOW_UPS = """
SELECT child, list_sort(list(DISTINCT one)), list_sort(list(DISTINCT another))
FROM last.failed_to_appear JOIN last.identities AS told ON identity_id = child
JOIN both_ids ON both_ids.record_key = told.record_key AND both_ids.role = 'CHILD'
WHERE told.role = 'CHILD'
GROUP BY child
HAVING bool_or(one IN (SELECT one FROM differing WHERE role = 'CHILD'))
ORDER BY ALL
"""


@dataclass(frozen=True)
class Change:
    """Identities that come out otherwise: ids by the one model, ids by the other.

    `moves` are the records that would bear another id: (record key, id, other id).
    """

    kind: IdentityEventKind
    role: str
    before: list[str]
    after: list[str]
    moves: list[tuple[str, str, str]]


@dataclass(frozen=True)
class FollowUp:
    """A child reported failed to appear, as published, and whose papers hers would be."""

    child: str
    before: list[str]
    after: list[str]


@dataclass(frozen=True)
class Difference:
    """Between two versions of the models, for the records of one home."""

    one: str
    another: str
    # Of children and sponsors, by the one and by the other.
    identities: dict[str, tuple[int, int]]
    changes: list[Change] = field(default_factory=list)
    follow_ups: list[FollowUp] = field(default_factory=list)


def difference(
    home: Path,
    one: str,
    another: str,
    judgements: Sequence[Judgement] = (),
    progress: Progress = silent,
) -> Difference:
    """Link what was ingested in `home` with two versions of the models, and compare.

    Raises:
        UsageError: there is no such version.
        SponsorgraphError: nothing was linked yet, or the models cannot be read.
    """
    last = latest_linked(home)
    with TemporaryDirectory() as folder:
        files = [Path(folder) / name for name in ("one.duckdb", "another.duckdb")]
        for version, file in zip((one, another), files, strict=True):
            progress(f"linking with {version}", 0, None)
            with open_workings(file, last) as connection:
                link(
                    connection,
                    home,
                    models=home / "models",
                    version=version,
                    judgements=judgements,
                    run=int(last.parent.name) + 1,
                )
        with duckdb.connect() as connection:
            connection.execute(QUIET)
            for name, file in zip(("one", "another", "last"), (*files, last), strict=True):
                connection.execute(f"ATTACH {file_literal(file)} AS {name} (READ_ONLY)")
            return _compared(connection, one, another)


def _compared(connection: DuckDBPyConnection, one: str, another: str) -> Difference:
    connection.execute(_DIFFERING)
    counted = connection.execute(
        "SELECT role, count(DISTINCT one), count(DISTINCT another) FROM both_ids"
        " GROUP BY role ORDER BY role"
    ).fetchall()
    changes = _changes(connection.execute(_MOVES).fetchall())
    follow_ups = [FollowUp(*row) for row in connection.execute(_FOLLOW_UPS).fetchall()]
    identities = {role: (before, after) for role, before, after in counted}
    return Difference(one, another, identities, changes, follow_ups)


def _changes(rows: Iterable[tuple[str, str, str, str]]) -> list[Change]:
    """Rows of role, id, other id, record: each group of ids that share records is one change."""
    together: Clusters = Clusters()
    number: dict[tuple[str, str, str], int] = defaultdict(lambda: len(number))
    listed = list(rows)
    for role, before, after, _ in listed:
        together.join(number[role, "before", before], number[role, "after", after])
    groups: dict[int, list[tuple[str, str, str, str]]] = defaultdict(list)
    for row in listed:
        groups[together.of(number[row[0], "before", row[1]])].append(row)
    return sorted(
        (_change(group) for group in groups.values()),
        key=lambda change: (change.role, change.kind, change.before),
    )


def _change(rows: list[tuple[str, str, str, str]]) -> Change:
    before, after = (sorted({row[place] for row in rows}) for place in (1, 2))
    if len(after) == 1 and len(before) > 1:
        kind = IdentityEventKind.MERGED
    elif len(before) == 1 and len(after) > 1:
        kind = IdentityEventKind.SPLIT
    else:
        kind = IdentityEventKind.MOVED
    moves = [(record, was, would_be) for _, was, would_be, record in rows if was != would_be]
    return Change(kind, rows[0][0], before, after, moves)
