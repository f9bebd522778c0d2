"""Form I-830 beside its steps: what is drafted, and which form a step moves on.

A draft names the address, the evidence that it rests on and the other candidates there were. It
is filled in from what `locate` finds as whoever drafts sees it: of her addresses the first that
stands neither on the Notice to Appear nor in the court's file, for that is what makes it an
alternate one (S2:108 fn7). A draft drawn up anew takes the earlier one's place, and both stay.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Final

from graph.following.outcomes import Advancing, Draft, FollowUpRefused, refused
from graph.vocabulary.following import CorrectionState, FollowUpEvent, FollowUpRefusal
from graph.vocabulary.identifiers import public_id
from graph.vocabulary.places import AddressKind
from graph.writes.reaching import reached
from graph.writes.steps import Step, Steps

_KNOWN_TO_THE_COURT = frozenset({AddressKind.NOTICE_TO_APPEAR, AddressKind.COURT_FILE})
_MOST = 20  # candidates and records that a draft keeps

_CHILD: Final = """CYPHER 25
MATCH (publication:Publication {id: 'graph'}) WITH publication.run AS run
MATCH (:FollowUp {id: $id})-[:FOLLOWS]->(:Hearing)<-[has:HAS_HEARING]-(child:Child)
WHERE has.runFrom <= run AND run < has.runUntil
RETURN child.id AS child ORDER BY child LIMIT 1"""

_DRAFT: Final = """CYPHER 25
MATCH (follow:FollowUp {id: $id})
CALL (follow) {
  MATCH (follow)<-[:CORRECTS_FOR]-(earlier:AddressCorrection {state: 'DRAFTED'})
  SET earlier.state = 'REPLACED', earlier.replacedAt = $at, earlier.replacedBy = $actor
}
CREATE (correction:AddressCorrection)-[:CORRECTS_FOR]->(follow)
SET correction = $correction"""

_MOVE: Final = """CYPHER 25
MATCH (:FollowUp {id: $id})<-[:CORRECTS_FOR]-(correction:AddressCorrection {state: $from})
SET correction += $changed, correction.steps = correction.steps + $step"""

# From which state to which a step moves the form.
_MOVES: Final = {
    FollowUpEvent.PROVIDE_I830: (CorrectionState.DRAFTED, CorrectionState.PROVIDED),
    FollowUpEvent.FILE_I830: (CorrectionState.PROVIDED, CorrectionState.FILED),
    FollowUpEvent.RETURN_I830: (CorrectionState.PROVIDED, CorrectionState.RETURNED),
}


@dataclass(frozen=True, slots=True)
class Candidate:
    """An address that `locate` ranks: in which papers it stands, and which records say so."""

    address: str
    kinds: Sequence[str]
    records: Sequence[str]


@dataclass(frozen=True, slots=True)
class Drafting:
    """What fills in a draft: `located` asks where a child is, `addressed` whether an address is."""

    located: Callable[[str], Step]
    read: Callable[[Sequence[Mapping[str, Any]]], list[Candidate]]
    address: str | None = None
    addressed: Step | None = None


def filled_in(asked: Advancing, drafting: Drafting) -> Steps[Advancing | FollowUpRefused]:
    """The step with its draft: the address that was asked for, or the first alternate one."""
    found = yield _CHILD, {"id": asked.id}
    if not found:
        return refused(FollowUpRefusal.UNKNOWN_ADDRESS)
    candidates = drafting.read((yield drafting.located(found[0]["child"])))
    alternates = [one for one in candidates if not _KNOWN_TO_THE_COURT & set(one.kinds)][:_MOST]
    chosen = yield from _chosen(asked, drafting, alternates)
    if chosen is None:
        return refused(FollowUpRefusal.UNKNOWN_ADDRESS)
    evidence = list(asked.evidence) or list(chosen.records)[:_MOST]
    if not evidence:
        return refused(FollowUpRefusal.NO_EVIDENCE)
    draft = Draft(chosen.address, [one.address for one in alternates], evidence)
    return replace(asked, evidence=[chosen.address, *evidence], draft=draft)


def _chosen(
    asked: Advancing, drafting: Drafting, alternates: Sequence[Candidate]
) -> Steps[Candidate | None]:
    if drafting.address is None:
        return next(iter(alternates), None)
    for one in alternates:
        if one.address == drafting.address:
            return one
    if drafting.addressed is None:
        return None
    known = reached((yield drafting.addressed))
    # Found elsewhere than among her own addresses: then it is said on what it rests.
    return Candidate(known, (), list(asked.evidence)) if known else None


def moved(
    asked: Mapping[str, Any], event: FollowUpEvent, step: str, draft: Draft | None, at: datetime
) -> Steps[None]:
    """The steps that draw up a form or move it on, for a step that was just taken."""
    actor = asked["actor"]
    if event is FollowUpEvent.COMPLETE_I830 and draft is not None:
        told = {"id": asked["id"], "at": at, "actor": actor}
        yield _DRAFT, {**told, "correction": _correction(draft, step, actor, at, asked["reason"])}
    if event in _MOVES:
        was, now = _MOVES[event]
        name = now.lower()
        changed = {"state": str(now), f"{name}At": at, f"{name}By": actor}
        yield _MOVE, {"id": asked["id"], "from": str(was), "changed": changed, "step": step}


def _correction(
    draft: Draft, step: str, actor: str, at: datetime, reason: str | None
) -> dict[str, Any]:
    return {
        "id": public_id("i830", step),
        "state": str(CorrectionState.DRAFTED),
        "address": draft.address,
        "candidates": list(draft.candidates),
        "evidence": list(draft.evidence),
        "draftedAt": at,
        "draftedBy": actor,
        "reason": reason,
        "steps": [step],
    }
