"""Clusters of records, under the rule that some records are never together.

What a person has judged to be one comes first, then the strongest link. A link that would bring
two records together which are held apart is refused, whatever path it takes, and goes to review:
so a misfiled paper cannot join a girl to her sister.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field


@dataclass
class Clusters:
    """Who is with whom, by number; a cluster is named by whoever stands for it."""

    stands_for: dict[int, int] = field(default_factory=dict)
    members: dict[int, int] = field(default_factory=dict)
    apart: dict[int, set[int]] = field(default_factory=dict)
    refused: list[tuple[int, int]] = field(default_factory=list)

    def of(self, person: int) -> int:
        """The cluster this person is in."""
        step = self.stands_for
        root = person
        while (further := step.get(root, root)) != root:
            root = further
        while (further := step.get(person, person)) != root:
            step[person] = root
            person = further
        return root

    def hold_apart(self, one: int, other: int) -> None:
        self.apart.setdefault(self.of(one), set()).add(other)
        self.apart.setdefault(self.of(other), set()).add(one)

    def join(self, one: int, other: int) -> None:
        left, right = self.of(one), self.of(other)
        if left == right:
            return
        if self._held_apart(left, right):
            self.refused.append((one, other))
            return
        if (self.members.get(left, 1), -left) < (self.members.get(right, 1), -right):
            left, right = right, left
        self.stands_for[right] = left
        self.members[left] = self.members.get(left, 1) + self.members.pop(right, 1)
        if right in self.apart:
            self.apart.setdefault(left, set()).update(self.apart.pop(right))

    def _held_apart(self, left: int, right: int) -> bool:
        from_left, from_right = self.apart.get(left), self.apart.get(right)
        if not from_left or not from_right:
            return False
        if len(from_left) > len(from_right):
            left, right, from_left = right, left, from_right
        return any(self.of(person) == right for person in from_left)


def cluster(
    links: Iterable[tuple[int, int]],
    apart: Iterable[tuple[int, int]] = (),
    *,
    same: Iterable[tuple[int, int]] = (),
    never: Iterable[tuple[int, int]] = (),
) -> Clusters:
    """Join along `links`, strongest first, never across `apart`.

    `same` and `never` are what people judged, free of contradictions: `same` is joined even where
    the machine would hold `apart`, and nothing is joined across `never`.
    """
    clusters = Clusters()
    for one, other in never:
        clusters.hold_apart(one, other)
    for one, other in same:
        clusters.join(one, other)
    for one, other in apart:
        clusters.hold_apart(one, other)
    for one, other in links:
        clusters.join(one, other)
    return clusters
