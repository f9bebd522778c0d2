"""What is told of counts of children, so that no small count can be worked out.

**Promised**: whatever one computes from everything ever published, all tables and all days taken
together, no count that is shown can be told within an interval narrower than `WIDTH`, a cell of
fewer than `THRESHOLD` children is never shown as a number, and a count that moved by one looks
like one that did not.

Hiding small cells and then further ones, so that no margin gives them back by subtraction, keeps
one day's tables safe. It fails over time: 57 in June and 58 in September is one child. So no number
is told exactly:

1. Every count c of the family has a secret offset o, drawn once from 0 to `WIDTH` and kept for
   ever. What is told depends on y = c + o alone, at any time. Had there been k children more and
   an offset k less, everything ever told would be the same: so even somebody who knows each change
   of a count, and sees it step from one band to the next, does not know the count.
2. y up to 2 × WIDTH is `suppressed`: "20 or fewer", nothing else. c below THRESHOLD always is; so
   are some cells of 11 to 20, and nobody sees which (the primary suppression). Larger ones are told
   as a band of ten of y, from which c is known within 20.
3. A margin is told as a band too, clamped (the complementary suppression): it never says more
   than that the sum is at least `WIDTH` above the least, or below the most, that its parts allow.
   Then no part of it can be told better than its own figure says, and so on down the tree. Several
   partitions of one margin (by state, by country) clamp it together: by Helly's theorem any part
   of any of them can then stand at either end of its range while the others follow.
4. Where a margin cannot be clamped so it is left out: whether it can follows from what is told of
   its parts. Where partitions of one margin leave no room together, the one of more parts is left
   out; that tells that the margin is less than twice the room above what the other's parts sum to,
   which is no more than a clamp would tell. A margin with a single part is told without it.
5. Offsets of the parts of a margin leave room for each other (`Offsets`): what one part might have
   more, others might have less.

The least that is told of a margin is what its parts sum to, so no sum contradicts another. Tables
are published for ends of quarters, once each (graph/figures/snapshots.py); nobody chooses what is
counted. That there is a row at all says that some child was ever counted there, and no more.

11 is the usual least cell of US health data (the minimum in PCORnet's data agreements; CMS and
other agencies of HHS have rules of the kind). It, WIDTH and the bands are a design choice: no
source document names them. `tests/graph/test_figures.py` is the attacker: an exact linear programme
over all tables and two days, whose intervals must be as wide as promised.
"""

import secrets
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

THRESHOLD: Final = 11
WIDTH: Final = 10
_SMALL: Final = 2 * WIDTH  # of y: the most that is suppressed
_BAND: Final = 10

# A count's name in the family: ("released", "2023", "state", "TX").
Key = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """A count and the counts that it is the sum of. A count may be divided in several ways."""

    whole: Key
    parts: tuple[Key, ...]


@dataclass(frozen=True, slots=True)
class Shown:
    """What is told of a count: it is `low` to `high`."""

    low: int
    high: int

    @property
    def suppressed(self) -> bool:
        """It may be fewer than the threshold, or nobody."""
        return self.low < THRESHOLD

    @property
    def width(self) -> int:
        return self.high - self.low


@dataclass(frozen=True, slots=True)
class Told:
    """Everything that is told: of each count that is shown, and which band of y that rests on.

    `bands` has the least and the most of y, None where the band is open: what an attacker may know.
    """

    shown: Mapping[Key, Shown]
    bands: Mapping[Key, tuple[int | None, int | None]]


def hide(counts: Mapping[Key, int], groups: Sequence[Group], offsets: Mapping[Key, int]) -> Told:
    """What may be told of `counts`; `groups` come parts before wholes, each part in one group."""
    return _Hiding(counts, offsets).told(groups)


class _Hiding:
    def __init__(self, counts: Mapping[Key, int], offsets: Mapping[Key, int]) -> None:
        self._counts, self._offsets = counts, offsets
        self._sums: set[Key] = set()
        self._shown: dict[Key, Shown] = {}
        self._bands: dict[Key, tuple[int | None, int | None]] = {}

    def told(self, groups: Sequence[Group]) -> Told:
        ways: dict[Key, list[Group]] = {}
        for group in groups:
            ways.setdefault(group.whole, []).append(group)
        self._sums = set(ways)
        for whole, of_it in ways.items():
            for part in (part for group in of_it for part in group.parts if part not in ways):
                self._band(part)
            self._sum(whole, of_it)
        return Told(self._shown, self._bands)

    def _band(self, key: Key) -> None:
        """A count that is no sum: its band alone."""
        band = _band_of(self._counts[key] + self._offsets[key])
        self._bands[key] = (_bottom(band) if band else None, _top(band))
        self._shown[key] = Shown(_bottom(band) - WIDTH if band else 0, _top(band))

    def _sum(self, whole: Key, ways: list[Group]) -> None:
        """A margin, clamped so that no part of it is told better than by itself."""
        if any(part not in self._shown for group in ways for part in group.parts):
            return  # of a margin left out nobody knows the sum
        while ways:
            ranges = [self._range(group) for group in ways]
            room = [self._room(group) for group in ways]
            low = max(least + far for (least, _), far in zip(ranges, room, strict=True))
            high = min(most - far for (_, most), far in zip(ranges, room, strict=True))
            if low <= high:
                within = max(least for least, _ in ranges), min(most for _, most in ranges)
                self._clamped(whole, within, low, high)
                return
            # What sums up further stays, and the margin is left out; else a partition is.
            if not self._sums.isdisjoint(part for group in ways for part in group.parts):
                return
            widest = max(ways, key=lambda group: (len(group.parts), group.parts))
            ways.remove(widest)
            self._leave_out(widest)
        self._band(whole)

    def _clamped(self, whole: Key, within: tuple[int, int], low: int, high: int) -> None:
        first, last = _band_of(low), _band_of(high)
        band = min(max(_band_of(self._counts[whole] + self._offsets[whole]), first), last)
        bottom = None if band == first else _bottom(band)
        top = None if band == last else _top(band)
        self._bands[whole] = (bottom, top)
        self._shown[whole] = Shown(
            within[0] if bottom is None else max(within[0], bottom - WIDTH),
            within[1] if top is None else min(within[1], top),
        )

    def _range(self, group: Group) -> tuple[int, int]:
        parts = [self._shown[part] for part in group.parts]
        return sum(part.low for part in parts), sum(part.high for part in parts)

    def _room(self, group: Group) -> int:
        """How far from either end of its range a sum must stay for its parts' sake."""
        if self._sums.isdisjoint(group.parts):
            return WIDTH
        # Of a part that is a sum, any loss would be a loss of its own parts.
        return max(self._shown[part].width for part in group.parts)

    def _leave_out(self, group: Group) -> None:
        for part in group.parts:
            self._shown.pop(part, None)
            self._bands.pop(part, None)


def _band_of(y: int) -> int:
    return 0 if y <= _SMALL else (y - _SMALL - 1) // _BAND + 1


def _bottom(band: int) -> int:
    return _SMALL + 1 + (band - 1) * _BAND


def _top(band: int) -> int:
    return _SMALL + band * _BAND


def draw(
    groups: Sequence[Group],
    known: Mapping[Key, int],
    drawn: Callable[[], int] = lambda: secrets.randbelow(WIDTH + 1),
) -> dict[Key, int]:
    """The offsets that are known, and new ones for whatever has none; `groups` as for `hide`.

    The parts of a whole could together be as many fewer, or more, as the whole could: else what is
    known of a whole would tell of its parts. More parts later only add to that room.
    """
    offsets = dict(known)
    for group in reversed(groups):
        whole = offsets.setdefault(group.whole, drawn())
        new = [part for part in group.parts if part not in offsets]
        offsets |= {part: drawn() for part in new}
        have = sum(offsets[part] for part in group.parts)
        room = sum(WIDTH - offsets[part] for part in group.parts)
        _shift(offsets, new, whole - have, 1)
        _shift(offsets, new, WIDTH - whole - room, -1)
    return offsets


def _shift(offsets: dict[Key, int], keys: Iterable[Key], lacking: int, sign: int) -> None:
    for key in keys:
        if lacking > 0:
            free = WIDTH - offsets[key] if sign > 0 else offsets[key]
            taken = min(free, lacking)
            offsets[key] += sign * taken
            lacking -= taken
