"""Every kind of batch, in the order a run writes them."""

from graph.writes import court, evidence, people, places
from graph.writes.kind import Kind

# What is pointed at stands before what points at it; what is closed comes last.
_IN_WRITE_ORDER = (
    evidence.DELIVERIES,
    evidence.RECORDS,
    evidence.PUBLIC_RELEASES,
    people.CHILDREN,
    people.SPONSORS,
    places.ADDRESSES,
    court.HEARINGS,
    people.CHILD_BIOGRAPHICS,
    people.SPONSOR_BIOGRAPHICS,
    evidence.DESCRIBES_CHILD,
    evidence.DESCRIBES_SPONSOR,
    places.CHILD_LIVES_AT,
    places.SPONSOR_LIVES_AT,
    people.RELEASED_TO,
    court.HAS_HEARING,
    court.REPORTS,
    people.CLOSE_CHILD_BIOGRAPHICS,
    people.CLOSE_SPONSOR_BIOGRAPHICS,
    evidence.CLOSE_PUBLIC_RELEASES,
    evidence.CLOSE_DESCRIBES_CHILD,
    evidence.CLOSE_DESCRIBES_SPONSOR,
    places.CLOSE_CHILD_LIVES_AT,
    places.CLOSE_SPONSOR_LIVES_AT,
    people.CLOSE_RELEASED_TO,
    court.CLOSE_HAS_HEARING,
    court.CLOSE_REPORTS,
)

KINDS: dict[str, Kind] = {kind.name: kind for kind in _IN_WRITE_ORDER}
