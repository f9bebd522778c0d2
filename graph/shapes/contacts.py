"""Who last said anything of a child, and who last saw or spoke to her (REQUIREMENTS.md, C7)."""

from graph.shapes.asking import AS_OF, KNOWN_AT
from graph.shapes.days import KNOWN_AT_TEXT, days_since, freshness
from graph.shapes.evidence import READABLE
from graph.shapes.reports import HEARD_BY_THEN
from graph.shapes.shape import Relation, Scalar, Shape
from graph.shapes.touchpoints import CONTACTS
from graph.vocabulary.agencies import AGENCY_OF, Agency, Source
from graph.vocabulary.court import Appearance
from graph.vocabulary.people import IN_PERSON, ContactKind
from graph.vocabulary.places import AddressKind
from graph.vocabulary.welfare import Leg, TouchpointKind

_AGENCY = " ".join(f"WHEN '{source}' THEN '{agency}'" for source, agency in AGENCY_OF.items())
_SAID = "fact.agency, fact.source"

# Only whoever was reached is a contact: who was tried in vain is in `touchpoints`. Of a call
# with her sponsor nobody may say that she was spoken to.
_CONTACT_KIND = (
    f"CASE touch[1] WHEN '{TouchpointKind.CALL_30_DAY}' THEN"
    f" CASE WHEN touch[2] = '{Leg.CHILD}' THEN '{ContactKind.CALL}'"
    f" ELSE '{ContactKind.SPONSOR_CALL}' END"
    f" WHEN '{TouchpointKind.WELLNESS_CHECK}' THEN '{ContactKind.WELLNESS_CHECK}'"
    f" WHEN '{TouchpointKind.HELPLINE}' THEN '{ContactKind.HELPLINE}'"
    f" ELSE '{ContactKind.SERVICE}' END"
)

# Each word is [kind, day it speaks of, agency, source, record, the fact's id].
# A word on a hearing is a record's, or what a person recorded (`AppearanceEntry`).
_WORDS = f"""
WITH *, COLLECT {{
  MATCH (child)-[fact:RELEASED_TO]->()
  WHERE visible(fact:RELEASED_TO) AND coalesce(fact.releasedOn, fact.knownFrom) <= $asOf
    AND fact.knownFrom <= $knownAt
  RETURN ['{ContactKind.RELEASED}', coalesce(fact.releasedOn, fact.knownFrom), {_SAID},
    fact.record, fact.id] AS said
  UNION ALL
  MATCH (child)-[fact:LIVES_AT]->() WHERE {HEARD_BY_THEN}
  RETURN [CASE WHEN fact.kind = '{AddressKind.CALL_CONFIRMED}' THEN '{ContactKind.CALL}'
    ELSE '{ContactKind.ADDRESS_REPORTED}' END, fact.reportedOn, {_SAID}, fact.record, fact.id]
    AS said
  UNION ALL
  MATCH (child)-[has_hearing:HAS_HEARING]->(hearing:Hearing)<-[fact:REPORTS]-(record)
  WHERE holds(has_hearing) AND visible(fact:REPORTS) AND hearing.date <= $asOf
    AND fact.knownFrom <= $knownAt AND fact.appearance IN
    ['{Appearance.APPEARED}', '{Appearance.FAILED_TO_APPEAR}', '{Appearance.CONTINUED}']
  RETURN [CASE WHEN fact.appearance = '{Appearance.APPEARED}' THEN '{ContactKind.APPEARED}'
    ELSE '{ContactKind.COURT_NOTED}' END, hearing.date, {_SAID}, record.keyVersion, fact.id] AS said
  UNION ALL
  MATCH (record:Record)-[link:DESCRIBES]->(child)
  WHERE holds(link) AND {READABLE} AND record.asOf <= $asOf AND record.asOf <= $knownAt
  RETURN ['{ContactKind.RECORD_DELIVERED}', record.asOf, CASE record.source {_AGENCY} END,
    record.source, record.keyVersion, record.keyVersion] AS said
  UNION ALL
  UNWIND COLLECT {{ {CONTACTS} }} AS touch WITH touch WHERE touch[5]
  RETURN [{_CONTACT_KIND}, touch[3], coalesce(touch[6], '{Agency.ORR}'),
    coalesce(touch[7], '{Source.ORR}'), touch[8], touch[0]] AS said
}} AS heard
WITH *, COLLECT {{
  UNWIND heard AS said
  WITH said ORDER BY said[1] DESC, said[5]
  WITH said[0] AS kind, head(collect(said)) AS said
  RETURN said ORDER BY said[1] DESC, kind
}} AS heard_last"""
_PAPER_ONLY = f"'{ContactKind.RECORD_DELIVERED}'"
_SEEN = f"[{', '.join(repr(str(kind)) for kind in IN_PERSON)}]"


def _first(condition: str) -> Relation:
    return Relation(
        of=("ContactWord",),
        match=f"UNWIND heard_last AS word WITH * WHERE {condition}",
        binds=("word",),
        order="word[1] DESC, word[0]",
    )


LAST_CONTACT = Shape(
    name="LastContact",
    node="heard_last",
    fields={
        "asOf": Scalar("toString($asOf)"),
        "knownAt": Scalar(KNOWN_AT_TEXT),
        "latest": _first(f"word[0] <> {_PAPER_ONLY}"),
        "inPerson": _first(f"word[0] IN {_SEEN}"),
        "byKind": Relation(
            of=("ContactWord",),
            match="UNWIND heard_last AS word",
            binds=("word",),
            order="word[1] DESC, word[0]",
            many=True,
        ),
    },
)

CONTACT_WORD = Shape(
    name="ContactWord",
    node="word",
    fields={
        "kind": Scalar("word[0]"),
        "on": Scalar("toString(word[1])"),
        "daysSince": Scalar(days_since("word[1]")),
        "freshness": Scalar(freshness("word[1]")),
        "agency": Scalar("word[2]"),
        "source": Scalar("word[3]"),
        "record": Relation(
            of=("Record",),
            match=f"MATCH (record:Record {{keyVersion: word[4]}}) WHERE {READABLE}",
            binds=("record",),
        ),
    },
)

SHAPES = (LAST_CONTACT, CONTACT_WORD)
ROOTS: dict[str, Relation] = {}

LAST_CONTACT_OF_A_CHILD = Relation(
    of=("LastContact",),
    match=_WORDS,
    binds=(
        *("fact", "said", "has_hearing", "hearing", "record", "link", "heard", "kind"),
        *("heard_last", "touch", "once", "led", "bearer", "noted"),
    ),
    arguments=(AS_OF, KNOWN_AT),
)
