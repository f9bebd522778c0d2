"""On which rule a step rests for a hearing of a day: in which words, how strongly, since when.

A duty is that of the hearing's day, not of the day on which somebody asks (REQUIREMENTS.md §8): a
failure to appear of November 2023 puts none on anybody, one of January 2024 says that ERO should
tell ORR, one of August 2024 requires it. What others read into a rule stands beside it and decides
nothing.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from graph.following.chart import CHART
from graph.sharing.fields import RulesError
from graph.sharing.policy import PROVISIONS
from graph.sharing.provisions import Effect, Provision
from graph.vocabulary.following import DutyForce, FollowUpEvent

_FILE = Path(__file__).with_name("rules.toml")
_SPEAK = frozenset({Effect.INTERPRETS, Effect.RECOMMENDS})
# What is in the order of a queue, the most pressing first.
RANK = {force: rank for rank, force in enumerate(DutyForce)}


@dataclass(frozen=True, slots=True)
class Duty:
    """What a step rests on for a hearing's day.

    `rule` is the provision's id, or the rule's in `rules.toml`; `words` and `citation` are None
    where nothing was in force. `beside` is what others in force on that day read into it.
    """

    rule: str | None
    force: DutyForce
    words: str | None = None
    citation: str | None = None
    since: date | None = None
    beside: tuple[Provision, ...] = ()


@dataclass(frozen=True, slots=True)
class _Rule:
    provisions: tuple[tuple[Provision, DutyForce], ...]
    duty: Duty | None
    begins: date

    def on(self, day: date) -> Duty:
        for provision, force in self.provisions:
            if provision.in_force(day):
                beside = tuple(one for one in PROVISIONS.values() if _speaks(one, provision, day))
                words, since = provision.words, provision.begins
                return Duty(provision.id, force, words, provision.citation, since, beside)
        return self.duty if self.duty and self.begins <= day else _NONE


_NONE = Duty(None, DutyForce.NONE_FOUND)


def _speaks(one: Provision, of: Provision, day: date) -> bool:
    return one.effect in _SPEAK and of.id in one.about and one.in_force(day)


def rules(path: Path = _FILE) -> Mapping[str, _Rule]:
    """The rules by name.

    Raises:
        RulesError: one names a provision that is not there, or a step one that is not here.
    """
    text = tomllib.loads(path.read_text("utf-8"))
    found = {name: _rule(name, one) for name, one in text.items()}
    if odd := sorted({move.rule for move in CHART.moves.values()} ^ set(found)):
        raise RulesError(f"{path.name}: {', '.join(odd)}: a step without its rule, or none has it.")
    return MappingProxyType(found)


def _rule(name: str, given: Mapping[str, Any]) -> _Rule:
    try:
        named = given.get("provisions", ())
        provisions = tuple((PROVISIONS[one["id"]], DutyForce(one["force"])) for one in named)
        if provisions:
            return _Rule(provisions, None, date.min)
        force = DutyForce(given.get("force", DutyForce.NONE_FOUND))
        duty = Duty(name, force, given["words"], given["citation"], given.get("from"))
    except (KeyError, ValueError) as wrong:
        raise RulesError(f"rules.toml: {name}: {wrong}: missing, or not known.") from None
    return _Rule((), duty, given.get("from", date.min))


_RULES = rules()


@lru_cache(maxsize=8192)
def duty(event: FollowUpEvent, failed_on: date) -> Duty:
    """On what a step rests for a failure to appear at a hearing of that day."""
    return _RULES[CHART.moves[event].rule].on(failed_on)
