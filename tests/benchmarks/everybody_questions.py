"""What `everybody` asks, and how somebody would write it by hand for Neo4j."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final, LiteralString


@dataclass(frozen=True, slots=True)
class Question:
    """A document, who asks it, and a statement that finds out the same of everybody."""

    name: str
    asked: str
    by_hand: LiteralString
    role: str = "ORR_TRIAGE"
    purpose: str = "CASE_MANAGEMENT"
    of: tuple[str, ...] = ()
    told: dict[str, Any] = field(default_factory=lambda: {"day": date(2024, 11, 1)})


_FIGURES: Final = "{ figures { name numerator { counted } denominator { counted } } }"
_WINDOW: Final = 'since: "2018-10-01", until: "2024-10-01"'

QUESTIONS: Final = (
    Question(
        "silent",
        "{ silent(days: 90) { edges { node { daysSilent child { id } lastTouchpoint { kind on } } }"
        " } }",
        """CYPHER 25
        MATCH (child:Child)-[release:RELEASED_TO]->()
        WHERE date($day) - duration({days: 365}) <= release.releasedOn <= date($day)
        WITH child, max(release.releasedOn) AS released
        WITH child, released,
          COLLECT { MATCH (child)-[call:CONTACT_STATED_IN]->() RETURN max(call.on) }[0] AS called,
          COLLECT { MATCH (child)-[:HAS_HEARING]->(hearing)<-[word:REPORTS]-()
            WHERE word.appearance = 'APPEARED' RETURN max(hearing.date) }[0] AS seen
        UNWIND [released, called, seen] AS one WITH child, max(one) AS last
        WHERE last <= date($day) - duration({days: 90})
        RETURN child.id, last ORDER BY last, child.id LIMIT 21""",
    ),
    Question(
        "calls30Day",
        "{ calls30Day(which: OVERDUE) { edges { node { leg dueOn daysOverdue child { id } } } } }",
        """CYPHER 25
        MATCH (child:Child)-[release:RELEASED_TO]->()
        WHERE date($day) - duration({days: 395}) <= release.releasedOn
          AND release.releasedOn < date($day) - duration({days: 30})
        UNWIND ['CHILD', 'SPONSOR'] AS leg
        WITH child, release, leg WHERE NOT EXISTS { MATCH (child)-[call:CONTACT_STATED_IN]->()
          WHERE call.kind = 'CALL_30_DAY' AND call.leg = leg AND call.on >= release.releasedOn }
        RETURN child.id, leg, release.releasedOn ORDER BY release.releasedOn, child.id LIMIT 21""",
    ),
    Question(
        "failuresToAppear",
        '{ failuresToAppear(since: "2022-01-01") { edges { node { id date child { id } } } } }',
        """CYPHER 25
        MATCH (hearing:Hearing) USING INDEX hearing:Hearing(date, id)
        WHERE hearing.date >= date('2022-01-01') AND hearing.id IS NOT NULL
          AND EXISTS { MATCH ()-[word:REPORTS]->(hearing)
            WHERE word.appearance = 'FAILED_TO_APPEAR' }
        WITH hearing ORDER BY hearing.date, hearing.id LIMIT 21
        MATCH (child)-[:HAS_HEARING]->(hearing)
        RETURN hearing.id, hearing.date, child.id""",
    ),
    Question(
        "failures of an office",
        '{ failuresToAppear(since: "2022-01-01", office: "O7", hasFollowUp: true)'
        " { edges { node { id date child { id } } } } }",
        """CYPHER 25
        MATCH (:Scope {id: 'office/O7'})<-[:WITHIN]-(child)-[:HAS_HEARING]->(hearing)
        WHERE hearing.date >= date('2022-01-01') AND EXISTS { (hearing)<-[:FOLLOWS]-() }
          AND EXISTS { MATCH ()-[word:REPORTS]->(hearing)
            WHERE word.appearance = 'FAILED_TO_APPEAR' }
        RETURN hearing.id, hearing.date, child.id ORDER BY hearing.date, hearing.id LIMIT 21""",
        role="ERO_FOJC",
        of=("office/O7",),
    ),
    Question(
        "failureToAppearCounts",
        '{ failureToAppearCounts(since: "2022-01-01") { hearings both childrenOfEither } }',
        """CYPHER 25
        MATCH (hearing:Hearing)<-[word:REPORTS]-() WHERE hearing.date >= date('2022-01-01')
        MATCH (child)-[:HAS_HEARING]->(hearing)
        WITH child, hearing, max(word.appearance = 'FAILED_TO_APPEAR') AS missed
        WITH child, missed, EXISTS { MATCH (child)-[order:ORDER_STATED_IN]->()
          WHERE order.inAbsentia AND order.on = hearing.date } AS ordered
        RETURN count(*), sum(CASE WHEN missed AND ordered THEN 1 ELSE 0 END),
          count(DISTINCT CASE WHEN missed OR ordered THEN child END)""",
    ),
    Question(
        "reconcile",
        f"{{ reconcile(left: EOIR, right: PLANET, {_WINDOW}) {_FIGURES} }}",
        """CYPHER 25
        MATCH (child)-[:HAS_HEARING]->(hearing)<-[word:REPORTS]-()
        WHERE word.appearance = 'FAILED_TO_APPEAR' AND word.source IN ['EOIR', 'PLANET']
        WITH child, collect([word.source, toString(hearing.date), toString(word.enteredOn)]) AS words
        RETURN child.id, words,
          COLLECT { MATCH (child)<-[:DESCRIBES]-(record) RETURN DISTINCT record.source },
          COLLECT { MATCH (child)-[:HAS_HEARING]->(held)<-[kept:REPORTS]-()
            WHERE kept.appearance = 'APPEARED' RETURN [kept.source, toString(held.date)] }""",
        role="ERO_HQ",
        purpose="OVERSIGHT_STATS",
    ),
    Question(
        "dataQuality",
        f"{{ dataQuality {_FIGURES} }}",
        """CYPHER 25
        CALL () { MATCH (record:Record)
          RETURN 'number' AS what, record.source AS source, count(record.aNumber) AS some,
            count(*) AS among, 0 AS late
        UNION ALL MATCH (record:Record)-[word:REPORTS]->(hearing:Hearing)
          RETURN 'word' AS what, record.source AS source, count(word.appearance) AS some,
            count(*) AS among,
            sum(CASE WHEN duration.inDays(hearing.date, word.enteredOn).days <= 30 THEN 1 ELSE 0
              END) AS late }
        RETURN what, source, some, among, late""",
        role="ERO_HQ",
        purpose="OVERSIGHT_STATS",
    ),
    Question(
        "coverage",
        f"{{ coverage(days: 90) {_FIGURES} }}",
        """CYPHER 25
        MATCH (child:Child)-[release:RELEASED_TO]->() WHERE release.releasedOn <= date($day)
        WITH DISTINCT child
        WITH EXISTS { MATCH (child)-[call:CONTACT_STATED_IN]->()
            WHERE call.on > date($day) - duration({days: 90}) } AS spoken,
          EXISTS { MATCH (child)-[:HAS_HEARING]->(hearing)<-[word:REPORTS]-()
            WHERE hearing.date > date($day) - duration({days: 90})
              AND word.appearance = 'APPEARED' } AS seen
        RETURN spoken, seen, count(*)""",
        role="ORR_TRIAGE",
    ),
    Question(
        "closureEvidence",
        '{ closureEvidence(recommendation: 2, since: "2024-07-01", until: "2024-10-01")'
        " { sha256 } }",
        """CYPHER 25
        CALL () { MATCH (follow:FollowUp) WHERE datetime('2024-07-01T00:00Z') <= follow.openedAt
            AND follow.openedAt < datetime('2024-10-01T00:00Z')
          RETURN 'opened' AS what, follow.office AS office, count(*) AS many
        UNION ALL MATCH (follow:FollowUp)<-[:STEP_OF]-(step)
          WHERE datetime('2024-07-01T00:00Z') <= step.at
            AND step.at < datetime('2024-10-01T00:00Z')
          RETURN step.event AS what, follow.office AS office, count(*) AS many
        UNION ALL MATCH (notice:Notice)-[:ABOUT]->(follow:FollowUp)
          WHERE datetime('2024-07-01T00:00Z') <= notice.sentAt
            AND notice.sentAt < datetime('2024-10-01T00:00Z')
          RETURN notice.kind AS what, follow.office AS office, count(*) AS many }
        RETURN what, office, many""",
        role="ERO_HQ",
        purpose="OVERSIGHT_STATS",
    ),
)
