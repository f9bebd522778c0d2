"""What the sources' words on a hearing come to: a value, how well it is borne out, and by whom.

Of each source its latest word that says what happened counts; of these the first in the order of
`FIRST_HEARD`. Sources disagree when one says that she failed to appear and another that she
appeared or that the hearing was put off. Nothing is hidden by it: every word stays beside it.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from graph.vocabulary.court import (
    FIRST_HEARD,
    NOT_MISSED,
    SAYS_SO,
    Appearance,
    AppearanceConfidence,
)


@dataclass(frozen=True, slots=True)
class Word:
    """One word of one source; `on` is the day of its entry, or else since when it is known."""

    source: str
    appearance: str
    on: str
    id: str


@dataclass(frozen=True, slots=True)
class Reconciled:
    """What the words come to. `said_by` and `contradicted_by` are sources, in order of hearing."""

    value: str
    confidence: AppearanceConfidence
    disagreement: bool
    said_by: list[str] = field(default_factory=list)
    contradicted_by: list[str] = field(default_factory=list)


def reconciled(read: Iterable[Sequence[str]]) -> Reconciled:
    """From `[source, appearance, day, id]` of each word."""
    words = [Word(*one) for one in read]
    latest = _latest(words)
    if not latest:
        return Reconciled(_unsaid(words), AppearanceConfidence.NOTHING_SAID, disagreement=False)
    value = latest[0].appearance
    said_by = [word.source for word in latest if word.appearance == value]
    against = [word.source for word in latest if _contradict(word.appearance, value)]
    disagreement = _disagree(words)
    return Reconciled(value, _confidence(said_by, disagreement), disagreement, said_by, against)


def _latest(words: Iterable[Word]) -> list[Word]:
    """Of each source the last that says what happened, whoever is heard first standing first.

    Of two of one day a failure to appear: somebody is then asked to look.
    """
    last: dict[str, Word] = {}
    for word in sorted(words, key=_told):
        if word.appearance in SAYS_SO:
            last[word.source] = word
    return [last[source] for source in FIRST_HEARD if source in last]


def _told(word: Word) -> tuple[str, bool, str]:
    return word.on, word.appearance == Appearance.FAILED_TO_APPEAR, word.id


def _unsaid(words: Iterable[Word]) -> str:
    said = {word.appearance for word in words}
    # A source that has the hearing behind it and says nothing knows more than one that set it.
    nothing = Appearance.NOTHING_ENTERED in said or Appearance.SCHEDULED not in said
    return Appearance.NOTHING_ENTERED if nothing else Appearance.SCHEDULED


def _contradict(one: str, other: str) -> bool:
    pair = (one, other)
    missed = Appearance.FAILED_TO_APPEAR in pair
    return missed and any(word in NOT_MISSED for word in pair)


def _disagree(words: Sequence[Word]) -> bool:
    missed = {word.source for word in words if word.appearance == Appearance.FAILED_TO_APPEAR}
    kept = {word.source for word in words if word.appearance in NOT_MISSED}
    return any(one != other for one in missed for other in kept)


def _confidence(said_by: Sequence[str], disagreement: bool) -> AppearanceConfidence:
    if disagreement:
        return AppearanceConfidence.DISPUTED
    several = len(said_by) > 1
    return AppearanceConfidence.CORROBORATED if several else AppearanceConfidence.ONE_SOURCE
