"""Expunging from start to end, for who holds the machine."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from graph.connection import Door, connected
from graph.errors import SponsorgraphError
from graph.migrate import migrate
from graph.progress import Progress, silent
from graph.settings import Settings
from graph.writes.runs import published_run
from linkage.forgetting.expunging import A_SPONSOR, Expunged, Wish, carry_on, intend, unfit
from linkage.forgetting.tables import bearer_of
from linkage.intake.staging import locked_store
from linkage.job import Job, alone
from linkage.publishing.runs import folder_of


def expunge_person(
    settings: Settings, person: str, *, by: str, why: str, progress: Progress = silent
) -> Expunged:
    """Expunge one child or sponsor: all that is known of her.

    A child's records go; of a sponsor's, what tells of the child stays (linkage/unnamed.py).

    Raises:
        UsageError: there is nobody of that id, or the reason is missing or names her.
        SponsorgraphError: the home is busy, or something waits to be linked.
    """
    with at_work(settings, progress) as job:
        bearer = bearer_of(_linked(job.door, job.home), person)
        if bearer.role is None:
            raise unfit([person])
        if bearer.role == "SPONSOR":
            return expunge(job, Wish([], [bearer.id], by, why, A_SPONSOR, bearer.keys))
        return expunge(job, Wish(bearer.keys, [bearer.id], by, why))


def expunge(job: Job, wish: Wish) -> Expunged:
    """Take these records out of everything; see `linkage.forgetting.expunging`."""
    with locked_store(job.home):
        intend(job.door, job.home, wish)
        told = carry_on(job.door, job.home, job.relink)
    assert told is not None
    return told


@contextmanager
def at_work(settings: Settings, progress: Progress = silent) -> Iterator[Job]:
    """The home to oneself, its graph up to date, and whatever was interrupted finished."""
    with alone(settings.home), connected(settings, progress) as door:
        migrate(door, progress=progress)
        job = Job(settings.home, door, progress)
        job.finish()
        yield job


def _linked(door: Door, home: Path) -> Path:
    with door.reading() as session:
        published = published_run(session)
    linked = folder_of(home, published.seq).linked
    if not published.seq or not linked.exists():
        raise SponsorgraphError(
            f"The graph was not linked from {home}: give the --home that made it, or link first."
        )
    return linked


def linked_tables(job: Job) -> Path:
    """The tables of the published run."""
    return _linked(job.door, job.home)
