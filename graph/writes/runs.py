"""A run: batches of rows that nobody sees until the one statement that publishes them.

What a run creates carries its number, and readers look at the number in `Publication`, so a run
that is half written is invisible, and one that died is carried on from `Run.batches`.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar

from neo4j import ManagedTransaction, Record, Session
from neo4j.exceptions import IncompleteCommit

from graph.errors import SponsorgraphError
from graph.writes.kind import Kind
from graph.writes.sealing import follow_seals

Row = Mapping[str, Any]
_Answer = TypeVar("_Answer")

# A lost connection at commit leaves the outcome unknown. Each try reads first what was applied.
_TRIES_AT_COMMIT = 5


@dataclass(frozen=True)
class Run:
    """A run as the graph knows it: `batches` of `planned` are applied."""

    seq: int
    id: str
    batches: int
    planned: int


@dataclass(frozen=True)
class Published:
    """The run that readers see; `seq` 0 and an empty `id` while nothing was ever published."""

    seq: int
    id: str


NOTHING_PUBLISHED = Published(seq=0, id="")

_PUBLISHED = """CYPHER 25
MATCH (publication:Publication {id: 'graph'})
WHERE publication.run > 0
RETURN publication.run AS seq, publication.runId AS id"""


def published_run(session: Session) -> Published:
    """The run that readers see now."""
    found = session.execute_read(lambda tx: tx.run(_PUBLISHED).single())
    return Published(**found.data()) if found else NOTHING_PUBLISHED


_UNFINISHED = """CYPHER 25
MATCH (run:Run {state: 'WRITING'})
RETURN run.seq AS seq, run.id AS id, run.batches AS batches, run.planned AS planned"""


def unfinished_run(session: Session) -> Run | None:
    """The run that was begun and not published, or None."""
    found = session.execute_read(lambda tx: tx.run(_UNFINISHED).single())
    return Run(**found.data()) if found else None


# Setting a property of the Publication takes its lock, so two writers begin one after the other,
# and the second finds the first one's run.
_BEGIN = """CYPHER 25
MERGE (publication:Publication {id: 'graph'})
ON CREATE SET publication.run = 0, publication.runId = ''
SET publication.begun = $id
WITH publication
WHERE publication.run = $seq - 1 AND NOT EXISTS { (:Run {state: 'WRITING'}) }
CREATE (run:Run {
    seq: $seq, id: $id, state: 'WRITING', batches: 0, planned: $planned,
    models: $models, startedAt: $at
})"""

_RUN = """CYPHER 25
MATCH (run:Run {seq: $seq, id: $id})
RETURN run.seq AS seq, run.id AS id, run.batches AS batches, run.planned AS planned"""


def begin_run(
    session: Session, seq: int, run_id: str, *, planned: int, models: Sequence[str], at: datetime
) -> Run:
    """Begin run `seq`, the one after the published, which will write `planned` batches.

    Begun again under the same id it is the same run. Another run that is unfinished, or a graph
    that has moved on, is refused.
    """

    def work(tx: ManagedTransaction) -> Run | None:
        if not tx.run(_RUN, seq=seq, id=run_id).single():
            told = {"seq": seq, "id": run_id, "planned": planned, "models": list(models)}
            tx.run(_BEGIN, told, at=at.isoformat()).consume()
        found = tx.run(_RUN, seq=seq, id=run_id).single()
        return Run(**found.data()) if found else None

    run = _certainly(session, work)
    if run is None:
        raise SponsorgraphError(
            f"Run {seq} cannot begin: another `sponsorgraph link` has written to this graph "
            "meanwhile; let it finish, then link again."
        )
    return run


# The first SET takes the run's lock, so that what the WHERE reads is not about to change.
_TAKE_BATCH = """CYPHER 25
MATCH (run:Run {seq: $run})
SET run.tried = $batch
WITH run
WHERE run.state = 'WRITING' AND run.batches = $batch - 1
SET run.batches = $batch
RETURN run.batches AS batches"""

_BATCHES = """CYPHER 25
MATCH (run:Run {seq: $run})
RETURN run.batches AS batches"""


def apply_batch(
    session: Session, run: int, batch: int, parts: Sequence[tuple[Kind, Sequence[Row]]]
) -> bool:
    """Write batch number `batch` (from 1) of a run, once: rows of one kind after the other.

    The number is the idempotency key, advanced in the same transaction as the rows: a batch that
    was applied before changes nothing and returns False. A number that leaves a gap is an error.
    """

    def work(tx: ManagedTransaction) -> bool:
        if tx.run(_TAKE_BATCH, run=run, batch=batch).single():
            for kind, rows in parts:
                tx.run(kind.statement, run=run, rows=rows).consume()
            return True
        applied = tx.run(_BATCHES, run=run).single()
        if applied is None or applied["batches"] < batch:
            raise SponsorgraphError(
                f"Batch {batch} of run {run} is not the next one to write; run "
                "`sponsorgraph link` again, which carries on from what was written."
            )
        return False

    return _certainly(session, work)


_PUBLISH = """CYPHER 25
MATCH (run:Run {seq: $run})
WHERE run.batches = run.planned
MATCH (publication:Publication {id: 'graph'})
WHERE publication.run <= $run
SET publication.run = $run, publication.runId = run.id,
    run.state = 'PUBLISHED', run.publishedAt = coalesce(run.publishedAt, $at)
RETURN run.seq AS seq, run.id AS id"""


def publish(session: Session, run: int, at: datetime) -> Published:
    """Let readers see a run: everything it wrote, and the end of everything it closed, at once."""

    def work(tx: ManagedTransaction) -> Record | None:
        published = tx.run(_PUBLISH, run=run, at=at.isoformat()).single()
        # In the same moment: nobody sees a sealed child under another id.
        if published:
            follow_seals(tx)
        return published

    found = _certainly(session, work)
    if found is None:
        raise SponsorgraphError(
            f"Run {run} is not wholly written and stays hidden; run `sponsorgraph link` again, "
            "which writes the rest and publishes it."
        )
    return Published(**found.data())


def _certainly(session: Session, work: Callable[[ManagedTransaction], _Answer]) -> _Answer:
    """Do work that changes nothing the second time, until its outcome is known.

    The driver repeats what failed for a passing reason, but not a commit whose answer was lost.
    """
    for _ in range(_TRIES_AT_COMMIT - 1):
        try:
            return session.execute_write(work)
        except IncompleteCommit:
            continue
    return session.execute_write(work)
