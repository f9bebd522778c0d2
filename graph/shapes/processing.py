"""What the reports on what was done count: follow-ups, notices, sources' words, and contact."""

from typing import Any

from graph.selection import Asked, UnanswerableError
from graph.shapes.counting import THEIR_CHILDREN
from graph.shapes.evidence import READABLE
from graph.shapes.reconciling import AS_OF
from graph.shapes.shape import Argument, Relation
from graph.shapes.touchpoints import reached
from graph.vocabulary.agencies import FOLLOWS_ITS_CASE
from graph.vocabulary.court import Appearance
from graph.vocabulary.following import FollowUpEvent
from graph.vocabulary.notices import NoticeKind
from graph.vocabulary.reports import ReportKind

_FOLLOWED = (
    "MATCH (follow:FollowUp)-[:FOLLOWS]->(hearing:Hearing)"
    " WHERE follow.failedOn <= $asOf AND admitted(hearing:Hearing)"
)


def _took(*events: FollowUpEvent) -> str:
    named = ", ".join(f"'{event}'" for event in events)
    return (
        "EXISTS { MATCH (follow)<-[:STEP_OF]-(step:FollowUpStep)"
        f" WHERE step.event IN [{named}] AND date(step.at) <= $asOf }}"
    )


_SEARCHED = _took(
    FollowUpEvent.START_SEARCH, FollowUpEvent.FIND_ALTERNATE, FollowUpEvent.FIND_NO_ALTERNATE
)
_FOUND = _took(FollowUpEvent.FIND_ALTERNATE)
_TOLD = _took(FollowUpEvent.NOTIFY_ORR)


def _report(kind: ReportKind, rows: str, *binds: str, arguments: tuple[Argument, ...] = ()) -> Any:
    return Relation(
        of=("Report",),
        match=f"{rows} WITH *, ['{kind}', toString($asOf), {_rest(kind)}] AS found",
        binds=("found", *binds),
        arguments=(AS_OF, *arguments),
    )


def _rest(kind: ReportKind) -> str:
    more = {ReportKind.INBOX: "rows, notices", ReportKind.COVERAGE: "$days, rows"}
    return more.get(kind, "rows")


ADDRESS_SEARCH = _report(
    ReportKind.ADDRESS_SEARCH,
    f"WITH *, COLLECT {{ {_FOLLOWED}"
    f" WITH follow.office AS office, {_SEARCHED} AS searched, {_FOUND} AS located"
    " WITH office, searched, located, count(*) AS many"
    " RETURN [office, searched, located, many] } AS rows",
    *("follow", "hearing", "step", "office", "searched", "located", "many", "rows"),
)

INBOX = _report(
    ReportKind.INBOX,
    f"WITH *, COLLECT {{ {_FOLLOWED}"
    f" WITH follow.office AS office, {_TOLD} AS informed"
    " WITH office, informed, count(*) AS many RETURN [office, informed, many] } AS rows,"
    " COLLECT { MATCH (notice:Notice)-[:ABOUT]->(follow:FollowUp)-[:FOLLOWS]->(hearing:Hearing)"
    f" WHERE notice.kind = '{NoticeKind.ORR_NOTICE}' AND date(notice.raisedAt) <= $asOf"
    " AND admitted(hearing:Hearing)"
    " WITH coalesce(notice.office, follow.office) AS office,"
    " left(toString(notice.raisedAt), 7) AS month, notice.state AS state, count(*) AS many"
    " RETURN [office, month, state, many] } AS notices",
    *("follow", "hearing", "step", "notice", "office", "informed", "month", "state", "many"),
    *("rows", "notices"),
)


def _words(such: str = "WHERE visible(word:REPORTS)") -> str:
    """Words of `record` on hearings that were over, one after the other: not record by record."""
    return (
        f"MATCH ()-[word:REPORTS]->(hearing:Hearing) {such}"
        " AND hearing.date <= $asOf WITH *, startNode(word) AS record"
        f" WHERE record:Record AND {READABLE}"
    )


# The rows of a court case that hang on the case have no number, and want none.
_BEARS_A_NUMBER = f"NOT record.table IN {sorted(map(str, FOLLOWS_ITS_CASE))}"
_NUMBERED = (
    f"MATCH (record:Record) WHERE {READABLE} AND record.asOf <= $asOf AND {_BEARS_A_NUMBER}"
    " AND admitted(record:Record)"
    " WITH record.source AS source, record.asOf AS cut,"
    " count(record.aNumber) AS some, count(*) AS among"
    " RETURN source, toString(cut) AS extract, 'A_NUMBER' AS quality, some, among"
)
_LAGS = (7, 30, 90)
_SAYS_WHAT_CAME = (
    f"CASE WHEN said IN ['{Appearance.NOTHING_ENTERED}', '{Appearance.SCHEDULED}']"
    " THEN 0 ELSE 1 END"
)
# Each word is looked at once for all that is asked of it.
_ENTERED = (
    f"{_words()} WITH record.source AS source, record.asOf AS cut,"
    " word.appearance AS said, CASE WHEN word.enteredOn IS NOT NULL"
    " THEN duration.inDays(hearing.date, word.enteredOn).days END AS lag"
    f" WITH source, cut, count(*) AS words, sum({_SAYS_WHAT_CAME}) AS entered, count(lag) AS dated,"
    f" [{', '.join(f'sum(CASE WHEN lag <= {days} THEN 1 ELSE 0 END)' for days in _LAGS)}] AS within"
    " UNWIND [['APPEARANCE_ENTERED', entered, words],"
    + ",".join(f" ['ENTERED_WITHIN_{days}', within[{at}], dated]" for at, days in enumerate(_LAGS))
    + "] AS graded WITH * WHERE graded[2] > 0"
    " RETURN source, toString(cut) AS extract, graded[0] AS quality, graded[1] AS some,"
    " graded[2] AS among"
)
# An index is used when all of it is asked for.
_FAILED = (
    "USING INDEX word:REPORTS(appearance, runFrom, id) WHERE visible(word:REPORTS)"
    f" AND word.appearance = '{Appearance.FAILED_TO_APPEAR}' AND word.id IS NOT NULL"
)
_CONTRADICTED = (
    _words(_FAILED) + " WITH DISTINCT record.source AS source, hearing, EXISTS {"
    " MATCH (hearing)<-[kept:REPORTS]-() WHERE visible(kept:REPORTS)"
    " AND kept.source <> record.source"
    f" AND kept.appearance IN ['{Appearance.APPEARED}', '{Appearance.CONTINUED}'] }} AS against"
    " RETURN source, null AS extract, 'CONTRADICTED' AS quality,"
    " sum(CASE WHEN against THEN 1 ELSE 0 END) AS some, count(*) AS among"
)
_QUALITIES = f"{_NUMBERED} UNION ALL {_ENTERED} UNION ALL {_CONTRADICTED}"
DATA_QUALITY = _report(
    ReportKind.DATA_QUALITY,
    f"WITH *, COLLECT {{ CALL (run) {{ {_QUALITIES} }}"
    " RETURN [source, extract, quality, some, among] } AS rows",
    *("record", "word", "hearing", "kept", "against", "source", "cut", "extract", "quality"),
    *("some", "among", "said", "lag", "words", "entered", "dated", "within", "graded", "rows"),
)


def _days(value: int | None, _: Asked) -> int:
    if value is None or not 1 <= value <= 3660:  # noqa: PLR2004 - ten years
        raise UnanswerableError("`days` must be between 1 and 3660.")
    return value


_SINCE = "$asOf - duration({{days: $days}})"
_RECENT = "{0} <= $asOf AND {0} > " + _SINCE
_HERS = (
    "MATCH (child)-[release:RELEASED_TO]->() WHERE visible(release:RELEASED_TO)"
    " AND release.releasedOn <= $asOf WITH DISTINCT child WITH child,"
    " EXISTS { MATCH (child)-[contact:CONTACT_STATED_IN]->() WHERE"
    f" visible(contact:CONTACT_STATED_IN) AND {_RECENT.format('contact.on')}"
    f" AND {reached('contact.kind', 'contact.outcome')} }}"
    " OR EXISTS { MATCH (child)<-[:TOUCHES]-(noted:Touchpoint) WHERE"
    f" NOT noted.sharingClass IN $withheld AND {_RECENT.format('noted.on')}"
    f" AND {reached('noted.kind', 'noted.outcome')} }} AS spoken,"
    " EXISTS { MATCH (child)-[has_hearing:HAS_HEARING]->(hearing)<-[word:REPORTS]-()"
    f" WHERE holds(has_hearing) AND visible(word:REPORTS) AND {_RECENT.format('hearing.date')}"
    f" AND word.appearance = '{Appearance.APPEARED}' }} AS seen"
    " WITH spoken, seen, count(*) AS many RETURN [spoken, seen, many]"
)
_BINDS = (
    *("opened", "mine", "child", "release", "contact", "noted", "has_hearing", "hearing", "word"),
    *("spoken", "seen", "many", "rows"),
)


def _coverage(children: str) -> str:
    return (
        f"WITH *, COLLECT {{ {children} {_HERS} }} AS rows"
        f" WITH *, ['{ReportKind.COVERAGE}', toString($asOf), $days, rows] AS found"
    )


COVERAGE = Relation(
    of=("Report",),
    match=_coverage("MATCH (child:Child)"),
    scoped=_coverage(THEIR_CHILDREN),
    binds=("found", *_BINDS),
    arguments=(AS_OF, Argument("days", _days)),
)
