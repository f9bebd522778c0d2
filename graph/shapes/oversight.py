"""Tables for oversight, as they were published: nothing is counted when somebody asks."""

import json
from dataclasses import dataclass
from typing import Any

from graph.figures.hiding import Shown
from graph.shapes.asking import plain
from graph.shapes.shape import Argument, Made, Makes, Relation, Scalar, Shape


@dataclass(frozen=True, slots=True)
class Divided:
    dimension: str
    value: str


@dataclass(frozen=True, slots=True)
class Figure:
    """A count with what it is of, what it is a part of, and what it means."""

    of: list[Divided]
    numerator: Shown
    denominator: Shown | None
    table: "Read"

    @property
    def as_of(self) -> str:
        return self.table.as_of

    @property
    def definition(self) -> str:
        return self.table.definition

    @property
    def sources(self) -> list[str]:
        return self.table.sources


@dataclass(frozen=True, slots=True)
class Read:
    """A published table, read from its text."""

    as_of: str
    definition: str
    method: str
    sources: list[str]
    rows: list[dict[str, Any]]

    @property
    def figures(self) -> list[Figure]:
        return [
            Figure(
                [Divided(*one) for one in row["of"]],
                Shown(*row["numerator"]),
                row["denominator"] and Shown(*row["denominator"]),
                self,
            )
            for row in self.rows
        ]


def made_table(text: str) -> Read:
    """A published table, from its text."""
    read = json.loads(text)
    said = (read[name] for name in ("asOf", "definition", "method", "sources", "figures"))
    return Read(*said)


OVERSIGHT_TABLE = Shape(
    name="OversightTable",
    node="table",
    label="OversightTable",
    makes=Makes("table.text", made_table),
    fields={
        "id": Scalar("table.id"),
        "kind": Scalar("table.kind"),
        "asOf": Scalar("toString(table.asOf)"),
        "sha256": Scalar("table.sha256"),
        "definition": Made("definition"),
        "sources": Made("sources"),
        "method": Made("method"),
        "figures": Made("figures"),
    },
)
OVERSIGHT_FIGURE = Shape(
    name="OversightFigure",
    node="",
    fields={
        "of": Made("of"),
        "numerator": Made("numerator"),
        "denominator": Made("denominator"),
        "asOf": Made("as_of"),
        "definition": Made("definition"),
        "sources": Made("sources"),
    },
)
FIGURE_DIMENSION = Shape(
    name="FigureDimension",
    node="",
    fields={"dimension": Made("dimension"), "value": Made("value")},
)
SHOWN_COUNT = Shape(
    name="ShownCount",
    node="",
    fields={"low": Made("low"), "high": Made("high"), "suppressed": Made("suppressed")},
)

SHAPES = (OVERSIGHT_TABLE, OVERSIGHT_FIGURE, FIGURE_DIMENSION, SHOWN_COUNT)

_BY = Argument("asOf", lambda value, asked: value or asked.today)
_UPON = "WHERE table.asOf <= $asOf"

ROOTS = {
    "oversightTables": Relation(
        of=("OversightTable",),
        match=f"MATCH (newest:OversightTable) {_UPON.replace('table', 'newest')}"
        " WITH run, max(newest.asOf) AS day MATCH (table:OversightTable {asOf: day})",
        binds=("newest", "day", "table"),
        order="table.kind",
        many=True,
        arguments=(_BY,),
    ),
    "oversightTable": Relation(
        of=("OversightTable",),
        match=f"MATCH (table:OversightTable {{kind: $kind}}) {_UPON}",
        binds=("table",),
        order="table.asOf DESC",
        arguments=(plain("kind"), _BY),
    ),
}
