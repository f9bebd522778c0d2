"""How an identity came to be, step by step: which pair joined which records to which.

A link leaves each identity's records (their keys, sorted) and its pairs in the order in which they
were taken, each a text: `"i j weight l0,l1,…"` by weight, `"i j SAME judgement"` by a person.
"""

from collections import deque
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

_BY_A_PERSON = "SAME"


@dataclass(frozen=True, slots=True)
class Pair:
    """Two records that were found to be one person's, by weight or by a judgement."""

    left: str
    right: str
    weight: float | None
    levels: tuple[int, ...] | None
    judgement: str | None


@dataclass(frozen=True, slots=True)
class Step:
    """Step `number` joined the records of `one` to those of `other`, because of `pair`."""

    number: int
    one: tuple[str, ...]
    other: tuple[str, ...]
    pair: Pair


def read_pairs(records: Sequence[str], pairs: Iterable[str]) -> list[Pair]:
    """The pairs of a piece of link evidence."""
    return [_read(records, text) for text in pairs]


def pair_between(
    records: Sequence[str], pairs: Iterable[str], left: str, right: str
) -> Pair | None:
    """The pair of these two records, or None where the evidence has none; the rest stays unread."""
    if left not in records or right not in records:
        return None
    first, second = sorted((records.index(left), records.index(right)))
    found = next((text for text in pairs if text.startswith(f"{first} {second} ")), None)
    return None if found is None else _read(records, found)


def _read(records: Sequence[str], text: str) -> Pair:
    left, right, weight, rest = text.split(" ", 3)
    ends = records[int(left)], records[int(right)]
    if weight == _BY_A_PERSON:
        return Pair(*ends, None, None, rest)
    levels = tuple(int(level) for level in rest.split(",")) if rest else ()
    return Pair(*ends, float(weight), levels, None)


def steps(pairs: Iterable[Pair]) -> list[Step]:
    """Each pair that joined two groups, in order; one within a group only agrees."""
    group: dict[str, tuple[str, ...]] = {}
    found: list[Step] = []
    for pair in pairs:
        one = group.setdefault(pair.left, (pair.left,))
        other = group.setdefault(pair.right, (pair.right,))
        if one == other:
            continue
        found.append(Step(len(found) + 1, one, other, pair))
        both = tuple(sorted((*one, *other)))
        group.update(dict.fromkeys(both, both))
    return found


def way(joining: Iterable[Step], left: str, right: str) -> list[str]:
    """The records from one to the other along the pairs that joined them, both ends included.

    Empty where no such way is known.
    """
    beside: dict[str, list[str]] = {}
    for step in joining:
        beside.setdefault(step.pair.left, []).append(step.pair.right)
        beside.setdefault(step.pair.right, []).append(step.pair.left)
    ways = {left: [left]}
    waiting = deque([left])
    while waiting and right not in ways:
        here = waiting.popleft()
        for there in beside.get(here, ()):
            if there not in ways:
                ways[there] = [*ways[here], there]
                waiting.append(there)
    return ways.get(right, [])
