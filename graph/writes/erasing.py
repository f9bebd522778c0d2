"""Records and people out of the graph: gone, not closed, with all that rested on them.

`resting_on` finds what goes; `erase` takes it away, and done twice changes nothing the second time.
What was worked out from several records (names, evidence of links) of those who stay is stated anew
by a link; `erase_stale` then takes what it used to be.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final, LiteralString

from neo4j import ManagedTransaction, Session

_AT_ONCE: Final = 1_000

_FOUND: Final[dict[str, LiteralString]] = {
    "ids": """CYPHER 25
    UNWIND $ids AS id MATCH (:Child|Sponsor {id: id})<-[leads:REDIRECTS_TO]-(old)
    WHERE leads.runUntil = 9223372036854775807
    RETURN DISTINCT old.id AS found""",
    "versions": """CYPHER 25
    UNWIND $keys AS key MATCH (record:Record {key: key})
    RETURN DISTINCT record.keyVersion AS found""",
    # Also whom one of the records described once.
    "neighbours": """CYPHER 25
    UNWIND $keys + $papers AS key MATCH (:Record {key: key})-[:DESCRIBES]->(person)
    WHERE NOT person.id IN $ids
    RETURN DISTINCT person.id AS found""",
    "facts": """CYPHER 25
    UNWIND $neighbours AS id MATCH (person:Child|Sponsor {id: id})
    MATCH (person)-[fact:LIVES_AT|RELEASED_TO|TRANSFER_STATED_IN|NTA_STATED_IN|RELIEF_STATED_IN
        |ORDER_STATED_IN|CONTACT_STATED_IN]-()
    WHERE fact.record IN $versions
    RETURN DISTINCT fact.id AS found""",
    # A sponsor's own: papers that stay bear them no more.
    "ties": """CYPHER 25
    UNWIND $ids AS id MATCH (:Sponsor {id: id})
        -[fact:LIVES_AT|RELEASED_TO|DESCRIBES|HAS_BIOGRAPHICS|HAS_EVIDENCE|REDIRECTS_TO]-()
    RETURN DISTINCT fact.id AS found""",
    "addresses": """CYPHER 25
    UNWIND $ids + $neighbours AS id MATCH (person:Child|Sponsor {id: id})
    MATCH (person)-[fact:LIVES_AT]->(address:Address)
    WHERE id IN $ids OR fact.record IN $versions
    WITH DISTINCT address WHERE NOT EXISTS {
      MATCH (other)-[lives:LIVES_AT]->(address)
      WHERE NOT other.id IN $ids AND NOT lives.record IN $versions
    }
    RETURN address.id AS found""",
    "hearings": """CYPHER 25
    UNWIND $versions AS version MATCH (:Record {keyVersion: version})-[:REPORTS]->(hearing)
    WITH DISTINCT hearing WHERE NOT EXISTS {
      MATCH (other:Record)-[:REPORTS]->(hearing) WHERE NOT other.keyVersion IN $versions
    }
    RETURN hearing.id AS found""",
    "pairs": """CYPHER 25
    UNWIND $keys + $papers AS key
    CALL (key) {
      MATCH (pair:CandidatePair {leftKey: key}) RETURN pair
      UNION MATCH (pair:CandidatePair {rightKey: key}) RETURN pair
    }
    WITH pair WHERE key IN $keys OR pair.role = 'SPONSOR'
    RETURN DISTINCT pair.id AS found""",
    "judgements": """CYPHER 25
    UNWIND $keys + $papers AS key
    CALL (key) {
      MATCH (judgement:Judgement {leftKey: key}) RETURN judgement
      UNION MATCH (judgement:Judgement {rightKey: key}) RETURN judgement
    }
    WITH judgement WHERE key IN $keys OR judgement.role = 'SPONSOR'
    RETURN DISTINCT judgement.id AS found""",
}

_NAMES: Final = """CYPHER 25
UNWIND $ids AS id MATCH (:Child|Sponsor {id: id})-[:HAS_BIOGRAPHICS]->(known)
RETURN DISTINCT known.familyName AS family, known.givenNames AS given,
    coalesce(known.aNumbers, []) + coalesce(known.phones, [])
        + CASE WHEN known.aNumber IS NULL THEN [] ELSE [known.aNumber] END AS numbers"""

# What points at something goes before it, so that a run that died finds the rest again.
_ERASED: Final[tuple[tuple[str, LiteralString], ...]] = (
    ("neighbours", """CYPHER 25
    UNWIND $some AS id MATCH (person:Child|Sponsor {id: id})
    MATCH (person)-[fact:LIVES_AT|RELEASED_TO]-() WHERE fact.record IN $versions
    DELETE fact"""),
    *(
        (kind, """CYPHER 25
    UNWIND $some AS key
    CALL (key) {
      MATCH (pair:CandidatePair {leftKey: key}) RETURN pair
      UNION MATCH (pair:CandidatePair {rightKey: key}) RETURN pair
    }
    WITH DISTINCT pair WHERE pair.id IN $pairs DETACH DELETE pair""")
        for kind in ("keys", "papers")
    ),
    ("judgements", """CYPHER 25
    UNWIND $some AS id MATCH (judgement:Judgement {id: id}) DETACH DELETE judgement"""),
    # What people recorded of a hearing goes with it.
    ("hearings", """CYPHER 25
    UNWIND $some AS id MATCH (:Hearing {id: id})<-[:REPORTS]-(entry:AppearanceEntry)
    DETACH DELETE entry"""),
    ("ids", """CYPHER 25
    UNWIND $some AS id MATCH (:Child {id: id})<-[:WHY_NO_NOTICE]-(word:NoticeWord)
    DETACH DELETE word"""),
    # What was done after she failed to appear, also at a hearing that others' papers speak of.
    ("ids", """CYPHER 25
    UNWIND $some AS id
    MATCH (:Child {id: id})-[:HAS_HEARING]->()<-[:FOLLOWS]-(follow:FollowUp)
    OPTIONAL MATCH (follow)<-[:STEP_OF|NEXT_FOR|CORRECTS_FOR]-(part)
    DETACH DELETE part, follow"""),
    ("hearings", """CYPHER 25
    UNWIND $some AS id MATCH (hearing:Hearing {id: id})
    OPTIONAL MATCH (hearing)<-[:FOLLOWS]-(follow:FollowUp)
    OPTIONAL MATCH (follow)<-[:STEP_OF|NEXT_FOR|CORRECTS_FOR]-(part)
    DETACH DELETE part, follow, hearing"""),
    # And what follows others' failures rests on her papers no longer.
    ("versions", """CYPHER 25
    MATCH (part:FollowUpStep|AddressCorrection) WHERE any(one IN part.evidence WHERE one IN $some)
    SET part.evidence = [one IN part.evidence WHERE NOT one IN $some]"""),
    ("addresses", """CYPHER 25
    MATCH (step:FollowUpStep) WHERE any(one IN step.evidence WHERE one IN $some)
    SET step.evidence = [one IN step.evidence WHERE NOT one IN $some]"""),
    ("addresses", """CYPHER 25
    MATCH (form:AddressCorrection)
    WHERE form.address IN $some OR any(one IN form.candidates WHERE one IN $some)
    SET form.candidates = [one IN form.candidates WHERE NOT one IN $some],
        form.address = CASE WHEN form.address IN $some THEN null ELSE form.address END"""),
    ("addresses", """CYPHER 25
    UNWIND $some AS id MATCH (address:Address {id: id}) DETACH DELETE address"""),
    ("keys", """CYPHER 25
    UNWIND $some AS key MATCH (record:Record {key: key}) DETACH DELETE record"""),
    # A seal is of records: without any it seals nobody.
    ("keys", """CYPHER 25
    MATCH (seal:Seal) WHERE any(key IN seal.records WHERE key IN $some)
    SET seal.records = [key IN seal.records WHERE NOT key IN $some]
    WITH seal WHERE size(seal.records) = 0 DETACH DELETE seal"""),
    # What somebody opened for her alone: a case, a referral. Who did, and why, is in the audit.
    ("ids", """CYPHER 25
    UNWIND $some AS id MATCH (:Child {id: id})-[:WITHIN]->(scope:Scope)
    WHERE scope.holders IS NOT NULL AND NOT EXISTS {
      MATCH (scope)<-[:WITHIN]-(other) WHERE NOT other.id IN $some
    }
    WITH DISTINCT scope DETACH DELETE scope"""),
    # What people recorded of her: contacts, checks, concerns and their notices, addresses.
    ("ids", """CYPHER 25
    UNWIND $some AS id MATCH (:Child {id: id})
        <-[:TOUCHES|CHECKS_ON|CONCERNS|STATED_OF|VERIFIED_OF]-(said)
    OPTIONAL MATCH (said)<-[:STEP_OF]-(step:ConcernStep)
    OPTIONAL MATCH (said)<-[:ABOUT]-(notice:Notice)
    OPTIONAL MATCH (notice)<-[:ATTEMPT_OF]-(attempt:NoticeAttempt)
    DETACH DELETE attempt, notice, step, said"""),
    ("ids", """CYPHER 25
    UNWIND $some AS id MATCH (person:Child|Sponsor {id: id})
    OPTIONAL MATCH (person)-[:HAS_BIOGRAPHICS|HAS_EVIDENCE]->(known)
    DETACH DELETE known, person"""),
)  # fmt: skip

_EVENT_GONE: Final = """CYPHER 25
UNWIND $rows AS row MATCH (event:IdentityEvent {id: row.old}) DETACH DELETE event"""

# What is left of an event that was about others too, under the id that its words now come to.
_EVENT_TOLD: Final = """CYPHER 25
UNWIND $rows AS row MATCH (event:IdentityEvent {id: row.old})
SET event.id = row.new, event.records = row.records, event.homes = row.homes,
    event.fromIds = row.from_ids, event.toIds = row.to_ids, event.reason = row.reason"""

_WORDS: Final = """CYPHER 25
UNWIND $rows AS row MATCH (judgement:Judgement {id: row.id})
SET judgement.reason = coalesce(row.reason, judgement.reason),
    judgement.retractReason = coalesce(row.retractReason, judgement.retractReason)"""

# The cells that stay, in their order, and in one of them what names nobody.
_UNNAMED: Final = """CYPHER 25
UNWIND $rows AS row MATCH (record:Record {key: row.key})
WITH record, row,
    [name IN row.stay WHERE name = row.name OR name IN record.columns] AS stay
SET record.values = [name IN stay | CASE WHEN name = row.name THEN row.put
        ELSE [at IN range(0, size(record.columns) - 1) WHERE record.columns[at] = name
            | record.values[at]][0] END]
SET record.columns = stay"""

# What people wrote of these children, who stay.
_SAID: Final = """CYPHER 25
UNWIND $ids AS id MATCH (child:Child {id: id})
CALL (child) {
  MATCH (child)<-[:TOUCHES|CHECKS_ON|CONCERNS|STATED_OF|VERIFIED_OF|WHY_NO_NOTICE]-(node)
  RETURN node
  UNION MATCH (child)<-[:CONCERNS]-()<-[:STEP_OF]-(node) RETURN node
  UNION MATCH (child)-[:HAS_HEARING]->()<-[:REPORTS]-(node:AppearanceEntry) RETURN node
  UNION MATCH (child)-[:HAS_HEARING]->()<-[:FOLLOWS]-()<-[:STEP_OF|CORRECTS_FOR]-(node)
  RETURN node
}
RETURN DISTINCT elementId(node) AS node, properties(node) AS said"""

_WRITTEN: Final = """CYPHER 25
UNWIND $rows AS row MATCH (node) WHERE elementId(node) = row.node
SET node += row.instead"""

_STALE: Final = """CYPHER 25
UNWIND $some AS id MATCH (person:Child|Sponsor {id: id})
MATCH (person)-[:HAS_BIOGRAPHICS|HAS_EVIDENCE]->(known)
WHERE NOT EXISTS {
  MATCH (known)<-[holds:HAS_BIOGRAPHICS|HAS_EVIDENCE]-()
  WHERE holds.runUntil = 9223372036854775807
} AND ($whole AND known.records IS NULL
  OR any(key IN coalesce(known.records, []) WHERE key IN $keys))
DETACH DELETE known"""

# What told somebody of a follow-up or a concern goes with it.
_UNTOLD: Final = """CYPHER 25
MATCH (notice:Notice) WHERE NOT EXISTS { (notice)-[:ABOUT]->() }
OPTIONAL MATCH (attempt:NoticeAttempt)-[:ATTEMPT_OF]->(notice)
DETACH DELETE attempt, notice"""

_LEFT: Final = """CYPHER 25
UNWIND $some AS key MATCH (record:Record {key: key})
RETURN count(record) AS found"""


def resting_on(
    session: Session, keys: Sequence[str], ids: Sequence[str], papers: Sequence[str] = ()
) -> tuple[dict[str, list[str]], list[dict[str, Any]]]:
    """What goes with these records and people, by kind, and how they are called.

    `ids` gets those that led to them too. `papers` are records that stay, of a sponsor who goes.
    """
    found: dict[str, list[str]] = {"keys": list(keys), "ids": list(ids), "papers": list(papers)}
    for kind, statement in _FOUND.items():
        rows = session.execute_read(_found, statement, found)
        found[kind] = sorted({*found.get(kind, []), *rows})
    names = session.execute_read(lambda tx: tx.run(_NAMES, ids=found["ids"]).data())
    return found, names


def _found(tx: ManagedTransaction, statement: LiteralString, told: dict[str, Any]) -> list[str]:
    return [row["found"] for row in tx.run(statement, told)]


def erase(
    session: Session,
    gone: Mapping[str, Sequence[str]],
    events: Sequence[Mapping[str, Any]],
    words: Sequence[Mapping[str, Any]],
) -> None:
    """Take away what `resting_on` found, and what `events` and judgements' `words` said of them."""
    _write(session, _EVENT_GONE, rows=[event for event in events if not event["new"]])
    _write(session, _EVENT_TOLD, rows=[event for event in events if event["new"]])
    _write(session, _WORDS, rows=list(words))
    for kind, statement in _ERASED:
        for some in _parts(gone.get(kind, [])):
            _write(session, statement, some=some, versions=gone["versions"], pairs=gone["pairs"])
    _write(session, _UNTOLD)


def words_of(session: Session, children: Sequence[str]) -> list[dict[str, Any]]:
    """What people wrote of children: rows of a `node` and all that is `said` there."""
    return session.execute_read(lambda tx: tx.run(_SAID, ids=list(children)).data())


def unname(
    session: Session, papers: Sequence[Mapping[str, Any]], written: Sequence[Mapping[str, Any]]
) -> None:
    """Take a sponsor out of papers that stay, and out of what people wrote of others."""
    _write(session, _UNNAMED, rows=list(papers))
    _write(session, _WRITTEN, rows=list(written))


def erase_stale(session: Session, gone: Mapping[str, Sequence[str]]) -> None:
    """Take away what was known of those who stay and, without the records, is so no more.

    Of papers that stay only what they made of links was partly the sponsor's.
    """
    keys = [*gone["keys"], *gone.get("papers", [])]
    for some in _parts(gone["neighbours"]):
        _write(session, _STALE, some=some, keys=keys, whole=bool(gone["keys"]))


def still_there(session: Session, keys: Sequence[str]) -> int:
    """How many versions of these records the graph has."""
    read = session.execute_read
    return sum(
        read(lambda tx, some=some: tx.run(_LEFT, some=some).single(strict=True)["found"])  # type: ignore[misc]
        for some in _parts(keys)
    )


def _write(session: Session, statement: LiteralString, **told: Any) -> None:
    session.execute_write(lambda tx: tx.run(statement, told).consume())


def _parts(some: Sequence[str]) -> Iterator[list[str]]:
    for start in range(0, len(some), _AT_ONCE):
        yield list(some[start : start + _AT_ONCE])
