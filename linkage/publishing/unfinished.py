"""Runs that were killed: carried on when their plan was whole, thrown away when it was not."""

from pathlib import Path

from graph.connection import Door
from graph.errors import SponsorgraphError
from graph.progress import Progress, silent
from graph.writes.runs import Published, Run, published_run, unfinished_run
from linkage.publishing.apply import apply_plan
from linkage.publishing.runs import discard_unwritten, folder_of, keep_the_elder, made_here
from linkage.workings import settle


def finish_unfinished(door: Door, home: Path, progress: Progress = silent) -> int | None:
    """Write the rest of a run that was begun and publish it; its number, or None.

    Afterwards this home holds the state of what is published, and no plan but written ones.

    Raises:
        SponsorgraphError: the graph was written from another home.
    """
    with door.writing() as session:
        published, unfinished = published_run(session), unfinished_run(session)
    if unfinished:
        _carry_on(door, home, unfinished, progress)
        with door.writing() as session:
            published = published_run(session)
    settle(folder_of(home, published.seq).linked)
    keep_the_elder(home, published)
    discard_unwritten(home, published)
    _refuse_a_graph_of_others(home, published)
    return unfinished.seq if unfinished else None


def _carry_on(door: Door, home: Path, unfinished: Run, progress: Progress) -> None:
    folder = folder_of(home, unfinished.seq)
    plan = folder.plan()
    if plan is None or plan.id != unfinished.id:
        raise SponsorgraphError(
            f"Run {unfinished.seq} in the graph was begun from another home and is not finished: "
            "run `sponsorgraph link` with that --home first."
        )
    if plan.batches != unfinished.planned:
        raise SponsorgraphError(
            f"Run {unfinished.seq} was begun by another version of this program, which counts its"
            " batches otherwise: finish it with that one."
        )
    if any(not (folder.plan_files / part.file).exists() for part in plan.parts):
        raise SponsorgraphError(
            f"Run {unfinished.seq} is unfinished in the graph, and its plan was destroyed when"
            " records were expunged: bring graph and home back from one backup, expunge again."
        )
    apply_plan(door, folder, plan, progress)


def _refuse_a_graph_of_others(home: Path, published: Published) -> None:
    if published.seq and not made_here(home, published):
        raise SponsorgraphError(
            f"The graph's run {published.seq} was not made from {home}: give the --home that made "
            "it, or use a graph that is empty and link everything into it anew."
        )
