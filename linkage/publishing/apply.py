"""A plan, batch by batch, into the graph: from the first, or from where a killed run stopped."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from typing import Any

import duckdb

from graph.connection import Door
from graph.progress import Progress, silent
from graph.writes import KINDS
from graph.writes.runs import Published, apply_batch, begin_run, publish
from linkage.publishing.runs import Plan, RunFolder
from linkage.quoting import file_literal

Rows = list[dict[str, Any]]


def apply_plan(door: Door, folder: RunFolder, plan: Plan, progress: Progress = silent) -> Published:
    """Write what is left of the plan, then let readers see it, all at once.

    Done twice it changes nothing the second time.
    """
    with door.writing() as session, ThreadPoolExecutor(1) as reader:
        began = begin_run(
            session, plan.seq, plan.id, planned=plan.batches, models=plan.models, at=_now()
        )
        batches = _batches(folder, plan, after=began.batches)
        progress("writing the graph", began.batches, plan.batches)
        # The next batch is read while the database is busy with this one.
        coming = reader.submit(next, batches, None)
        while batch := coming.result():
            number, kind, rows = batch
            coming = reader.submit(next, batches, None)
            apply_batch(session, plan.seq, number, KINDS[kind], rows)
            progress("writing the graph", number, plan.batches)
        return publish(session, plan.seq, at=_now())


def _batches(folder: RunFolder, plan: Plan, after: int) -> Iterator[tuple[int, str, Rows]]:
    """The batches that come after number `after`, with their number and kind."""
    number = 0
    for part in plan.parts:
        last = number + -(-part.rows // plan.batch_rows)
        if last > after:
            skipped = max(0, after - number)
            files = _rows(folder, plan, part.file, skipped)
            for position, rows in enumerate(files, start=number + skipped + 1):
                yield position, part.kind, rows
        number = last


def _rows(folder: RunFolder, plan: Plan, file: str, skipped: int) -> Iterator[Rows]:
    # A connection of its own, streamed: a plan of millions of rows never stands in memory.
    with duckdb.connect() as connection:
        connection.execute(f"FROM {file_literal(folder.plan_files / file)}")
        names = [column[0] for column in connection.description or []]
        for _ in range(skipped):
            connection.fetchmany(plan.batch_rows)
        while some := connection.fetchmany(plan.batch_rows):
            yield [dict(zip(names, row, strict=True)) for row in some]


def _now() -> datetime:
    return datetime.now(UTC)
