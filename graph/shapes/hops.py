"""How two are connected in the fewest steps, whoever says so: quick, and asked before trusting."""

from graph.shapes.asking import AS_OF, KNOWN_AT, MAX_LENGTH, plain
from graph.shapes.days import KNOWN_AT_TEXT
from graph.shapes.evidence import anyone
from graph.shapes.identities import ASKED
from graph.shapes.shape import Relation, Scalar, Shape
from graph.shapes.ties import pattern, tied

SHORTEST_PATH = Shape(
    name="ShortestPath",
    node="way",
    fields={
        "length": Scalar("length(way)"),
        "asOf": Scalar("toString($asOf)"),
        "knownAt": Scalar(KNOWN_AT_TEXT),
        "steps": Relation(
            of=("PathStep",),
            match="UNWIND range(0, length(way) - 1) AS step"
            " WITH *, nodes(way)[step] AS here, nodes(way)[step + 1] AS there"
            # Two may be tied by many papers: of these always the same one is shown.
            f" WITH *, head(COLLECT {{ MATCH (here)-{pattern()}-(there) WHERE {tied()}"
            " RETURN tie ORDER BY tie.id LIMIT 1 }) AS tie"
            " WITH *, startNode(tie) AS origin, endNode(tie) AS target",
            binds=("step", "tie", "here", "there", "origin", "target"),
            order="step",
            many=True,
        ),
    },
)

PATH_STEP = Shape(
    name="PathStep",
    node="tie",
    fields={
        "from": Relation(of=("Child", "Sponsor", "Address"), subject="here"),
        "to": Relation(of=("Child", "Sponsor", "Address"), subject="there"),
        "tie": Relation(of=("Tie",)),
    },
)

SHAPES = (SHORTEST_PATH, PATH_STEP)

ROOTS = {
    "shortestPath": Relation(
        of=("ShortestPath",),
        match=f"{anyone('start', 'from')} {anyone('finish', 'to')}"
        " MATCH way = SHORTEST 1 (start)"
        f" (()-[tie:RELEASED_TO|LIVES_AT WHERE {tied()}]-()){{1,6}} (finish)"
        " WHERE length(way) <= $maxLength",
        binds=("start", "finish", "way", "tie", *ASKED),
        arguments=(plain("from"), plain("to"), MAX_LENGTH, AS_OF, KNOWN_AT),
    ),
}
