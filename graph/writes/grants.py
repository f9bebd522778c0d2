"""Opening a scope to its holders for a while, closing it, and the review of broken glass.

Grants belong to no run: people open them at any time, and they are seen from that moment on. A
grant is a `(:Scope)` with `holders`, open until `opensUntil` unless it was closed; its children are
`WITHIN` it. It is closed by adding when and by whom. Keys are kept under their sender's name, so
that nobody learns what others sent. The graph keeps grants, and nothing else does: a graph made
anew has none, and nobody sees more than before.
"""

from datetime import datetime, timedelta
from typing import Any, Final

from neo4j import Session

from graph.vocabulary.evidence import STILL_HOLDS
from graph.vocabulary.grants import GrantKind, GrantRefusal, ReviewVerdict
from graph.vocabulary.identifiers import public_id
from graph.writes.granting import Closing, Granted, GrantRefused, Opening, Reviewing, refused
from graph.writes.moments import to_the_millisecond
from graph.writes.steps import Steps

LONGEST_GRANT = timedelta(days=366)
_LONGEST_TEXT = 2_000  # letters of a reason or a key: more is somebody's mistake
_MOST_HOLDERS, _MOST_CHILDREN = 20, 100

_BY_KEY: Final = """CYPHER 25
MATCH (scope:Scope {key: $key})
RETURN properties(scope) AS grant"""

# By an id that they bear or once bore; who is sealed is not there.
_CHILDREN: Final = """CYPHER 25
MATCH (publication:Publication {id: 'graph'}) WITH publication.run AS run
UNWIND $children AS id
MATCH (asked:Child {id: id}) WHERE asked.runFrom <= run
OPTIONAL MATCH (asked)-[led:REDIRECTS_TO]->(heir:Child)
WHERE led.runFrom <= run AND run < led.runUntil
WITH id, coalesce(heir, asked) AS child WHERE NOT child:Sealed
RETURN id, child.id AS child"""

# A relation of run 0 is seen at every run.
_OPEN: Final = """CYPHER 25
MERGE (scope:Scope {key: $grant.key})
ON CREATE SET scope = $grant
WITH scope WHERE scope.id = $grant.id
UNWIND $children AS id
MATCH (child:Child {id: id})
MERGE (child)-[within:WITHIN {id: scope.id + '/' + id}]->(scope)
ON CREATE SET within.runFrom = 0, within.runUntil = $open"""

# Setting a property takes the node's lock: of two who close at once, the second finds it closed.
_TAKE: Final = """CYPHER 25
MATCH (scope:Scope {id: $id}) WHERE scope.holders IS NOT NULL
SET scope.taken = $key
RETURN properties(scope) AS grant"""

_CHANGE: Final = """CYPHER 25
MATCH (scope:Scope {id: $id})
SET scope += $changed"""

# Whoever became another is still whom the grant is of; who was parted from her is not.
_FOLLOW: Final = """CYPHER 25
MATCH (publication:Publication {id: 'graph'}) WITH publication.run AS run
MATCH (scope:Scope) WHERE scope.openedAt IS NOT NULL
  AND scope.closedAt IS NULL AND scope.opensUntil > $now
MATCH (scope)<-[:WITHIN]-(old:Child)-[led:REDIRECTS_TO]->(heir:Child)
WHERE led.runFrom <= run AND run < led.runUntil
MERGE (heir)-[within:WITHIN {id: scope.id + '/' + heir.id}]->(scope)
ON CREATE SET within.runFrom = 0, within.runUntil = $open"""


def opening(asked: Opening, longest: timedelta = LONGEST_GRANT) -> Steps[Granted | GrantRefused]:
    """The steps that open a scope, or find the one that was opened under this key."""
    if unfit := _unfit(asked.reason, asked.key) or _unfit_opening(asked, longest):
        return refused(unfit)
    found = yield _CHILDREN, {"children": list(asked.children)}
    children = {one["id"]: one["child"] for one in found}
    if set(asked.children) - set(children):
        return refused(GrantRefusal.UNKNOWN_CHILD)
    grant = _grant(asked)
    before = yield _BY_KEY, {"key": grant["key"]}
    if before:
        return _the_same(before[0]["grant"], grant)
    told = {"children": sorted(set(children.values())), "open": STILL_HOLDS}
    yield _OPEN, {"grant": grant, **told}
    # Another may have used the key in the same moment.
    (now,) = yield _BY_KEY, {"key": grant["key"]}
    return _the_same(now["grant"], grant)


def closing(asked: Closing) -> Steps[Granted | GrantRefused]:
    """The steps that close a grant, once."""
    if unfit := _unfit(asked.reason, asked.key):
        return refused(unfit)
    found = yield _TAKE, {"id": asked.id, "key": asked.key}
    grant: dict[str, Any] = found[0]["grant"] if found else {}
    theirs = asked.actor in (grant.get("openedBy"), *grant.get("holders", ()))
    if not grant or not (theirs or asked.of_others):
        return refused(GrantRefusal.UNKNOWN_GRANT)
    changed = {"closedBy": asked.actor, "closeReason": asked.reason.strip(), "closeKey": asked.key}
    if grant.get("closedAt"):
        again = all(grant.get(name) == value for name, value in changed.items())
        return Granted(asked.id) if again else refused(GrantRefusal.ALREADY_CLOSED)
    yield (
        _CHANGE,
        {"id": asked.id, "changed": {**changed, "closedAt": to_the_millisecond(asked.at)}},
    )
    return Granted(asked.id)


def reviewing(asked: Reviewing) -> Steps[Granted | GrantRefused]:
    """The steps that review broken glass, once; what was not justified is closed at once."""
    if unfit := _unfit(asked.note, asked.key):
        return refused(unfit)
    found = yield _TAKE, {"id": asked.id, "key": asked.key}
    grant: dict[str, Any] = found[0]["grant"] if found else {}
    if grant.get("kind") != GrantKind.BREAK_GLASS:
        return refused(GrantRefusal.UNKNOWN_GRANT)
    if asked.actor in grant["holders"]:
        return refused(GrantRefusal.NOT_YOUR_OWN)
    changed: dict[str, Any] = {
        "verdict": str(asked.verdict),
        "note": asked.note.strip(),
        "reviewedBy": asked.actor,
        "reviewKey": asked.key,
    }
    if grant.get("reviewedAt"):
        again = all(grant.get(name) == value for name, value in changed.items())
        return Granted(asked.id) if again else refused(GrantRefusal.ALREADY_REVIEWED)
    changed["reviewedAt"] = to_the_millisecond(asked.at)
    if asked.verdict is ReviewVerdict.UNJUSTIFIED and not grant.get("closedAt"):
        changed |= {"closedAt": to_the_millisecond(asked.at), "closedBy": asked.actor}
    yield _CHANGE, {"id": asked.id, "changed": changed}
    return Granted(asked.id)


def follow_redirects(session: Session, now: datetime) -> None:
    """Let grants that are open be of those whom their children have become."""
    told = {"now": to_the_millisecond(now), "open": STILL_HOLDS}
    session.execute_write(lambda tx: tx.run(_FOLLOW, told).consume())


def _grant(asked: Opening) -> dict[str, Any]:
    key = f"{asked.actor}\n{asked.key}"
    kind = asked.kind.lower().replace("_", "-")
    return {
        "id": public_id(kind, key).replace(f"{kind}_", f"{kind}/"),
        "kind": str(asked.kind),
        "name": asked.name,
        "holders": sorted(set(asked.holders)),
        "asked": sorted(set(asked.children)),
        "reason": asked.reason.strip(),
        "openedBy": asked.actor,
        "openedAt": to_the_millisecond(asked.at),
        "opensUntil": to_the_millisecond(asked.until),
        "key": key,
    }


def _the_same(before: dict[str, Any], grant: dict[str, Any]) -> Granted | GrantRefused:
    told = ("kind", "name", "holders", "asked", "reason")
    again = all(before.get(name) == grant[name] for name in told)
    return Granted(before["id"]) if again else refused(GrantRefusal.KEY_REUSED)


def _unfit(reason: str, key: str) -> GrantRefusal | None:
    if not 0 < len(reason.strip()) <= _LONGEST_TEXT:
        return GrantRefusal.NO_REASON
    return None if 0 < len(key.strip()) <= _LONGEST_TEXT else GrantRefusal.NO_KEY


def _unfit_opening(asked: Opening, longest: timedelta) -> GrantRefusal | None:
    if not 0 < len(asked.holders) <= _MOST_HOLDERS or not all(map(str.strip, asked.holders)):
        return GrantRefusal.NO_HOLDER
    if not 0 < len(asked.children) <= _MOST_CHILDREN:
        return GrantRefusal.NO_CHILD
    return None if asked.at < asked.until <= asked.at + longest else GrantRefusal.TOO_LONG
