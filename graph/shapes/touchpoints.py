"""Every occasion on which somebody saw or spoke to a child, or tried to (REQUIREMENTS.md, C7).

Releases, appearances, and what agencies' files and people here say of calls, services, checks and
the helpline: each its own word, so that one call which a file and a person tell of stands twice.
"""

from graph.shapes.asking import AS_OF, KNOWN_AT, paged, plain
from graph.shapes.days import days_since
from graph.shapes.evidence import READABLE
from graph.shapes.shape import Made, Relation, Scalar, Shape
from graph.vocabulary.court import Appearance
from graph.vocabulary.welfare import (
    ALSO_REACHED_BY,
    REACHED_BY,
    REACHED_WHATEVER,
    Leg,
    TouchpointKind,
)

# Whatever people recorded is bound to whom it was of then: she herself, or who became her.
BEARERS = (
    "UNWIND [child] + COLLECT { MATCH (once:Child)-[led:REDIRECTS_TO]->(child) WHERE holds(led)"
    " RETURN once } AS bearer"
)


def _words(values: tuple[str, ...]) -> str:
    return f"[{', '.join(repr(str(value)) for value in values)}]"


def reached(kind: str, outcome: str) -> str:
    """Whether somebody was spoken to or served, by what came of it; never null."""
    return (
        f"coalesce({outcome} IN {_words(REACHED_BY)}"
        f" OR ({kind} IN {_words(REACHED_WHATEVER)} AND {outcome} IN {_words(ALSO_REACHED_BY)}),"
        " false)"
    )


# [id, kind, leg, day, outcome, whether somebody was reached, agency, source, record, when it was
# recorded here, by whom, note]
_ID = "'touch_' + fact.id"
_SAID_BY = "fact.agency, fact.source"
NOTED = (
    "[noted.id, noted.kind, noted.leg, noted.on, noted.outcome,"
    f" {reached('noted.kind', 'noted.outcome')}, noted.agency, null, null,"
    " noted.recordedAt, noted.recordedBy, noted.note]"
)
_BY_THEN = "fact.knownFrom <= $knownAt"
# Each kind of occasion as it is found; a word on a hearing is a record's, or what a person
# recorded (`AppearanceEntry`).
_RELEASED_ON = "coalesce(fact.releasedOn, fact.knownFrom)"
_RELEASED = f"""MATCH (child)-[fact:RELEASED_TO]->()
  WHERE visible(fact:RELEASED_TO) AND {_RELEASED_ON} <= $asOf AND {_BY_THEN}"""
_APPEARED = f"""MATCH (child)-[has_hearing:HAS_HEARING]->(hearing:Hearing)<-[fact:REPORTS]-(record)
  WHERE holds(has_hearing) AND hearing.date <= $asOf
    AND fact.appearance = '{Appearance.APPEARED}' AND visible(fact:REPORTS) AND {_BY_THEN}"""
_SERVED = f"""MATCH (child)-[fact:NTA_STATED_IN]->(record)
  WHERE visible(fact:NTA_STATED_IN) AND fact.servedOn <= $asOf AND {_BY_THEN}
    AND fact.serviceMethod = 'PERSONAL'"""
_CONTACTED = f"""MATCH (child)-[fact:CONTACT_STATED_IN]->(record)
  WHERE visible(fact:CONTACT_STATED_IN) AND fact.on <= $asOf AND {_BY_THEN}"""
_NOTED = f"""{BEARERS}
  MATCH (noted:Touchpoint)-[:TOUCHES]->(bearer)
  WHERE NOT noted.sharingClass IN $withheld AND noted.on <= $asOf
    AND date(noted.recordedAt) <= $knownAt"""
# What ORR's files and people here say of calls, services and checks, as rows of `touch`.
CONTACTS = f"""{_CONTACTED}
  RETURN [{_ID}, fact.kind, fact.leg, fact.on, fact.outcome,
    {reached("fact.kind", "fact.outcome")}, {_SAID_BY}, record.keyVersion, null, null, null]
    AS touch
  UNION ALL
  {_NOTED}
  RETURN {NOTED} AS touch"""
LEDGER = f"""
WITH *, COLLECT {{
  {_RELEASED}
  RETURN [{_ID}, '{TouchpointKind.RELEASED}', '{Leg.CHILD}', {_RELEASED_ON}, null, true,
    {_SAID_BY}, fact.record, null, null, null] AS touch
  UNION ALL
  {_APPEARED}
  RETURN [{_ID}, '{TouchpointKind.APPEARED}', '{Leg.CHILD}', hearing.date, null, true,
    {_SAID_BY}, record.keyVersion, fact.recordedAt, fact.recordedBy, fact.basis] AS touch
  UNION ALL
  {_SERVED}
  RETURN [{_ID}, '{TouchpointKind.NOTICE_SERVED}', '{Leg.CHILD}', fact.servedOn, null, true,
    {_SAID_BY}, record.keyVersion, null, null, null] AS touch
  UNION ALL
  {CONTACTS}
}} AS touches"""
# The last day on which somebody was reached, and nothing else: it is asked of everybody, where
# the ledger itself is read of those on a page alone.
LAST_REACHED = f"""head(COLLECT {{ CALL (run, child) {{
  {_RELEASED}
  RETURN {_RELEASED_ON} AS reached_on
  UNION ALL
  {_APPEARED}
  RETURN hearing.date AS reached_on
  UNION ALL
  {_SERVED}
  RETURN fact.servedOn AS reached_on
  UNION ALL
  {_CONTACTED}
    AND (NOT $childOnly OR fact.leg = '{Leg.CHILD}') AND {reached("fact.kind", "fact.outcome")}
  RETURN fact.on AS reached_on
  UNION ALL
  {_NOTED}
    AND (NOT $childOnly OR noted.leg = '{Leg.CHILD}') AND {reached("noted.kind", "noted.outcome")}
  RETURN noted.on AS reached_on
}} RETURN max(reached_on) }})"""
LEDGER_BINDS = (
    *("fact", "has_hearing", "hearing", "record", "once", "led", "bearer", "noted"),
    *("touch", "touches"),
)

TOUCHPOINT = Shape(
    name="Touchpoint",
    node="touch",
    fields={
        "id": Scalar("touch[0]"),
        "kind": Scalar("touch[1]"),
        "leg": Scalar("touch[2]"),
        "on": Scalar("toString(touch[3])"),
        "outcome": Scalar("touch[4]"),
        "reached": Scalar("touch[5]"),
        "agency": Scalar("touch[6]"),
        "source": Scalar("touch[7]"),
        "record": Relation(
            of=("Record",),
            match=f"MATCH (record:Record {{keyVersion: touch[8]}}) WHERE {READABLE}",
            binds=("record",),
        ),
        "recordedAt": Scalar("toString(touch[9])"),
        "recordedBy": Scalar("touch[10]"),
        "note": Scalar("touch[11]"),
        "daysSince": Scalar(days_since("touch[3]"), (AS_OF,)),
    },
)

_LATEST = "-duration.inDays(date('1970-01-01'), touch[3]).days"
_PLACE = "[latest, touch[0]]"

TOUCHPOINTS_OF_A_CHILD = Relation(
    of=("Touchpoint",),
    match=lambda page: (
        f"{LEDGER} UNWIND touches AS touch"
        f" WITH *, {_LATEST} AS latest WHERE true{page.within(_PLACE)}"
    ),
    binds=(*LEDGER_BINDS, "latest"),
    order="latest, touch[0]",
    many=True,
    cursor=_PLACE,
    arguments=(AS_OF, KNOWN_AT, *paged(int, str)),
)

WELLNESS_CHECK = Shape(
    name="WellnessCheck",
    node="check",
    fields={
        "id": Scalar("check.id"),
        "state": Scalar("check.state"),
        "reason": Scalar("check.reason"),
        "followUpId": Scalar("check.followUp"),
        "requestedAt": Scalar("toString(check.recordedAt)"),
        "requestedBy": Scalar("check.recordedBy"),
        "endedAt": Scalar("toString(check.endedAt)"),
        "outcome": Relation(
            of=("Touchpoint",),
            match=f"MATCH (noted:Touchpoint)-[:OUTCOME_OF]->(check) WITH *, {NOTED} AS touch",
            binds=("noted", "touch"),
        ),
    },
)

CHECKS_OF_A_CHILD = Relation(
    of=("WellnessCheck",),
    match=f"{BEARERS} MATCH (check:WellnessCheck)-[:CHECKS_ON]->(bearer)"
    " WHERE NOT check.sharingClass IN $withheld",
    binds=("once", "led", "bearer", "check"),
    order="check.recordedAt DESC, check.id",
    many=True,
)

_CHECKED = ("WellnessCheckRequested", "WellnessOutcomeRecorded")
_DONE = ("CallRecorded", "ServiceRecorded")
SHAPES = (
    TOUCHPOINT,
    *(Shape(name, "touch", {"touchpoint": Relation(of=("Touchpoint",))}) for name in _DONE),
    WELLNESS_CHECK,
    *(Shape(name, "check", {"check": Relation(of=("WellnessCheck",))}) for name in _CHECKED),
    Shape("WelfareRefused", "", {"reason": Made("reason"), "message": Made("message")}),
)
ROOTS: dict[str, Relation] = {}
PAYLOADS = {
    name: Relation(
        of=(name,),
        match=f"MATCH (noted:Touchpoint {{id: $id}}) WITH *, {NOTED} AS touch",
        binds=("noted", "touch"),
        arguments=(plain("id"),),
    )
    for name in _DONE
} | {
    name: Relation(
        of=(name,),
        match="MATCH (check:WellnessCheck {id: $id})",
        binds=("check",),
        arguments=(plain("id"),),
    )
    for name in _CHECKED
}
