"""What is told of a step beside where it stands: on which words it rests, and why it is due."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from graph.following.chart import CHART
from graph.following.duties import Duty, duty
from graph.vocabulary.following import Actor, DutyForce, FollowUpEvent, FollowUpState


@dataclass(frozen=True, slots=True)
class Beside:
    """How somebody reads a rule; it decides nothing."""

    rule: str
    words: str
    citation: str
    means: str


@dataclass(frozen=True, slots=True)
class DutyTold:
    """A duty with what is read into it beside."""

    of: Duty

    @property
    def rule(self) -> str | None:
        return self.of.rule

    @property
    def force(self) -> DutyForce:
        return self.of.force

    @property
    def words(self) -> str | None:
        return self.of.words

    @property
    def citation(self) -> str | None:
        return self.of.citation

    @property
    def since(self) -> str | None:
        return self.of.since.isoformat() if self.of.since else None

    @property
    def beside(self) -> list[Beside]:
        return [Beside(one.id, one.words, one.citation, one.means) for one in self.of.beside]


@dataclass(frozen=True, slots=True)
class DutiesTold:
    """The two duties of a failure to appear: within ICE, and towards HHS."""

    to_inform: DutyTold
    to_tell: DutyTold


@dataclass(frozen=True, slots=True)
class ActionTold:
    """What is to be done next, as a sentence and with its rule."""

    duty: DutyTold
    why: str


def told_duty(event: FollowUpEvent, failed_on: date) -> DutyTold:
    return DutyTold(duty(event, failed_on))


def made_duties(failed_on: str) -> DutiesTold:
    """From the day of the hearing, as ISO text."""
    day = date.fromisoformat(failed_on)
    return DutiesTold(
        told_duty(FollowUpEvent.INFORM_FOJC, day), told_duty(FollowUpEvent.NOTIFY_ORR, day)
    )


def made_step_duty(read: Sequence[str | None]) -> "StepTold":
    """From `[event, day of the hearing]`; opening a follow-up rests on nobody's duty."""
    event, failed_on = read
    if event is None or failed_on is None or event == FollowUpEvent.OPEN:
        return StepTold(None)
    return StepTold(told_duty(FollowUpEvent(event), date.fromisoformat(failed_on)))


@dataclass(frozen=True, slots=True)
class StepTold:
    duty: DutyTold | None


_FORCE = {
    DutyForce.REQUIRED: "was required by {} on the day of the hearing",
    DutyForce.SHOULD: "was recommended by {} on the day of the hearing",
    DutyForce.DESCRIBED: "is described in {}, and no more",
    DutyForce.NONE_FOUND: "rested on no duty found to be in force on the day of the hearing",
}


def made_action(read: Sequence[str]) -> ActionTold:
    """From `[step, actor, state, since, day of the hearing]`, days as ISO text."""
    step, actor, state, since, failed_on = read
    event = FollowUpEvent(step)
    told = told_duty(event, date.fromisoformat(failed_on))
    force = _FORCE[told.force].format(told.citation)
    why = (
        f"{FollowUpState(state)} since {since}, which {Actor(actor)} leads on from by {event}:"
        f" that {force}."
    )
    if CHART.moves[event].inferred:
        why += " No document says so: a design choice."
    return ActionTold(told, why)
