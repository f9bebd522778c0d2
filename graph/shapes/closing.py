"""What shows that a recommendation was followed, from the ledger of what was done alone.

Whoever oversees may see nobody. So this reads follow-ups, their steps and notices, and neither a
child nor a paper; only whether a hearing's child is sealed is looked at, to leave her out.
"""

from datetime import date
from typing import Any, Final

from graph.reports.closure import MOST_CASES, made_closure
from graph.reports.recommendations import recommendations
from graph.selection import Asked, UnanswerableError
from graph.shapes.shape import Argument, Made, Makes, Relation, Shape
from graph.vocabulary.closure import ClosureMeasure
from graph.vocabulary.following import FollowUpEvent
from graph.vocabulary.identifiers import public_id
from graph.vocabulary.notices import NoticeKind
from graph.vocabulary.reports import NOT_STATED

_STEPS: Final = {
    FollowUpEvent.NOTIFY_ORR: ClosureMeasure.ORR_TOLD,
    FollowUpEvent.START_SEARCH: ClosureMeasure.SEARCHED,
    FollowUpEvent.FIND_NO_ALTERNATE: ClosureMeasure.SEARCHED,
    FollowUpEvent.FIND_ALTERNATE: ClosureMeasure.ADDRESS_FOUND,
    FollowUpEvent.FILE_I830: ClosureMeasure.FORM_FILED,
    FollowUpEvent.UPDATE_PLANET: ClosureMeasure.PLANET_ENTERED,
    FollowUpEvent.UPDATE_EARM: ClosureMeasure.EARM_ENTERED,
}
_NOTICES: Final = (
    (NoticeKind.FOJC_INFORM, "raisedAt", "sentAt", ClosureMeasure.FOJC_NOTICE_SENT),
    (NoticeKind.FOJC_INFORM, "sentAt", "acknowledgedAt", ClosureMeasure.FOJC_NOTICE_ACKNOWLEDGED),
    (NoticeKind.ORR_NOTICE, "raisedAt", "sentAt", ClosureMeasure.ORR_NOTICE_SENT),
    (NoticeKind.ORR_NOTICE, "sentAt", "acknowledgedAt", ClosureMeasure.ORR_NOTICE_ACKNOWLEDGED),
)
_SINCE, _UNTIL = (f"datetime({{date: ${day}, timezone: 'Z'}})" for day in ("since", "until"))
_OPEN: Final = (
    "NOT EXISTS { MATCH (follow)-[:FOLLOWS]->(kept_back:Sealed) }"
    " AND NOT EXISTS { MATCH (follow)-[:FOLLOWS]->()<-[:HAS_HEARING]-(kept_back:Sealed) }"
)
_OFFICE: Final = f"coalesce(follow.office, '{NOT_STATED}')"


def _within(moment: str) -> str:
    return f"{moment} >= {_SINCE} AND {moment} < {_UNTIL}"


def _row(measure: str, since: str, moment: str) -> str:
    """How many of a measure, by office, quarter of its moment, and days since another day."""
    return (
        f"RETURN {measure} AS measure, {_OFFICE} AS office,"
        f" toString({moment}.year) + '-Q' + toString({moment}.quarter) AS quarter,"
        f" duration.inDays({since}, date({moment})).days AS days, count(*) AS many"
    )


def _case_of(name: str) -> str:
    told = " ".join(f"WHEN '{event}' THEN '{measure}'" for event, measure in _STEPS.items())
    return f"CASE {name}.event {told} END"


# To find an address is to have looked for one.
_FIRST: Final = (
    "MATCH (follow)<-[:STEP_OF]-(step:FollowUpStep)"
    f" WHERE step.event IN {[str(one) for one in _STEPS]} AND step.at < {_UNTIL}"
    f" UNWIND CASE step.event WHEN '{FollowUpEvent.FIND_ALTERNATE}'"
    f" THEN ['{ClosureMeasure.ADDRESS_FOUND}', '{ClosureMeasure.SEARCHED}']"
    f" ELSE [{_case_of('step')}] END AS measure"
    " WITH follow, measure, min(step.at) AS first_at"
)
_ROWS: Final = " UNION ALL ".join(
    [
        f"MATCH (follow:FollowUp) WHERE {_within('follow.openedAt')} AND {_OPEN} "
        + _row(f"'{ClosureMeasure.FOLLOWED_UP}'", "follow.failedOn", "follow.openedAt"),
        f"MATCH (follow:FollowUp) WHERE follow.openedAt < {_UNTIL} AND {_OPEN} {_FIRST}"
        f" WHERE {_within('first_at')} " + _row("measure", "date(follow.openedAt)", "first_at"),
        *(
            "MATCH (notice:Notice)-[:ABOUT]->(follow:FollowUp)"
            f" WHERE notice.kind = '{kind}' AND {_within(f'notice.{at}')} AND {_OPEN} "
            + _row(f"'{measure}'", f"date(notice.{since})", f"notice.{at}")
            for kind, since, at, measure in _NOTICES
        ),
    ]
)
# The ids are digests; where in their order the draw begins depends on the first day alone.
_CASES: Final = (
    f"MATCH (follow:FollowUp) WHERE {_within('follow.openedAt')} AND {_OPEN}"
    " WITH follow ORDER BY CASE WHEN follow.id >= $draw THEN 0 ELSE 1 END, follow.id"
    f" LIMIT {MOST_CASES}"
    f" RETURN [['{ClosureMeasure.FOLLOWED_UP}', 0]] + COLLECT {{ {_FIRST}"
    " RETURN [measure, duration.inDays(date(follow.openedAt), date(first_at)).days] }"
)
_OFFICES: Final = (
    f"MATCH (follow:FollowUp) WHERE follow.openedAt < {_UNTIL} AND {_OPEN}"
    f" WITH DISTINCT {_OFFICE} AS office RETURN office ORDER BY office"
)


def _number(value: int, _: Asked) -> int:
    if value not in recommendations():
        raise UnanswerableError("`recommendation` must be 1 or 2: OIG-24-46 makes two.")
    return value


def _first_of_a_quarter(name: str) -> Argument:
    def read(value: date, asked: Asked) -> date:
        if value.day != 1 or value.month % 3 != 1:
            raise UnanswerableError(
                f"`{name}` must be the first day of a quarter, as 2024-07-01 or 2024-10-01: counts"
                " of shorter times would tell of few."
            )
        if value > asked.today:
            raise UnanswerableError(f"`{name}` must be past: a pack is of quarters that are over.")
        return value

    return Argument(name, read)


def _draw(value: date, _: Asked) -> str:
    return public_id("followup", f"drawn from {value}")


def _made(read: Any) -> Any:
    _, since, until, *_ = read
    if not 0 < (int(until[:4]) - int(since[:4])) * 12 + int(until[5:7]) - int(since[5:7]) <= 120:  # noqa: PLR2004 - ten years
        raise UnanswerableError(
            "`until` must be later than `since`, and at most ten years: it is the first day that"
            " no longer counts."
        )
    return made_closure(read)


def _all(*names: str) -> dict[str, Any]:
    return {name: Made(name) for name in names}


SHAPES = (
    Shape(
        name="ClosureEvidence",
        node="found",
        makes=Makes("found", _made),
        of_everybody=True,
        fields=_all(
            *("recommendation", "since", "until", "counts", "days", "cases", "method"),
            *("text", "sha256"),
        ),
    ),
    Shape(
        name="Recommendation",
        node="",
        fields={
            **_all("number", "concurrence", "state", "asks", "answer", "why"),
            "asksCitation": Made("asks_citation"),
            "answerCitation": Made("answer_citation"),
            "whyCitation": Made("why_citation"),
            "estimatedCompletion": Made("completed_by"),
            "estimatedCompletionCitation": Made("estimated_completion_citation"),
        },
    ),
    Shape(
        name="ClosureCount",
        node="",
        fields=_all("measure", "office", "low", "high", "suppressed", "definition"),
    ),
    Shape(name="ClosureDays", node="", fields=_all("measure", "quarter", "median")),
    Shape(name="ClosureCase", node="", fields=_all("pseudonym", "steps")),
    Shape(name="ClosureStep", node="", fields=_all("step", "day")),
)

ROOTS = {
    "closureEvidence": Relation(
        of=("ClosureEvidence",),
        match=f"WITH *, COLLECT {{ {_OFFICES} }} AS offices,"
        f" COLLECT {{ CALL (run) {{ {_ROWS} }} RETURN [measure, office, quarter, days, many] }}"
        f" AS rows, COLLECT {{ {_CASES} }} AS cases"
        " WITH *, [$recommendation, toString($since), toString($until), offices, rows, cases]"
        " AS found",
        binds=(
            *("found", "follow", "kept_back", "notice", "step", "measure", "first_at", "office"),
            *("quarter", "days", "many", "offices", "rows", "cases"),
        ),
        arguments=(
            Argument("recommendation", _number),
            _first_of_a_quarter("since"),
            Argument("since", _draw, "draw"),
            _first_of_a_quarter("until"),
        ),
    )
}
