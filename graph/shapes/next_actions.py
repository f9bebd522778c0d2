"""What is to be done next, by whom and until when: a queue in an order that everybody can read.

By the day until which it should be done, then by how strongly the rule of the hearing's day puts
it, then by id. Whatever has no target comes last. A page is a range of an index.
"""

from datetime import date

from graph.following.chart import STATE
from graph.following.targets import LOCAL_TARGET
from graph.following.words import made_action
from graph.shapes.asking import paged, plain
from graph.shapes.following import seen, told_event
from graph.shapes.offices import ACTOR, DOCKET, OFFICE
from graph.shapes.shape import Made, Makes, Page, Relation, Scalar, Shape

_STATES = " ".join(f"WHEN '{region}' THEN {{0}}.{name}" for region, name in STATE.items())
_ORDER = "[action.sort, action.rank, action.id]"
_FOLLOW = "MATCH (action)-[:NEXT_FOR]->(follow:FollowUp)"
_OVERDUE = "coalesce(action.due < date($now), false)"

NEXT_ACTION = Shape(
    name="NextAction",
    node="action",
    label="NextAction",
    needs={"follow": _FOLLOW},
    makes=Makes(
        "head(COLLECT { MATCH (action)-[:NEXT_FOR]->(of_it:FollowUp) RETURN [action.step,"
        f" action.actor, CASE action.region {_STATES.format('of_it')} END,"
        " toString(date(action.since)), toString(of_it.failedOn)] })",
        made_action,
    ),
    fields={
        "id": Scalar("action.id"),
        "actor": Scalar("action.actor"),
        "region": Scalar("action.region"),
        "step": Scalar("action.step"),
        "office": Scalar("CASE WHEN action.office <> '' THEN action.office END"),
        "docket": Scalar("CASE WHEN action.docket <> '' THEN action.docket END"),
        "since": Scalar("toString(action.since)"),
        "due": Scalar("toString(action.due)"),
        "target": Scalar(f"CASE WHEN action.due IS NOT NULL THEN '{LOCAL_TARGET}' END"),
        "overdue": Scalar(_OVERDUE),
        "duty": Made("duty"),
        "why": Made("why"),
        "followUp": Relation(
            of=("FollowUp",),
            match=f"{_FOLLOW}-[:FOLLOWS]->(hearing:Hearing) WHERE {seen('follow', 'hearing')}",
            binds=("follow", "hearing"),
        ),
    },
)

CASELOAD = Shape(
    name="Caseload",
    node="load",
    fields={
        "actor": Scalar("load[0]"),
        "office": Scalar("CASE WHEN load[1] <> '' THEN load[1] END"),
        "docket": Scalar("CASE WHEN load[2] <> '' THEN load[2] END"),
        "region": Scalar("load[3]"),
        "step": Scalar("load[4]"),
        "open": Scalar("load[5]"),
        "overdue": Scalar("load[6]"),
        "oldestSince": Scalar("toString(load[7])"),
    },
)

SHAPES = (NEXT_ACTION, CASELOAD)

_SEEN = f"{seen('follow', 'hearing')} AND {told_event('action.step')}"
_THERE = (
    f"MATCH (action)-[:NEXT_FOR]->(follow:FollowUp)-[:FOLLOWS]->(hearing:Hearing) WHERE {_SEEN}"
)
# Of those whom somebody opened: in an emergency, or for a case.
_OPENED_BY_PEOPLE = (
    "UNWIND gate_open AS place WITH * WHERE place.holders IS NOT NULL"
    " MATCH (place)<-[within:WITHIN]-(child:Child)-[has_hearing:HAS_HEARING]->(hearing:Hearing)"
    "<-[:FOLLOWS]-(follow:FollowUp)<-[:NEXT_FOR]-(action:NextAction)"
    f" WHERE holds(within) AND holds(has_hearing) AND {_SEEN}"
)


def _by_index(page: Page, index: str = "", led: str = "") -> str:
    """A page of whoever's queue, as an index gives it; `led` is what that begins with."""
    return (
        f"MATCH (action:NextAction) USING INDEX action:NextAction(actor, {index}sort, rank, id)"
        f" WHERE action.actor = $actor{led} AND action.sort IS NOT NULL{page.bounds('action.sort')}"
        f" AND action.rank IS NOT NULL AND action.id IS NOT NULL{page.within(_ORDER)} {_THERE}"
    )


def _of_a_scope(page: Page, key: str) -> str:
    order = page.order(f"action.actor, action.{key}, action.sort, action.rank, action.id")
    return (
        f"UNWIND $scopes AS place CALL (run, place) {{"
        f" {_by_index(page, f'{key}, ', f' AND action.{key} = place')}"
        f" RETURN action AS one ORDER BY {order} LIMIT {page.size} + 1 }} RETURN one"
    )


def _in_scope(page: Page) -> str:
    opened = f"{_OPENED_BY_PEOPLE} AND action.actor = $actor{page.within(_ORDER)}"
    ways = (_of_a_scope(page, "office"), _of_a_scope(page, "docket"), _returned(opened))
    return _of_either(*ways)


def _returned(found: str) -> str:
    return f"{found} RETURN action AS one"


def _of_either(*ways: str) -> str:
    return f"CALL (run) {{ {' UNION '.join(ways)} }} WITH *, one AS action"


_ALL = f"MATCH (action:NextAction) {_THERE}"
_ALL_IN_SCOPE = _of_either(
    *(
        _returned(f"MATCH (action:NextAction) WHERE action.{key} IN $scopes {_THERE}")
        for key in ("office", "docket")
    ),
    _returned(_OPENED_BY_PEOPLE),
)
_COUNTED = (
    " WITH * WHERE $actor IS NULL OR action.actor = $actor"
    " WITH action.actor AS actor, action.office AS office, action.docket AS docket,"
    " action.region AS region, action.step AS step, count(*) AS open,"
    f" sum(CASE WHEN {_OVERDUE} THEN 1 ELSE 0 END) AS overdue, min(action.since) AS oldest"
    " WITH *, [actor, office, docket, region, step, open, overdue, oldest] AS load"
)
_BINDS = (
    *("place", "one", "action", "follow", "hearing"),
    *("within", "child", "has_hearing"),
)
_COUNTED_BINDS = ("actor", "office", "docket", "region", "step", "open", "overdue", "oldest")

ROOTS = {
    "nextActions": Relation(
        of=("NextAction",),
        match=_by_index,
        scoped=_in_scope,
        instead={
            "office": lambda page: _by_index(page, "office, ", " AND action.office = $office"),
            "docket": lambda page: _by_index(page, "docket, ", " AND action.docket = $docket"),
        },
        given={"office": "AND action.office = $office", "docket": "AND action.docket = $docket"},
        binds=_BINDS,
        # It begins with what leads the index, which then gives the order.
        order="action.actor, action.sort, action.rank, action.id",
        many=True,
        cursor="[toString(action.sort), action.rank, action.id]",
        arguments=(ACTOR, OFFICE, DOCKET, *paged(date, int, str)),
    ),
    "caseloads": Relation(
        of=("Caseload",),
        match=_ALL + _COUNTED,
        scoped=_ALL_IN_SCOPE + _COUNTED,
        binds=(*_BINDS, "load", *_COUNTED_BINDS),
        order="load[0], load[1], load[2], load[3], load[4]",
        many=True,
        arguments=(plain("actor"),),
    ),
}
