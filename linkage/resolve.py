"""Ids that last: who a cluster of this run was in the last one.

Generic in what is clustered (records into children or sponsors, forms into addresses).
"""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping

from graph.vocabulary.identifiers import public_id


def inherit(
    previous: Mapping[str, str],
    clusters: Mapping[str, str],
    kind: str,
    ever_given: Collection[str] = (),
) -> dict[str, str]:
    """Each member's lasting id, from its cluster of today and its id of yesterday.

    An id goes to the cluster that holds most of its members, and a cluster takes the id it shares
    most members with; larger overlaps are settled first, ties by id and then by founder, so the
    same input gives the same ids in whatever order it comes. A cluster left without an id gets a
    new one, founded on its least member. An id once given is never given to others, even when
    nobody of its members is left.

    `previous` is member → id, `clusters` member → any label; the answer is member → id.
    `ever_given` are ids of any earlier run: one that no longer has members is not in `previous`.
    """
    founders: dict[str, str] = {}
    for member, cluster in clusters.items():
        if cluster not in founders or member < founders[cluster]:
            founders[cluster] = member
    named = dict(_heirs(previous, clusters, founders))
    taken = set(previous.values()).union(ever_given)
    for cluster, founder in sorted(founders.items(), key=lambda item: item[1]):
        if cluster not in named:
            named[cluster] = _new_id(kind, founder, taken)
            taken.add(named[cluster])
    return {member: named[cluster] for member, cluster in clusters.items()}


def _heirs(
    previous: Mapping[str, str], clusters: Mapping[str, str], founders: Mapping[str, str]
) -> Iterator[tuple[str, str]]:
    shared = Counter(
        (previous[member], cluster) for member, cluster in clusters.items() if member in previous
    )
    given: set[str] = set()
    heirs: set[str] = set()
    for (identity, cluster), _ in sorted(
        shared.items(), key=lambda item: (-item[1], item[0][0], founders[item[0][1]])
    ):
        if identity not in given and cluster not in heirs:
            given.add(identity)
            heirs.add(cluster)
            yield cluster, identity


def _new_id(kind: str, founder: str, taken: set[str]) -> str:
    # The founder may have founded an identity before and been moved out of it since.
    identity, attempt = public_id(kind, founder), 1
    while identity in taken:
        attempt += 1
        identity = public_id(kind, f"{founder}#{attempt}")
    return identity
