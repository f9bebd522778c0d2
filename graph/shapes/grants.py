"""What was opened to whom, until when, and what a second person said of it."""

from graph.shapes.asking import paged, plain
from graph.shapes.shape import Made, Relation, Scalar, Shape
from graph.vocabulary.grants import GrantKind

_OPEN = "(scope.closedAt IS NULL AND $now < scope.opensUntil)"

GRANT = Shape(
    name="Grant",
    node="scope",
    label="Scope",
    fields={
        "id": Scalar("scope.id"),
        "kind": Scalar("scope.kind"),
        "name": Scalar("scope.name"),
        "reason": Scalar("scope.reason"),
        "holders": Scalar("scope.holders"),
        "openedBy": Scalar("scope.openedBy"),
        "openedAt": Scalar("toString(scope.openedAt)"),
        "opensUntil": Scalar("toString(scope.opensUntil)"),
        "open": Scalar(_OPEN),
        "closedAt": Scalar("toString(scope.closedAt)"),
        "closedBy": Scalar("scope.closedBy"),
        "closeReason": Scalar("scope.closeReason"),
        "reviewedAt": Scalar("toString(scope.reviewedAt)"),
        "reviewedBy": Scalar("scope.reviewedBy"),
        "verdict": Scalar("scope.verdict"),
        "note": Scalar("scope.note"),
        "children": Relation(
            of=("Child",),
            match="MATCH (scope)<-[opened:WITHIN]-(child:Child) WHERE holds(opened)",
            binds=("opened", "child"),
            order="child.id",
            many=True,
        ),
    },
)

_DONE = ("GrantOpened", "GrantClosed", "BreakGlassReviewed")
SHAPES = (
    GRANT,
    *(Shape(name, "scope", {"grant": Relation(of=("Grant",))}) for name in _DONE),
    Shape("GrantRefused", "", {"reason": Made("reason"), "message": Made("message")}),
)

_LATEST = "[scope.openedAt.epochMillis, scope.id]"


def _listed(which: str) -> Relation:
    return Relation(
        of=("Grant",),
        match=lambda page: (
            "MATCH (scope:Scope) USING INDEX scope:Scope(openedAt, id)"
            " WHERE scope.openedAt IS NOT NULL AND scope.id IS NOT NULL"
            f" AND {which}{page.within(_LATEST, descending=True)}"
        ),
        binds=("scope",),
        order="scope.openedAt DESC, scope.id DESC",
        many=True,
        cursor=_LATEST,
        arguments=paged(int, str),
    )


ROOTS = {
    # What somebody opened, or holds: nobody else's.
    "grants": _listed("(scope.openedBy = $viewer OR $viewer IN scope.holders)"),
    "breakGlassToReview": _listed(
        f"scope.kind = '{GrantKind.BREAK_GLASS}' AND scope.reviewedAt IS NULL"
    ),
}

PAYLOADS = {
    name: Relation(
        of=(name,),
        match="MATCH (scope:Scope {id: $id})",
        binds=("scope",),
        arguments=(plain("id"),),
    )
    for name in _DONE
}
