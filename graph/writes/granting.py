"""What is asked of a grant, what comes of it, and how it is refused."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from graph.vocabulary.grants import GrantKind, GrantRefusal, ReviewVerdict


@dataclass(frozen=True, slots=True)
class Opening:
    """Opening `children` to `holders` until a moment; `key` is the client's, as in `Saying`."""

    kind: GrantKind
    holders: Sequence[str]
    children: Sequence[str]
    reason: str
    until: datetime
    actor: str
    key: str
    at: datetime
    name: str | None = None


@dataclass(frozen=True, slots=True)
class Closing:
    """Closing the grant `id`: by whoever opened or holds it, or `of_others` by anybody."""

    id: str
    reason: str
    actor: str
    key: str
    at: datetime
    of_others: bool = False


@dataclass(frozen=True, slots=True)
class Reviewing:
    """A second person's word on broken glass."""

    id: str
    verdict: ReviewVerdict
    note: str
    actor: str
    key: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Granted:
    """The grant that was opened, closed or reviewed."""

    id: str


@dataclass(frozen=True, slots=True)
class GrantRefused:
    """Nothing was changed; `message` says what to do about it."""

    reason: GrantRefusal
    message: str


_MESSAGES: Final = {
    GrantRefusal.NOT_YOURS_TO_OPEN: (
        "Your role does not open this: ask ORR, whose triage opens cases, and whose triage and"
        " caseworkers refer and assign."
    ),
    GrantRefusal.NOT_NEEDED: (
        "Only a role that sees some children, and not all, breaks glass: ask as that role."
    ),
    GrantRefusal.UNKNOWN_CHILD: "There is no such child: take her id from an answer.",
    GrantRefusal.UNKNOWN_GRANT: "There is no such grant: take its id from `grants`.",
    GrantRefusal.NO_HOLDER: "Name from one to 20 holders, as their tokens name them.",
    GrantRefusal.NO_CHILD: "Name from one to 100 children.",
    GrantRefusal.NO_REASON: (
        "Say why, in up to 2,000 letters: it is kept for whoever reviews this."
    ),
    GrantRefusal.NO_KEY: "Give a key of your own, new for each: sent twice, it counts once.",
    GrantRefusal.KEY_REUSED: "This key was used for something else: make a new one for each.",
    GrantRefusal.TOO_LONG: "It must end after now, and no later than may be granted: ask for less.",
    GrantRefusal.ALREADY_CLOSED: "This grant was closed before.",
    GrantRefusal.ALREADY_REVIEWED: "This was reviewed before.",
    GrantRefusal.NOT_YOUR_OWN: "Nobody reviews what they opened themselves: ask another officer.",
}


def refused(reason: GrantRefusal) -> GrantRefused:
    """A refusal with its sentence."""
    return GrantRefused(reason, _MESSAGES[reason])
