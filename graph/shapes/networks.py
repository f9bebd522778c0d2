"""The network round a sponsor, ring by ring, and exactly what was left out of it."""

from graph.shapes.asking import AS_OF, DEPTH, FIRST, KNOWN_AT, plain
from graph.shapes.days import KNOWN_AT_TEXT
from graph.shapes.identities import ASKED, bearer
from graph.shapes.shape import Relation, Scalar, Shape
from graph.shapes.ties import HUB, neighbours, pattern, tied
from graph.vocabulary.evidence import CutReason

_NUMBERS = ("one", "two", "three")


def _ring(number: int) -> str:
    """Clauses for the nodes at this distance: found, kept, and which of them are hubs."""
    this, kept = _NUMBERS[number - 1], [f"kept_{name}" for name in _NUMBERS[: number - 1]]
    found = f"MATCH (sponsor)-{pattern()}-(near) WHERE {tied()}"
    if number > 1:
        before = _NUMBERS[number - 2]
        known = "".join(f" AND NOT near IN {name}" for name in kept)
        found = (
            f"UNWIND CASE WHEN $depth >= {number} THEN open_{before} ELSE [] END AS step"
            f" MATCH (step)-{pattern()}-(near) WHERE {tied()}{known} AND near <> sponsor"
        )
    room = "".join(f" - size({name})" for name in kept)
    hubs = f"UNWIND CASE WHEN $depth > {number} THEN kept_{this} ELSE [] END AS step"
    return (
        f" WITH *, COLLECT {{ {found} RETURN DISTINCT near ORDER BY near.id }} AS ring_{this}"
        f" WITH *, ring_{this}[..($first{room})] AS kept_{this}"
        f" WITH *, COLLECT {{ {hubs} WITH step WHERE {neighbours('step')} > {HUB}"
        f" RETURN step ORDER BY step.id }} AS hubs_{this}"
        f" WITH *, [step IN kept_{this} WHERE NOT step IN hubs_{this}] AS open_{this}"
    )


_FULL = ", ".join(
    f"[{number}, '{CutReason.PAGE_FULL}', size(ring_{name}) - size(kept_{name}), null]"
    for number, name in enumerate(_NUMBERS, start=1)
)
_HUBS = " + ".join(
    f"[hub IN hubs_{name} | [{number}, '{CutReason.HUB}', null, hub]]"
    for number, name in enumerate(_NUMBERS, start=1)
)
_RINGS = (
    "".join(map(_ring, (1, 2, 3)))
    + " WITH *, [sponsor] + kept_one + kept_two + kept_three AS kept,"
    f" [one IN [{_FULL}] WHERE one[2] > 0] + {_HUBS} AS cuts"
)
_BINDS = (
    *("near", "step", "tie", "beside", "neighbour", "hub", "one", "kept", "cuts"),
    *(f"{what}_{name}" for what in ("ring", "kept", "hubs", "open") for name in _NUMBERS),
)


def network_of(find: str) -> Relation:
    """The network round a sponsor; `find` binds the sponsor where none is in scope.

    Each ring is ordered by id and cut where `first` is reached. What was cut is counted and not
    walked through, and no more is a hub.
    """
    return Relation(
        of=("SponsorNetwork",),
        match=find + _RINGS,
        binds=(*(("sponsor", *ASKED) if find else ()), *_BINDS),
        arguments=(*((plain("sponsorId"),) if find else ()), DEPTH, AS_OF, KNOWN_AT, FIRST),
    )


SPONSOR_NETWORK = Shape(
    name="SponsorNetwork",
    node="kept",
    fields={
        "sponsor": Relation(of=("Sponsor",)),
        "asOf": Scalar("toString($asOf)"),
        "knownAt": Scalar(KNOWN_AT_TEXT),
        "cut": Scalar("reduce(left_out = 0, one IN cuts | left_out + coalesce(one[2], 0))"),
        "truncated": Scalar("size(cuts) > 0"),
        "cuts": Relation(
            of=("NetworkCut",),
            match="UNWIND range(0, size(cuts) - 1) AS place WITH *, cuts[place] AS cut_out"
            " WITH *, cut_out[3] AS hub",
            binds=("place", "cut_out", "hub"),
            order="place",
            many=True,
        ),
        "nodes": Relation(
            of=("NetworkNode",),
            match="UNWIND range(0, size(kept) - 1) AS place WITH *, kept[place] AS member",
            binds=("place", "member"),
            order="place",
            many=True,
        ),
        "edges": Relation(
            of=("Tie",),
            match=f"UNWIND kept AS origin MATCH (origin)-{pattern()}->(target)"
            f" WHERE {tied()} AND target IN kept",
            binds=("origin", "tie", "target"),
            order="tie.id",
            many=True,
        ),
    },
)

_ASK_ON = (
    "CASE WHEN hub:Address THEN 'Ask childrenAtAddress(addressId: \"' + hub.id + '\") for who is"
    " said to live there, page by page.'"
    " WHEN hub:Sponsor THEN 'Ask sponsorNetwork(sponsorId: \"' + hub.id + '\", depth: 1).'"
    " WHEN hub:Child THEN 'Ask child(id: \"' + hub.id + '\") for her releases and addresses.'"
    " ELSE 'Ask with a larger `first`, 100 at most; with a smaller `depth`; or begin at a sponsor"
    " among the nodes.' END"
)

NETWORK_CUT = Shape(
    name="NetworkCut",
    node="cut_out",
    fields={
        "distance": Scalar("cut_out[0]"),
        "why": Scalar("cut_out[1]"),
        "nodes": Scalar("cut_out[2]"),
        "hub": Relation(of=("Child", "Sponsor", "Address"), subject="hub"),
        "askOn": Scalar(_ASK_ON),
    },
)

NETWORK_NODE = Shape(
    name="NetworkNode",
    node="member",
    fields={
        "distance": Scalar(
            "CASE WHEN place = 0 THEN 0 WHEN place <= size(kept_one) THEN 1"
            " WHEN place <= size(kept_one) + size(kept_two) THEN 2 ELSE 3 END"
        ),
        "node": Relation(of=("Child", "Sponsor", "Address"), subject="member"),
    },
)

SHAPES = (SPONSOR_NETWORK, NETWORK_CUT, NETWORK_NODE)
ROOTS = {"sponsorNetwork": network_of(bearer("sponsor", "Sponsor", "$sponsorId"))}
