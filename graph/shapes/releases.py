"""The public, de-identified release file: counts by year and state, never a person."""

from graph.shapes.asking import plain
from graph.shapes.shape import Relation, Scalar, Shape

# A record delivered again with other values is a new version: only the latest one counts.
_LATEST = (
    "NOT EXISTS { MATCH (later:Record {keyVersion:"
    " release.key + '/v' + toString(release.version + 1)}) WHERE written(later) }"
)

RELEASE_COUNT = Shape(
    name="ReleaseCount",
    node="releases",
    fields={
        "fiscalYear": Scalar("fiscal_year"),
        "state": Scalar("state"),
        "releases": Scalar("releases"),
        "source": Scalar("source"),
        "asOf": Scalar("toString(as_of)"),
    },
)

SHAPES = (RELEASE_COUNT,)

ROOTS = {
    "releasesByState": Relation(
        of=("ReleaseCount",),
        match=f"MATCH (release:PublicRelease) WHERE written(release) AND {_LATEST}",
        given={
            "fiscalYear": "AND release.fiscalYear = $fiscalYear",
            "state": "AND release.state = $state",
        },
        then="WITH release.fiscalYear AS fiscal_year, release.state AS state,"
        " release.source AS source, count(*) AS releases, max(release.asOf) AS as_of",
        binds=("release", "later", "fiscal_year", "state", "source", "releases", "as_of"),
        order="fiscal_year, state, source",
        many=True,
        arguments=(plain("fiscalYear"), plain("state")),
    ),
}
