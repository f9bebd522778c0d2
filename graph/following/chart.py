"""The chart as `chart.toml` has it, read once and checked: states, steps, and what is legal.

A table of our own, because python-statemachine 3.2 was tried and does not fit. Its machine lives
in memory as long as its thing; ours is read from the graph and written back in one transaction,
and to make one in a given state and send it one event took 1.7 ms, against 12 µs for all steps
that are legal in a state. It lets an event that is not legal pass in silence, and its transitions
are code, of which no lawyer can read who may do what.
"""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any

from graph.sharing.fields import RulesError
from graph.vocabulary.following import Actor, FollowUpEvent, FollowUpState, Region
from graph.vocabulary.notices import NoticeKind

_FILE = Path(__file__).with_name("chart.toml")
_MOST_WAYS = 2  # of those who act in one state of a region


@dataclass(frozen=True, slots=True)
class Place:
    """A state of a region: what is to be done next in it, and by whom."""

    name: FollowUpState
    region: Region
    next: Mapping[Actor, FollowUpEvent]
    last: bool
    with_orr: bool


@dataclass(frozen=True, slots=True)
class Move:
    """A step: `to` is None where the region stays where it is.

    `asks` are `reason` and `evidence`, where it must have them. `marks` is what is done once.
    """

    event: FollowUpEvent
    region: Region
    origins: frozenset[FollowUpState]
    to: FollowUpState | None
    by: tuple[Actor, ...]
    rule: str
    asks: frozenset[str]
    raises: NoticeKind | None
    automatic: NoticeKind | None
    form: str | None
    marks: str | None
    inferred: bool


@dataclass(frozen=True, slots=True)
class Chart:
    """`begins` has the first state of each region."""

    begins: Mapping[Region, FollowUpState]
    places: Mapping[FollowUpState, Place]
    moves: Mapping[FollowUpEvent, Move]

    def legal(self, state: FollowUpState, actor: Actor | None = None) -> tuple[FollowUpEvent, ...]:
        """The steps out of a state, or those of one actor; in the order of the chart."""
        return tuple(
            event
            for event, move in self.moves.items()
            if state in move.origins and (actor is None or actor in move.by)
        )


def chart(path: Path = _FILE) -> Chart:
    """The chart of a file.

    Raises:
        RulesError: it has a state that nobody leaves and that is not last, or names what is none.
    """
    text = tomllib.loads(path.read_text("utf-8"))
    try:
        places = [_place(*one) for one in _of(text, "states")]
        moves = [_move(*one) for one in _of(text, "steps")]
        begins = {Region(region): FollowUpState(text[region]["begins"]) for region in text}
    except (KeyError, ValueError) as wrong:
        raise RulesError(f"{path.name}: {wrong}: missing, or no word of the chart.") from None
    found = Chart(
        MappingProxyType(begins),
        MappingProxyType({one.name: one for one in places}),
        MappingProxyType({one.event: one for one in moves}),
    )
    _check(found)
    return found


def _of(text: Mapping[str, Any], what: str) -> Iterator[tuple[Region, str, Mapping[str, Any]]]:
    for region, parts in text.items():
        for name, given in parts[what].items():
            yield Region(region), name, given


def _place(region: Region, name: str, given: Mapping[str, Any]) -> Place:
    following = {Actor(who): FollowUpEvent(what) for who, what in given.get("next", {}).items()}
    last, with_orr = given.get("last", False), given.get("with_orr", False)
    return Place(FollowUpState(name), region, following, last, with_orr)


def _move(region: Region, name: str, given: Mapping[str, Any]) -> Move:
    to, raises, automatic = (given.get(one) for one in ("to", "raises", "automatic"))
    return Move(
        event=FollowUpEvent(name),
        region=region,
        origins=frozenset(map(FollowUpState, given["from"])),
        to=None if to is None else FollowUpState(to),
        by=tuple(map(Actor, given["by"])),
        rule=given["rule"],
        asks=frozenset(given.get("asks", ())),
        raises=None if raises is None else NoticeKind(raises),
        automatic=None if automatic is None else NoticeKind(automatic),
        form=given.get("form"),
        marks=given.get("marks"),
        inferred=given.get("inferred", False),
    )


def _check(found: Chart) -> None:
    for place in found.places.values():
        onward = [found.moves[event] for event in found.legal(place.name)]
        leads = any(move.to not in (None, place.name) for move in onward)
        if place.last == leads:
            raise RulesError(f"{place.name} is last and left, or neither: the chart would stand.")
        if wrong := [
            event for who, event in place.next.items() if event not in found.legal(place.name, who)
        ]:
            raise RulesError(
                f"{place.name}: {', '.join(wrong)} is not legal there for who is to do it."
            )
        if not place.last and not 0 < len(place.next) <= _MOST_WAYS:
            raise RulesError(f"{place.name}: say what is to be done next, and by whom.")
    for move in found.moves.values():
        states = {*move.origins, *([move.to] if move.to else [])}
        if any(found.places[state].region is not move.region for state in states):
            raise RulesError(f"{move.event} leads from one region into another.")


CHART = chart()
# The properties of a follow-up that say where its regions stand.
STATE = {Region.ADDRESS: "address", Region.SAFETY: "safety", Region.RECORDS: "records"}
