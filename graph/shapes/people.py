"""Children, sponsors, and the releases that join them."""

from graph.shapes.asking import (
    A_NUMBER,
    AS_OF,
    KNOWN_AT,
    MATCHES_CONSIDERED,
    paged,
    plain,
    scribbled,
)
from graph.shapes.conflicts import CONFLICTS_OF_A_CHILD
from graph.shapes.contacts import LAST_CONTACT_OF_A_CHILD
from graph.shapes.court import HEARINGS_OF_A_CHILD
from graph.shapes.days import unlearnt
from graph.shapes.evidence import READABLE, RECORDS_OF, SAID_BY
from graph.shapes.identities import ASKED, bearer, history_of, makes_history
from graph.shapes.networks import network_of
from graph.shapes.places import ADDRESS_HISTORY, LOCATION
from graph.shapes.shape import Relation, Scalar, Shape

_FULL_NAME = Scalar(
    "nullIf(trim(coalesce(biographics.givenNames, '') + ' '"
    " + coalesce(biographics.familyName, '')), '')"
)
_NAMES = {
    "familyName": Scalar("biographics.familyName"),
    "givenNames": Scalar("biographics.givenNames"),
    "fullName": _FULL_NAME,
    "dateOfBirth": Scalar("toString(biographics.dateOfBirth)"),
}

# What ORR asked of a sponsor when vetting is withheld by itself: her name is on every release.
_VETTED = "NOT coalesce(has_biographics.sharingClass IN $withheld, false)"
# A release whose day no source gives counts from the day it was known.
_IN_FORCE = (
    "visible(release) AND coalesce(release.releasedOn, release.knownFrom) <= $asOf"
    " AND release.knownFrom <= $knownAt"
    f" AND (coalesce($asOf < release.until, true) OR {unlearnt('release.until', 'child')})"
)
# Her own releases or a sponsor's, as far as they were known; all days unless one is asked for.
_KNOWN = "visible(release) AND release.knownFrom <= $knownAt"
_BY_THEN = {"asOf": "AND coalesce(release.releasedOn, release.knownFrom) <= $asOf"}

CHILD = Shape(
    name="Child",
    node="child",
    label="Child",
    needs={
        "biographics": "MATCH (child)-[has_biographics:HAS_BIOGRAPHICS]->"
        "(biographics:ChildBiographics) WHERE holds(has_biographics)"
    },
    fields={
        "id": Scalar("child.id"),
        "aNumber": Scalar("biographics.aNumber"),
        "aNumbers": Scalar("coalesce(biographics.aNumbers, [])"),
        **_NAMES,
        "age": Scalar("duration.between(biographics.dateOfBirth, $asOf).years", (AS_OF,)),
        # Born on 29 February she is seventeen until the end of that month.
        "turnsEighteenOn": Scalar(
            "toString(date({year: biographics.dateOfBirth.year + 18,"
            " month: biographics.dateOfBirth.month, day: 1})"
            " + duration({days: biographics.dateOfBirth.day - 1}))"
        ),
        "sex": Scalar("biographics.sex"),
        "countryOfBirth": Scalar("biographics.countryOfBirth"),
        "records": RECORDS_OF["child"],
        "sponsor": Relation(
            of=("Sponsor",),
            match=f"MATCH (child)-[release:RELEASED_TO]->(sponsor:Sponsor) WHERE {_IN_FORCE}",
            binds=("release", "sponsor"),
            order="release.releasedOn DESC, release.id",
            arguments=(AS_OF, KNOWN_AT),
        ),
        "releases": Relation(
            of=("Release",),
            match=f"MATCH (child)-[release:RELEASED_TO]->(sponsor:Sponsor) WHERE {_KNOWN}",
            binds=("release", "sponsor"),
            order="release.releasedOn DESC, release.id",
            many=True,
            given=_BY_THEN,
            arguments=(plain("asOf"), KNOWN_AT),
        ),
        "addressHistory": ADDRESS_HISTORY["child"],
        "location": LOCATION,
        "addressConflicts": CONFLICTS_OF_A_CHILD,
        "lastContact": LAST_CONTACT_OF_A_CHILD,
        "hearings": HEARINGS_OF_A_CHILD,
        **history_of("child", "Child"),
    },
    makes=makes_history("child"),
)

SPONSOR = Shape(
    name="Sponsor",
    node="sponsor",
    label="Sponsor",
    needs={
        "biographics": "MATCH (sponsor)-[has_biographics:HAS_BIOGRAPHICS]->"
        "(biographics:SponsorBiographics) WHERE holds(has_biographics)"
    },
    fields={
        "id": Scalar("sponsor.id"),
        **_NAMES,
        "dateOfBirth": Scalar(f"CASE WHEN {_VETTED} THEN toString(biographics.dateOfBirth) END"),
        "phones": Scalar(f"CASE WHEN {_VETTED} THEN coalesce(biographics.phones, []) ELSE [] END"),
        "children": Relation(
            of=("Child",),
            match="MATCH (child:Child)-[release:RELEASED_TO]->(sponsor)"
            f" WHERE {_IN_FORCE} WITH DISTINCT child",
            binds=("child", "release"),
            order="child.id",
            many=True,
            arguments=(AS_OF, KNOWN_AT),
        ),
        "releases": Relation(
            of=("Release",),
            match=f"MATCH (child:Child)-[release:RELEASED_TO]->(sponsor) WHERE {_KNOWN}",
            binds=("child", "release"),
            order="release.releasedOn DESC, release.id",
            many=True,
            given=_BY_THEN,
            arguments=(plain("asOf"), KNOWN_AT),
        ),
        "addressHistory": ADDRESS_HISTORY["sponsor"],
        "records": RECORDS_OF["sponsor"],
        "network": network_of(""),
        **history_of("sponsor", "Sponsor"),
    },
    makes=makes_history("sponsor"),
)

RELEASE = Shape(
    name="Release",
    node="release",
    fields={
        "id": Scalar("release.id"),
        "releasedOn": Scalar("toString(release.releasedOn)"),
        "until": Scalar(
            f"CASE WHEN NOT {unlearnt('release.until', 'child')} THEN toString(release.until) END"
        ),
        # S1: a safety and well-being call 30 days after release.
        "callDueOn": Scalar("toString(release.releasedOn + duration({days: 30}))"),
        "relationship": Scalar("release.relationship"),
        "category": Scalar("release.category"),
        "releaseType": Scalar("release.releaseType"),
        "child": Relation(of=("Child",)),
        "sponsor": Relation(of=("Sponsor",)),
        **SAID_BY("release"),
    },
)

SHAPES = (CHILD, SPONSOR, RELEASE)


# In the index's own query language: a range of text, so the runs are written with nine figures.
NOT_SUPERSEDED = "' NOT supersededIn:[000000000 TO ' + right('00000000' + run, 9) + ']'"


def _search(index: str, kind: str, label: str) -> Relation:
    """People by a name as scribbled: `label` are their biographics, found in the index `index`.

    Ordered by score, then id. Names superseded by what is published don't take a match's place
    among the best; what a run being written does to a name is told by its relation.
    """
    place = f"[-likeness, {kind}.id]"
    return Relation(
        of=(kind.capitalize(),),
        match=lambda page: (
            f"CALL db.index.fulltext.queryNodes('{index}', $name + {NOT_SUPERSEDED},"
            f" {{limit: {MATCHES_CONSIDERED}}}) YIELD node AS biographics, score AS likeness"
            f" MATCH (biographics:{label})<-[has_biographics:HAS_BIOGRAPHICS]-"
            f"({kind}:{kind.capitalize()}) WHERE holds(has_biographics){page.within(place)}"
        ),
        binds=(kind, "biographics", "likeness", "has_biographics"),
        order=f"likeness DESC, {kind}.id",
        many=True,
        cursor=place,
        given={"dateOfBirth": f"AND {_VETTED} AND biographics.dateOfBirth = $dateOfBirth"},
        arguments=(
            scribbled("name"),
            plain("dateOfBirth"),
            *paged(float, str),
        ),
    )


_HAS_A_NAME = "-[has_biographics:HAS_BIOGRAPHICS]->(biographics) WHERE holds(has_biographics)"

ROOTS = {
    "child": Relation(
        of=("Child",),
        by={
            "id": f"{bearer('child', 'Child', '$id')} MATCH (child){_HAS_A_NAME}",
            "aNumber": "MATCH (biographics:ChildBiographics {aNumber: $aNumber})"
            "<-[has_biographics:HAS_BIOGRAPHICS]-(child:Child) WHERE holds(has_biographics)",
        },
        binds=("child", "biographics", "has_biographics", *ASKED),
        order="child.id",
        several="Several children have this A-number: ask `childrenByANumber` for all of them.",
        arguments=(plain("id"), A_NUMBER),
    ),
    "childrenByANumber": Relation(
        of=("Child",),
        # A slip of the pen, or a sibling's paper in her file: not always the reconciled number.
        match=lambda page: (
            "CALL (run) { MATCH (biographics:ChildBiographics {aNumber: $aNumber})"
            "<-[has_biographics:HAS_BIOGRAPHICS]-(child:Child) WHERE holds(has_biographics)"
            " RETURN child UNION MATCH (record:Record {aNumber: $aNumber})"
            f"-[link:DESCRIBES]->(child:Child) WHERE holds(link) AND {READABLE} RETURN child }}"
            f" MATCH (child){_HAS_A_NAME}"
            " WITH *, CASE WHEN biographics.aNumber = $aNumber THEN 0 ELSE 1 END AS other"
            f" WHERE true{page.within('[other, child.id]')}"
        ),
        binds=("child", "biographics", "has_biographics", "record", "link", "other"),
        order="other, child.id",
        many=True,
        cursor="[other, child.id]",
        arguments=(A_NUMBER, *paged(int, str)),
    ),
    "children": _search("child_names", "child", "ChildBiographics"),
    "sponsor": Relation(
        of=("Sponsor",),
        match=f"{bearer('sponsor', 'Sponsor', '$id')} MATCH (sponsor){_HAS_A_NAME}",
        binds=("sponsor", "biographics", "has_biographics", *ASKED),
        arguments=(plain("id"),),
    ),
    "sponsors": _search("sponsor_names", "sponsor", "SponsorBiographics"),
}
