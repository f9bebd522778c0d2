"""Follow-ups: where each region stands, what was done by whom, and on which words.

A follow-up is there for whoever may see its hearing and a word of a class open to them that she
failed to appear at it. Its child is whoever has the hearing now. What ORR does after it has heard
is told to those who may read welfare alone: the others are told WITH_ORR, and neither how many
steps ORR took nor when it was done.
"""

from datetime import date

from graph.following.chart import CHART, STATE
from graph.following.words import made_duties, made_step_duty
from graph.shapes.asking import SINCE, UNTIL, paged, plain
from graph.shapes.evidence import READABLE
from graph.shapes.identities import ASKED, bearer
from graph.shapes.offices import DOCKET, OFFICE
from graph.shapes.shape import Made, Makes, Page, Relation, Scalar, Shape
from graph.vocabulary.evidence import SharingClass
from graph.vocabulary.following import ACTOR_OF, FollowUpState, Region

_WITHHELD = f"'{SharingClass.WELFARE}' IN $withheld"
_ORRS_OWN = [str(place.name) for place in CHART.places.values() if place.with_orr]
# Steps that only lead on from where it is ORR's own.
_ORRS_STEPS = [
    str(event)
    for event, move in CHART.moves.items()
    if all(CHART.places[state].with_orr for state in move.origins)
]
_STATE = (
    f"CASE WHEN {_WITHHELD} THEN CASE WHEN follow.handedOverAt IS NULL THEN 'OPEN' ELSE 'WITH_ORR'"
    " END WHEN follow.closedAt IS NULL THEN 'OPEN' ELSE 'CLOSED' END"
)


def open_as_told(follow: str) -> str:
    """Whether somebody has still to act, for all that whoever asks is told of it."""
    return f"CASE WHEN {_WITHHELD} THEN {follow}.handedOverAt ELSE {follow}.closedAt END IS NULL"


_WAYS = ("place", "one", "within", "child", "has_hearing")
_LAST = [str(place.name) for place in CHART.places.values() if place.last]


def seen(follow: str, hearing: str) -> str:
    """Whether a follow-up is there for whoever asks."""
    return (
        f"admitted({hearing}:Hearing) AND NOT EXISTS {{"
        f" MATCH ({hearing})<-[held_by:HAS_HEARING]-(holder:Child)"
        " WHERE holds(held_by) AND NOT unsealed(holder) }"
        f" AND any(one_class IN {follow}.classes WHERE NOT one_class IN $withheld)"
    )


def told_event(event: str) -> str:
    """Whether a step is told, by its event."""
    return f"NOT ({_WITHHELD} AND {event} IN {_ORRS_STEPS})"


# `[region, state, since, version]`, as far as it is told.
def _standing(region: Region) -> Relation:
    name = STATE[region]
    whole = f"['{region}', follow.{name}, follow.{name}Since, follow.{name}Version]"
    hidden = f"['{region}', '{FollowUpState.WITH_ORR}', null, null]"
    told = f"CASE WHEN {_WITHHELD} AND follow.{name} IN {_ORRS_OWN} THEN {hidden} ELSE {whole} END"
    return Relation(
        of=("FollowUpRegion",), match=f"WITH *, {told} AS standing", binds=("standing",)
    )


FOLLOW_UP_REGION = Shape(
    name="FollowUpRegion",
    node="standing",
    fields={
        "region": Scalar("standing[0]"),
        "state": Scalar("standing[1]"),
        "since": Scalar("toString(standing[2])"),
        "version": Scalar("standing[3]"),
        "ended": Scalar(f"standing[1] IN {_LAST}"),
    },
)

# Names of their own: a count sees what is bound round it.
_EARLIER = (
    "MATCH (follow)-[:FOLLOWS]->(:Hearing)<-[tie_now:HAS_HEARING]-(whose:Child)"
    "-[tie_then:HAS_HEARING]->(heard_then:Hearing)<-[:FOLLOWS]-(earlier:FollowUp)"
    " WHERE holds(tie_now) AND holds(tie_then)"
    " AND [earlier.failedOn, earlier.id] < [follow.failedOn, follow.id]"
    f" AND {seen('earlier', 'heard_then')}"
)

FOLLOW_UP = Shape(
    name="FollowUp",
    node="follow",
    label="FollowUp",
    makes=Makes("toString(follow.failedOn)", made_duties),
    fields={
        "id": Scalar("follow.id"),
        "failedOn": Scalar("toString(follow.failedOn)"),
        "court": Scalar("follow.court"),
        "office": Scalar("follow.office"),
        "docket": Scalar("follow.docket"),
        "openedAt": Scalar("toString(follow.openedAt)"),
        "state": Scalar(_STATE),
        "handedOverAt": Scalar("toString(follow.handedOverAt)"),
        "closedAt": Scalar(f"CASE WHEN NOT {_WITHHELD} THEN toString(follow.closedAt) END"),
        **{STATE[region]: _standing(region) for region in Region},
        "hearing": Relation(
            of=("Hearing",),
            match="MATCH (follow)-[:FOLLOWS]->(hearing:Hearing)",
            binds=("hearing",),
        ),
        "child": Relation(
            of=("Child",),
            match="MATCH (follow)-[:FOLLOWS]->(:Hearing)<-[has_hearing:HAS_HEARING]-(child:Child)"
            " WHERE holds(has_hearing)",
            binds=("child", "has_hearing"),
            order="child.id",
        ),
        "steps": Relation(
            of=("FollowUpStep",),
            match="MATCH (follow)<-[:STEP_OF]-(step:FollowUpStep)"
            f" WHERE {told_event('step.event')}",
            binds=("step",),
            order="step.at, step.number",
            many=True,
        ),
        "nextActions": Relation(
            of=("NextAction",),
            match="MATCH (follow)<-[:NEXT_FOR]-(action:NextAction)"
            f" WHERE {told_event('action.step')}",
            binds=("action",),
            order="action.sort, action.rank, action.id",
            many=True,
        ),
        "corrections": Relation(
            of=("AddressCorrection",),
            match="MATCH (follow)<-[:CORRECTS_FOR]-(correction:AddressCorrection)",
            binds=("correction",),
            order="correction.draftedAt DESC, correction.id",
            many=True,
        ),
        "dutyToInform": Made("to_inform"),
        "dutyToTell": Made("to_tell"),
        "stillStated": Scalar(
            "EXISTS { MATCH (follow)-[:FOLLOWS]->(:Hearing)<-[heard:REPORTS]-()"
            " WHERE visible(heard:REPORTS) AND heard.appearance = 'FAILED_TO_APPEAR' }"
        ),
        "previous": Relation(
            of=("FollowUp",),
            match=_EARLIER,
            binds=("tie_now", "whose", "tie_then", "heard_then", "earlier"),
            same={"follow": "earlier"},
            order="earlier.failedOn DESC, earlier.id DESC",
        ),
        "earlierFailures": Scalar(f"COUNT {{ {_EARLIER} }}"),
    },
)

FOLLOW_UP_STEP = Shape(
    name="FollowUpStep",
    node="step",
    makes=Makes(
        "[step.event, head(COLLECT { MATCH (step)-[:STEP_OF]->(of_it:FollowUp)"
        " RETURN toString(of_it.failedOn) })]",
        made_step_duty,
    ),
    fields={
        "id": Scalar("step.id"),
        "event": Scalar("step.event"),
        "region": Scalar("step.region"),
        "from": Scalar("step.from"),
        "to": Scalar(
            f"CASE WHEN {_WITHHELD} AND step.to IN {_ORRS_OWN}"
            f" THEN '{FollowUpState.WITH_ORR}' ELSE step.to END"
        ),
        "at": Scalar("toString(step.at)"),
        "by": Scalar(
            "CASE step.role "
            + " ".join(f"WHEN '{role}' THEN '{actor}'" for role, actor in ACTOR_OF.items())
            + " ELSE step.role END"
        ),
        "actor": Scalar("step.actor"),
        "reason": Scalar("step.reason"),
        "duty": Made("duty"),
        "evidence": Relation(
            of=("Address", "Record"),
            match="UNWIND coalesce(step.evidence, []) AS wanted CALL (run, wanted) {"
            f" {bearer('found', 'Address', 'wanted')} RETURN found"
            f" UNION MATCH (record:Record {{keyVersion: wanted}}) WHERE {READABLE}"
            " AND admitted(record:Record) RETURN record AS found }",
            binds=("wanted", "found", "record", *ASKED),
            subject="found",
            order="wanted",
            many=True,
        ),
    },
)


def _made_duty(name: str) -> Shape:
    fields = ("rule", "force", "words", "citation", "since", "beside")
    return Shape(name, "", {one: Made(one) for one in fields})


DUTY = _made_duty("FollowUpDuty")
READ_BESIDE = Shape(
    "DutyReading", "", {one: Made(one) for one in ("rule", "words", "citation", "means")}
)

SHAPES = (FOLLOW_UP, FOLLOW_UP_REGION, FOLLOW_UP_STEP, DUTY, READ_BESIDE)

_ORDER = "[follow.failedOn, follow.id]"
_SEEN = f"MATCH (follow)-[:FOLLOWS]->(hearing:Hearing) WHERE {seen('follow', 'hearing')}"
_CHOSEN = (
    f" AND ($state IS NULL OR $state = {_STATE})"
    " AND ($court IS NULL OR follow.court = $court)"
    " AND follow.failedOn >= $since AND follow.failedOn < $until"
)


def _by_index(page: Page, index: str, led: str = "") -> str:
    """A page of those that an index gives in order; `led` is what that begins with."""
    return (
        f"MATCH (follow:FollowUp) USING INDEX follow:FollowUp({index}) WHERE {led}"
        f" follow.failedOn IS NOT NULL{page.bounds('follow.failedOn')} AND follow.id IS NOT NULL"
        f"{page.within(_ORDER)} {_SEEN}{_CHOSEN}"
    )


def _of_a_scope(page: Page, key: str) -> str:
    found = _by_index(page, f"{key}, failedOn, id", f"follow.{key} = place AND")
    order = page.order(f"follow.{key}, follow.failedOn, follow.id")
    return (
        f"UNWIND $scopes AS place CALL (run, place) {{ {found}"
        f" RETURN follow AS one ORDER BY {order} LIMIT {page.size} + 1 }} RETURN one"
    )


# Also of those whom somebody opened: in an emergency, or for a case.
def _opened_by_people(page: Page) -> str:
    return (
        "UNWIND gate_open AS place WITH * WHERE place.holders IS NOT NULL"
        " MATCH (place)<-[within:WITHIN]-(child:Child)-[has_hearing:HAS_HEARING]->(hearing:Hearing)"
        "<-[:FOLLOWS]-(follow:FollowUp) WHERE holds(within) AND holds(has_hearing)"
        f" AND {seen('follow', 'hearing')}{_CHOSEN}{page.within(_ORDER)} RETURN follow AS one"
    )


def _in_scope(page: Page) -> str:
    ways = (_of_a_scope(page, "office"), _of_a_scope(page, "docket"), _opened_by_people(page))
    return f"CALL (run) {{ {' UNION '.join(ways)} }} WITH *, one AS follow"


FOLLOW_UPS_OF_A_CHILD = Relation(
    of=("FollowUp",),
    match="MATCH (child)-[has_hearing:HAS_HEARING]->(hearing:Hearing)<-[:FOLLOWS]-(follow:FollowUp)"
    f" WHERE holds(has_hearing) AND {seen('follow', 'hearing')}",
    binds=("has_hearing", "hearing", "follow"),
    order="follow.failedOn, follow.id",
    many=True,
)
FOLLOW_UP_OF_A_HEARING = Relation(
    of=("FollowUp",),
    match=f"MATCH (hearing)<-[:FOLLOWS]-(follow:FollowUp) WHERE {seen('follow', 'hearing')}",
    binds=("follow",),
)

ROOTS = {
    "followUp": Relation(
        of=("FollowUp",),
        match=f"MATCH (follow:FollowUp {{id: $id}}) {_SEEN}",
        binds=("follow", "hearing"),
        arguments=(plain("id"),),
    ),
    "followUps": Relation(
        of=("FollowUp",),
        match=lambda page: _by_index(page, "failedOn, id"),
        scoped=_in_scope,
        instead={
            "office": lambda page: _by_index(
                page, "office, failedOn, id", "follow.office = $office AND"
            ),
            "docket": lambda page: _by_index(
                page, "docket, failedOn, id", "follow.docket = $docket AND"
            ),
        },
        given={
            "office": "AND follow.office = $office",
            "docket": "AND follow.docket = $docket",
        },
        binds=(*_WAYS, "follow", "hearing"),
        order="follow.failedOn, follow.id",
        many=True,
        cursor="[toString(follow.failedOn), follow.id]",
        arguments=(
            *(plain("state"), plain("court"), OFFICE, DOCKET, SINCE, UNTIL),
            *paged(date, str),
        ),
    ),
}
