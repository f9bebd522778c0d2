"""One file, from its bytes to its place in the delivery: read, checked, compared, written."""

# ruff: noqa: S608 - statements are made of the models' names and of quoted literals alone

import hashlib
import time
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from duckdb import DuckDBPyConnection

from graph.progress import Progress
from graph.vocabulary.agencies import Source, Table
from linkage.forgetting.digests import UNNAMED, refuse_expunged, refuse_marked, unname_expunged
from linkage.intake import report, versions
from linkage.intake.checking import check
from linkage.intake.formats import Reader, RefusedError, Request, delimited, parquet, spreadsheet
from linkage.intake.layout import Layout, header_problem, layout
from linkage.intake.report import FileReport, Quirk, RowSetAside
from linkage.intake.versions import PARQUET, Arrival
from linkage.quoting import literal
from linkage.records import Coded, Row, kind_of, rows_where, written
from linkage.sources import MODEL_OF
from linkage.store import files_of


@dataclass(frozen=True)
class Desk:
    """Where a delivery is worked on."""

    connection: DuckDBPyConnection
    # The deliveries that rows are compared with, the one at hand included.
    folders: list[Path]
    staging: Path
    scratch: Path
    home: Path
    progress: Progress


@dataclass(frozen=True)
class Incoming:
    """A file that a manifest names, and what is wrong with that, if anything is."""

    table: str
    named: str
    file: Path | None
    mapping: dict[str, str]
    problem: str | None

    @cached_property
    def sha256(self) -> str | None:
        """The hash of the file's bytes, when it can be read at all."""
        if self.problem or not self.file:
            return None
        with self.file.open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest()


def load(desk: Desk, incoming: Incoming, arrival: Arrival, nth: int) -> FileReport:
    """Load one file as the `nth` of its delivery; a refusal is an outcome, not an error."""
    started = time.monotonic()
    outcome = FileReport(
        source=arrival.source, table=incoming.table, file=incoming.named, as_of=arrival.as_of
    )
    try:
        outcome = _loaded(desk, incoming, arrival, nth, outcome)
    except RefusedError as refusal:
        outcome.refused = str(refusal)
    outcome.seconds = round(time.monotonic() - started, 3)
    return outcome


def _loaded(
    desk: Desk, incoming: Incoming, arrival: Arrival, nth: int, outcome: FileReport
) -> FileReport:
    model, file = _model(incoming), _file(incoming)
    mapping = incoming.mapping if model.table == Table.WORKSHEET else {}
    request = Request(
        file, desk.scratch, lambda header: header_problem(model, mapping, header), desk.progress
    )
    header = _reader(file, model)(desk.connection, request)
    arranged = layout(model, mapping, header)
    desk.progress(f"checking {incoming.table}", 0, None)
    check(desk.connection, model, arranged)
    refuse_marked(desk.connection, model.table)
    tombstones = files_of(desk.folders, "expunged", model.table)
    expunged = (desk.connection, desk.home, f"{arrival.source}/{model.table}/", tombstones)
    refuse_expunged(*expunged)
    without = unname_expunged(*expunged)
    desk.progress(f"comparing {incoming.table}", 0, None)
    counts = versions.compare(desk.connection, model, arrival, desk.folders)
    versions.write(desk.connection, model, arrival, desk.staging, nth)
    outcome.new, outcome.changed, outcome.unchanged = counts.new, counts.changed, counts.unchanged
    outcome.delivery, outcome.file_sha256 = arrival.delivery, incoming.sha256
    _tell_oddities(desk.connection, model, arranged, outcome)
    if without:
        outcome.quirks.append(Quirk(what=UNNAMED, count=without))
    _tell_set_aside(desk, incoming, arrival, nth, outcome)
    outcome.read = outcome.set_aside + counts.new + counts.changed + counts.unchanged
    return outcome


def _model(incoming: Incoming) -> type[Row]:
    if incoming.table not in set(Table):
        raise RefusedError(f"there is no table {incoming.table}: it is one of {', '.join(Table)}")
    return MODEL_OF[Table(incoming.table)]


def _file(incoming: Incoming) -> Path:
    if incoming.problem or not incoming.file:
        raise RefusedError(incoming.problem or "no file is named")
    return incoming.file


def _reader(file: Path, model: type[Row]) -> Reader:
    """The reader for what the file is; its name may say anything."""
    with file.open("rb") as stream:
        begins = stream.read(8)
    if begins.startswith(parquet.MAGIC):
        return parquet.read
    if not begins.startswith(spreadsheet.MAGICS):
        return delimited.read
    if model.table == Table.WORKSHEET:
        return spreadsheet.read
    raise RefusedError(
        "a spreadsheet or a ZIP archive: only a worksheet may be one; save it as CSV"
    )


def _tell_oddities(
    connection: DuckDBPyConnection, model: type[Row], arranged: Layout, outcome: FileReport
) -> None:
    counted = dict(model.quirks)
    for name in arranged.cells:
        if name in model.model_fields and (coded := kind_of(model, name, Coded)):
            counted[f"codes not on the list in {written(model, name)}"] = rows_where(
                coded.unknown(name)
            )
    if counted:
        counts = connection.execute(f"SELECT {', '.join(counted.values())} FROM sound").fetchall()
        found = zip(counted, counts[0], strict=True)
        outcome.quirks = [Quirk(what=what, count=count) for what, count in found if count]
    outcome.extra_columns = list(arranged.extra)
    outcome.never_kept_columns = arranged.left_out
    outcome.warnings = [
        meaning for names, meaning in model.without.items() if not set(names) & set(arranged.cells)
    ]
    if outcome.source not in set(Source):
        outcome.warnings.append("the source is none that this system knows by name")


def _tell_set_aside(
    desk: Desk, incoming: Incoming, arrival: Arrival, nth: int, outcome: FileReport
) -> None:
    """Count the rows set aside, keep all of them in the store, and show the first of them."""
    reasons = desk.connection.execute(_REASONS).fetchall()
    outcome.set_aside_for = {str(reason): int(count) for reason, count in reasons}
    outcome.set_aside = sum(outcome.set_aside_for.values())
    shown = desk.connection.execute(_SHOWN, [report.ROWS_SHOWN]).fetchall()
    outcome.rows_set_aside = [
        RowSetAside(line=line, column=column, value=value, reason=reason)
        for line, column, value, reason in shown
    ]
    if outcome.set_aside:
        kept = desk.staging / f"set_aside_{incoming.table}_{nth}.parquet"
        placed = [arrival.delivery, arrival.source, incoming.table, incoming.named]
        desk.connection.execute(f"{_KEPT} TO {literal(str(kept))} {PARQUET}", placed)


# A reason that names a line is one reason, however many lines it names.
_REASONS = r"""
SELECT regexp_replace(reason, ' ?\(?(of )?line \d+\)?', '') AS why, count(*) FROM unread
GROUP BY why ORDER BY count(*) DESC, why
"""

_SHOWN = 'SELECT line, "column", value, reason FROM unread ORDER BY line LIMIT ?'

_KEPT = """
COPY (
    SELECT ? AS delivery, ? AS source, ? AS "table", ? AS file, line, "column", value, reason
    FROM unread ORDER BY line
)"""
