"""Form I-830, Notice to EOIR: Alien Address: from ERO's draft to the court (REQUIREMENTS.md, A5).

The documents give no list of its fields. What is kept is which address is told, on which evidence,
among which others, and who did what when.
"""

from graph.shapes.asking import plain
from graph.shapes.evidence import READABLE
from graph.shapes.identities import ASKED, bearer
from graph.shapes.shape import Made, Relation, Scalar, Shape

_REFUSED = ("reason", "message", "whose", "state", "legal")
_MOMENTS = ("drafted", "provided", "filed", "returned", "replaced")


def _addresses(names: str, *, many: bool) -> Relation:
    return Relation(
        of=("Address",),
        match=f"UNWIND range(0, size({names}) - 1) AS place WITH *, {names}[place] AS wanted"
        f" CALL (run, wanted) {{ {bearer('address', 'Address', 'wanted')} RETURN address }}",
        binds=("place", "wanted", "address", *ASKED),
        order="place",
        many=many,
    )


ADDRESS_CORRECTION = Shape(
    name="AddressCorrection",
    node="correction",
    label="AddressCorrection",
    fields={
        "id": Scalar("correction.id"),
        "state": Scalar("correction.state"),
        **{f"{one}At": Scalar(f"toString(correction.{one}At)") for one in _MOMENTS},
        **{f"{one}By": Scalar(f"correction.{one}By") for one in _MOMENTS},
        "reason": Scalar("correction.reason"),
        "address": _addresses("[correction.address]", many=False),
        "candidates": _addresses("correction.candidates", many=True),
        "evidence": Relation(
            of=("Record",),
            match="UNWIND correction.evidence AS wanted"
            f" MATCH (record:Record {{keyVersion: wanted}}) WHERE {READABLE}",
            binds=("wanted", "record"),
            order="record.keyVersion",
            many=True,
        ),
        "followUp": Relation(
            of=("FollowUp",),
            match="MATCH (correction)-[:CORRECTS_FOR]->(follow:FollowUp)",
            binds=("follow",),
        ),
    },
)

SHAPES = (
    ADDRESS_CORRECTION,
    Shape(
        "FollowUpAdvanced",
        "step",
        {
            "step": Relation(of=("FollowUpStep",)),
            "followUp": Relation(
                of=("FollowUp",),
                match="MATCH (step)-[:STEP_OF]->(follow:FollowUp)",
                binds=("follow",),
            ),
        },
    ),
    Shape("I830Recorded", "correction", {"correction": Relation(of=("AddressCorrection",))}),
    Shape(
        "FollowUpRefused",
        "",
        {one: Made(one) for one in _REFUSED},
    ),
)
ROOTS: dict[str, Relation] = {}
PAYLOADS = {
    "FollowUpAdvanced": Relation(
        of=("FollowUpAdvanced",),
        match="MATCH (step:FollowUpStep {id: $id})",
        binds=("step",),
        arguments=(plain("id"),),
    ),
    "I830Recorded": Relation(
        of=("I830Recorded",),
        match="MATCH (:FollowUpStep {id: $id})-[:STEP_OF]->(:FollowUp)"
        "<-[:CORRECTS_FOR]-(correction:AddressCorrection)"
        " WHERE $id IN correction.steps",
        binds=("correction",),
        arguments=(plain("id"),),
    ),
}
