"""What people said of two records, and where they contradict each other."""

from graph.shapes.asking import paged, plain
from graph.shapes.evidence import READABLE
from graph.shapes.identities import key_is_readable
from graph.shapes.shape import Made, Relation, Scalar, Shape

_LATER = (
    "EXISTS { MATCH (later:Judgement {leftKey: judgement.leftKey, rightKey: judgement.rightKey,"
    " role: judgement.role}) WHERE later.retractedAt IS NULL"
    " AND [later.judgedAt, later.id] > [judgement.judgedAt, judgement.id] }"
)
STANDS = f"judgement.retractedAt IS NULL AND NOT {_LATER}"
# What somebody said of a record that may not be seen may not be seen.
_READABLE = (
    f"{key_is_readable('judgement.leftKey')} AND {key_is_readable('judgement.rightKey')}"
    " AND unsealed(judgement)"
)
_STATUS = (
    f"CASE WHEN judgement.retractedAt IS NOT NULL THEN 'RETRACTED' WHEN {_LATER} THEN 'SUPERSEDED'"
    " ELSE coalesce(head(COLLECT { MATCH (judgement)-[heeded:HEEDED]->() WHERE holds(heeded)"
    " RETURN CASE WHEN heeded.conflict IS NULL THEN 'IN_FORCE' ELSE 'CONFLICTING' END }),"
    " 'PENDING') END"
)


def _record(key: str) -> Relation:
    """The current version of one of the two records."""
    return Relation(
        of=("Record",),
        match=f"MATCH (record:Record {{key: judgement.{key}}}) WHERE {READABLE}",
        binds=("record",),
        order="record.version DESC",
    )


def _by_id(expression: str) -> Relation:
    return Relation(
        of=("Judgement",),
        match=f"MATCH (said:Judgement {{id: {expression}}})",
        binds=("said",),
        same={"judgement": "said"},
    )


JUDGEMENT = Shape(
    name="Judgement",
    node="judgement",
    label="Judgement",
    fields={
        "id": Scalar("judgement.id"),
        "role": Scalar("judgement.role"),
        "verdict": Scalar("judgement.verdict"),
        "reason": Scalar("judgement.reason"),
        "actor": Scalar("judgement.actor"),
        "judgedAt": Scalar("toString(judgement.judgedAt)"),
        "status": Scalar(_STATUS),
        "leftKey": Scalar("judgement.leftKey"),
        "rightKey": Scalar("judgement.rightKey"),
        "left": _record("leftKey"),
        "right": _record("rightKey"),
        "supersedes": _by_id("judgement.supersedes"),
        "retractedAt": Scalar("toString(judgement.retractedAt)"),
        "retractedBy": Scalar("judgement.retractedBy"),
        "retractReason": Scalar("judgement.retractReason"),
    },
)

JUDGEMENT_CONFLICT = Shape(
    name="JudgementConflict",
    node="conflict",
    fields={
        "id": Scalar("conflict"),
        "judgements": Relation(
            of=("Judgement",),
            match="UNWIND members AS judgement",
            binds=("judgement",),
            order="judgement.judgedAt, judgement.id",
            many=True,
        ),
    },
)

JUDGEMENT_RECORDED = Shape(
    name="JudgementRecorded",
    node="judgement",
    fields={
        "judgement": Relation(of=("Judgement",)),
        "supersedes": _by_id("judgement.supersedes"),
        "contradictions": Relation(
            of=("Judgement",),
            match="UNWIND contradicted AS other MATCH (said:Judgement {id: other})"
            f" WHERE {_READABLE.replace('judgement.', 'said.')}",
            binds=("other", "said"),
            same={"judgement": "said"},
            order="said.judgedAt, said.id",
            many=True,
        ),
    },
)

JUDGEMENT_RETRACTED = Shape(
    name="JudgementRetracted",
    node="judgement",
    fields={"judgement": Relation(of=("Judgement",))},
)

JUDGEMENT_REFUSED = Shape(
    name="JudgementRefused",
    node="",
    fields={"reason": Made("reason"), "message": Made("message")},
)

SHAPES = (
    *(JUDGEMENT, JUDGEMENT_CONFLICT),
    *(JUDGEMENT_RECORDED, JUDGEMENT_RETRACTED, JUDGEMENT_REFUSED),
)

ON_A_PAIR = Relation(
    of=("Judgement",),
    match="MATCH (judgement:Judgement {"
    "leftKey: CASE WHEN pair.leftKey < pair.rightKey THEN pair.leftKey ELSE pair.rightKey END,"
    " rightKey: CASE WHEN pair.leftKey < pair.rightKey THEN pair.rightKey ELSE pair.leftKey END,"
    " role: pair.role})",
    binds=("judgement",),
    order="judgement.judgedAt DESC, judgement.id DESC",
    many=True,
)

_LATEST = "[judgement.judgedAt, judgement.id]"

ROOTS = {
    "judgements": Relation(
        of=("Judgement",),
        match=lambda page: (
            "MATCH (judgement:Judgement) USING INDEX judgement:Judgement(judgedAt, id)"
            " WHERE judgement.judgedAt IS NOT NULL AND judgement.id IS NOT NULL"
            f"{page.bounds('judgement.judgedAt', descending=True)}"
            f"{page.within(_LATEST, descending=True)} AND {_READABLE}"
        ),
        binds=("judgement",),
        order="judgement.judgedAt DESC, judgement.id DESC",
        many=True,
        cursor=_LATEST,
        given={"status": f"AND {_STATUS} = $status"},
        arguments=(plain("status"), *paged(str, str)),
    ),
    "judgementConflicts": Relation(
        of=("JudgementConflict",),
        # A part of a contradiction contradicts nothing: it is shown whole or not at all.
        match=lambda page: (
            "MATCH (member:Judgement)-[in_force:HEEDED]->() WHERE holds(in_force)"
            f" AND in_force.conflict IS NOT NULL{page.within('[in_force.conflict]')}"
            " WITH in_force.conflict AS conflict, collect(member) AS members"
            f" WHERE all(judgement IN members WHERE {_READABLE})"
        ),
        binds=("member", "in_force", "conflict", "members"),
        order="conflict",
        many=True,
        cursor="[conflict]",
        arguments=paged(str),
    ),
}

# Asked with what the write told: the judgement's id, and those that it contradicts.
_DONE = "MATCH (judgement:Judgement {id: $id})"
PAYLOADS = {
    "JudgementRecorded": Relation(
        of=("JudgementRecorded",),
        match=f"{_DONE} WITH *, $contradictions AS contradicted",
        binds=("judgement", "contradicted"),
        arguments=(plain("id"), plain("contradictions")),
    ),
    # Several, each asked with the same as one: read in one statement, in their order.
    "JudgementRecorded, several": Relation(
        of=("JudgementRecorded",),
        match="UNWIND range(0, size($done) - 1) AS place WITH *, $done[place] AS done"
        " MATCH (judgement:Judgement {id: done.id})"
        " WITH *, done.contradictions AS contradicted",
        binds=("place", "done", "judgement", "contradicted"),
        order="place",
        many=True,
        arguments=(plain("done"),),
    ),
    "JudgementRetracted": Relation(
        of=("JudgementRetracted",), match=_DONE, binds=("judgement",), arguments=(plain("id"),)
    ),
}
