"""Agencies' files into the store: `sponsorgraph ingest DELIVERY…`.

One delivery of a manifest at a time, each all or nothing. Within it every file comes to an end of
its own: loaded, with the rows set aside that could not be read, or refused with the reason.
"""

import hashlib
import json
import os
import time
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from pathlib import Path

from graph.errors import UsageError
from graph.progress import Progress, silent
from graph.vocabulary.agencies import Table
from linkage.forgetting.intent import refuse_meanwhile
from linkage.intake.load import Desk, Incoming, load
from linkage.intake.manifest import MANIFEST, Delivery, ManifestError, NamedFile, deliveries, inside
from linkage.intake.report import FileReport, IngestReport, write
from linkage.intake.staging import commit, locked_store, staged
from linkage.intake.versions import Arrival
from linkage.room import needing_room
from linkage.sources import MODEL_OF
from linkage.store import LEDGER, committed

Clock = Callable[[], datetime]

# Turns of one delivery: more files than any manifest names.
FILES_A_DELIVERY = 1_000
ID_LENGTH = 20


def now() -> datetime:
    """The wall clock, which tests replace."""
    return datetime.now(UTC)


def ingest(
    home: Path, paths: list[Path], progress: Progress = silent, clock: Clock = now
) -> IngestReport:
    """Load every delivery that the paths name: folders with a manifest.json, or manifest files.

    The report is also written to `store/reports` in the home. A refused file makes the report
    incomplete and stops nothing else.

    Raises:
        UsageError: a path is not there; nothing was loaded.
        SponsorgraphError: another ingest is writing into this home.
    """
    manifests = [_manifest(path) for path in paths]
    named = [each for manifest in manifests for each in _named_in(manifest)]
    return _ingest(home, named, progress, clock)


def ingest_file(
    home: Path,
    file: Path,
    *,
    table: str,
    as_of: date,
    source: str | None = None,
    mapping: dict[str, str] | None = None,
    progress: Progress = silent,
    clock: Clock = now,
) -> IngestReport:
    """Load one file that has no manifest: whose it is follows from its table unless said.

    Raises:
        UsageError: the file is not there, or there is no such table.
        SponsorgraphError: another ingest is writing into this home.
    """
    if not file.is_file():
        raise UsageError(f"there is no file {file}: check the path")
    if table not in set(Table):
        raise UsageError(f"there is no table {table}: it is one of {', '.join(Table)}")
    delivery = Delivery(
        source=source or MODEL_OF[Table(table)].source,
        as_of=as_of,
        files={table: [NamedFile(path=file.name, mapping=mapping)]},
    )
    return _ingest(home, [(file.parent, delivery)], progress, clock)


def _manifest(path: Path) -> Path:
    manifest = path / MANIFEST if path.is_dir() else path
    if not path.exists():
        raise UsageError(f"there is no {path}: name a delivery's folder or its {MANIFEST}")
    return manifest


def _named_in(manifest: Path) -> Iterator[tuple[Path, Delivery | ManifestError]]:
    """Each delivery that a manifest names, with the folder that its files lie in."""
    try:
        for delivery in deliveries(manifest):
            yield manifest.parent, delivery
    except ManifestError as error:
        yield manifest.parent, error


def _ingest(
    home: Path,
    named: list[tuple[Path, Delivery | ManifestError]],
    progress: Progress,
    clock: Clock,
) -> IngestReport:
    report, started = IngestReport(started_at=clock()), time.monotonic()
    with locked_store(home) as store:
        refuse_meanwhile(home)
        for folder, delivery in named:
            if isinstance(delivery, ManifestError):
                report.files.append(FileReport(file=str(folder / MANIFEST), refused=str(delivery)))
                continue
            with needing_room(store):
                report.files += _take_in(store, folder, delivery, progress, clock)
        report.seconds = round(time.monotonic() - started, 3)
        return write(report, store / "reports")


def _take_in(
    store: Path, folder: Path, delivery: Delivery, progress: Progress, clock: Clock
) -> list[FileReport]:
    """Load one delivery's files, and commit what could be loaded of it as one."""
    incoming = [
        _incoming(folder, delivery, table, file)
        for table, files in delivery.files.items()
        for file in files
    ]
    before = committed(store)
    number, known_as = len(before) + 1, _delivery_id(delivery, incoming)
    reports = []
    with staged(store) as (staging, scratch, connection):
        desk = Desk(connection, [*before, staging], staging, scratch, store.parent, progress)
        for nth, file in enumerate(incoming, start=1):
            turn = number * FILES_A_DELIVERY + nth
            arrival = Arrival(delivery.source, delivery.as_of, known_as, turn)
            reports.append(load(desk, file, arrival, nth))
        if _adds_something(reports, known_as, before):
            _write_ledger(staging / LEDGER, delivery, number, reports, clock())
            commit(staging, store / "deliveries" / f"{number:06}-{known_as}")
    return reports


def _adds_something(reports: list[FileReport], known_as: str, before: list[Path]) -> bool:
    """A delivery that came before and says nothing more leaves the store as it is."""
    loaded = [report for report in reports if not report.refused]
    repeated = any(folder.name.endswith(known_as) for folder in before)
    return any(each.new or each.changed or not repeated for each in loaded)


def _incoming(folder: Path, delivery: Delivery, table: str, named: NamedFile) -> Incoming:
    file = inside(folder, named.path)
    mapping = named.mapping if named.mapping is not None else delivery.mapping
    problem = None
    if file is None:
        problem = "the path leads out of the delivery's folder"
    elif not file.is_file():
        problem = "the manifest names this file, and it is not there"
    elif not os.access(file, os.R_OK):
        problem = "the file is there, and we may not read it: ask for the right to"
    return Incoming(table, named.path, file, mapping, problem)


def _delivery_id(delivery: Delivery, incoming: list[Incoming]) -> str:
    """A delivery is known by what it says and by the bytes of its files, not by their names."""
    said = [
        delivery.source,
        str(delivery.as_of),
        str(delivery.covers_from),
        str(delivery.covers_to),
        [[file.table, file.sha256, sorted(file.mapping.items())] for file in incoming],
    ]
    return hashlib.sha256(json.dumps(said).encode()).hexdigest()[:ID_LENGTH]


def _write_ledger(
    file: Path, delivery: Delivery, number: int, reports: list[FileReport], at: datetime
) -> None:
    said = {
        "arrival": number,
        "covers_from": delivery.covers_from and str(delivery.covers_from),
        "covers_to": delivery.covers_to and str(delivery.covers_to),
        "received_at": at.strftime("%Y-%m-%d %H:%M:%S"),
    }
    counted = {
        "delivery",
        "source",
        "table",
        "as_of",
        "file",
        "file_sha256",
        "read",
        "set_aside",
        "new",
        "changed",
        "unchanged",
    }
    lines = [
        json.dumps(report.model_dump(mode="json", include=counted) | said)
        for report in reports
        if not report.refused
    ]
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")
