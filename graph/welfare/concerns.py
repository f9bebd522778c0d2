"""A concern: raised by anybody who sees her, routed to whoever is competent, and what came of it.

REQUIREMENTS.md §7.6: RAISED -> ROUTED {ORR, CPS, LAW_ENFORCEMENT} -> ACKNOWLEDGED -> OUTCOME. It is
an allegation with a source and stays restricted: ICE raises and never reads back. Concerns go "to
the local law enforcement and child protective service agencies that have jurisdiction" (S1): that
of the state and city of her present address, as the whole graph has it and not as far as whoever
raises it may see. Where no address is known ORR alone is told, who can look for one.
"""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Final

from graph.vocabulary.evidence import SharingClass
from graph.vocabulary.identifiers import public_id
from graph.vocabulary.notices import LOCAL_TARGET, NoticeKind
from graph.vocabulary.welfare import (
    OF_AGENCY,
    ROUTED_TO,
    ROUTES,
    ROUTING_RULE,
    ConcernAgency,
    ConcernKind,
    ConcernState,
    WelfareRefusal,
)
from graph.welfare.recording import (
    Kept,
    Recorder,
    WelfareRefused,
    keeping,
    native,
    refused,
    unfit,
)
from graph.welfare.touching import not_theirs
from graph.writes.notices import raised, raising
from graph.writes.reaching import reached
from graph.writes.steps import Step, Steps

_BY_KEY: Final = """CYPHER 25
MATCH (concern:Concern {key: $key})
RETURN properties(concern) AS kept"""

_RAISE: Final = """CYPHER 25
MATCH (child:Child {id: $child})
MERGE (concern:Concern {key: $row.key})
ON CREATE SET concern = $row
WITH concern, child WHERE NOT EXISTS { MATCH (concern)-[:CONCERNS]->() }
MERGE (concern)-[:CONCERNS]->(child)
WITH concern UNWIND $steps AS row
MERGE (step:ConcernStep {key: row.key})
ON CREATE SET step = row
MERGE (step)-[:STEP_OF]->(concern)"""

# As `locate` orders candidates (`graph.shapes.places`): whose stay has not ended, then the latest.
_PRESENT: Final = """CYPHER 25
MATCH (publication:Publication {id: 'graph'}) WITH publication.run AS run
MATCH (:Child {id: $child})-[fact:LIVES_AT]->(address:Address)
WHERE fact.runFrom <= run AND run < fact.runUntil
  AND fact.reportedOn <= $today AND coalesce(fact.validFrom <= $today, true)
WITH address, max(fact.reportedOn) AS latest,
  max(CASE WHEN coalesce(fact.validUntil <= $today, false) THEN 0 ELSE 1 END) AS current,
  count(DISTINCT fact.agency) AS agencies
RETURN address.id AS id, address.state AS state, address.city AS city
ORDER BY current DESC, latest DESC, agencies DESC, id LIMIT 1"""

# Who it is about: the first step of a change is asked for her.
CHILD_OF_CONCERN: Final = """CYPHER 25
MATCH (concern:Concern {id: $id})-[:CONCERNS]->(child:Child)
RETURN child.id AS child"""

# Setting a property takes its lock: of two who change it, the second finds what the first did.
_TAKE: Final = """CYPHER 25
MATCH (concern:Concern {id: $id})
SET concern.taken = $key
RETURN properties(concern) AS kept"""

_STEP_BY_KEY: Final = """CYPHER 25
MATCH (step:ConcernStep {key: $key})-[:STEP_OF]->(concern:Concern)
RETURN properties(step) AS kept"""

_MOVE: Final = """CYPHER 25
MATCH (concern:Concern {id: $id})
SET concern += $changed
MERGE (step:ConcernStep {key: $step.key})
ON CREATE SET step = $step
MERGE (step)-[:STEP_OF]->(concern)"""

# Also where ICE raised it: whom it is sent reads no word of ICE's own, and has to act on it.
_WHOEVER_RAISED_IT: Final = {"sharingClass": str(SharingClass.WELFARE)}
_OPEN = (ConcernState.ROUTED, ConcernState.ACKNOWLEDGED)
# From where each may be reached: a second agency acknowledges what the first has.
_FROM: Final = {
    ConcernState.ROUTED: _OPEN,
    ConcernState.ACKNOWLEDGED: _OPEN,
    ConcernState.OUTCOME: (ConcernState.ACKNOWLEDGED,),
}


@dataclass(frozen=True, slots=True)
class Raising:
    """Somebody's worry about the child whom `seen` finds."""

    child: str
    kind: ConcernKind
    text: str
    by: Recorder
    seen: Step


@dataclass(frozen=True, slots=True)
class Moving:
    """A step on the concern `id`, about the child whom `seen` finds.

    `to` is where it then stands, `agencies` to whom it is routed beside those who have it, `text`
    why, or what came of it. `expected` is the version that they saw, None for whatever it is.
    """

    id: str
    to: ConcernState
    text: str | None
    by: Recorder
    seen: Step | None
    agencies: Sequence[ConcernAgency] = ()
    expected: int | None = None


def raising_concern(asked: Raising) -> Steps[Kept | WelfareRefused]:
    """The steps that raise a concern and route it, with a notice to each, once."""
    if wrong := unfit(asked.by, asked.text):
        return wrong
    child = reached((yield asked.seen))
    if child is None:
        return refused(WelfareRefusal.UNKNOWN_CHILD)
    found = yield _PRESENT, {"child": child, "today": asked.by.today}
    place = found[0] if found else {}
    agencies = _competent(ROUTED_TO[asked.kind], place)
    row = {
        **asked.by.row(),
        **_WHOEVER_RAISED_IT,
        "id": public_id("concern", asked.by.own_key),
        "kind": str(asked.kind),
        "text": asked.text.strip(),
        "asked": asked.child,
        "state": str(ConcernState.ROUTED),
        "version": 1,
        "routedTo": list(map(str, agencies)),
        "recipients": [_recipient(agency, place) for agency in agencies],
        "address": place.get("id"),
    }
    row["raisedAt"] = row["recordedAt"]
    steps = [
        _step(asked.by, row["id"], ConcernState.RAISED, None, ()),
        _step(asked.by, row["id"], ConcernState.ROUTED, ROUTING_RULE, agencies),
    ]
    find = _BY_KEY, {"key": row["key"]}
    create = _RAISE, {"child": child, "row": row, "steps": steps}
    kept = yield from keeping(find, create, row, ("asked", "kind", "text"))
    if isinstance(kept, Kept):
        # Sent again, it goes to whom it went then, wherever she lives now.
        (stands,) = yield find
        yield from raising(_notices(asked.by, kept.id, stands["kept"]["recipients"]))
    return kept


def moving_concern(asked: Moving) -> Steps[Kept | WelfareRefused]:
    """The steps that route a concern on, acknowledge it, or record what came of it, once."""
    says = () if asked.to is ConcernState.ACKNOWLEDGED else (asked.text or "",)
    if wrong := unfit(asked.by, *says):
        return wrong
    child = reached((yield asked.seen)) if asked.seen else None
    found = yield _TAKE, {"id": asked.id, "key": asked.by.own_key}
    if child is None or not found:
        return refused(WelfareRefusal.UNKNOWN_CONCERN)
    concern = native(found[0]["kept"])
    if wrong := _not_yours(asked, concern):
        return wrong
    step = _step(asked.by, asked.id, asked.to, None, asked.agencies, asked.text)
    find = _STEP_BY_KEY, {"key": step["key"]}
    changed: dict[str, Any] = {}
    if not (yield find):
        if wrong := _not_now(asked, concern):
            return wrong
        changed = yield from _changed(asked, concern, child)
    create = _MOVE, {"id": asked.id, "changed": changed, "step": step}
    kept = yield from keeping(find, create, step, ("concern", "state", "agencies", "text"))
    if isinstance(kept, Kept):
        yield from raising(_notices(asked.by, asked.id, changed.get("recipients", ())))
        return Kept(asked.id)
    return kept


def _changed(asked: Moving, concern: Mapping[str, Any], child: str) -> Steps[dict[str, Any]]:
    changed: dict[str, Any] = {"state": str(asked.to), "version": concern["version"] + 1}
    if asked.to is ConcernState.ROUTED:
        found = yield _PRESENT, {"child": child, "today": asked.by.today}
        place = found[0] if found else {}
        agencies = {*concern["routedTo"], *map(str, _competent(asked.agencies, place))}
        changed["routedTo"] = [one for one in ConcernAgency if one in agencies]
        changed["recipients"] = [
            _recipient(ConcernAgency(one), place) for one in changed["routedTo"]
        ]
        changed["address"] = place.get("id")
        # Whoever has acknowledged it has: it waits again only for those who are new.
        if set(changed["routedTo"]) == set(concern["routedTo"]):
            changed["state"] = concern["state"]
    return changed


def _competent(
    agencies: Sequence[ConcernAgency], place: Mapping[str, Any]
) -> tuple[ConcernAgency, ...]:
    """Those who have jurisdiction; without a state nobody but ORR has."""
    return tuple(one for one in agencies if one is ConcernAgency.ORR or place.get("state"))


def _recipient(agency: ConcernAgency, place: Mapping[str, Any]) -> str:
    """The name in the worker's address book."""
    if agency is ConcernAgency.ORR:
        return "orr/inbox"
    if agency is ConcernAgency.CPS:
        return f"cps/{place['state']}"
    plain = unicodedata.normalize("NFKD", place.get("city") or "").encode("ascii", "ignore")
    city = re.sub(r"[^A-Z]+", "_", plain.decode().upper()).strip("_")
    return f"law/{place['state']}/{city}" if city else f"law/{place['state']}"


def _notices(by: Recorder, concern: str, recipients: Sequence[str]) -> list[dict[str, Any]]:
    due = by.at + LOCAL_TARGET.get(NoticeKind.CONCERN_REFERRAL, timedelta(days=1))
    return [
        raised(NoticeKind.CONCERN_REFERRAL, one, concern, None, by.at, due) for one in recipients
    ]


def _step(
    by: Recorder,
    concern: str,
    state: ConcernState,
    rule: str | None,
    agencies: Sequence[ConcernAgency],
    text: str | None = None,
) -> dict[str, Any]:
    # Raising is two steps under one key: each is told apart by where it leads.
    row = by.row()
    key = f"{row['key']}\n{state}"
    return {
        **row,
        **_WHOEVER_RAISED_IT,
        "key": key,
        "id": public_id("concernstep", key),
        "concern": concern,
        "state": str(state),
        "rule": rule,
        "agencies": [str(one) for one in agencies],
        "text": (text or "").strip() or None,
    }


def _not_yours(asked: Moving, concern: Mapping[str, Any]) -> WelfareRefused | None:
    """Only ORR routes; only an agency that it was routed to acts on it."""
    if asked.to is ConcernState.ROUTED:
        return not_theirs(asked.by, ROUTES)
    theirs = [OF_AGENCY[ConcernAgency(one)] for one in concern["routedTo"]]
    return not_theirs(asked.by, frozenset().union(*theirs))


def _not_now(asked: Moving, concern: Mapping[str, Any]) -> WelfareRefused | None:
    if asked.expected not in (None, concern["version"]):
        return refused(WelfareRefusal.STALE)
    if concern["state"] not in _FROM[asked.to]:
        legal = [str(to) for to, start in _FROM.items() if concern["state"] in start]
        more = f"It stands at {concern['state']}; from there: {', '.join(legal) or 'nothing'}."
        return refused(WelfareRefusal.NOT_LEGAL_NOW, more)
    return None
