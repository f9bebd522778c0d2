"""How things group when each tie between two of them holds with a chance of its own.

Only arithmetic: what the things are, and where the chances come from, is `graph/uncertainty.py`.
"""

from bisect import bisect_right
from collections import defaultdict, deque
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from random import Random
from typing import Final

EXACT_TO: Final = 7  # things in a component: 877 groupings at most
DRAWS: Final = 2_000
# Of 13,000 things that 16,000 ties lead between, as 448,820 children had, every draw comes to
# nearly the same: fewer are enough.
_LEAST_DRAWS: Final = 50
_TIES_DRAWN: Final = 500_000
# A lighter end of a distribution changes no figure, and costs time.
_NOTHING: Final = 1e-12

Tie = tuple[str, str]
# Each thing's group, by the place of the first thing in it.
_Grouping = tuple[int, ...]
# A tie between the things of two places, and the chances that it holds, the least first.
_Chances = tuple[int, int, tuple[float, ...]]


@dataclass(frozen=True, slots=True)
class Component:
    """Things that ties lead between. `never` are those that are not in one group, whatever ties.

    Some things only stand between others: `counted` are the places of those that are counted.
    """

    things: tuple[str, ...]
    counted: tuple[int, ...]
    ties: tuple[Tie, ...]
    never: tuple[tuple[int, int], ...]

    def taken_off(self, *chances: Mapping[Tie, float]) -> list[list[float]]:
        """The chance that the counted are none, one, two … fewer groups than they are things.

        Once for each of `chances`, of which none gives a tie less than the one before it does.
        """
        place = {thing: number for number, thing in enumerate(self.things)}
        ties = [
            (place[one], place[other], tuple(given[one, other] for given in chances))
            for one, other in self.ties
        ]
        exactly = len(self.things) <= EXACT_TO
        found = self._exactly(ties, len(chances)) if exactly else self._drawn(ties, len(chances))
        return [_of_what_can_be(sums) for sums in found]

    def _exactly(self, ties: Iterable[_Chances], many: int) -> Iterator[list[float]]:
        for number in range(many):
            sums = [0.0] * len(self.counted)
            holding = ((one, other, holds[number]) for one, other, holds in ties)
            for grouping, chance in _groupings(holding, len(self.things)).items():
                if not any(grouping[one] == grouping[other] for one, other in self.never):
                    groups = len({grouping[thing] for thing in self.counted})
                    sums[len(self.counted) - groups] += chance
            yield sums

    def _drawn(self, ties: Sequence[_Chances], many: int) -> list[list[float]]:
        """One draw a tie does for all chances: those that hold at one hold at the next as well."""
        draws = Random("\n".join(self.things))  # noqa: S311 - alike each time, which is the point
        times = max(_LEAST_DRAWS, min(DRAWS, _TIES_DRAWN // len(ties)))
        sums = [[0.0] * len(self.counted) for _ in range(many)]
        for _ in range(times):
            # By the first of the chances at which a tie holds.
            held: list[list[tuple[int, int]]] = [[] for _ in sums]
            for one, other, holds in ties:
                if (drawn := draws.random()) < holds[-1]:
                    held[bisect_right(holds, drawn)].append((one, other))
            groups = _Groups(len(self.things))
            for joined, of_these in zip(held, sums, strict=True):
                groups.join(joined)
                if not any(groups.first(one) == groups.first(other) for one, other in self.never):
                    of_these[len(self.counted) - groups.among(self.counted)] += 1 / times
        return sums


def components(
    ties: Iterable[Tie], never: Iterable[Tie], counted: Collection[str]
) -> list[Component]:
    """The components with at least two that are counted, sorted; other ties take nothing off."""
    beside: dict[str, set[str]] = defaultdict(set)
    for one, other in ties:
        beside[one].add(other)
        beside[other].add(one)
    _without_loose_ends(beside, counted)
    connected = (found for found in _connected(beside) if sum(one in counted for one in found) > 1)
    return [_component(found, beside, set(never), counted) for found in connected]


def added(distributions: Iterable[Sequence[float]]) -> list[float]:
    """The distribution of the sum of independent ones, each by its value from 0 on."""
    # Two by two, as in a tournament: one after the other, 2,000 took twice as long.
    waiting = deque((0, list(one)) for one in distributions)
    while len(waiting) > 1:
        waiting.append(_sum(*waiting.popleft(), *waiting.popleft()))
    start, chances = waiting.pop() if waiting else (0, [1.0])
    return [0.0] * start + chances


def _sum(
    start: int, chances: Sequence[float], other_start: int, others: Sequence[float]
) -> tuple[int, list[float]]:
    """The sum of two distributions, without its lighter ends: its least value, and from there."""
    summed = [0.0] * (len(chances) + len(others) - 1)
    for value, chance in enumerate(chances):
        for further, its_chance in enumerate(others, value):
            summed[further] += chance * its_chance
    least, most = 0, len(summed)
    while summed[least] < _NOTHING:
        least += 1
    while summed[most - 1] < _NOTHING:
        most -= 1
    return start + other_start + least, summed[least:most]


def _without_loose_ends(beside: dict[str, set[str]], counted: Collection[str]) -> None:
    """Forget what is not counted and stands between nothing."""
    loose = [thing for thing in beside if thing not in counted and len(beside[thing]) <= 1]
    while loose:
        thing = loose.pop()
        for other in beside.pop(thing, ()):
            beside[other].discard(thing)
            if other not in counted and len(beside[other]) <= 1:
                loose.append(other)


def _connected(beside: Mapping[str, set[str]]) -> Iterator[list[str]]:
    seen: set[str] = set()
    for thing in sorted(beside):
        found, waiting = [], [thing]
        while waiting:
            one = waiting.pop()
            if one not in seen:
                seen.add(one)
                found.append(one)
                waiting += beside[one]
        yield sorted(found)


def _component(
    things: list[str], beside: Mapping[str, set[str]], never: set[Tie], counted: Collection[str]
) -> Component:
    place = {thing: number for number, thing in enumerate(things)}
    return Component(
        tuple(things),
        tuple(place[thing] for thing in things if thing in counted),
        tuple((one, other) for one in things for other in sorted(beside[one]) if one < other),
        tuple(
            (place[one], place[other])
            for one, other in sorted(never)
            if {one, other} <= set(things)
        ),
    )


def _of_what_can_be(sums: list[float]) -> list[float]:
    whole = sum(sums)
    # Where every draw broke a never, there is nothing to go by but the things as they are.
    return [chance / whole for chance in sums] if whole else [1.0, *sums[1:]]


def _joined(grouping: _Grouping, one: int, other: int) -> _Grouping:
    first, second = sorted((grouping[one], grouping[other]))
    return tuple(first if group == second else group for group in grouping)


def _groupings(ties: Iterable[tuple[int, int, float]], many: int) -> dict[_Grouping, float]:
    """Tie by tie: it holds or not, and outcomes that group alike are one."""
    groupings = {tuple(range(many)): 1.0}
    for one, other, holds in ties:
        after: dict[_Grouping, float] = defaultdict(float)
        for grouping, chance in groupings.items():
            after[_joined(grouping, one, other)] += chance * holds
            after[grouping] += chance * (1 - holds)
        groupings = after
    return groupings


class _Groups:
    """The groups that ties make of so many things, tie by tie."""

    def __init__(self, many: int) -> None:
        self._above = list(range(many))
        self._left = many

    def first(self, thing: int) -> int:
        """Who stands for the group of this thing."""
        above = self._above
        while above[thing] != thing:
            above[thing] = thing = above[above[thing]]
        return thing

    def join(self, ties: Iterable[tuple[int, int]]) -> None:
        first = self.first
        for one, other in ties:
            its, others = first(one), first(other)
            if its != others:
                self._above[max(its, others)] = min(its, others)
                self._left -= 1

    def among(self, counted: Sequence[int]) -> int:
        """How many groups these things are of."""
        if len(counted) == len(self._above):
            return self._left
        return len({self.first(thing) for thing in counted})
