"""Safety and well-being calls 30 days after release, and who was not heard of (W1, W6).

S1: "safety and well-being calls to each child and their sponsors 30 days after release". Each leg
of each release is a call of its own. A release is one by its day; where ORR's own record gives the
day of one to a sponsor, another day on another paper is no other release. Whoever may not read
welfare is told of no call and of nobody silent: to them every call would look overdue.
"""

from graph.shapes.ageing import HER_EIGHTEENTH, ITS_BINDS
from graph.shapes.asking import AS_OF, DAYS, KNOWN_AT, paged, plain
from graph.shapes.shape import Relation, Scalar, Shape
from graph.shapes.touchpoints import CONTACTS, LAST_REACHED, LEDGER, LEDGER_BINDS
from graph.vocabulary.agencies import Source
from graph.vocabulary.evidence import SharingClass
from graph.vocabulary.welfare import (
    CALL_AFTER_DAYS,
    CallList,
    CallState,
    Leg,
    TouchOutcome,
    TouchpointKind,
)

MAY_READ = f"NOT '{SharingClass.WELFARE}' IN $withheld"
_A_MONTH = f"duration({{days: {CALL_AFTER_DAYS}}})"
_LEGS = f"['{Leg.CHILD}', '{Leg.SPONSOR}']"
_OPEN = f"['{CallState.DUE}', '{CallState.ATTEMPTED}']"

_STATE = f"""CASE
  WHEN any(tried IN tries WHERE tried[4] = '{TouchOutcome.CONCERN}')
    THEN '{CallState.REACHED_CONCERN}'
  WHEN any(tried IN tries WHERE tried[4] = '{TouchOutcome.SAFE}') THEN '{CallState.REACHED_SAFE}'
  WHEN any(tried IN tries WHERE tried[4] = '{TouchOutcome.REACHED}') THEN '{CallState.REACHED}'
  WHEN any(tried IN tries WHERE tried[4] = '{TouchOutcome.UNABLE_TO_LOCATE}')
    THEN '{CallState.UNREACHED}'
  WHEN size(tries) > 0 THEN '{CallState.ATTEMPTED}' ELSE '{CallState.DUE}' END"""

# A call whose source does not say with whom counts for neither leg. On her 18th birthday what is
# not done stops, and so does what would have fallen due from then on.
CALLS = f"""
WITH *, {HER_EIGHTEENTH} AS eighteenth, COLLECT {{
  MATCH (child)-[fact:RELEASED_TO]->(receiver)
  WHERE visible(fact:RELEASED_TO) AND fact.releasedOn <= $asOf AND fact.knownFrom <= $knownAt
    AND {MAY_READ}
  WITH receiver, collect(fact) AS papers
  UNWIND CASE WHEN any(paper IN papers WHERE paper.source = '{Source.ORR}')
    THEN [paper IN papers WHERE paper.source = '{Source.ORR}'] ELSE papers END AS paper
  RETURN DISTINCT paper.releasedOn AS released_on ORDER BY released_on
}} AS releases, COLLECT {{ {CONTACTS} }} AS touches
UNWIND range(0, size(releases) - 1) AS nth
UNWIND {_LEGS} AS leg
WITH *, releases[nth] AS released_on, releases[nth + 1] AS next_on
WITH *, released_on + {_A_MONTH} AS due_on, [tried IN touches
  WHERE tried[1] = '{TouchpointKind.CALL_30_DAY}' AND tried[2] = leg
    AND tried[3] >= released_on AND coalesce(tried[3] < next_on, true)] AS tries
WITH *, {_STATE} AS call_state
WITH *, call_state IN {_OPEN}
  AND coalesce(eighteenth <= due_on OR eighteenth <= $asOf, false) AS stopped
WITH *, call_state IN {_OPEN} AND NOT stopped AS still_open
WITH *, still_open AND $asOf > due_on AS overdue"""
CALL_BINDS = (
    *("eighteenth", "fact", "receiver", "papers", "paper", "released_on", "releases", "touches"),
    *("nth", "leg", "next_on", "due_on", "tried", "tries", "call_state", "stopped"),
    *("still_open", "overdue", "record", "once", "led", "bearer", "noted", *ITS_BINDS),
)

CALL = Shape(
    name="Call30Day",
    node="tries",
    fields={
        "child": Relation(of=("Child",)),
        "sponsor": Relation(
            of=("Sponsor",),
            match="MATCH (child)-[release:RELEASED_TO]->(sponsor:Sponsor)"
            " WHERE visible(release:RELEASED_TO) AND release.releasedOn = released_on",
            binds=("release", "sponsor"),
            order="release.source, release.id",
        ),
        "leg": Scalar("leg"),
        "releasedOn": Scalar("toString(released_on)"),
        "dueOn": Scalar("toString(due_on)"),
        "state": Scalar("call_state"),
        "attempts": Scalar(
            "size(COLLECT { UNWIND tries AS tried RETURN DISTINCT [tried[3], tried[4]] })"
        ),
        "overdue": Scalar("overdue"),
        "daysOverdue": Scalar("CASE WHEN overdue THEN duration.inDays(due_on, $asOf).days END"),
        "stopped": Scalar("stopped"),
        "touchpoints": Relation(
            of=("Touchpoint",),
            match="UNWIND tries AS touch",
            binds=("touch",),
            order="touch[3] DESC, touch[0]",
            many=True,
        ),
    },
)

CALLS_OF_A_CHILD = Relation(
    of=("Call30Day",),
    match=CALLS,
    binds=CALL_BINDS,
    order="due_on DESC, leg",
    many=True,
    arguments=(AS_OF, KNOWN_AT),
)

SILENT_CHILD = Shape(
    name="SilentChild",
    node="last_on",
    fields={
        "child": Relation(of=("Child",)),
        "lastTouchpoint": Relation(
            of=("Touchpoint",),
            match=f"{LEDGER} UNWIND touches AS touch WITH * WHERE touch[5]"
            f" AND (NOT $childOnly OR touch[2] = '{Leg.CHILD}')",
            binds=LEDGER_BINDS,
            order="touch[3] DESC, touch[0]",
        ),
        "daysSilent": Scalar("duration.inDays(last_on, $asOf).days"),
        "turnsEighteenOn": Scalar("toString(eighteenth)"),
    },
)

SHAPES = (CALL, SILENT_CHILD)

_A_YEAR = "duration({days: 365})"
_RELEASED = (
    "MATCH (child:Child)-[led_to:RELEASED_TO]->()"
    f" WHERE visible(led_to:RELEASED_TO) AND {MAY_READ} AND led_to.releasedOn <= $asOf"
)
_DUE_FROM = f"coalesce($dueFrom, $asOf - {_A_YEAR})"
_IN_RANGE = f"due_on >= {_DUE_FROM} AND coalesce(due_on < $dueUntil, true)"
_CALL_PLACE = "[due_place, child.id, leg]"
_SINCE_PLACE = "[since_place, child.id]"
# A release is a word of its own: whoever was released since is not silent.
_SILENT_SINCE = "$asOf - duration({days: $days})"
_EPOCH = "duration.inDays(date('1970-01-01'), {0}).days"

ROOTS = {
    "calls30Day": Relation(
        of=("Call30Day",),
        match=lambda page: (
            f"{_RELEASED} AND led_to.releasedOn >= {_DUE_FROM} - {_A_MONTH}"
            " WITH DISTINCT child WHERE admitted(child:Child)"
            f"{CALLS} WITH *, {_EPOCH.format('due_on')} AS due_place"
            f" WHERE still_open AND overdue = ($which = '{CallList.OVERDUE}') AND {_IN_RANGE}"
            f"{page.within(_CALL_PLACE)}"
        ),
        binds=("child", "led_to", "due_place", *CALL_BINDS),
        order="due_place, child.id, leg",
        many=True,
        cursor=_CALL_PLACE,
        given={"leg": "AND leg = $leg"},
        arguments=(
            *(plain("which"), plain("leg"), plain("dueFrom"), plain("dueUntil")),
            *(AS_OF, KNOWN_AT, *paged(int, str, str)),
        ),
    ),
    "silent": Relation(
        of=("SilentChild",),
        match=lambda page: (
            f"{_RELEASED} AND led_to.releasedOn >= coalesce($releasedFrom, $asOf - {_A_YEAR})"
            " AND coalesce(led_to.releasedOn < $releasedUntil, true)"
            f" AND led_to.releasedOn <= {_SILENT_SINCE}"
            f" WITH DISTINCT child WHERE admitted(child:Child) WITH *, {LAST_REACHED} AS last_on"
            f" WHERE last_on <= {_SILENT_SINCE} WITH *, {HER_EIGHTEENTH} AS eighteenth"
            " WHERE NOT coalesce(eighteenth <= $asOf, false)"
            f" WITH *, {_EPOCH.format('last_on')} AS since_place"
            f" WHERE true{page.within(_SINCE_PLACE)}"
        ),
        binds=(
            *("child", "led_to", "eighteenth", "last_on", "reached_on", "since_place"),
            *LEDGER_BINDS,
            *ITS_BINDS,
        ),
        order="since_place, child.id",
        many=True,
        cursor=_SINCE_PLACE,
        arguments=(
            *(DAYS, plain("childOnly"), plain("releasedFrom"), plain("releasedUntil")),
            *(AS_OF, KNOWN_AT, *paged(int, str)),
        ),
    ),
}
