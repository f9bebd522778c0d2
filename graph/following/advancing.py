"""Taking a step: whose it is, whether it is legal now, and what is written with it.

A step, where the region stands after it, what is to be done next and the notice that it raises are
one transaction. The follow-up's lock is taken first: of two who advance at once the second finds
what the first did. Steps stand under their senders' keys, so that one sent twice is taken once.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any, Final

from graph.following.chart import CHART, Move
from graph.following.forms import Drafting, filled_in, moved
from graph.following.outcomes import (
    Advanced,
    Advancing,
    FollowUpRefused,
    by_its_form,
    not_yours,
    refused,
)
from graph.following.standing import FollowUp, Row, state_of, version_of
from graph.following.taking import TAKE, ByTheWorker, by_the_worker, native, taking
from graph.following.targets import TARGETS, Targets
from graph.vocabulary.following import FollowUpEvent, FollowUpRefusal, FollowUpState
from graph.vocabulary.notices import NoticeKind
from graph.vocabulary.viewers import ViewerRole
from graph.writes.moments import to_the_millisecond
from graph.writes.reaching import reached
from graph.writes.steps import Steps

_FILLED_IN = CHART.moves[FollowUpEvent.COMPLETE_I830].form
_LONGEST = 2_000  # letters of a reason or a key: more is somebody's mistake
_MOST_EVIDENCE, _LONGEST_ID = 50, 200

_BY_KEY: Final = """CYPHER 25
MATCH (step:FollowUpStep {key: $key})-[:STEP_OF]->(follow:FollowUp)
RETURN step.id AS id, follow.id AS followUp, step.event AS event, step.reason AS reason,
  step.evidence AS evidence"""


def advancing(
    asked: Advancing, targets: Targets = TARGETS, drafting: Drafting | None = None
) -> Steps[Advanced | FollowUpRefused]:
    """The steps that take a step, or find the one that was taken under its key.

    `drafting` fills in what is drawn up with it.
    """
    move = CHART.moves.get(asked.event)
    if unfit := _unfit(asked, move):
        return refused(unfit)
    found = yield from _found(asked)
    if isinstance(found, Advanced | FollowUpRefused):
        return found
    if move is None or asked.whose not in move.by:
        return not_yours(asked.event)
    if wrong := _wrong_now(asked, move, found):
        return wrong
    fitted = yield from _fitted(asked, drafting)
    if isinstance(fitted, FollowUpRefused):
        return fitted
    asked = fitted
    at = to_the_millisecond(asked.at)
    taken = yield from taking(found, move, _said(asked), key=_key(asked), at=at, targets=targets)
    told = {"id": asked.id, "actor": asked.actor, "reason": _worded(asked.reason)}
    yield from moved(told, asked.event, taken, asked.draft, at)
    return Advanced(asked.id, taken)


def _fitted(asked: Advancing, drafting: Drafting | None) -> Steps[Advancing | FollowUpRefused]:
    """The step with evidence that is there for whoever asks, and its form filled in."""
    if asked.known is not None and not _known((yield asked.known)):
        return refused(FollowUpRefusal.UNKNOWN_EVIDENCE)
    return asked if drafting is None else (yield from filled_in(asked, drafting))


def _known(rows: Sequence[Mapping[str, Any]]) -> bool:
    """Whether each thing of the question is there for whoever asked."""
    ((things,),) = [row.values() for row in rows]
    return all(one is not None for one in things)


def _said(asked: Advancing) -> Row:
    return {
        "actor": asked.actor,
        "role": str(asked.role or asked.whose),
        "agency": asked.agency,
        "reason": _worded(asked.reason),
        "evidence": list(asked.evidence),
    }


def _found(asked: Advancing) -> Steps[FollowUp | Advanced | FollowUpRefused]:
    """The follow-up, from now on theirs alone; or what came of this key before."""
    if asked.seen is not None and not reached((yield asked.seen)):
        return refused(FollowUpRefusal.UNKNOWN_FOLLOW_UP)
    found = yield TAKE, {"ids": [asked.id], "key": _key(asked)}
    if not found:
        return refused(FollowUpRefusal.UNKNOWN_FOLLOW_UP)
    before = yield _BY_KEY, {"key": _key(asked)}
    return _the_same(before[0], asked) if before else native(found[0]["followUp"])


def _key(asked: Advancing) -> str:
    return f"{asked.actor}\n{asked.key}"


_SENT: Final = {
    NoticeKind.FOJC_INFORM: FollowUpEvent.INFORM_FOJC,
    NoticeKind.ORR_NOTICE: FollowUpEvent.NOTIFY_ORR,
}


def on_notices_sent(
    sent: Iterable[tuple[str, NoticeKind, datetime]], targets: Targets = TARGETS
) -> Steps[None]:
    """The steps for notices that their recipients' servers took: what each is about, and when.

    In the transaction that says so.
    """
    told = (ByTheWorker(about, _SENT[kind], at) for about, kind, at in sent if kind in _SENT)
    yield from by_the_worker(list(told), targets)


def on_notice_acknowledged(
    about_id: str,
    kind: NoticeKind,
    at: datetime,
    actor: str,
    role: ViewerRole | None,
    key: str,
    targets: Targets = TARGETS,
) -> Steps[Advanced | FollowUpRefused | None]:
    """The steps for a notice that was acknowledged; None where that moves nothing.

    Only ORR's word on its own notice does. Whoever acknowledges what had not been said to be sent
    has it all the same.
    """
    if kind is not NoticeKind.ORR_NOTICE:
        return None
    yield from on_notices_sent([(about_id, kind, at)], targets)
    asked = Advancing(about_id, FollowUpEvent.ACKNOWLEDGE, actor, role, f"notice {key}", at)
    return (yield from advancing(asked, targets))


def _wrong_now(asked: Advancing, move: Move, follow_up: FollowUp) -> FollowUpRefused | None:
    if move.form != asked.form:
        return by_its_form(asked.event)
    state = state_of(follow_up, move.region)
    shown = told_state(state, sees_welfare=asked.sees_welfare)
    legal = tuple(
        event
        for event in CHART.legal(state, asked.whose)
        if shown is state and CHART.moves[event].region is move.region
    )
    if asked.expected is not None and asked.expected != version_of(follow_up, move.region):
        return refused(FollowUpRefusal.STALE, shown, legal)
    if state not in move.origins:
        return refused(FollowUpRefusal.NOT_LEGAL_NOW, shown, legal)
    if move.raises is NoticeKind.FOJC_INFORM and not follow_up.get("office"):
        return refused(FollowUpRefusal.UNKNOWN_OFFICE, shown, legal)
    return None


def told_state(state: FollowUpState, *, sees_welfare: bool) -> FollowUpState:
    """The state as it is told: what ORR does is ORR's own."""
    hidden = CHART.places[state].with_orr and not sees_welfare
    return FollowUpState.WITH_ORR if hidden else state


def _the_same(before: Row, asked: Advancing) -> Advanced | FollowUpRefused:
    told = (before["followUp"], before["event"], before["reason"])
    # What filled in a form may have found more since: it is what was asked for that counts.
    evidence = list(before["evidence"] or ())
    again = asked.form == _FILLED_IN or evidence == list(asked.evidence)
    if told != (asked.id, str(asked.event), _worded(asked.reason)) or not again:
        return refused(FollowUpRefusal.KEY_REUSED)
    return Advanced(asked.id, before["id"])


def _worded(reason: str | None) -> str | None:
    return (reason or "").strip() or None


def _unfit(asked: Advancing, move: Move | None) -> FollowUpRefusal | None:
    if not 0 < len(asked.key.strip()) <= _LONGEST:
        return FollowUpRefusal.NO_KEY
    asks = move.asks if move else frozenset()
    if len(asked.reason or "") > _LONGEST or ("reason" in asks and not _worded(asked.reason)):
        return FollowUpRefusal.NO_REASON
    if len(asked.evidence) > _MOST_EVIDENCE or ("evidence" in asks and not asked.evidence):
        return FollowUpRefusal.NO_EVIDENCE
    if any(not 0 < len(one) <= _LONGEST_ID for one in asked.evidence):
        return FollowUpRefusal.UNKNOWN_EVIDENCE
    return None
