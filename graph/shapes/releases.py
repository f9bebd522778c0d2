"""The public, de-identified release file: counts by year and state, never a person."""

from graph.shapes.asking import plain
from graph.shapes.shape import Relation, Scalar, Shape

# All that is read of a row is in one index, in the order of the answer: asking for every property
# of it lets half a million rows be counted without a look at one of them.
_COUNTED = (
    "MATCH (release:PublicRelease)"
    " USING INDEX release:PublicRelease(fiscalYear, state, source, asOf, runFrom, runUntil)"
    " WHERE release.fiscalYear IS NOT NULL AND release.state IS NOT NULL"
    " AND release.source IS NOT NULL AND release.asOf IS NOT NULL AND holds(release)"
)

RELEASE_COUNT = Shape(
    name="ReleaseCount",
    node="releases",
    fields={
        "fiscalYear": Scalar("in_year"),
        "state": Scalar("nullIf(in_state, '')"),
        "releases": Scalar("releases"),
        "source": Scalar("said_by"),
        "asOf": Scalar("toString(as_of)"),
    },
)

SHAPES = (RELEASE_COUNT,)

ROOTS = {
    "releasesByState": Relation(
        of=("ReleaseCount",),
        match=_COUNTED,
        given={
            "fiscalYear": "AND release.fiscalYear = $fiscalYear",
            "state": "AND release.state = $state",
        },
        then="WITH release.fiscalYear AS in_year, release.state AS in_state,"
        " release.source AS said_by, count(*) AS releases, max(release.asOf) AS as_of",
        binds=("release", "in_year", "in_state", "said_by", "releases", "as_of"),
        order="in_year, nullIf(in_state, ''), said_by",
        many=True,
        arguments=(plain("fiscalYear"), plain("state")),
    ),
}
