"""What is asked of a follow-up, what comes of it, and how it is refused."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from graph.following.chart import CHART
from graph.vocabulary.following import (
    ACTOR_OF,
    Actor,
    FollowUpEvent,
    FollowUpRefusal,
    FollowUpState,
)
from graph.vocabulary.viewers import AGENCY_OF_ROLE, ViewerRole
from graph.writes.steps import Step


@dataclass(frozen=True, slots=True)
class Draft:
    """What a Form I-830 is drawn up with: ids of addresses and of records."""

    address: str
    candidates: Sequence[str]
    evidence: Sequence[str]


@dataclass(frozen=True, slots=True)
class Advancing:
    """A step on the follow-up `id`, in somebody's name; `key` is the client's, as in `Saying`.

    `role` None is whoever holds the database's keys, who may take any step. `expected` is the
    region's version that they saw, None for whatever it is. `form` is the mutation by which they
    ask, and `sees_welfare` whether they may know what ORR does. `seen` is the question whether
    they may know of the follow-up at all, which is asked first, and `known` of the evidence.
    """

    id: str
    event: FollowUpEvent
    actor: str
    role: ViewerRole | None
    key: str
    at: datetime
    reason: str | None = None
    evidence: Sequence[str] = ()
    expected: int | None = None
    form: str | None = None
    sees_welfare: bool = True
    seen: Step | None = None
    known: Step | None = None
    draft: Draft | None = None

    @property
    def whose(self) -> Actor | None:
        """As whom they act; None for a role that takes no step at all."""
        if self.role is None:
            return next(one for one in CHART.moves[self.event].by)
        return ACTOR_OF.get(self.role)

    @property
    def agency(self) -> str | None:
        agency = AGENCY_OF_ROLE.get(self.role) if self.role else None
        return None if agency is None else str(agency)


@dataclass(frozen=True, slots=True)
class Advanced:
    """The follow-up and the step that was taken."""

    id: str
    step: str


@dataclass(frozen=True, slots=True)
class FollowUpRefused:
    """Nothing was changed; `message` says what to do about it.

    `whose` are those whose step it is. `state` is where its region stands, as far as they may
    know, and `legal` the steps that they may take in it now.
    """

    reason: FollowUpRefusal
    message: str
    whose: Sequence[Actor] = ()
    state: FollowUpState | None = None
    legal: Sequence[FollowUpEvent] = field(default_factory=tuple)


_MESSAGES: Final = {
    FollowUpRefusal.UNKNOWN_FOLLOW_UP: (
        "There is no such follow-up: take its id from `nextActions` or `followUps`."
    ),
    FollowUpRefusal.NOT_LEGAL_NOW: (
        "That step does not lead on from where this stands: take one of `legal`, if any."
    ),
    FollowUpRefusal.STALE: (
        "Somebody has taken a step here since: look again, and name the version you then see."
    ),
    FollowUpRefusal.UNKNOWN_OFFICE: (
        "No office is known to have her file, so nobody is there to be sent a notice: find out"
        " which, inform its coordinator yourself, and take INFORM_FOJC."
    ),
    FollowUpRefusal.NO_REASON: (
        "Say why, in up to 2,000 letters: it is kept for whoever reads this later."
    ),
    FollowUpRefusal.NO_EVIDENCE: "Name from 1 to 50 records or addresses that it rests on.",
    FollowUpRefusal.UNKNOWN_EVIDENCE: (
        "One of those is nothing that you may see: take ids of records and addresses from answers."
    ),
    FollowUpRefusal.UNKNOWN_ADDRESS: (
        "There is no such address among what is known: take one from `locate` or its history."
    ),
    FollowUpRefusal.NO_KEY: "Give a key of your own, new for each: sent twice, it counts once.",
    FollowUpRefusal.KEY_REUSED: "This key was used for something else: make a new one for each.",
}


def refused(
    reason: FollowUpRefusal,
    state: FollowUpState | None = None,
    legal: Sequence[FollowUpEvent] = (),
) -> FollowUpRefused:
    """A refusal with its sentence."""
    return FollowUpRefused(reason, _MESSAGES[reason], (), state, legal)


def not_yours(event: FollowUpEvent) -> FollowUpRefused:
    """That a step is somebody else's: which says nothing of where the follow-up stands."""
    whose = CHART.moves[event].by
    names = " or ".join(sorted(one for one in whose if one is not Actor.SYSTEM))
    return FollowUpRefused(
        FollowUpRefusal.NOT_YOUR_STEP, f"This is {names}'s step: leave it to them.", whose
    )


def by_its_form(event: FollowUpEvent) -> FollowUpRefused:
    """That a step is taken by a mutation of its own, which asks for what belongs to it."""
    form = CHART.moves[event].form
    return FollowUpRefused(
        FollowUpRefusal.HAS_ITS_OWN_MUTATION, f"Use `{form}`, which asks for what belongs to it."
    )
