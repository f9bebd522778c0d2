"""What has to be written: what the graph should hold, less what it holds.

Anchors (identities, addresses, hearings, records) stay for ever and are only added; facts that no
longer hold are closed. Everything is in a fixed order, so that a batch number always means the
same rows.
"""

import uuid
from dataclasses import dataclass, replace
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
    # Few enough to be wanted in full by every link.
    always_whole: bool = False


HELD = (
    Held("deliveries", "id"),
    Held("records", "key_version"),
    Held("linkage_models", "id"),
    Held("public_releases", "id", "record"),
    Held("children", "id"),
    Held("sponsors", "id"),
    Held("addresses", "id"),
    Held("hearings", "id"),
    Held("scopes", "id"),
    Held("child_biographics", "id", "child"),
    Held("sponsor_biographics", "id", "sponsor"),
    Held("describes_child", "id", "record"),
    Held("describes_sponsor", "id", "record"),
    Held("child_evidence", "id", "identity"),
    Held("sponsor_evidence", "id", "identity"),
    Held("child_lives_at", "id", "person"),
    Held("sponsor_lives_at", "id", "person"),
    Held("released_to", "id", "child"),
    Held("has_hearing", "id", "child"),
    Held("reports", "id", "record"),
    Held("within", "id", "child"),
    Held("transfer_stated_in", "id", "child"),
    Held("nta_stated_in", "id", "child"),
    Held("relief_stated_in", "id", "child"),
    Held("order_stated_in", "id", "child"),
    Held("contact_stated_in", "id", "child"),
    Held("redirects_child", "id", "old", always_whole=True),
    Held("redirects_sponsor", "id", "old", always_whole=True),
    Held("redirects_address", "id", "old", always_whole=True),
    Held("identity_events", "id"),
    Held("candidate_pairs", "id", "left_key", always_whole=True),
    Held("heeded_judgements", "id", "judgement", always_whole=True),
)

# Where facts were stated for some only: theirs are those that start at them or at their records,
# in whatever version.
_CONCERNED = """
CREATE OR REPLACE TEMP TABLE starts_concerned AS
SELECT identity_id AS start FROM ids_affected
UNION ALL
SELECT record_key || '/v' || unnest(range(1, latest + 1))
FROM current_records SEMI JOIN scope USING (record_key)
"""
_IS_CONCERNED = "{start} IN (SELECT start FROM starts_concerned)"

# Rows that start at one node stand together: the database then finds it, and what hangs on it,
# in memory.
_TO_CREATE = """
SELECT {columns} FROM desired_{kind} AS wanted
ANTI JOIN held_{kind} AS held ON held.key = wanted.{key}
WHERE {concerned} ORDER BY {order}"""

_TO_CLOSE = """
SELECT held.start, held.key AS id FROM held_{kind} AS held
ANTI JOIN desired_{kind} AS wanted ON wanted.{key} = held.key
WHERE {concerned} ORDER BY held.start, held.key"""

_HELD_NOW = "INSERT INTO held_{kind} SELECT {key}, {start} FROM read_parquet({file})"
_HELD_NO_MORE = """
DELETE FROM held_{kind} WHERE key IN (SELECT id FROM read_parquet({file}))"""


@dataclass(frozen=True)
class Planning:
    """From the `desired_*` tables to a plan in `folder`, upon the published run `base`.

    `held_<kind>(key, start)` on the connection is what the graph holds, and is brought to what it
    will hold. With `anew` the facts of everybody were stated; without, those of `scope(record_key)`
    and `ids_affected(identity_id)`.
    """

    connection: DuckDBPyConnection
    folder: RunFolder
    base: Published
    anew: bool = True

    def plan(self, models: list[str], progress: Progress = silent) -> Plan:
        """Write the rows to write; the plan counts once committed."""
        if not self.anew:
            self.connection.execute(_CONCERNED)
        parts = []
        for done, each in enumerate(HELD):
            progress("planning", done, len(HELD))
            parts += self._parts(each)
        progress("planning", len(HELD), len(HELD))
        order = list(KINDS)
        parts = sorted(
            (part for part in parts if part.rows), key=lambda part: order.index(part.kind)
        )
        return Plan(self.base.seq + 1, uuid.uuid4().hex, self.base, models, BATCH_ROWS, parts)

    def _parts(self, each: Held) -> list[Part]:
        self.connection.execute(
            f"CREATE TABLE IF NOT EXISTS held_{each.kind} (key VARCHAR, start VARCHAR)"
        )
        whole = self.anew or each.always_whole
        creates = self._write(each.kind, _creates(each, whole=whole))
        closes = Part(f"close_{each.kind}", "", 0)
        if each.start:
            concerned = "true" if whole else _IS_CONCERNED.format(start="held.start")
            rows = _TO_CLOSE.format(kind=each.kind, key=each.key, concerned=concerned)
            closes = self._write(f"close_{each.kind}", rows)
        if closes.rows:
            self.connection.execute(_HELD_NO_MORE.format(kind=each.kind, file=self._file(closes)))
        if creates.rows:
            start = each.start or "NULL"
            self.connection.execute(
                _HELD_NOW.format(
                    kind=each.kind, key=each.key, start=start, file=self._file(creates)
                )
            )
        return [creates, closes]

    def _write(self, kind: str, rows: str) -> Part:
        part = Part(kind, f"{list(KINDS).index(kind):02d}_{kind}.parquet", 0)
        return replace(part, rows=_copy(self.connection, rows, self.folder.plan_files / part.file))

    def _file(self, part: Part) -> str:
        return file_literal(self.folder.plan_files / part.file)


def _creates(each: Held, *, whole: bool) -> str:
    columns = ", ".join(f'wanted."{name}"' for name in KINDS[each.kind].columns)
    order = f"wanted.{each.start}, wanted.{each.key}" if each.start else f"wanted.{each.key}"
    # An anchor is there or it isn't: whoever wants it.
    concerned = "true"
    if each.start and not whole:
        concerned = _IS_CONCERNED.format(start=f"wanted.{each.start}")
    return _TO_CREATE.format(
        columns=columns, kind=each.kind, key=each.key, order=order, concerned=concerned
    )


def _copy(connection: DuckDBPyConnection, rows: str, file: Path) -> int:
    written = connection.execute(f"COPY ({rows}) TO {file_literal(file)} (COMPRESSION zstd)")
    return int(written.fetchall()[0][0])
