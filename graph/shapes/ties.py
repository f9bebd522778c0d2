"""What ties two people, or a person and an address: a fact that somebody said."""

from graph.shapes.days import unlearnt
from graph.shapes.evidence import SAID_BY
from graph.shapes.shape import Relation, Scalar, Shape

# Whoever or whatever more are tied to is shown and not walked through: a shelter or an office ties
# everybody to everybody. A number of this software's own; no family has so many.
HUB = 100


def pattern(tie: str = "tie") -> str:
    return f"[{tie}:RELEASED_TO|LIVES_AT]"


def since(tie: str = "tie") -> str:
    return f"coalesce({tie}.releasedOn, {tie}.validFrom, {tie}.reportedOn, {tie}.knownFrom)"


def tied(tie: str = "tie") -> str:
    """Whether the tie had begun on the day asked about, as far as was known."""
    return f"visible({tie}) AND {since(tie)} <= $asOf AND {tie}.knownFrom <= $knownAt"


def neighbours(of: str) -> str:
    """How many are tied to it, counted no further than one more than a hub may have.

    Only those that the viewer may see: what is a hub to one is a quiet house to another.
    """
    return (
        f"COUNT {{ MATCH ({of})-{pattern('beside')}-(neighbour) WHERE {tied('beside')}"
        f" RETURN DISTINCT neighbour LIMIT {HUB + 1} }}"
    )


UNTIL = "coalesce(tie.until, tie.validUntil)"

TIE = Shape(
    name="Tie",
    node="tie",
    fields={
        # Not the fact's own: a client that keeps things by id would mix a tie and its report up.
        "id": Scalar("'tie/' + tie.id"),
        "kind": Scalar("type(tie)"),
        "since": Scalar(f"toString({since()})"),
        "until": Scalar(f"CASE WHEN NOT {unlearnt(UNTIL, 'origin')} THEN toString({UNTIL}) END"),
        "from": Relation(of=("Child", "Sponsor"), subject="origin"),
        "to": Relation(of=("Sponsor", "Address"), subject="target"),
        **SAID_BY("tie"),
    },
)

SHAPES = (TIE,)
ROOTS: dict[str, Relation] = {}
