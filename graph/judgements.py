"""People's judgements on pairs of records, for whoever links and keeps them.

The graph has them; linkage heeds those that stand, and the home keeps a copy of all.
"""

from collections.abc import Collection, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any, Final

from neo4j import Session

from graph.vocabulary.evidence import Judgement, Verdict
from graph.writes.judging import recording, retracting
from graph.writes.outcomes import Recorded, Refused, Retracted, Retracting, Saying
from graph.writes.steps import take

__all__ = [
    "Recorded",
    "Refused",
    "Retracted",
    "every_judgement",
    "record_judgement",
    "restore_judgements",
    "retract_judgement",
    "standing_judgements",
]

# The latest of each pair and role that was not retracted.
_STANDING: Final = """CYPHER 25
MATCH (judgement:Judgement)
WHERE judgement.retractedAt IS NULL AND NOT EXISTS {
  MATCH (later:Judgement {
    leftKey: judgement.leftKey, rightKey: judgement.rightKey, role: judgement.role
  })
  WHERE later.retractedAt IS NULL
    AND [later.judgedAt, later.id] > [judgement.judgedAt, judgement.id]
}
RETURN judgement.id AS id, judgement.role AS role, judgement.leftKey AS left,
       judgement.rightKey AS right, judgement.verdict AS verdict, judgement.reason AS reason,
       judgement.actor AS actor, judgement.judgedAt AS judged_at
ORDER BY id"""

_EVERY: Final = """CYPHER 25
MATCH (judgement:Judgement)
RETURN properties(judgement) AS judgement
ORDER BY judgement.id"""

# A copy may know of a retraction that a graph brought back from a dump does not.
_RESTORE: Final = """CYPHER 25
UNWIND $rows AS row
MERGE (judgement:Judgement {id: row.id})
ON CREATE SET judgement = row
ON MATCH SET judgement.retractedBy = coalesce(judgement.retractedBy, row.retractedBy),
    judgement.retractReason = coalesce(judgement.retractReason, row.retractReason),
    judgement.retractKey = coalesce(judgement.retractKey, row.retractKey),
    judgement.retractedAt = coalesce(judgement.retractedAt, row.retractedAt)"""

_ROWS_AT_ONCE = 10_000


def record_judgement(
    session: Session,
    *,
    left: str,
    right: str,
    role: str,
    verdict: Verdict,
    reason: str,
    actor: str,
    key: str,
    expected: str | None = None,
    withheld_tables: Collection[str] = (),
    at: datetime | None = None,
) -> Recorded | Refused:
    """Record what somebody says of two records; see `graph.writes.judging.Saying`."""
    when = at or datetime.now(UTC)
    said = Saying(
        left, right, role, verdict, reason, actor, key, expected, withheld_tables, when
    )  # fmt: skip
    return take(session, lambda: recording(said))


def retract_judgement(
    session: Session,
    *,
    judgement: str,
    reason: str,
    actor: str,
    key: str,
    at: datetime | None = None,
) -> Retracted | Refused:
    """Take a judgement back: the one before it on the pair stands again, where there was one."""
    asked = Retracting(judgement, reason, actor, key, at=at or datetime.now(UTC))
    return take(session, lambda: retracting(asked))


def standing_judgements(session: Session) -> list[Judgement]:
    """The judgements that the next link heeds: the latest of each pair and role, by id."""
    found = session.execute_read(lambda tx: tx.run(_STANDING).data())
    return [Judgement(**{**one, "verdict": Verdict(one["verdict"])}) for one in found]


def every_judgement(session: Session) -> list[dict[str, Any]]:
    """Everything of every judgement ever recorded, retracted ones too, by id."""
    found = session.execute_read(lambda tx: tx.run(_EVERY).data())
    return [one["judgement"] for one in found]


def restore_judgements(session: Session, rows: Sequence[Mapping[str, Any]]) -> None:
    """Bring judgements back that `every_judgement` gave, into a graph that may have some of them.

    Done twice it changes nothing the second time.
    """
    for start in range(0, len(rows), _ROWS_AT_ONCE):
        _restore(session, [dict(row) for row in rows[start : start + _ROWS_AT_ONCE]])


def _restore(session: Session, rows: list[dict[str, Any]]) -> None:
    session.execute_write(lambda tx: tx.run(_RESTORE, rows=rows).consume())
