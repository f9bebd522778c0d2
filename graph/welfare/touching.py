"""Recording that somebody was called or served.

Touchpoints belong to no run and are never changed. Each is bound to the child as she was then, and
read through what she has become.
"""

from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from graph.vocabulary.identifiers import public_id
from graph.vocabulary.welfare import (
    CALL_OUTCOMES,
    HELPLINE_OUTCOMES,
    RECORDS_CONTACTS,
    SERVICE_OUTCOMES,
    Leg,
    TouchOutcome,
    TouchpointKind,
    WelfareRefusal,
)
from graph.welfare.recording import Kept, Recorder, WelfareRefused, keeping, refused, unfit
from graph.writes.reaching import reached
from graph.writes.steps import Step, Steps

# What may come of each: ORR's own words.
OUTCOMES: Final[dict[TouchpointKind, AbstractSet[TouchOutcome]]] = {
    TouchpointKind.CALL_30_DAY: CALL_OUTCOMES,
    TouchpointKind.HELPLINE: HELPLINE_OUTCOMES,
    TouchpointKind.POST_RELEASE_SERVICE: SERVICE_OUTCOMES,
}

TOUCH_BY_KEY: Final = """CYPHER 25
MATCH (touch:Touchpoint {key: $key})
RETURN properties(touch) AS kept"""

_TOUCH: Final = """CYPHER 25
MATCH (child:Child {id: $child})
MERGE (touch:Touchpoint {key: $row.key})
ON CREATE SET touch = $row
WITH touch, child WHERE NOT EXISTS { MATCH (touch)-[:TOUCHES]->() }
MERGE (touch)-[:TOUCHES]->(child)"""


@dataclass(frozen=True, slots=True)
class Touching:
    """A contact with the child whom `seen` finds; `child` is the id that was asked with."""

    child: str
    kind: TouchpointKind
    outcome: TouchOutcome
    on: date
    leg: Leg | None
    note: str | None
    by: Recorder
    seen: Step


def touching(asked: Touching) -> Steps[Kept | WelfareRefused]:
    """The steps that record a contact, once."""
    wrong = not_theirs(asked.by, RECORDS_CONTACTS) or unfit(asked.by, on=asked.on)
    if wrong or (wrong := no_such_outcome(asked.outcome, OUTCOMES[asked.kind])):
        return wrong
    child = reached((yield asked.seen))
    if child is None:
        return refused(WelfareRefusal.UNKNOWN_CHILD)
    row = touch_row(asked.kind, asked.outcome, asked.on, asked.note, asked.by)
    row |= {"leg": str(asked.leg) if asked.leg else None, "asked": asked.child}
    return (
        yield from keeping(
            (TOUCH_BY_KEY, {"key": row["key"]}),
            (_TOUCH, {"child": child, "row": row}),
            row,
            ("asked", "kind", "outcome", "on", "leg", "note"),
        )
    )


def touch_row(
    kind: TouchpointKind, outcome: TouchOutcome, on: date, note: str | None, by: Recorder
) -> dict[str, Any]:
    return {
        **by.row(),
        "id": public_id("touch", by.own_key),
        "kind": str(kind),
        "outcome": str(outcome),
        "on": on,
        "note": (note or "").strip() or None,
    }


def not_theirs(by: Recorder, whose: AbstractSet[Any]) -> WelfareRefused | None:
    if by.role is None or by.role in whose:
        return None
    return refused(WelfareRefusal.NOT_YOUR_STEP, f"It is {' or '.join(sorted(whose))}'s to do.")


def no_such_outcome(
    outcome: TouchOutcome, possible: AbstractSet[TouchOutcome]
) -> WelfareRefused | None:
    if outcome in possible:
        return None
    return refused(WelfareRefusal.NO_SUCH_OUTCOME, f"choose {' or '.join(sorted(possible))}.")
