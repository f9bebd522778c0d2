"""Recording a person's judgement, and retracting it: what is checked, and what is written.

Judgements belong to no run: people record them at any time, and the next link heeds them. Nothing
is overwritten: a later judgement on a pair supersedes the earlier, and a retraction is added once.
"""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from graph.vocabulary.agencies import FOLLOWS_ITS_CASE
from graph.vocabulary.evidence import JudgementRefusal
from graph.vocabulary.identifiers import public_id
from graph.writes.contradictions import contradicting
from graph.writes.outcomes import (
    Recorded,
    Refused,
    Retracted,
    Retracting,
    Saying,
    refused,
)
from graph.writes.steps import Step, Steps

_LONGEST = 2_000  # letters of a reason or a key: more is somebody's mistake

_MICROSECOND = timedelta(microseconds=1)


# Setting a property of the Publication takes its lock: of two who judge at once, the second finds
# what the first recorded.
_IN_TURN: Final = """CYPHER 25
MERGE (publication:Publication {id: 'graph'})
ON CREATE SET publication.run = 0, publication.runId = ''
SET publication.judged = $key"""

# A record by its key or by any of its versions; its roles are those of its current version.
_RECORDS: Final = """CYPHER 25
MATCH (publication:Publication {id: 'graph'})
UNWIND [$left, $right] AS named
CALL (publication, named) {
  MATCH (record:Record {key: named}) RETURN record
  UNION MATCH (record:Record {keyVersion: named}) RETURN record
}
WITH publication.run AS run, named, record
WHERE record.runFrom <= run AND NOT record.table IN $withheldTables AND NOT record:Sealed
WITH run, named, record.key AS key, record.table AS table, count(*) AS versions
RETURN named, key, table, COLLECT {
  MATCH (:Record {key: key})-[link:DESCRIBES]->()
  WHERE link.runFrom <= run AND run < link.runUntil
  RETURN DISTINCT link.role
} AS roles"""

_BY_KEY: Final = """CYPHER 25
MATCH (judgement:Judgement {key: $key})
RETURN properties(judgement) AS judgement"""

_ON_THE_PAIR: Final = """CYPHER 25
MATCH (judgement:Judgement {leftKey: $leftKey, rightKey: $rightKey, role: $role})
RETURN judgement.id AS id, judgement.judgedAt AS judgedAt,
       judgement.retractedAt IS NULL AS stands
ORDER BY judgedAt DESC, id DESC"""

_RECORD: Final = """CYPHER 25
CREATE (judgement:Judgement)
SET judgement = $judgement"""

_TO_RETRACT: Final = """CYPHER 25
MATCH (judgement:Judgement)
WHERE judgement.id = $id OR judgement.retractKey = $key
RETURN properties(judgement) AS judgement"""

_RETRACT: Final = """CYPHER 25
MATCH (judgement:Judgement {id: $id})
WHERE judgement.retractedAt IS NULL
SET judgement.retractedAt = $at, judgement.retractedBy = $actor,
    judgement.retractReason = $reason, judgement.retractKey = $key"""


def recording(said: Saying) -> Steps[Recorded | Refused]:
    """The steps that record a judgement, or find the one recorded under its key before."""
    if wordless := _without_words(said.reason, said.key):
        return wordless
    yield _IN_TURN, {"key": said.key}
    found = yield (
        _RECORDS,
        {
            "left": said.left,
            "right": said.right,
            "withheldTables": list(said.withheld_tables),
        },
    )
    keys = _keys_or_refusal(said, found)
    if isinstance(keys, Refused):
        return keys
    left, right = keys
    judgement = {
        "leftKey": left,
        "rightKey": right,
        "role": said.role,
        "verdict": str(said.verdict),
        "reason": said.reason.strip(),
        "actor": said.actor,
        "key": said.key,
    }
    same = yield _BY_KEY, {"key": said.key}
    if same:
        before = same[0]["judgement"]
        if any(before.get(name) != value for name, value in judgement.items()):
            return refused(JudgementRefusal.KEY_REUSED)
        return (yield from _found(before))
    earlier = yield _on_the_pair(judgement)
    standing = _standing(earlier)
    if standing != said.expected:
        return refused(JudgementRefusal.STALE)
    judgement["id"] = public_id("judgement", said.key)
    judgement["judgedAt"] = _after(said.at, earlier[0]["judgedAt"] if earlier else "")
    if standing:
        judgement["supersedes"] = standing
    yield _RECORD, {"judgement": judgement}
    others = yield from contradicting(judgement)
    return Recorded(judgement["id"], standing, others)


def recording_all(said: Sequence[Saying]) -> Steps[list[Recorded | Refused]]:
    """The steps that record several in their order, in one transaction.

    Each comes to its own: one that is refused keeps none of the others from being recorded. Sent
    again after an outcome that nobody knew, each is answered as if it had been sent once.
    """
    outcomes = []
    for one in said:
        outcomes.append((yield from recording(one)))  # noqa: PERF401 - no comprehension yields
    return outcomes


def retracting(asked: Retracting) -> Steps[Retracted | Refused]:
    """The steps that retract a judgement, once."""
    if wordless := _without_words(asked.reason, asked.key):
        return wordless
    yield _IN_TURN, {"key": asked.key}
    found = yield _TO_RETRACT, {"id": asked.id, "key": asked.key}
    judgements = [one["judgement"] for one in found]
    judgement = next((one for one in judgements if one["id"] == asked.id), None)
    if judgement is None or _tables(judgement) & set(asked.withheld_tables):
        return refused(JudgementRefusal.UNKNOWN_JUDGEMENT)
    if any(one.get("retractKey") == asked.key for one in judgements):
        told = (judgement.get("retractKey"), judgement.get("retractReason"))
        again = told == (asked.key, asked.reason.strip())
        return Retracted(asked.id) if again else refused(JudgementRefusal.KEY_REUSED)
    if judgement.get("retractedAt"):
        return refused(JudgementRefusal.ALREADY_RETRACTED)
    yield _retraction(asked)
    return Retracted(asked.id)


def _found(before: dict[str, Any]) -> Steps[Recorded | Refused]:
    """A judgement recorded before: one that stands no longer contradicts nobody."""
    on_the_pair = yield _on_the_pair(before)
    stands = _standing(on_the_pair) == before["id"]
    others = (yield from contradicting(before)) if stands else []
    return Recorded(before["id"], before.get("supersedes"), others)


def _on_the_pair(judgement: dict[str, Any]) -> Step:
    pair = {name: judgement[name] for name in ("leftKey", "rightKey", "role")}
    return _ON_THE_PAIR, pair


def _standing(on_the_pair: list[dict[str, Any]]) -> str | None:
    return next((one["id"] for one in on_the_pair if one["stands"]), None)


def _retraction(asked: Retracting) -> Step:
    told = {"id": asked.id, "actor": asked.actor, "key": asked.key}
    return _RETRACT, {**told, "reason": asked.reason.strip(), "at": _iso(asked.at)}


def _without_words(reason: str, key: str) -> Refused | None:
    if not 0 < len(reason.strip()) <= _LONGEST:
        return refused(JudgementRefusal.NO_REASON)
    return None if 0 < len(key.strip()) <= _LONGEST else refused(JudgementRefusal.NO_KEY)


def _keys_or_refusal(said: Saying, found: list[dict[str, Any]]) -> tuple[str, str] | Refused:
    by_name = {one["named"]: one for one in found}
    if said.left not in by_name or said.right not in by_name:
        return refused(JudgementRefusal.UNKNOWN_RECORD)
    left, right = sorted({by_name[said.left]["key"], by_name[said.right]["key"]} | {""})[-2:]
    if not left:
        return refused(JudgementRefusal.SAME_RECORD)
    if any(one["table"] in FOLLOWS_ITS_CASE for one in by_name.values()):
        return refused(JudgementRefusal.FOLLOWS_ITS_CASE)
    if any(said.role not in one["roles"] for one in by_name.values()):
        return refused(JudgementRefusal.WRONG_ROLE)
    return left, right


def _tables(judgement: dict[str, Any]) -> set[str]:
    """The tables of a judgement's records: a record's key is `source/table/id`."""
    return {judgement[side].split("/")[1] for side in ("leftKey", "rightKey")}


def _iso(at: datetime) -> str:
    """UTC with microseconds always, so that texts sort as times do."""
    return at.astimezone(UTC).isoformat(timespec="microseconds")


def _after(at: datetime, latest: str) -> str:
    """The time of a judgement: later than the pair's latest, whatever this machine's clock says."""
    told = _iso(at)
    return told if told > latest else _iso(datetime.fromisoformat(latest) + _MICROSECOND)
