"""Children, sponsors, and the releases that join them."""

from graph.shapes.ageing import AGE_OUT_OF_A_CHILD
from graph.shapes.asking import A_NUMBER, AS_OF, KNOWN_AT, paged, plain
from graph.shapes.calls import CALLS_OF_A_CHILD
from graph.shapes.concerns import CONCERNS_OF_A_CHILD
from graph.shapes.conflicts import CONFLICTS_OF_A_CHILD
from graph.shapes.contacts import LAST_CONTACT_OF_A_CHILD
from graph.shapes.court import HEARINGS_OF_A_CHILD
from graph.shapes.days import eighteenth, unlearnt
from graph.shapes.evidence import READABLE, RECORDS_OF, SAID_BY
from graph.shapes.finding import MATCHES_CONSIDERED, scribbled_name
from graph.shapes.following import FOLLOW_UPS_OF_A_CHILD
from graph.shapes.identities import ASKED, bearer, history_of, makes_history
from graph.shapes.networks import network_of
from graph.shapes.nta import OF_A_CHILD as NOTICE_OF_A_CHILD
from graph.shapes.nta import WITHOUT_OF_A_CHILD
from graph.shapes.places import ADDRESS_HISTORY, LOCATION
from graph.shapes.said import each_said, full_name, heard, said
from graph.shapes.shape import Relation, Scalar, Shape
from graph.shapes.statements import STATEMENTS_OF_A_CHILD, VERIFICATIONS_OF_A_CHILD
from graph.shapes.touchpoints import CHECKS_OF_A_CHILD, TOUCHPOINTS_OF_A_CHILD
from graph.shapes.venues import VENUE_OF_A_CHILD

_NAMES = {
    "familyName": Scalar(said("biographics.familyName")),
    "givenNames": Scalar(said("biographics.givenNames")),
    "fullName": Scalar(full_name("biographics")),
}
_BORN = said("biographics.dateOfBirth")

# What ORR asked of a sponsor when vetting is withheld by itself: her name is on every release.
_VETTED = "NOT coalesce(has_biographics.sharingClass IN $withheld, false)"
# A release whose day no source gives counts from the day it was known.
_IN_FORCE = (
    "visible(release:RELEASED_TO) AND coalesce(release.releasedOn, release.knownFrom) <= $asOf"
    " AND release.knownFrom <= $knownAt"
    f" AND (coalesce($asOf < release.until, true) OR {unlearnt('release.until', 'child')})"
)
# Her own releases or a sponsor's, as far as they were known; all days unless one is asked for.
_KNOWN = "visible(release:RELEASED_TO) AND release.knownFrom <= $knownAt"
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
        "aNumber": Scalar(said("biographics.aNumber")),
        "aNumbers": Scalar(each_said("biographics.aNumbers")),
        **_NAMES,
        "dateOfBirth": Scalar(f"toString({_BORN})"),
        "age": Scalar(f"duration.between({_BORN}, $asOf).years", (AS_OF,)),
        "turnsEighteenOn": Scalar(
            f"CASE WHEN {heard('biographics.dateOfBirth')} THEN"
            f" toString({eighteenth('biographics.dateOfBirth')}) END"
        ),
        "sex": Scalar(said("biographics.sex")),
        "countryOfBirth": Scalar(said("biographics.countryOfBirth")),
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
        "touchpoints": TOUCHPOINTS_OF_A_CHILD,
        "calls30Day": CALLS_OF_A_CHILD,
        "ageOut": AGE_OUT_OF_A_CHILD,
        "venue": VENUE_OF_A_CHILD,
        "wellnessChecks": CHECKS_OF_A_CHILD,
        "concerns": CONCERNS_OF_A_CHILD,
        "addressStatements": STATEMENTS_OF_A_CHILD,
        "addressVerifications": VERIFICATIONS_OF_A_CHILD,
        "hearings": HEARINGS_OF_A_CHILD,
        "followUps": FOLLOW_UPS_OF_A_CHILD,
        "noticeToAppear": NOTICE_OF_A_CHILD,
        "withoutNotice": WITHOUT_OF_A_CHILD,
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


def found_by_name(asked: str, kind: str, known: str) -> str:
    """Clauses that find people's biographics `known` and, by them, the people: the best of them.

    `asked` is what a full-text index is asked with (`graph.shapes.finding`). Names superseded by
    what is published don't take a match's place among the best, nor do people who may not be seen;
    what a run being written does to a name is told by its relation.
    """
    return (
        f"CALL db.index.fulltext.queryNodes({asked}.index, {asked}.query + {NOT_SUPERSEDED},"
        f" {{limit: {asked}.most}}) YIELD node AS {known}, score AS likeness"
        f" MATCH ({known}:{kind.capitalize()}Biographics)<-[has_biographics:HAS_BIOGRAPHICS]-"
        f"({kind}:{kind.capitalize()}) WHERE holds(has_biographics)"
        f" AND admitted({kind}:{kind.capitalize()})"
        # They come from the best to the worst: so only as many are looked at as it takes.
        f" WITH * LIMIT {MATCHES_CONSIDERED}"
    )


def _search(kind: str, born: str) -> Relation:
    """People by a name as scribbled, ordered by score, then id.

    `born` says of whom a birth date may be asked for.
    """
    place = f"[-likeness, {kind}.id]"
    return Relation(
        of=(kind.capitalize(),),
        match=lambda page: (
            f"{found_by_name('$name', kind, 'biographics')} WITH * WHERE true{page.within(place)}"
        ),
        binds=(kind, "biographics", "likeness", "has_biographics"),
        order=f"likeness DESC, {kind}.id",
        many=True,
        cursor=place,
        given={"dateOfBirth": f"AND {born} AND biographics.dateOfBirth = $dateOfBirth"},
        arguments=(
            scribbled_name(kind),
            plain("dateOfBirth"),
            *paged(float, str),
        ),
    )


_HAS_THE_NUMBER = heard("biographics.aNumber")
_HAS_A_NAME = "-[has_biographics:HAS_BIOGRAPHICS]->(biographics) WHERE holds(has_biographics)"

ROOTS = {
    "child": Relation(
        of=("Child",),
        by={
            "id": f"{bearer('child', 'Child', '$id')} MATCH (child){_HAS_A_NAME}",
            "aNumber": "MATCH (biographics:ChildBiographics {aNumber: $aNumber})"
            "<-[has_biographics:HAS_BIOGRAPHICS]-(child:Child) WHERE holds(has_biographics)"
            f" AND {_HAS_THE_NUMBER}",
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
            f" AND {_HAS_THE_NUMBER} RETURN child"
            " UNION MATCH (record:Record {aNumber: $aNumber})"
            f"-[link:DESCRIBES]->(child:Child) WHERE holds(link) AND {READABLE} RETURN child }}"
            f" MATCH (child){_HAS_A_NAME}"
            f" WITH *, CASE WHEN biographics.aNumber = $aNumber AND {_HAS_THE_NUMBER}"
            " THEN 0 ELSE 1 END AS other"
            f" WHERE true{page.within('[other, child.id]')}"
        ),
        binds=("child", "biographics", "has_biographics", "record", "link", "other"),
        order="other, child.id",
        many=True,
        cursor="[other, child.id]",
        arguments=(A_NUMBER, *paged(int, str)),
    ),
    "children": _search("child", heard("biographics.dateOfBirth")),
    "sponsor": Relation(
        of=("Sponsor",),
        match=f"{bearer('sponsor', 'Sponsor', '$id')} MATCH (sponsor){_HAS_A_NAME}",
        binds=("sponsor", "biographics", "has_biographics", *ASKED),
        arguments=(plain("id"),),
    ),
    "sponsors": _search("sponsor", _VETTED),
}
