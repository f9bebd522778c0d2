"""Why two records are one person's, or why not."""

from graph.explanation.made import made_explanation
from graph.shapes.asking import plain
from graph.shapes.evidence import READABLE
from graph.shapes.identities import READABLE_KEYS, READABLE_PAIRS
from graph.shapes.judgements import STANDS
from graph.shapes.shape import Made, Makes, Relation, Shape

_FOUND = ("left_key", "right_key", "in_role", "found")

MATCH_EXPLANATION = Shape(
    name="MatchExplanation",
    node="found",
    makes=Makes("found", made_explanation),
    fields={
        "outcome": Made("outcome"),
        "why": Made("why"),
        "sentence": Made("sentence"),
        "matchWeight": Made("weight"),
        "prior": Made("prior"),
        "linkFrom": Made("link_from"),
        "reviewFrom": Made("review_from"),
        "comparisons": Made("comparisons"),
        "modelVersion": Made("model_version"),
        "through": Made("through"),
        "whatIf": Made("what_if"),
        "waterfall": Made("waterfall"),
        "judgement": Relation(
            of=("Judgement",),
            match="MATCH (judgement:Judgement {"
            "leftKey: CASE WHEN left_key < right_key THEN left_key ELSE right_key END,"
            " rightKey: CASE WHEN left_key < right_key THEN right_key ELSE left_key END,"
            f" role: in_role}}) WHERE {STANDS}",
            binds=("judgement",),
        ),
    },
)

COMPARISON_WEIGHT = Shape(
    name="ComparisonWeight",
    node="",
    fields={
        "name": Made("name"),
        "level": Made("level"),
        "bits": Made("bits"),
        "agreementBits": Made("agreement_bits"),
        "frequencyBits": Made("frequency_bits"),
    },
)

WHAT_IF = Shape(
    name="WhatIf",
    node="",
    fields={
        "changes": Made("changes"),
        "weight": Made("weight"),
        "decision": Made("decision"),
    },
)

LEVEL_CHANGE = Shape(
    name="LevelChange",
    node="",
    fields={
        "comparison": Made("comparison"),
        "from": Made("found"),
        "to": Made("instead"),
        "bits": Made("bits"),
    },
)

SHAPES = (MATCH_EXPLANATION, COMPARISON_WEIGHT, WHAT_IF, LEVEL_CHANGE)


def _weights_of(one: str) -> str:
    return (
        f"head(COLLECT {{ MATCH (model:LinkageModel {{id: {one}.modelVersion + '/' + {one}.role}})"
        " RETURN model.weights })"
    )


def _pair(pair: str) -> str:
    return (
        f"[{pair}.decision, {pair}.why, {pair}.matchWeight, {pair}.levels, {pair}.modelVersion,"
        f" {_weights_of(pair)}]"
    )


# Of a pair of the queue: its records are of two identities, so there is no evidence that joins.
OF_A_PAIR = Relation(
    of=("MatchExplanation",),
    match="WITH *, pair.leftKey AS left_key, pair.rightKey AS right_key, pair.role AS in_role"
    f" WITH *, [left_key, right_key, null, {_pair('pair')}] AS found",
    binds=_FOUND,
)


def _key(parameter: str) -> str:
    """The key of a record that may be seen, named by its key or by one of its versions."""
    return (
        "head(COLLECT { MATCH (record:Record)"
        f" WHERE (record.key = ${parameter} OR record.keyVersion = ${parameter}) AND {READABLE}"
        " RETURN record.key LIMIT 1 })"
    )


_EVIDENCE = (
    # Found from either record: whoever comes from one would look through all that the identity has.
    "head(COLLECT { MATCH (:Record {key: left_key})-[one:DESCRIBES]->(identity)"
    " MATCH (:Record {key: right_key})-[other:DESCRIBES]->(identity)"
    " WHERE holds(one) AND holds(other) AND one.role = in_role AND other.role = in_role"
    " MATCH (identity)-[has_evidence:HAS_EVIDENCE]->(evidence:LinkEvidence)"
    " WHERE holds(has_evidence)"
    f" RETURN [{READABLE_KEYS}, {READABLE_PAIRS}, evidence.modelVersion,"
    f" {_weights_of('evidence')}] LIMIT 1 }})"
)
_COMPARED = (
    "head(COLLECT { MATCH (pair:CandidatePair) WHERE pair.leftKey IN [left_key, right_key]"
    " AND pair.rightKey IN [left_key, right_key] AND pair.role = in_role AND holds(pair)"
    f" RETURN {_pair('pair')} ORDER BY pair.id LIMIT 1 }})"
)

ROOTS = {
    "matchExplanation": Relation(
        of=("MatchExplanation",),
        match=f"WITH *, {_key('left')} AS left_key, {_key('right')} AS right_key, $role AS in_role"
        " WITH * WHERE left_key <> right_key"
        f" WITH *, [left_key, right_key, {_EVIDENCE}, {_COMPARED}] AS found",
        binds=_FOUND,
        arguments=(plain("left"), plain("right"), plain("role")),
    ),
}
