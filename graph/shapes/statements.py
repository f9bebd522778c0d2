"""Where somebody says that she lives now, and whether somebody looked (REQUIREMENTS.md, A7)."""

from graph.shapes.asking import plain
from graph.shapes.shape import Relation, Scalar, Shape
from graph.shapes.touchpoints import BEARERS

# Its door, once some file that the viewer may read names it, too.
THE_SAME_DOOR = (
    "(address.building = {0}.building AND coalesce(address.unit, '') = coalesce({0}.door, ''))"
)
_RECORDED = {
    "recordedAt": "toString({0}.recordedAt)",
    "recordedBy": "{0}.recordedBy",
    "agency": "{0}.agency",
}


def _recorded(node: str) -> dict[str, Scalar]:
    return {name: Scalar(text.format(node)) for name, text in _RECORDED.items()}


def _told(node: str) -> str:
    return f"NOT {node}.sharingClass IN $withheld"


ADDRESS_STATEMENT = Shape(
    name="AddressStatement",
    node="statement",
    fields={
        "id": Scalar("statement.id"),
        "reporter": Scalar("statement.reporter"),
        "line1": Scalar("statement.line1"),
        "unit": Scalar("statement.unit"),
        "city": Scalar("statement.city"),
        "state": Scalar("statement.state"),
        "zip": Scalar("statement.zip"),
        "reportedOn": Scalar("toString(statement.reportedOn)"),
        "address": Relation(
            of=("Address",),
            match="MATCH (address:Address {building: statement.building})"
            f" WHERE written(address) AND {THE_SAME_DOOR.format('statement')}",
            binds=("address",),
            order="address.id",
        ),
        "verifications": Relation(
            of=("AddressVerification",),
            match="MATCH (verification:AddressVerification)-[:VERIFIES]->(statement)"
            f" WHERE {_told('verification')}",
            binds=("verification",),
            order="verification.on DESC, verification.id",
            many=True,
        ),
        **_recorded("statement"),
    },
)

ADDRESS_VERIFICATION = Shape(
    name="AddressVerification",
    node="verification",
    fields={
        "id": Scalar("verification.id"),
        "outcome": Scalar("verification.outcome"),
        "method": Scalar("verification.method"),
        "on": Scalar("toString(verification.on)"),
        "note": Scalar("verification.note"),
        "address": Relation(
            of=("Address",),
            match="MATCH (verification)-[:VERIFIES]->(looked:Address)"
            " OPTIONAL MATCH (looked)-[moved:REDIRECTS_TO]->(known:Address) WHERE holds(moved)"
            " WITH *, coalesce(known, looked) AS address",
            binds=("looked", "moved", "known", "address"),
        ),
        "statement": Relation(
            of=("AddressStatement",),
            match="MATCH (verification)-[:VERIFIES]->(statement:AddressStatement)"
            f" WHERE {_told('statement')}",
            binds=("statement",),
        ),
        **_recorded("verification"),
    },
)

STATEMENTS_OF_A_CHILD = Relation(
    of=("AddressStatement",),
    match=f"{BEARERS} MATCH (statement:AddressStatement)-[:STATED_OF]->(bearer)"
    f" WHERE {_told('statement')}",
    binds=("once", "led", "bearer", "statement"),
    order="statement.reportedOn DESC, statement.id",
    many=True,
)
VERIFICATIONS_OF_A_CHILD = Relation(
    of=("AddressVerification",),
    match=f"{BEARERS} MATCH (verification:AddressVerification)-[:VERIFIED_OF]->(bearer)"
    f" WHERE {_told('verification')}",
    binds=("once", "led", "bearer", "verification"),
    order="verification.on DESC, verification.id",
    many=True,
)

SHAPES = (
    ADDRESS_STATEMENT,
    ADDRESS_VERIFICATION,
    Shape("AddressStated", "statement", {"statement": Relation(of=("AddressStatement",))}),
    Shape(
        "AddressVerified", "verification", {"verification": Relation(of=("AddressVerification",))}
    ),
)
ROOTS: dict[str, Relation] = {}
PAYLOADS = {
    "AddressStated": Relation(
        of=("AddressStated",),
        match="MATCH (statement:AddressStatement {id: $id})",
        binds=("statement",),
        arguments=(plain("id"),),
    ),
    "AddressVerified": Relation(
        of=("AddressVerified",),
        match="MATCH (verification:AddressVerification {id: $id})",
        binds=("verification",),
        arguments=(plain("id"),),
    ),
}
