"""What somebody is worried about, to whom it went, and what became of it (REQUIREMENTS.md §7.6)."""

from graph.shapes.asking import paged, plain
from graph.shapes.shape import Relation, Scalar, Shape
from graph.shapes.touchpoints import BEARERS

_OPEN_TO_THEM = "NOT concern.sharingClass IN $withheld"
# Of whom it was, by what she has become: whoever may not know of her may not of this.
ITS_CHILD = (
    "MATCH (concern)-[:CONCERNS]->(asked:Child)"
    " OPTIONAL MATCH (asked)-[redirect:REDIRECTS_TO]->(heir:Child) WHERE holds(redirect)"
    " WITH *, coalesce(heir, asked) AS child WHERE admitted(child:Child)"
)
_BINDS = ("asked", "redirect", "heir", "child")
OF_A_NOTICE = Relation(
    of=("Concern",),
    match=f"MATCH (notice)-[:ABOUT]->(concern:Concern) WHERE {_OPEN_TO_THEM} {ITS_CHILD}",
    binds=("concern", *_BINDS),
)

CONCERN = Shape(
    name="Concern",
    node="concern",
    fields={
        "id": Scalar("concern.id"),
        "kind": Scalar("concern.kind"),
        "text": Scalar("concern.text"),
        "state": Scalar("concern.state"),
        "version": Scalar("concern.version"),
        "routedTo": Scalar("concern.routedTo"),
        "raisedAt": Scalar("toString(concern.raisedAt)"),
        "raisedBy": Scalar("concern.recordedBy"),
        "raisedAs": Scalar("concern.role"),
        "child": Relation(of=("Child",), match=ITS_CHILD, binds=_BINDS),
        "address": Relation(
            of=("Address",),
            match="MATCH (address:Address {id: concern.address})",
            binds=("address",),
        ),
        "steps": Relation(
            of=("ConcernStep",),
            match="MATCH (step:ConcernStep)-[:STEP_OF]->(concern)",
            binds=("step",),
            order="step.recordedAt, CASE WHEN step.state = 'RAISED' THEN 0 ELSE 1 END, step.id",
            many=True,
        ),
    },
)

CONCERN_STEP = Shape(
    name="ConcernStep",
    node="step",
    fields={
        "id": Scalar("step.id"),
        "state": Scalar("step.state"),
        "agencies": Scalar("step.agencies"),
        "text": Scalar("step.text"),
        "rule": Scalar("step.rule"),
        "at": Scalar("toString(step.recordedAt)"),
        "by": Scalar("step.recordedBy"),
        "role": Scalar("step.role"),
    },
)

CONCERNS_OF_A_CHILD = Relation(
    of=("Concern",),
    match=f"{BEARERS} MATCH (concern:Concern)-[:CONCERNS]->(bearer) WHERE {_OPEN_TO_THEM}",
    binds=("once", "led", "bearer", "concern"),
    order="concern.raisedAt DESC, concern.id",
    many=True,
)

SHAPES = (
    CONCERN,
    CONCERN_STEP,
    # Who raises it learns that it is kept, and nothing that is in it.
    Shape(
        "ConcernRaised",
        "concern",
        {
            "reference": Scalar("concern.id"),
            "raisedAt": Scalar("toString(concern.raisedAt)"),
        },
    ),
    Shape("ConcernAdvanced", "concern", {"concern": Relation(of=("Concern",))}),
)

_PLACE = "[concern.raisedAt.epochMillis, concern.id]"

ROOTS = {
    "concern": Relation(
        of=("Concern",),
        match=f"MATCH (concern:Concern {{id: $id}}) WHERE {_OPEN_TO_THEM} {ITS_CHILD}",
        binds=("concern", *_BINDS),
        arguments=(plain("id"),),
    ),
    "concerns": Relation(
        of=("Concern",),
        match=lambda page: (
            "MATCH (concern:Concern) USING INDEX concern:Concern(raisedAt, id)"
            " WHERE concern.raisedAt IS NOT NULL AND concern.id IS NOT NULL"
            f" AND {_OPEN_TO_THEM}{page.within(_PLACE)} {ITS_CHILD}"
        ),
        binds=("concern", *_BINDS),
        order="concern.raisedAt, concern.id",
        many=True,
        cursor=_PLACE,
        given={"state": "AND concern.state = $state"},
        arguments=(plain("state"), *paged(int, str)),
    ),
}

PAYLOADS = {
    name: Relation(
        of=(name,),
        match="MATCH (concern:Concern {id: $id})",
        binds=("concern",),
        arguments=(plain("id"),),
    )
    for name in ("ConcernRaised", "ConcernAdvanced")
}
