"""What has to be written: what the graph should hold, less what it holds.

Anchors (identities, addresses, hearings, records) stay for ever and are only added; facts that no
longer hold are closed. Everything is in a fixed order, so that a batch number always means the
same rows.
"""

import uuid
from dataclasses import dataclass
from pathlib import Path

from duckdb import DuckDBPyConnection

from graph.progress import Progress, silent
from graph.writes import KINDS
from graph.writes.runs import Published
from linkage.publishing.runs import Part, Plan, RunFolder
from linkage.quoting import file_literal

# Measured on facts of 13 properties: 2,000 rows a batch are a fifth slower, 25,000 are 3 % faster
# and make the database hold two and a half times as much for one transaction.
BATCH_ROWS = 10_000


@dataclass(frozen=True)
class Held:
    """How a kind is told apart in the graph: its key, and for a fact the node it starts at."""

    kind: str
    key: str
    start: str | None = None


HELD = (
    Held("deliveries", "id"),
    Held("records", "key_version"),
    Held("public_releases", "id", "record"),
    Held("children", "id"),
    Held("sponsors", "id"),
    Held("addresses", "id"),
    Held("hearings", "id"),
    Held("child_biographics", "id", "child"),
    Held("sponsor_biographics", "id", "sponsor"),
    Held("describes_child", "id", "record"),
    Held("describes_sponsor", "id", "record"),
    Held("child_lives_at", "id", "person"),
    Held("sponsor_lives_at", "id", "person"),
    Held("released_to", "id", "child"),
    Held("has_hearing", "id", "child"),
    Held("reports", "id", "record"),
)

# What bears an id of its own that linkage gives, and that lasts for ever.
ANCHORS = ("children", "sponsors", "addresses")

# Rows that start at one node stand together: the database then finds it, and what hangs on it,
# in memory.
_TO_CREATE = """
SELECT {columns} FROM desired_{kind} AS wanted
ANTI JOIN held ON held.key = wanted.{key}
ORDER BY {order}"""

_TO_CLOSE = """
SELECT held.start, held.key AS id FROM held
ANTI JOIN desired_{kind} AS wanted ON wanted.{key} = held.key
ORDER BY held.start, held.key"""

_ANCHORS_AFTER = """
SELECT key, NULL::VARCHAR AS start FROM held
UNION SELECT {key}, NULL FROM desired_{kind} ORDER BY key"""

_FACTS_AFTER = "SELECT {key} AS key, {start} AS start FROM desired_{kind} ORDER BY key"

_NOTHING_HELD = "SELECT NULL::VARCHAR AS key, NULL::VARCHAR AS start WHERE false"


@dataclass(frozen=True)
class Planning:
    """From the `desired_*` tables to a plan in `folder`.

    `held` is the state of the published run `base`, None when nothing was published yet.
    """

    connection: DuckDBPyConnection
    folder: RunFolder
    base: Published
    held: Path | None

    def plan(self, models: list[str], progress: Progress = silent) -> Plan:
        """Write the rows to write, and the state after them; the plan counts once committed."""
        parts = []
        for done, each in enumerate(HELD):
            progress("planning", done, len(HELD))
            self._look_at(each)
            parts.append(self._write(each.kind, _creates(each)))
            if each.start:
                closes = _TO_CLOSE.format(kind=each.kind, key=each.key)
                parts.append(self._write(f"close_{each.kind}", closes))
            self._keep(each)
        progress("planning", len(HELD), len(HELD))
        order = list(KINDS)
        parts = sorted(
            (part for part in parts if part.rows), key=lambda part: order.index(part.kind)
        )
        return Plan(self.base.seq + 1, uuid.uuid4().hex, self.base, models, BATCH_ROWS, parts)

    def _look_at(self, each: Held) -> None:
        file = self.held / f"{each.kind}.parquet" if self.held else None
        # A kind that an older version of this program didn't have is held by no state.
        known = f"FROM {file_literal(file)}" if file and file.exists() else _NOTHING_HELD
        self.connection.execute(f"CREATE OR REPLACE TEMP VIEW held AS {known}")

    def _keep(self, each: Held) -> None:
        after = _FACTS_AFTER if each.start else _ANCHORS_AFTER
        rows = after.format(kind=each.kind, key=each.key, start=each.start)
        _copy(self.connection, rows, self.folder.state / f"{each.kind}.parquet")

    def _write(self, kind: str, rows: str) -> Part:
        file = self.folder.plan_files / f"{list(KINDS).index(kind):02d}_{kind}.parquet"
        return Part(kind, file.name, _copy(self.connection, rows, file))


def ids_ever_given(connection: DuckDBPyConnection, state: Path | None) -> set[str]:
    """Every id that any run up to this state gave: an anchor stays in the state for ever."""
    files = [state / f"{kind}.parquet" for kind in ANCHORS] if state else []
    given = [file_literal(file) for file in files if file.exists()]
    if not given:
        return set()
    # Our own files' names, quoted.
    rows = connection.execute(f"SELECT key FROM read_parquet([{', '.join(given)}])").fetchall()  # noqa: S608
    return {str(key) for (key,) in rows}


def _creates(each: Held) -> str:
    columns = ", ".join(f'wanted."{name}"' for name in KINDS[each.kind].columns)
    order = f"wanted.{each.start}, wanted.{each.key}" if each.start else f"wanted.{each.key}"
    return _TO_CREATE.format(columns=columns, kind=each.kind, key=each.key, order=order)


def _copy(connection: DuckDBPyConnection, rows: str, file: Path) -> int:
    written = connection.execute(f"COPY ({rows}) TO {file_literal(file)} (COMPRESSION zstd)")
    return int(written.fetchall()[0][0])
