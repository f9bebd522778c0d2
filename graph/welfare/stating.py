"""Where somebody says that she lives now, and whether somebody looked: both only ever added.

S2:108 (fn 7): the noncitizen's own duty to report a change of address. What is said here overwrites
no paper; it has a class of its own by who wrote it down: ICE's own word, or one on welfare.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from graph.vocabulary.doors import Door
from graph.vocabulary.identifiers import public_id
from graph.vocabulary.welfare import Reporter, VerificationOutcome, VerifiedBy, WelfareRefusal
from graph.welfare.recording import Kept, Recorder, WelfareRefused, keeping, refused, unfit
from graph.writes.reaching import reached
from graph.writes.steps import Step, Steps

_STATEMENT_BY_KEY: Final = """CYPHER 25
MATCH (statement:AddressStatement {key: $key})
RETURN properties(statement) AS kept"""

_STATE: Final = """CYPHER 25
MATCH (child:Child {id: $child})
MERGE (statement:AddressStatement {key: $row.key})
ON CREATE SET statement = $row
WITH statement, child WHERE NOT EXISTS { MATCH (statement)-[:STATED_OF]->() }
MERGE (statement)-[:STATED_OF]->(child)"""

_VERIFICATION_BY_KEY: Final = """CYPHER 25
MATCH (verification:AddressVerification {key: $key})
RETURN properties(verification) AS kept"""

# Of what the same people may read: a statement whose class is closed to them is not there.
_STATEMENT_OF: Final = """CYPHER 25
MATCH (statement:AddressStatement {id: $statement})-[:STATED_OF]->(then:Child)
WHERE NOT statement.sharingClass IN $withheld
  AND (then.id = $child OR EXISTS { MATCH (then)-[:REDIRECTS_TO]->(:Child {id: $child}) })
RETURN statement.id AS id"""

_VERIFY: Final = """CYPHER 25
MATCH (child:Child {id: $child})
MATCH (place:Address|AddressStatement {id: $place})
MERGE (verification:AddressVerification {key: $row.key})
ON CREATE SET verification = $row
WITH verification, child, place
WHERE NOT EXISTS { MATCH (verification)-[:VERIFIED_OF]->() }
MERGE (verification)-[:VERIFIED_OF]->(child)
MERGE (verification)-[:VERIFIES]->(place)"""


@dataclass(frozen=True, slots=True)
class Stating:
    """An address of the child whom `seen` finds, as `said`; `door` is what was read of that."""

    child: str
    said: dict[str, str | None]
    door: Door | None
    reporter: Reporter
    on: date
    by: Recorder
    seen: Step


@dataclass(frozen=True, slots=True)
class Verifying:
    """Whether she lives at exactly one of an address, which `place_seen` finds, or a statement."""

    child: str
    address: str | None
    statement: str | None
    method: VerifiedBy
    outcome: VerificationOutcome
    on: date
    note: str | None
    by: Recorder
    seen: Step
    place_seen: Step | None
    withheld: tuple[str, ...] = ()


def stating(asked: Stating) -> Steps[Kept | WelfareRefused]:
    """The steps that write down what somebody said, once."""
    if wrong := unfit(asked.by, on=asked.on):
        return wrong
    door = asked.door
    if door is None or any(len(part or "") > _LONGEST_PART for part in asked.said.values()):
        return refused(WelfareRefusal.UNKNOWN_ADDRESS)
    child = reached((yield asked.seen))
    if child is None:
        return refused(WelfareRefusal.UNKNOWN_CHILD)
    row: dict[str, Any] = {
        **asked.by.row(),
        "id": public_id("statement", asked.by.own_key),
        **{name: (part or "").strip() or None for name, part in asked.said.items()},
        "building": door.building,
        "door": door.unit,
        "reporter": str(asked.reporter),
        "reportedOn": asked.on,
        "asked": asked.child,
    }
    find = _STATEMENT_BY_KEY, {"key": row["key"]}
    told = ("asked", "reporter", "reportedOn", *asked.said)
    return (yield from keeping(find, (_STATE, {"child": child, "row": row}), row, told))


_LONGEST_PART = 200


def verifying(asked: Verifying) -> Steps[Kept | WelfareRefused]:
    """The steps that record what somebody found when they looked, once."""
    if wrong := unfit(asked.by, on=asked.on):
        return wrong
    child = reached((yield asked.seen))
    if child is None:
        return refused(WelfareRefusal.UNKNOWN_CHILD)
    place = yield from _place(asked, child)
    if place is None:
        return refused(WelfareRefusal.UNKNOWN_ADDRESS)
    row: dict[str, Any] = {
        **asked.by.row(),
        "id": public_id("verification", asked.by.own_key),
        "method": str(asked.method),
        "outcome": str(asked.outcome),
        "on": asked.on,
        "note": (asked.note or "").strip() or None,
        "asked": asked.child,
        "askedOf": asked.address or asked.statement,
    }
    find = _VERIFICATION_BY_KEY, {"key": row["key"]}
    create = _VERIFY, {"child": child, "place": place, "row": row}
    told = ("asked", "askedOf", "method", "outcome", "on", "note")
    return (yield from keeping(find, create, row, told))


def _place(asked: Verifying, child: str) -> Steps[str | None]:
    if (asked.address is None) is (asked.statement is None):
        return None
    if asked.place_seen is not None:
        return reached((yield asked.place_seen))
    told = {"statement": asked.statement, "child": child, "withheld": list(asked.withheld)}
    found = yield _STATEMENT_OF, told
    return found[0]["id"] if found else None
