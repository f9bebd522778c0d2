"""ORR's triage: children of whom somebody has to decide something, each with why (W5).

S2:162: "HHS personnel are unable to determine if UCs need wellness checks or post-release
services". No score: each row lists its reasons with what they rest on, and whoever waits longest is
first.
"""

from graph.shapes.asking import AS_OF, KNOWN_AT, paged
from graph.shapes.calls import CALL_BINDS, CALLS, MAY_READ
from graph.shapes.following import seen
from graph.shapes.shape import Relation, Scalar, Shape
from graph.vocabulary.following import Actor
from graph.vocabulary.welfare import CheckState, ConcernState, TriageReason

_OPEN = f"['{ConcernState.ROUTED}', '{ConcernState.ACKNOWLEDGED}']"
# What puts a child here: each is found by an index, and is [kind, since, what it rests on].
_WAITING = f"""CALL (run) {{
  MATCH (concern:Concern)-[:CONCERNS]->(was:Child)
  WHERE concern.raisedAt IS NOT NULL AND concern.state IN {_OPEN} AND {MAY_READ}
    AND NOT concern.sharingClass IN $withheld
  RETURN was, ['{TriageReason.CONCERN}', date(concern.raisedAt), [concern.id]] AS why
  UNION ALL
  MATCH (check:WellnessCheck {{state: '{CheckState.REQUESTED}'}})-[:CHECKS_ON]->(was:Child)
  WHERE {MAY_READ} AND NOT check.sharingClass IN $withheld
  RETURN was, ['{TriageReason.WELLNESS_CHECK}', date(check.recordedAt), [check.id]] AS why
  UNION ALL
  MATCH (next:NextAction {{actor: '{Actor.ORR}'}})-[:NEXT_FOR]->(follow:FollowUp)
  MATCH (follow)-[:FOLLOWS]->(hearing:Hearing)<-[has_hearing:HAS_HEARING]-(was:Child)
  WHERE holds(has_hearing) AND {seen("follow", "hearing")} AND {MAY_READ}
  RETURN was, ['{TriageReason.FAILED_TO_APPEAR}', follow.failedOn, [follow.id, hearing.id]] AS why
}}
OPTIONAL MATCH (was)-[redirect:REDIRECTS_TO]->(heir:Child) WHERE holds(redirect)
WITH why, coalesce(heir, was) AS child WHERE admitted(child:Child) AND why[1] <= $asOf
WITH DISTINCT child, why
WITH child, collect(why) AS waiting, min(why[1]) AS since"""
_PLACE = "[since_place, child.id]"

TRIAGE_CHILD = Shape(
    name="TriageChild",
    node="waiting",
    fields={
        "child": Relation(of=("Child",)),
        "since": Scalar("toString(since)"),
        "reasons": Relation(
            of=("TriageWhy",),
            # What is wanted of a page alone: her calls that are overdue, or found something.
            match=f"""WITH *, waiting + COLLECT {{
  {CALLS}
  WITH * WHERE overdue OR call_state IN ['REACHED_CONCERN', 'UNREACHED']
  RETURN [CASE WHEN overdue THEN '{TriageReason.CALL_OVERDUE}'
    WHEN call_state = 'UNREACHED' THEN '{TriageReason.UNREACHED}'
    ELSE '{TriageReason.CALL_CONCERN}' END, due_on,
    CASE WHEN size(tries) > 0 THEN [tried IN tries | tried[0]]
      ELSE COLLECT {{ MATCH (child)-[released:RELEASED_TO]->()
        WHERE visible(released:RELEASED_TO) AND released.releasedOn = released_on
        RETURN released.id ORDER BY released.id }} END]
}} AS reasons UNWIND reasons AS reason""",
            binds=("reasons", "reason", "released", *CALL_BINDS),
            order="reason[1], reason[0], reason[2][0]",
            many=True,
        ),
    },
)

TRIAGE_WHY = Shape(
    name="TriageWhy",
    node="reason",
    fields={
        "kind": Scalar("reason[0]"),
        "since": Scalar("toString(reason[1])"),
        "evidence": Scalar("reason[2]"),
    },
)

SHAPES = (TRIAGE_CHILD, TRIAGE_WHY)

ROOTS = {
    "triage": Relation(
        of=("TriageChild",),
        match=lambda page: (
            f"{_WAITING} WITH *, duration.inDays(date('1970-01-01'), since).days AS since_place"
            f" WHERE true{page.within(_PLACE)}"
        ),
        binds=(
            *("concern", "check", "was", "why", "next", "follow", "hearing", "has_hearing"),
            *(
                "held_by",
                "holder",
                "one_class",
                "redirect",
                "heir",
                "child",
                "waiting",
                "since",
                "since_place",
            ),
        ),
        order="since_place, child.id",
        many=True,
        cursor=_PLACE,
        arguments=(AS_OF, KNOWN_AT, *paged(int, str)),
    )
}
