"""Other addresses where a child may be, each with the way that leads there (REQUIREMENTS.md, A4).

S2:158: after a failure to appear "ERO searches for an alternate address". What is searched are her
own papers, those of the sponsors she was released to, and what somebody said.
"""

from graph.shapes.asking import AS_OF, KNOWN_AT, plain
from graph.shapes.days import days_since, freshness
from graph.shapes.evidence import READABLE
from graph.shapes.identities import ASKED, bearer
from graph.shapes.reports import BEGUN, HEARD_BY_THEN, ended
from graph.shapes.shape import Relation, Scalar, Shape
from graph.shapes.statements import THE_SAME_DOOR
from graph.shapes.touchpoints import BEARERS
from graph.vocabulary.places import AddressKind
from graph.vocabulary.welfare import AddressLead, VerificationOutcome

_RELEASED = (
    "visible(release:RELEASED_TO) AND release.knownFrom <= $knownAt"
    " AND coalesce(release.releasedOn, release.knownFrom) <= $asOf"
)
_TOLD = "NOT {0}.sharingClass IN $withheld AND date({0}.recordedAt) <= $knownAt"

# [address or null, statement or null, day, whether the stay has not ended, the way]; a way's step
# is [kind, day, agency, source, record, sponsor].
_FOUND = f"""
WITH *, COLLECT {{
  MATCH (child)-[fact:LIVES_AT]->(place:Address) WHERE {HEARD_BY_THEN} AND {BEGUN}
  RETURN [place, null, fact.reportedOn, NOT {ended("child")},
    [['{AddressLead.HER_PAPER}', fact.reportedOn, fact.agency, fact.source, fact.record, null]]]
    AS word
  UNION ALL
  MATCH (child)-[release:RELEASED_TO]->(keeper:Sponsor) WHERE {_RELEASED}
  WITH keeper, head(collect(release)) AS release
  MATCH (keeper)-[fact:LIVES_AT]->(place:Address) WHERE {HEARD_BY_THEN} AND {BEGUN}
  RETURN [place, null, fact.reportedOn, NOT {ended("keeper")},
    [['{AddressLead.RELEASED_TO}', release.releasedOn, release.agency, release.source,
      release.record, keeper],
     ['{AddressLead.SPONSORS_PAPER}', fact.reportedOn, fact.agency, fact.source, fact.record,
      keeper]]] AS word
  UNION ALL
  {BEARERS}
  MATCH (statement:AddressStatement)-[:STATED_OF]->(bearer)
  WHERE {_TOLD.format("statement")} AND statement.reportedOn <= $asOf
  RETURN [head(COLLECT {{ MATCH (address:Address {{building: statement.building}})
      WHERE written(address) AND admitted(address:Address)
      AND {THE_SAME_DOOR.format("statement")} RETURN address ORDER BY address.id LIMIT 1 }}),
    statement, statement.reportedOn, true,
    [['{AddressLead.SAID}', statement.reportedOn, statement.agency, null, null, null]]] AS word
}} AS words, COLLECT {{
  {BEARERS}
  MATCH (looked:AddressVerification)-[:VERIFIED_OF]->(bearer)
  WHERE {_TOLD.format("looked")} AND looked.on <= $asOf
  MATCH (looked)-[:VERIFIES]->(asked_of)
  OPTIONAL MATCH (asked_of)-[moved:REDIRECTS_TO]->(known) WHERE holds(moved)
  RETURN [looked, coalesce(known, asked_of)] ORDER BY looked.on DESC, looked.id
}} AS looks, head(COLLECT {{
  MATCH (child)-[fact:LIVES_AT {{kind: '{AddressKind.COURT_FILE}'}}]->(place:Address)
  WHERE {HEARD_BY_THEN} AND {BEGUN}
  RETURN place ORDER BY fact.reportedOn DESC, fact.id LIMIT 1
}}) AS courts_own
UNWIND words AS word
WITH *, coalesce(word[0], word[1]) AS spot
WITH DISTINCT child, words, looks, courts_own, spot
WITH *, [word IN words WHERE coalesce(word[0], word[1]) = spot] AS spot_words
WITH *, [one IN looks WHERE one[1] = spot
    OR any(word IN spot_words WHERE word[1] = one[1]) | one[0]] AS spot_looks,
  any(word IN spot_words WHERE word[3]) AS lasts,
  reduce(latest = null, word IN spot_words |
    CASE WHEN latest IS NULL OR word[2] > latest THEN word[2] ELSE latest END) AS last_said,
  coalesce(spot = courts_own, false) AS courts
WITH *, CASE WHEN courts THEN 1 ELSE 0 END AS courts_rank,
  CASE head(spot_looks).outcome WHEN '{VerificationOutcome.CONFIRMED}' THEN 0
    WHEN '{VerificationOutcome.NOT_THERE}' THEN 2 ELSE 1 END AS looked_rank,
  size(COLLECT {{ UNWIND spot_words AS word UNWIND word[4] AS step WITH step[2] AS agency
    WHERE agency IS NOT NULL RETURN DISTINCT agency }}) AS voices
ORDER BY courts_rank, looked_rank, lasts DESC, last_said DESC, voices DESC, spot.id
WITH collect([spot, spot_words, spot_looks, lasts, last_said, courts]) AS spots, child
UNWIND range(0, size(spots) - 1) AS place_of
WITH *, spots[place_of][0] AS spot, spots[place_of][1] AS spot_words,
  spots[place_of][2] AS spot_looks, spots[place_of][3] AS lasts, spots[place_of][4] AS last_said,
  spots[place_of][5] AS courts"""

ALTERNATE_ADDRESS = Shape(
    name="AlternateAddress",
    node="spot",
    fields={
        "rank": Scalar("place_of + 1"),
        "address": Relation(
            of=("Address",),
            match="WITH *, spot AS address WHERE address:Address",
            binds=("address",),
        ),
        "statement": Relation(
            of=("AddressStatement",),
            match="UNWIND spot_words AS word WITH *, word[1] AS statement"
            " WHERE statement IS NOT NULL",
            binds=("word", "statement"),
            order="statement.reportedOn DESC, statement.id",
        ),
        "courtHasIt": Scalar("courts"),
        "current": Scalar("lasts"),
        "lastReportedOn": Scalar("toString(last_said)"),
        "daysSinceReported": Scalar(days_since("last_said")),
        "freshness": Scalar(freshness("last_said")),
        "verifications": Relation(
            of=("AddressVerification",),
            match="UNWIND spot_looks AS verification",
            binds=("verification",),
            order="verification.on DESC, verification.id",
            many=True,
        ),
        "paths": Relation(
            of=("AddressPath",),
            match="UNWIND spot_words AS word",
            binds=("word",),
            order="word[2] DESC, size(word[4]), word[4][0][4]",
            many=True,
        ),
    },
)

ADDRESS_PATH = Shape(
    name="AddressPath",
    node="word",
    fields={
        "on": Scalar("toString(word[2])"),
        "steps": Relation(
            of=("AddressPathStep",),
            match="UNWIND range(0, size(word[4]) - 1) AS nth WITH *, word[4][nth] AS step",
            binds=("nth", "step"),
            order="nth",
            many=True,
        ),
    },
)

ADDRESS_PATH_STEP = Shape(
    name="AddressPathStep",
    node="step",
    fields={
        "kind": Scalar("step[0]"),
        "on": Scalar("toString(step[1])"),
        "agency": Scalar("step[2]"),
        "source": Scalar("step[3]"),
        "record": Relation(
            of=("Record",),
            match=f"MATCH (record:Record {{keyVersion: step[4]}}) WHERE {READABLE}",
            binds=("record",),
        ),
        "sponsor": Relation(
            of=("Sponsor",),
            match="WITH *, step[5] AS sponsor WHERE sponsor IS NOT NULL",
            binds=("sponsor",),
        ),
    },
)

SHAPES = (ALTERNATE_ADDRESS, ADDRESS_PATH, ADDRESS_PATH_STEP)

ROOTS = {
    "alternateAddresses": Relation(
        of=("AlternateAddress",),
        match=f"{bearer('child', 'Child', '$childId')} {_FOUND}",
        binds=(
            *("child", "fact", "place", "word", "release", "keeper", "once", "led", "bearer"),
            *("statement", "address", "words", "looked", "asked_of", "moved", "known", "looks"),
            *("courts_own", "spot", "spot_words", "one", "spot_looks", "lasts", "latest"),
            *("last_said", "courts", "courts_rank", "looked_rank", "step", "agency", "voices"),
            *("spots", "place_of", *ASKED),
        ),
        order="place_of",
        many=True,
        arguments=(plain("childId"), AS_OF, KNOWN_AT),
    )
}
