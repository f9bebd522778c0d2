"""Ids that last: who a cluster of this run was in the last one, or in one before it.

Generic in what is clustered (records into children or sponsors, forms into addresses).
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from graph.vocabulary.identifiers import public_id
from linkage.lineage import NO_LINEAGE, Lineage, digest_of, members_of

# An id, a cluster's label, and how strong the claim is: the strongest is settled first.
_Claim = tuple[tuple[int, int, str, str], str, str]


def inherit(
    previous: Mapping[str, str],
    clusters: Mapping[str, str],
    kind: str,
    lineage: Lineage = NO_LINEAGE,
) -> dict[str, str]:
    """Each member's lasting id, from its cluster of today and its id of yesterday.

    1. A set of members that was an identity when it was merged or split is that identity again,
       so a merge or split that is undone gives every id back.
    2. An id goes to the cluster that holds most of its members, and a cluster takes the id it
       shares most members with; larger overlaps are settled first, then elder ids.
    3. A cluster left without takes the id of an identity that was merged away, where it has its
       members: whoever left a child she was wrongly joined to is herself again.
    4. What is still without gets a new id, founded on its least member.

    The same input gives the same ids in whatever order it comes. An id once given is never given
    to others, even when nobody of its members is left.

    `previous` is member → id, `clusters` member → any label; the answer is member → id.
    """
    settling = _Settling.of(clusters, lineage)
    settling.settle(_remembered(settling, previous, lineage))
    settling.settle(_shared(settling, previous.get))
    settling.settle(_shared(settling, lineage.dormant.get))
    taken = set(previous.values()) | lineage.founded.keys()
    for cluster, founder in sorted(settling.founders.items(), key=lambda item: item[1]):
        if cluster not in settling.named:
            settling.named[cluster] = _new_id(kind, founder, taken)
            taken.add(settling.named[cluster])
    return {member: settling.named[cluster] for member, cluster in clusters.items()}


@dataclass(frozen=True)
class _Settling:
    """Who is named so far: cluster → id."""

    members: Mapping[str, list[str]]
    founders: Mapping[str, str]
    lineage: Lineage
    named: dict[str, str]

    @classmethod
    def of(cls, clusters: Mapping[str, str], lineage: Lineage) -> "_Settling":
        members = members_of(clusters)
        founders = {cluster: min(some) for cluster, some in members.items()}
        return cls(members, founders, lineage, {})

    def settle(self, claims: Iterable[_Claim]) -> None:
        given = set(self.named.values())
        for _, identity, cluster in sorted(claims):
            if identity not in given and cluster not in self.named:
                given.add(identity)
                self.named[cluster] = identity

    def claim(self, strength: int, identity: str, cluster: str) -> _Claim:
        founded = self.lineage.founded.get(identity, 0)
        return (-strength, founded, identity, self.founders[cluster]), identity, cluster


def _remembered(
    settling: _Settling, previous: Mapping[str, str], lineage: Lineage
) -> Iterator[_Claim]:
    """Sets that bore an id when it was merged or split; whoever bears it still comes first."""
    for cluster, members in settling.members.items() if lineage.bore else ():
        for identity in lineage.bore.get(digest_of(members), ()):
            bears_it = all(previous.get(member) == identity for member in members)
            yield settling.claim(int(bears_it), identity, cluster)


def _shared(settling: _Settling, identity_of: Callable[[str], str | None]) -> Iterator[_Claim]:
    """Ids by how many of their members a cluster without a name holds."""
    shared = Counter(
        (identity, cluster)
        for cluster, members in settling.members.items()
        if cluster not in settling.named
        for member in members
        if (identity := identity_of(member)) is not None
    )
    for (identity, cluster), members in shared.items():
        yield settling.claim(members, identity, cluster)


def _new_id(kind: str, founder: str, taken: set[str]) -> str:
    # The founder may have founded an identity before and been moved out of it since.
    identity, attempt = public_id(kind, founder), 1
    while identity in taken:
        attempt += 1
        identity = public_id(kind, f"{founder}#{attempt}")
    return identity
