"""What became of an identity: the ids it once had, how its records came and went, and why."""

from typing import Any

from graph.explanation.history import made_history
from graph.shapes.shape import Made, Makes, Relation, Scalar, Shape

# A record's key is `source/table/id`: whether it may be seen is told without looking it up.
_TABLE = "split({0}, '/')[1]"


def key_is_readable(key: str) -> str:
    """Whether the record of this key, a Cypher expression, may be seen."""
    return f"NOT {_TABLE.format(key)} IN $withheldTables"


def bearer(person: str, label: str, parameter: str) -> str:
    """Clauses that bind `person` by an id that it bears or once bore.

    They also bind the names `ASKED`. A redirect always leads to whoever bears the identity now. Of
    somebody who may not be known to be there it binds nothing, as of an id that never was.
    """
    return (
        f"MATCH (asked:{label} {{id: {parameter}}}) WHERE written(asked)"
        f" OPTIONAL MATCH (asked)-[redirect:REDIRECTS_TO]->(heir:{label}) WHERE holds(redirect)"
        f" WITH *, coalesce(heir, asked) AS {person} WHERE admitted({person}:{label})"
    )


ASKED = ("asked", "redirect", "heir")

_EVENTS = (
    "UNWIND [{0}] + COLLECT {{ MATCH (former)-[redirect:REDIRECTS_TO]->({0})"
    " WHERE holds(redirect) RETURN former }} AS one"
    " MATCH (event:IdentityEvent)-[:FROM|TO]->(one) WHERE written(event)"
    " AND unsealed(event) AND (size(event.records) = 0"
    f" OR any(moved IN event.records WHERE {key_is_readable('moved')}))"
    " WITH DISTINCT event"
)

# Pairs with a record that may not be seen stay behind, and so does that record's key: the places
# of the others are what the pairs speak of.
_HISTORY = (
    "head(COLLECT {{ MATCH ({0})-[has_evidence:HAS_EVIDENCE]->(evidence:LinkEvidence)"
    " WHERE holds(has_evidence)"
    " WITH evidence, {readable} AS joining"
    " RETURN [{records}, joining,"
    " head(COLLECT {{ MATCH (model:LinkageModel"
    " {{id: evidence.modelVersion + '/' + evidence.role}}) RETURN model.weights }}),"
    " COLLECT {{ UNWIND [line IN joining | split(line, ' ')] AS part WITH part"
    " WHERE part[2] = 'SAME' MATCH (judged:Judgement {{id: part[3]}})"
    " RETURN [judged.id, judged.actor, judged.reason] }}] }})"
)
# Whoever may see everything gets the lists as they are: reading them line by line costs more than
# finding them.
_AS_IT_IS = "CASE WHEN size($withheldTables) = 0 THEN {0} ELSE {1} END"
READABLE_PAIRS = _AS_IT_IS.format(
    "evidence.pairs",
    "[line IN evidence.pairs WHERE all(place IN split(line, ' ')[0..2]"
    f" WHERE {key_is_readable('evidence.records[toInteger(place)]')})]",
)
READABLE_KEYS = _AS_IT_IS.format(
    "evidence.records",
    f"[held IN evidence.records | CASE WHEN {key_is_readable('held')} THEN held END]",
)


def makes_history(person: str) -> Makes:
    """How the records of a child or a sponsor were joined."""
    text = _HISTORY.format(person, readable=READABLE_PAIRS, records=READABLE_KEYS)
    return Makes(text, made_history)


def history_of(person: str, label: str) -> dict[str, Any]:
    """Fields of a child and a sponsor alike."""
    return {
        "formerIds": Scalar(
            # Names of their own: whoever leads here may have bound `redirect` on the way.
            f"COLLECT {{ MATCH (earlier:{label})-[leads:REDIRECTS_TO]->({person})"
            " WHERE holds(leads) RETURN earlier.id ORDER BY earlier.id }"
        ),
        "identityEvents": Relation(
            of=("IdentityEvent",),
            match=_EVENTS.format(person),
            binds=("former", "redirect", "one", "event", "moved"),
            order="event.runFrom DESC, event.id",
            many=True,
        ),
        "identitySteps": Made("steps"),
    }


IDENTITY_EVENT = Shape(
    name="IdentityEvent",
    node="event",
    fields={
        "id": Scalar("event.id"),
        "kind": Scalar("event.kind"),
        "role": Scalar("event.role"),
        "at": Scalar(
            "head(COLLECT { MATCH (made:Run {seq: event.runFrom})"
            " RETURN toString(made.publishedAt) })"
        ),
        "run": Scalar("event.runFrom"),
        "actor": Scalar("event.actor"),
        "reason": Scalar("event.reason"),
        "modelVersion": Scalar("event.modelVersion"),
        "from": Scalar("event.fromIds"),
        "to": Scalar("event.toIds"),
        "moves": Relation(
            of=("RecordMove",),
            match="UNWIND range(0, size(event.records) - 1) AS place WITH *"
            f" WHERE {key_is_readable('event.records[place]')}",
            binds=("place",),
            order="place",
            many=True,
        ),
    },
)

RECORD_MOVE = Shape(
    name="RecordMove",
    node="place",
    fields={
        "record": Scalar("event.records[place]"),
        "identity": Scalar("event.homes[place]"),
    },
)

IDENTITY_STEP = Shape(
    name="IdentityStep",
    node="",
    fields={
        "number": Made("number"),
        "records": Made("one"),
        "joinedTo": Made("other"),
        "left": Made("left"),
        "right": Made("right"),
        "matchWeight": Made("weight"),
        "comparisons": Made("comparisons"),
        "judgement": Made("judgement"),
        "judgedBy": Made("judged_by"),
        "reason": Made("reason"),
    },
)

SHAPES = (IDENTITY_EVENT, RECORD_MOVE, IDENTITY_STEP)
ROOTS: dict[str, Relation] = {}
