"""An address as somebody reported it: when a report counts, and what it says."""

from graph.shapes.days import unlearnt
from graph.shapes.evidence import SAID_BY
from graph.shapes.shape import Relation, Scalar, Shape

HEARD_BY_THEN = "visible(fact:LIVES_AT) AND fact.reportedOn <= $asOf AND fact.knownFrom <= $knownAt"
# A stay that begins after the day asked about says nothing about that day.
BEGUN = "coalesce(fact.validFrom <= $asOf, true)"


def ended(child: str) -> str:
    """Whether the stay was over on the day asked about, as far as was known."""
    return (
        f"(coalesce(fact.validUntil <= $asOf, false) AND NOT {unlearnt('fact.validUntil', child)})"
    )


ADDRESS_REPORT = Shape(
    name="AddressReport",
    node="fact",
    fields={
        "id": Scalar("fact.id"),
        "kind": Scalar("fact.kind"),
        "validFrom": Scalar("toString(fact.validFrom)"),
        "validUntil": Scalar(
            f"CASE WHEN NOT {unlearnt('fact.validUntil', 'resident')}"
            " THEN toString(fact.validUntil) END"
        ),
        "reportedOn": Scalar("toString(fact.reportedOn)"),
        "address": Relation(of=("Address",)),
        "resident": Relation(of=("Child", "Sponsor"), subject="resident"),
        **SAID_BY("fact"),
    },
)

SHAPES = (ADDRESS_REPORT,)
ROOTS: dict[str, Relation] = {}
