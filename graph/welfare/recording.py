"""What is recorded of a child's welfare, what comes of it, and how it is refused."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final

from graph.vocabulary.agencies import Agency
from graph.vocabulary.evidence import SharingClass
from graph.vocabulary.viewers import ViewerRole
from graph.vocabulary.welfare import WelfareRefusal, class_of_word
from graph.writes.moments import to_the_millisecond
from graph.writes.steps import Step, Steps

LONGEST_TEXT = 2_000  # letters of what is told, and of a key: more is somebody's mistake


@dataclass(frozen=True, slots=True)
class Recorder:
    """Who records something, as what, when, and under which key of theirs; `today` is their day.

    `role` is None for whoever holds the database's keys.
    """

    actor: str
    role: ViewerRole | None
    agency: Agency | None
    key: str
    at: datetime
    today: date

    @property
    def own_key(self) -> str:
        """Kept under the sender's name, so that nobody learns what others sent."""
        return f"{self.actor}\n{self.key}"

    @property
    def sharing(self) -> SharingClass:
        """The class of what they record."""
        return class_of_word(self.agency)

    def row(self) -> dict[str, Any]:
        """What every node that they make says of them."""
        return {
            "key": self.own_key,
            "recordedAt": to_the_millisecond(self.at),
            "recordedBy": self.actor,
            "role": str(self.role) if self.role else None,
            "agency": str(self.agency) if self.agency else None,
            "sharingClass": str(self.sharing),
        }


@dataclass(frozen=True, slots=True)
class Kept:
    """The id of what was recorded."""

    id: str


@dataclass(frozen=True, slots=True)
class WelfareRefused:
    """Nothing was recorded; `message` says what to do about it."""

    reason: WelfareRefusal
    message: str


_MESSAGES: Final = {
    WelfareRefusal.NOT_YOUR_STEP: "Your role does not record this.",
    WelfareRefusal.NOT_LEGAL_NOW: "This is not possible as it stands now.",
    WelfareRefusal.UNKNOWN_CHILD: "There is no such child: take her id from an answer.",
    WelfareRefusal.UNKNOWN_ADDRESS: (
        "There is no such address: name exactly one address or one reported address by the id in"
        " an answer, or write at least a street line."
    ),
    WelfareRefusal.UNKNOWN_CHECK: (
        "There is no such wellness check: take its id from `Child.wellnessChecks`."
    ),
    WelfareRefusal.UNKNOWN_CONCERN: "There is no such concern: take its id from `concerns`.",
    WelfareRefusal.UNKNOWN_FOLLOW_UP: "There is no such follow-up of hers.",
    WelfareRefusal.NO_SUCH_OUTCOME: "This does not come of it: ",
    WelfareRefusal.NO_SUCH_DAY: "Give the day on which it was, not after today.",
    WelfareRefusal.NO_WORDS: "Say what there is to say, in up to 2,000 letters.",
    WelfareRefusal.NO_KEY: "Give a key of your own, new for each: sent twice, it counts once.",
    WelfareRefusal.KEY_REUSED: "This key was used for something else: make a new one for each.",
    WelfareRefusal.STALE: "Somebody changed it meanwhile: read it again, and its `version`.",
}


def refused(reason: WelfareRefusal, more: str = "") -> WelfareRefused:
    """A refusal with its sentence, and what is to be said of this one beside it."""
    return WelfareRefused(reason, f"{_MESSAGES[reason]} {more}".replace("  ", " ").strip())


def unfit(by: Recorder, *texts: str, on: date | None = None) -> WelfareRefused | None:
    """Why this can't be recorded whoever it is of; `texts` are what must be said."""
    if not 0 < len(by.key.strip()) <= LONGEST_TEXT:
        return refused(WelfareRefusal.NO_KEY)
    if any(not 0 < len(text.strip()) <= LONGEST_TEXT for text in texts):
        return refused(WelfareRefusal.NO_WORDS)
    if on is not None and not by.today - timedelta(days=36_525) < on <= by.today:
        return refused(WelfareRefusal.NO_SUCH_DAY)
    return None


def keeping(
    find: Step, create: Step, row: Mapping[str, Any], told: tuple[str, ...]
) -> Steps[Kept | WelfareRefused]:
    """The steps that keep a node under its key, or find the one that was kept before.

    `find` returns it as `kept`. The same key with something else in `told` is refused.
    """
    before = yield find
    if not before:
        yield create
        # Another may have used the key in the same moment.
        before = yield find
    kept = native(before[0]["kept"])
    again = all(kept.get(name) == row.get(name) for name in told)
    return Kept(kept["id"]) if again else refused(WelfareRefusal.KEY_REUSED)


def native(properties: Mapping[str, Any]) -> dict[str, Any]:
    """A node's properties with days and moments as Python has them."""
    return {
        name: value.to_native() if hasattr(value, "to_native") else value
        for name, value in properties.items()
    }
