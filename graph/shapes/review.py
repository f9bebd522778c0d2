"""Pairs of records that a person should look at, the most pressing first."""

from graph.shapes.asking import paged, plain
from graph.shapes.explanations import OF_A_PAIR
from graph.shapes.following import open_as_told, seen
from graph.shapes.identities import key_is_readable
from graph.shapes.judgements import ON_A_PAIR
from graph.shapes.shape import Page, Relation, Scalar, Shape
from graph.vocabulary.evidence import Decision, PairReason, SharingClass, Stake

# What makes a pair urgent may itself be what the viewer may not know.
_STAKE_RESTS_ON = {
    Stake.FAILED_TO_APPEAR: SharingClass.COURT,
    Stake.TWO_SPONSORS: SharingClass.RELEASE,
}
_TOLD = " AND ".join(
    f"NOT (stake = '{stake}' AND '{rests_on}' IN $withheld)"
    for stake, rests_on in _STAKE_RESTS_ON.items()
)
_NOTHING_WITHHELD = "size($withheld) = 0"
_WEIGHT = "pair.matchWeight"

# A follow-up of a child of either record, which the viewer may see and for all they are told is
# open. The order of the queue goes by `pair.followed` (graph.following.urging).
_IS_FOLLOWED = (
    "EXISTS { MATCH (pair_side:Record)-[side_link:DESCRIBES]->(:Child)-[side_tie:HAS_HEARING]->"
    "(side_hearing:Hearing)<-[:FOLLOWS]-(side_follow:FollowUp)"
    " WHERE pair_side.keyVersion IN [pair.leftRecord, pair.rightRecord]"
    " AND holds(side_link) AND side_link.role = pair.role AND holds(side_tie)"
    f" AND {open_as_told('side_follow')} AND {seen('side_follow', 'side_hearing')} }}"
)


def _side(side: str) -> Relation:
    return Relation(
        of=("PairSide",),
        match=f"MATCH (record:Record {{keyVersion: pair.{side}Record}})"
        " OPTIONAL MATCH (record)-[link:DESCRIBES]->(person)"
        " WHERE holds(link) AND link.role = pair.role",
        binds=("record", "link", "person"),
        order="person.id",
    )


CANDIDATE_PAIR = Shape(
    name="CandidatePair",
    node="pair",
    label="CandidatePair",
    fields={
        "id": Scalar("pair.id"),
        "role": Scalar("pair.role"),
        "matchWeight": Scalar("pair.matchWeight"),
        "matchProbability": Scalar("pair.matchProbability"),
        "decision": Scalar("pair.decision"),
        "why": Scalar("pair.why"),
        "stakes": Scalar(
            f"CASE WHEN {_IS_FOLLOWED} THEN ['{Stake.OPEN_FOLLOW_UP}'] ELSE [] END"
            f" + [stake IN pair.stakes WHERE {_TOLD}]"
        ),
        "moved": Scalar(f"CASE WHEN {_NOTHING_WITHHELD} THEN pair.moved END"),
        "modelVersion": Scalar("pair.modelVersion"),
        "left": _side("left"),
        "right": _side("right"),
        "explanation": OF_A_PAIR,
        "judgements": ON_A_PAIR,
    },
)

PAIR_SIDE = Shape(
    name="PairSide",
    node="record",
    fields={
        "record": Relation(of=("Record",)),
        "identity": Relation(of=("Child", "Sponsor"), subject="person"),
    },
)

SHAPES = (CANDIDATE_PAIR, PAIR_SIDE)

# A pair that somebody has judged waits for the next link, unless people contradict each other.
_TO_JUDGE = (
    f"(pair.why = '{PairReason.IN_CONFLICT}' OR NOT EXISTS {{"
    " MATCH (judged:Judgement {"
    "leftKey: CASE WHEN pair.leftKey < pair.rightKey THEN pair.leftKey ELSE pair.rightKey END,"
    " rightKey: CASE WHEN pair.leftKey < pair.rightKey THEN pair.rightKey ELSE pair.leftKey END,"
    " role: pair.role}) WHERE judged.retractedAt IS NULL })"
)


def _waiting(page: Page, when: str, index: str, keys: tuple[str, ...], led_by: str) -> str:
    """A page of the queue, for viewers of whom `when` is true, in the order that they may know.

    Led by an index and asking for all of its properties: it then gives the order, and a page reads
    its own rows only. `keys` are whether somebody has still to act, what is at stake, what would
    move and the match weight, as far as the viewer may know of them.
    """
    followed, stake, moved, _ = keys
    known = [key for key in keys if key != "0"]
    order = page.order(
        ", ".join(["pair.decision DESC", *(f"{key} DESC" for key in known), "pair.id"])
    )
    return (
        f"MATCH (pair:CandidatePair) USING INDEX pair:CandidatePair({index})"
        # Of the other viewers it reads nothing: no decision equals null.
        f" WHERE pair.decision = CASE WHEN {when} THEN '{Decision.REVIEW}' END"
        f"{''.join(f' AND {key} IS NOT NULL' for key in (*known, 'pair.id'))}"
        f"{page.bounds(f'-{led_by}', keys.index(led_by))}"
        f"{page.within('[' + ', '.join(f'-{key}' for key in keys) + ', pair.id]')}"
        " AND holds(pair) AND unsealed(pair) AND ($role IS NULL OR pair.role = $role)"
        f" AND {key_is_readable('pair.leftKey')} AND {key_is_readable('pair.rightKey')}"
        f" AND {_TO_JUDGE}"
        f" RETURN pair, {followed} AS is_followed, {stake} AS at_stake, {moved} AS would_move"
        f" ORDER BY {order} LIMIT {page.size} + 1"
    )


def _for_all_to_see(page: Page) -> str:
    index = "decision, followed, stake, moved, matchWeight, id"
    keys = ("pair.followed", "pair.stake", "pair.moved", _WEIGHT)
    return _waiting(page, _NOTHING_WITHHELD, index, keys, "pair.followed")


def _by_weight(page: Page) -> str:
    """Whoever may not see everything gets no order that rests on what they may not see."""
    index, keys = "decision, matchWeight, id", ("0", "0", "0", _WEIGHT)
    return _waiting(page, "size($withheld) > 0", index, keys, _WEIGHT)


ROOTS = {
    "reviewQueue": Relation(
        of=("CandidatePair",),
        match=lambda page: f"CALL (run) {{ {_for_all_to_see(page)} UNION ALL {_by_weight(page)} }}",
        binds=("pair", "judged", "is_followed", "at_stake", "would_move"),
        order="is_followed DESC, at_stake DESC, would_move DESC, pair.matchWeight DESC, pair.id",
        many=True,
        cursor="[-is_followed, -at_stake, -would_move, -pair.matchWeight, pair.id]",
        arguments=(plain("role"), *paged(int, int, int, float, str)),
    ),
}
