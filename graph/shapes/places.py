"""Addresses, who is said to live there, and where a child is most likely to be found."""

from graph.shapes.asking import (
    AS_OF,
    FIRST,
    KNOWN_AT,
    paged,
    plain,
)
from graph.shapes.counts import of_a_few
from graph.shapes.days import KNOWN_AT_TEXT, days_since, freshness
from graph.shapes.dwellers import SAME_BUILDING
from graph.shapes.finding import MATCHES_CONSIDERED, SCRIBBLED_ADDRESS
from graph.shapes.identities import ASKED, bearer
from graph.shapes.reports import BEGUN, HEARD_BY_THEN, ended
from graph.shapes.shape import Relation, Scalar, Shape


def _dwellers(person: str) -> str:
    of = person.partition(":")[0]
    return (
        f"MATCH ({person})-[fact:LIVES_AT]->(address)"
        f" WHERE {HEARD_BY_THEN} AND {BEGUN} AND NOT {ended(of)}"
        f" WITH DISTINCT {of}"
    )


ADDRESS = Shape(
    name="Address",
    node="address",
    label="Address",
    fields={
        "id": Scalar("address.id"),
        "line1": Scalar("address.line1"),
        "unit": Scalar("address.unit"),
        "city": Scalar("address.city"),
        "state": Scalar("address.state"),
        "zip": Scalar("address.zip"),
        "residents": Relation(
            of=("AddressReport",),
            match=f"MATCH (resident)-[fact:LIVES_AT]->(address) WHERE {HEARD_BY_THEN} AND {BEGUN}",
            binds=("resident", "fact"),
            order="fact.reportedOn DESC, fact.id",
            many=True,
            arguments=(AS_OF, KNOWN_AT),
        ),
        "children": Relation(
            of=("Child",),
            match=_dwellers("child:Child"),
            binds=("child", "fact"),
            order="child.id",
            many=True,
            arguments=(AS_OF, KNOWN_AT),
        ),
        "childrenCount": of_a_few(_dwellers("child:Child"), ("fact",), AS_OF, KNOWN_AT),
        "sponsors": Relation(
            of=("Sponsor",),
            match=_dwellers("sponsor:Sponsor"),
            binds=("sponsor", "fact"),
            order="sponsor.id",
            many=True,
            arguments=(AS_OF, KNOWN_AT),
        ),
        "sameBuilding": Relation(
            of=("Address",),
            match=SAME_BUILDING,
            binds=("neighbour",),
            same={"address": "neighbour"},
            order="neighbour.unit, neighbour.id",
            limit="$first",
            many=True,
            arguments=(FIRST,),
        ),
    },
)


def _history_of(person: str) -> Relation:
    return Relation(
        of=("AddressReport",),
        match=f"MATCH ({person})-[fact:LIVES_AT]->(address:Address) WHERE {HEARD_BY_THEN}",
        binds=("fact", "address"),
        same={"resident": person},
        order="fact.reportedOn DESC, fact.id",
        many=True,
        arguments=(AS_OF, KNOWN_AT),
    )


ADDRESS_HISTORY = {person: _history_of(person) for person in ("child", "sponsor")}

LOCATION_SHAPE = Shape(
    name="Location",
    node="child",
    fields={
        "child": Relation(of=("Child",)),
        "asOf": Scalar("toString($asOf)"),
        "knownAt": Scalar(KNOWN_AT_TEXT),
        "candidates": Relation(
            of=("AddressCandidate",),
            # `said` is every agency's word in order, the latest first; an agency's latest word is
            # therefore the first of its own, and it conflicts with every other address.
            match=f"""
MATCH (child)-[fact:LIVES_AT]->(address:Address) WHERE {HEARD_BY_THEN} AND {BEGUN}
WITH * ORDER BY fact.reportedOn DESC, fact.id
WITH collect([fact, address]) AS said
WITH said, COLLECT {{
  UNWIND said AS word
  WITH word[0].agency AS agency, head(collect(word[1].id)) AS latest_at
  RETURN [agency, latest_at] ORDER BY agency
}} AS latest_words
UNWIND said AS word
WITH latest_words, word[1] AS address, collect(word[0]) AS facts
WITH latest_words, address, facts, head(facts).reportedOn AS last_reported,
  COLLECT {{ UNWIND facts AS one RETURN DISTINCT one.agency ORDER BY one.agency }} AS agencies,
  any(fact IN facts WHERE NOT {ended("child")}) AS current
ORDER BY current DESC, last_reported DESC, size(agencies) DESC, address.id
WITH collect([address, facts, last_reported, agencies, latest_words, current]) AS candidates
UNWIND range(0, size(candidates) - 1) AS place
WITH *, candidates[place] AS candidate
WITH *, candidate[0] AS address, candidate[1] AS facts, candidate[2] AS last_reported,
  candidate[3] AS agencies, candidate[4] AS latest_words, candidate[5] AS current""",
            binds=(
                *("fact", "address", "said", "word", "agency", "latest_at", "latest_words"),
                *("facts", "one", "last_reported", "agencies", "current"),
                *("candidates", "place", "candidate"),
            ),
            order="place",
            many=True,
        ),
    },
)

ADDRESS_CANDIDATE = Shape(
    name="AddressCandidate",
    node="candidate",
    fields={
        "rank": Scalar("place + 1"),
        "address": Relation(of=("Address",)),
        "current": Scalar("current"),
        "kinds": Scalar(
            "COLLECT { UNWIND facts AS one RETURN DISTINCT one.kind ORDER BY one.kind }"
        ),
        "agencies": Scalar("agencies"),
        "firstReportedOn": Scalar("toString(last(facts).reportedOn)"),
        "lastReportedOn": Scalar("toString(last_reported)"),
        "daysSinceReported": Scalar(days_since("last_reported")),
        "freshness": Scalar(freshness("last_reported")),
        "corroboratedBy": Scalar("[agency IN agencies WHERE agency <> head(facts).agency]"),
        "conflictsWith": Scalar("[word IN latest_words WHERE word[1] <> address.id | word[0]]"),
        "saidBy": Relation(
            of=("AddressReport",),
            match="UNWIND facts AS fact",
            binds=("fact",),
            same={"resident": "child"},
            order="fact.reportedOn DESC, fact.id",
            many=True,
        ),
    },
)

LOCATION = Relation(of=("Location",), arguments=(AS_OF, KNOWN_AT))

SHAPES = (ADDRESS, LOCATION_SHAPE, ADDRESS_CANDIDATE)

ROOTS = {
    "address": Relation(
        of=("Address",),
        match=bearer("address", "Address", "$id"),
        binds=("address", *ASKED),
        arguments=(plain("id"),),
    ),
    "addresses": Relation(
        of=("Address",),
        match=lambda page: (
            "CALL db.index.fulltext.queryNodes($text.index, $text.query, {limit: $text.most})"
            " YIELD node AS address, score AS likeness"
            " WITH * WHERE written(address) AND admitted(address:Address)"
            f" WITH * LIMIT {MATCHES_CONSIDERED}"
            f" WITH * WHERE true{page.within('[-likeness, address.id]')}"
        ),
        binds=("address", "likeness"),
        order="likeness DESC, address.id",
        many=True,
        cursor="[-likeness, address.id]",
        arguments=(SCRIBBLED_ADDRESS, *paged(float, str)),
    ),
    "locate": Relation(
        of=("Location",),
        match=bearer("child", "Child", "$childId"),
        binds=("child", *ASKED),
        arguments=(plain("childId"), AS_OF, KNOWN_AT),
    ),
}
