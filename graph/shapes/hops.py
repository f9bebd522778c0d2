"""How two are connected in the fewest steps, whoever says so: quick, and asked before trusting.

Neo4j's own search for shortest paths cannot ask of each step what must be asked for a viewer who
may not see everybody (it has no subqueries there): for them each ring round the start is found
from the one before, and whoever was reached is not come to again.
"""

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
        "length": Scalar("size(way) - 1"),
        "asOf": Scalar("toString($asOf)"),
        "knownAt": Scalar(KNOWN_AT_TEXT),
        "steps": Relation(
            of=("PathStep",),
            match="UNWIND range(0, size(way) - 2) AS step"
            " WITH *, way[step] AS here, way[step + 1] AS there"
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

_ENDS = f"{anyone('start', 'from')} {anyone('finish', 'to')}"
# Of those reached at this distance, who is next: each is [node, the way to it].
_NEXT = (
    "UNWIND [one IN reached WHERE size(one[1]) = number] AS one"
    f" WITH one[0] AS here, one[1] AS so_far MATCH (here)-{pattern()}-(there)"
    f" WHERE {tied()} AND NOT there IN [one IN reached | one[0]]"
    " WITH there, so_far ORDER BY [one IN so_far | one.id]"
    " WITH there, head(collect(so_far)) AS so_far ORDER BY there.id"
    " RETURN [there, so_far + [there]]"
)

ROOTS = {
    "shortestPath": Relation(
        of=("ShortestPath",),
        match=f"{_ENDS} MATCH trail = SHORTEST 1 (start)"
        f" (()-[tie:RELEASED_TO|LIVES_AT WHERE {tied()}]-()){{1,6}} (finish)"
        " WHERE length(trail) <= $maxLength WITH *, nodes(trail) AS way",
        scoped=f"{_ENDS} WITH *, reduce(reached = [[start, [start]]],"
        f" number IN range(1, $maxLength) | reached + COLLECT {{ {_NEXT} }}) AS reached"
        " WITH *, head([one IN reached WHERE one[0] = finish | one[1]]) AS way"
        " WHERE size(way) > 1",
        binds=(
            *("start", "finish", "trail", "way", "tie", "here", "there", "so_far"),
            *("one", "reached", "number", *ASKED),
        ),
        arguments=(plain("from"), plain("to"), MAX_LENGTH, AS_OF, KNOWN_AT),
    ),
}
