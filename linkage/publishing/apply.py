"""A plan, batch by batch, into the graph: from the first, or from where a killed run stopped."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from itertools import groupby
from operator import itemgetter
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
            number, parts = batch
            coming = reader.submit(next, batches, None)
            apply_batch(session, plan.seq, number, [(KINDS[kind], rows) for kind, rows in parts])
            progress("writing the graph", number, plan.batches)
        return publish(session, plan.seq, at=_now())


def _batches(
    folder: RunFolder, plan: Plan, after: int
) -> Iterator[tuple[int, list[tuple[str, Rows]]]]:
    """The batches that come after number `after`: each number, and its rows kind by kind."""
    for number, pieces in groupby(_pieces(folder, plan, after), key=itemgetter(0)):
        yield number, [(kind, rows) for _, kind, rows in pieces]


def _pieces(folder: RunFolder, plan: Plan, after: int) -> Iterator[tuple[int, str, Rows]]:
    """Rows of one kind and one batch each, with the number of the batch."""
    written, begun = after * plan.batch_rows, 0
    # A connection of its own, streamed: a plan of millions of rows never stands in memory.
    with duckdb.connect() as connection:
        for part in plan.parts:
            skipped, begun = max(0, written - begun), begun + part.rows
            if skipped >= part.rows:
                continue
            connection.execute(
                f"FROM {file_literal(folder.plan_files / part.file)} OFFSET {skipped}"
            )
            names = [column[0] for column in connection.description or []]
            while some := connection.fetchmany(plan.batch_rows - written % plan.batch_rows):
                number = written // plan.batch_rows + 1
                written += len(some)
                yield number, part.kind, [dict(zip(names, row, strict=True)) for row in some]


def _now() -> datetime:
    return datetime.now(UTC)
