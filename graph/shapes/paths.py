"""How two are connected: the way along facts that can best be relied on (REQUIREMENTS.md, G4).

The cheapest by `graph.shapes.trust`, of all ways up to `maxLength` steps that lead through nobody
and nothing with more than HUB ties. It is looked for from both ends, half of the steps from each,
and where the halves meet: of each node the cheapest way to it is kept, for every number of steps,
and no more than WIDTH nodes at each distance, the cheapest first. So the work is bounded, and the
answer says which hubs were not walked through and whether the width was reached. From a hub itself
nothing is walked: it is come to from the other end, in half of the steps.
"""

from graph.selection import Asked
from graph.shapes.asking import AS_OF, KNOWN_AT, MAX_LENGTH, plain
from graph.shapes.days import KNOWN_AT_TEXT
from graph.shapes.evidence import anyone
from graph.shapes.identities import ASKED
from graph.shapes.shape import Argument, Relation, Scalar, Shape
from graph.shapes.ties import HUB, neighbours, pattern, tied
from graph.shapes.trust import EXPLAINED, PARTS, PARTS_BIND, added_up, agreement, crowd

WIDTH = 200

# One step on from what was reached: each is [node, cost, way, how many are tied to the node].
_ONE_STEP = (
    f"UNWIND [one IN reached WHERE size(one[2]) = number AND one[3] <= {HUB}] AS one"
    " WITH one[0] AS here, one[1] AS spent, one[2] AS way, one[3] AS tied_here"
    f" MATCH (here)-{pattern()}-(there) WHERE {tied()} AND NOT there IN way"
    f" WITH here, there, spent, way, tied_here, tie.agency AS agency, {added_up(PARTS)} AS points"
    " WITH there, way + [there] AS way, spent, tied_here, min(points) AS points,"
    " count(DISTINCT agency) AS agencies"
    f" WITH there, way, spent + points + {agreement('agencies')} + {crowd('tied_here')} AS cost"
    " ORDER BY cost, [other IN way | other.id]"
    " WITH there, head(collect([cost, way])) AS best"
    f" ORDER BY best[0], there.id LIMIT {WIDTH}"
    f" RETURN [there, best[0], best[1], {neighbours('there')}]"
)
# Written once for both ends and all steps: written out six times it took seconds to plan. Nothing
# is led through at an end itself, so that of an end nobody is counted here.
_HALVES = (
    " WITH *, [side IN [[start, steps_ahead], [finish, steps_behind]] |"
    " reduce(reached = [[side[0], 0, [side[0]], 0]], number IN range(1, side[1]) |"
    f" reached + COLLECT {{ {_ONE_STEP} }})] AS halves"
)
_MEET = (
    " WITH *, COLLECT { UNWIND [half IN halves[0] | [true, half]]"
    " + [half IN halves[1] | [false, half]] AS half"
    " WITH half ORDER BY half[1][1], size(half[1][2])"
    " WITH half[1][0] AS here, max(half[1][3]) AS tied_here,"
    " head(collect(CASE WHEN half[0] THEN half[1] END)) AS to_here,"
    " head(collect(CASE WHEN NOT half[0] THEN half[1] END)) AS from_here"
    " WHERE to_here IS NOT NULL AND from_here IS NOT NULL AND start <> finish"
    " WITH to_here, from_here,"
    " CASE WHEN here = start OR here = finish THEN 0 ELSE tied_here END AS tied_here"
    f" WHERE tied_here <= {HUB}"
    " WITH to_here[2] + tail(reverse(from_here[2])) AS way,"
    f" to_here[1] + from_here[1] + {crowd('tied_here')} AS cost"
    " RETURN [way, cost] ORDER BY cost, size(way), [other IN way | other.id] LIMIT 1 } AS ways"
    " WITH *, coalesce(ways[0][0], []) AS way, ways[0][1] AS cost,"
    " COLLECT { UNWIND [[start, tied_start], [finish, tied_finish]]"
    " + [one IN halves[0] + halves[1] | [one[0], one[3]]] AS one"
    f" WITH DISTINCT one[0] AS hub, one[1] AS tied_here WHERE tied_here > {HUB}"
    " RETURN DISTINCT hub ORDER BY hub.id } AS hubs,"
    " any(half IN halves WHERE any(number IN range(2, 4) WHERE"
    f" size([one IN half WHERE size(one[2]) = number]) = {WIDTH})) AS too_wide"
)
_BINDS = (
    *("start", "finish", "one", "here", "there", "spent", "way", "tied_here", "tie", "agency"),
    *("points", "agencies", "cost", "other", "best", "half", "to_here", "from_here", "ways"),
    *("beside", "neighbour", "hub", "hubs", "too_wide", "part", "all_parts", *PARTS_BIND),
    *("tied_start", "tied_finish", "steps_ahead", "steps_behind"),
    *("side", "reached", "number", "halves"),
)


# An end that is a hub is come to, and not gone from: the other end goes a half of the way to it.
_BEGIN = (
    f" WITH *, {neighbours('start')} AS tied_start, {neighbours('finish')} AS tied_finish"
    f" WITH *, CASE WHEN tied_start > {HUB} THEN 0 ELSE $ahead END AS steps_ahead,"
    f" CASE WHEN tied_finish > {HUB} THEN 0 WHEN tied_start > {HUB} THEN $ahead ELSE $behind END"
    " AS steps_behind"
)


def _share(called: str, more: int) -> Argument:
    def read(value: int, asked: Asked) -> int:
        steps: int = MAX_LENGTH.read(value, asked)
        return (steps + more) // 2

    return Argument("maxLength", read, called)


EVIDENCE_PATH = Shape(
    name="EvidencePath",
    node="way",
    fields={
        "found": Scalar("size(way) > 0"),
        "length": Scalar("CASE WHEN size(way) > 0 THEN size(way) - 1 END"),
        "cost": Scalar("cost"),
        "asOf": Scalar("toString($asOf)"),
        "knownAt": Scalar(KNOWN_AT_TEXT),
        "steps": Relation(
            of=("EvidenceStep",),
            match="UNWIND range(0, size(way) - 2) AS step"
            " WITH *, way[step] AS here, way[step + 1] AS there"
            f" WITH *, COLLECT {{ MATCH (here)-{pattern()}-(there) WHERE {tied()}"
            f" WITH tie, {PARTS} AS parts"
            f" RETURN [tie, parts] ORDER BY {added_up('parts')}, tie.id }} AS papers"
            " WITH *, papers[0][0] AS tie, papers[0][1] AS parts,"
            f" CASE WHEN step = 0 THEN 0 ELSE {neighbours('here')} END AS tied_here,"
            " COLLECT { UNWIND papers AS one WITH one[0] AS tie"
            " RETURN DISTINCT tie.agency ORDER BY tie.agency } AS agencies"
            f" WITH *, startNode(tie) AS origin, endNode(tie) AS target, {EXPLAINED} AS costs",
            binds=(
                *("step", "here", "there", "tie", "parts", "part", "all_parts", "papers", "one"),
                *("tied_here", "beside", "neighbour", "agencies", "origin", "target", "costs"),
                *PARTS_BIND,
            ),
            order="step",
            many=True,
        ),
        "hubs": Relation(
            of=("Child", "Sponsor", "Address"),
            match="UNWIND hubs AS hub",
            binds=("hub",),
            subject="hub",
            order="hub.id",
            limit="20",
            many=True,
        ),
        "hubsInAll": Scalar("size(hubs)"),
        "tooWide": Scalar("too_wide"),
    },
)

EVIDENCE_STEP = Shape(
    name="EvidenceStep",
    node="tie",
    fields={
        "from": Relation(of=("Child", "Sponsor", "Address"), subject="here"),
        "to": Relation(of=("Child", "Sponsor", "Address"), subject="there"),
        "tie": Relation(of=("Tie",)),
        "cost": Scalar("reduce(all_costs = 0, one IN costs | all_costs + one[1])"),
        "costs": Relation(
            of=("StepCost",),
            match="UNWIND range(0, size(costs) - 1) AS place WITH *, costs[place] AS told",
            binds=("place", "told"),
            order="place",
            many=True,
        ),
        "agencies": Scalar("agencies"),
        "papers": Scalar("size(papers)"),
    },
)

STEP_COST = Shape(
    name="StepCost",
    node="told",
    fields={
        "reason": Scalar("told[0]"),
        "points": Scalar("told[1]"),
        "because": Scalar("told[2]"),
    },
)

SHAPES = (EVIDENCE_PATH, EVIDENCE_STEP, STEP_COST)

ROOTS = {
    "evidencePath": Relation(
        of=("EvidencePath",),
        match=f"{anyone('start', 'from')} {anyone('finish', 'to')}{_BEGIN}{_HALVES}{_MEET}",
        binds=(*_BINDS, *ASKED),
        arguments=(
            *(plain("from"), plain("to"), _share("ahead", 1), _share("behind", 0)),
            *(AS_OF, KNOWN_AT),
        ),
    ),
}
