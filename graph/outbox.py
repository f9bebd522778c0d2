"""What stands in the outbox, counted: how much waits, since when, and what was given up."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

from neo4j import Session

from graph.connection import AsyncDoor
from graph.vocabulary.notices import NoticeState

_BACKLOG: Final = """CYPHER 25
UNWIND $states AS state
CALL (state) {
  MATCH (notice:Notice) WHERE notice.state = state
  RETURN count(notice) AS many, min(notice.raisedAt) AS since
}
RETURN state, many, since"""

_DEAD: Final = """CYPHER 25
MATCH (notice:Notice) WHERE notice.state = 'DEAD'
OPTIONAL MATCH (attempt:NoticeAttempt {id: notice.id + '/' + toString(notice.attempts)})
RETURN notice.reference AS reference, notice.kind AS kind, notice.recipient AS recipient,
  notice.attempts AS attempts, toString(notice.diedAt) AS diedAt, attempt.outcome AS outcome,
  attempt.code AS code
ORDER BY notice.diedAt, notice.id LIMIT $most"""

_PUBLISHED: Final = """CYPHER 25
OPTIONAL MATCH (publication:Publication {id: 'graph'})
RETURN coalesce(publication.run, 0) AS run"""

# All but what was acknowledged: of that there is ever more, and nobody waits for it.
_COUNTED = [str(state) for state in NoticeState if state is not NoticeState.ACKNOWLEDGED]


@dataclass(frozen=True, slots=True)
class Backlog:
    """Notices by state, and when the oldest that nobody has taken yet was raised."""

    counts: Mapping[str, int] = field(default_factory=dict)
    waiting_since: datetime | None = None


async def backlog(door: AsyncDoor) -> Backlog:
    """How much waits, now."""
    async with door.reading() as session:
        rows = await (await session.run(_BACKLOG, states=_COUNTED)).data()
    return _counted(rows)


def backlog_of(session: Session) -> Backlog:
    """The same for a command."""
    return _counted(session.run(_BACKLOG, states=_COUNTED).data())


def given_up(session: Session, most: int) -> list[dict[str, Any]]:
    """What was given up and not sent again, the oldest first: words of ours and numbers alone."""
    return session.run(_DEAD, most=most).data()


async def published_run(door: AsyncDoor) -> int:
    """The number of the run that readers see; 0 before the first."""
    async with door.reading() as session:
        found = await (await session.run(_PUBLISHED)).data()
    run: int = found[0]["run"]
    return run


def _counted(rows: list[dict[str, Any]]) -> Backlog:
    pending = (NoticeState.WAITING, NoticeState.SENDING, NoticeState.DEAD)
    since = [row["since"].to_native() for row in rows if row["state"] in pending and row["since"]]
    return Backlog({row["state"]: row["many"] for row in rows}, min(since, default=None))
