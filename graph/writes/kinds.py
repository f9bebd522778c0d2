"""Every kind of batch, in the order a run writes them."""

from graph.writes import court, evidence, identities, people, places, review
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
    review.LINKAGE_MODELS,
    people.CHILD_BIOGRAPHICS,
    people.SPONSOR_BIOGRAPHICS,
    evidence.DESCRIBES_CHILD,
    evidence.DESCRIBES_SPONSOR,
    places.CHILD_LIVES_AT,
    places.SPONSOR_LIVES_AT,
    people.RELEASED_TO,
    court.HAS_HEARING,
    court.REPORTS,
    review.CHILD_EVIDENCE,
    review.SPONSOR_EVIDENCE,
    review.CANDIDATE_PAIRS,
    review.HEEDED_JUDGEMENTS,
    identities.REDIRECTS_CHILD,
    identities.REDIRECTS_SPONSOR,
    identities.REDIRECTS_ADDRESS,
    identities.IDENTITY_EVENTS,
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
    review.CLOSE_CHILD_EVIDENCE,
    review.CLOSE_SPONSOR_EVIDENCE,
    review.CLOSE_CANDIDATE_PAIRS,
    review.CLOSE_HEEDED_JUDGEMENTS,
    identities.CLOSE_REDIRECTS_CHILD,
    identities.CLOSE_REDIRECTS_SPONSOR,
    identities.CLOSE_REDIRECTS_ADDRESS,
)

KINDS: dict[str, Kind] = {kind.name: kind for kind in _IN_WRITE_ORDER}
