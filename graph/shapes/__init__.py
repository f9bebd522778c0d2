"""What each thing that a client may see is, in Cypher. One file a word of the field.

`SHAPES` has the things by name, `ROOTS` the ways in. Adding a field to a thing is one line here
and one in `api/types`, under the same name.
"""

from graph.shapes import (
    ageing,
    alternates,
    calls,
    closing,
    concerns,
    conflicts,
    contacts,
    corrections,
    counts,
    court,
    dwellers,
    events,
    evidence,
    explanations,
    failures,
    feeds,
    following,
    grants,
    hops,
    identities,
    judgements,
    networks,
    next_actions,
    notices,
    nta,
    oversight,
    paths,
    people,
    places,
    releases,
    reporting,
    reports,
    review,
    searching,
    statements,
    ties,
    touchpoints,
    triage,
    venues,
)
from graph.shapes.shape import Argument, Made, Page, Relation, Scalar, Shape

_FILES = (
    *(people, searching, places, reports, dwellers, conflicts, contacts),
    *(court, nta, feeds, failures, counts, evidence, ties, networks, paths, hops, releases),
    *(touchpoints, concerns, statements, calls, ageing, alternates, venues, triage),
    *(identities, explanations, review, judgements, events, oversight, reporting, closing, grants),
    *(following, next_actions, corrections, notices),
)

SHAPES: dict[str, Shape] = {shape.name: shape for file in _FILES for shape in file.SHAPES}
ROOTS: dict[str, Relation] = {name: root for file in _FILES for name, root in file.ROOTS.items()}
# The ways in that everybody is looked at for.
OF_EVERYBODY = frozenset(
    name for name, root in ROOTS.items() if any(SHAPES[of].of_everybody for of in root.of)
)
# What a mutation answers with, by its type's name: the way in once the write is done. And a page
# of what a subscription tells, by the subscription's.
PAYLOADS: dict[str, Relation] = {
    **judgements.PAYLOADS,
    **grants.PAYLOADS,
    **touchpoints.PAYLOADS,
    **concerns.PAYLOADS,
    **statements.PAYLOADS,
    **corrections.PAYLOADS,
    **notices.PAYLOADS,
    **court.PAYLOADS,
    **nta.PAYLOADS,
    **events.PAGES,
}

__all__ = [
    "OF_EVERYBODY",
    "PAYLOADS",
    "ROOTS",
    "SHAPES",
    "Argument",
    "Made",
    "Page",
    "Relation",
    "Scalar",
    "Shape",
]
