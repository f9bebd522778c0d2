"""Who failed to appear, by office, court, year and age; how many; and how late it was entered.

A failure to appear and an order in absentia are two events (S2:110), so whoever lists or counts
says which of them they mean. A hearing has an order in absentia where some source says so of it,
or where such an order was made on its day: the court's file often leaves out at which hearing.
"""

from collections.abc import Callable
from datetime import date

from graph.selection import Asked, UnanswerableError
from graph.shapes.asking import SINCE, UNTIL, paged, plain
from graph.shapes.court import CHILD_AGE, IN_ABSENTIA
from graph.shapes.shape import Argument, Made, Makes, Page, Relation, Scalar, Shape
from graph.vocabulary.court import SAYS_SO, Appearance, FailureDefinition
from graph.vocabulary.evidence import SharingClass
from graph.vocabulary.scopes import office

_YEARS = range(1990, 2100)

MISSED = (
    "EXISTS { MATCH ()-[missed:REPORTS]->(hearing) WHERE visible(missed:REPORTS)"
    f" AND missed.appearance = '{Appearance.FAILED_TO_APPEAR}' }}"
)
_DEFINED = (
    f"(($definition <> '{FailureDefinition.IN_ABSENTIA_ORDER}' AND {MISSED})"
    f" OR ($definition <> '{FailureDefinition.FAILED_TO_APPEAR}' AND {IN_ABSENTIA}))"
)
_BINDS = (
    *("hearing", "missed", "ordered", "order", "child", "has_hearing", "heard_child", "known_as"),
    *("known", "within", "scope", "follow"),
)
# EARM alone says which office has her file: whoever may not read it finds nobody by that.
_GIVEN = {
    "office": f"AND NOT '{SharingClass.ENFORCEMENT}' IN $withheld"
    " AND EXISTS { MATCH (scope:Scope {id: $office})<-[within:WITHIN]-(child:Child)"
    "-[has_hearing:HAS_HEARING]->(hearing) WHERE holds(within) AND holds(has_hearing) }",
    "fiscalYear": "AND hearing.date >= $yearFrom AND hearing.date < $yearUntil",
    "age": f"AND {CHILD_AGE} = $age",
    "hasFollowUp": "AND $hasFollowUp = EXISTS { MATCH (follow:FollowUp)-[:FOLLOWS]->(hearing) }",
}


def _office(value: str | None, _: Asked) -> str | None:
    found = office(value)
    if value is not None and found is None:
        raise UnanswerableError("`office` names no field office: write it as `Houston`.")
    return found


def _edge_of_year(before: int) -> Callable[[int, Asked], date]:
    """The first day of a US fiscal year, or of the next one: it begins in October."""

    def read(value: int, _: Asked) -> date:
        if value not in _YEARS:
            raise UnanswerableError("`fiscalYear` is a year such as 2023.")
        return date(value - before, 10, 1)

    return read


_WHICH: tuple[Argument, ...] = (
    *(SINCE, UNTIL, plain("court"), Argument("office", _office)),
    Argument("fiscalYear", _edge_of_year(1), "yearFrom"),
    Argument("fiscalYear", _edge_of_year(0), "yearUntil"),
    *(plain("age"), plain("hasFollowUp")),
)
_DAYS = "hearing.date >= $since AND hearing.date < $until AND hearing.id IS NOT NULL"
_BY_DAY = "MATCH (hearing:Hearing) USING INDEX hearing:Hearing(date, id) WHERE"
_AT_A_COURT = (
    "MATCH (hearing:Hearing) USING INDEX hearing:Hearing(court, date, id)"
    " WHERE hearing.court = $court AND"
)


def _listed(found: str) -> Callable[[Page], str]:
    def match(page: Page) -> str:
        place = page.within("[hearing.date, hearing.id]")
        return (
            f"{found} {_DAYS}{page.bounds('hearing.date')}{place} AND written(hearing)"
            f" AND {_DEFINED}"
        )

    return match


_COUNTED = (
    f" WITH hearing, {MISSED} AS was_missed, {IN_ABSENTIA} AS was_ordered, head(COLLECT {{"
    " MATCH (child:Child)-[has_hearing:HAS_HEARING]->(hearing) WHERE holds(has_hearing)"
    " RETURN child.id ORDER BY child.id LIMIT 1 }) AS whose"
    " WITH [count(*), count(CASE WHEN was_missed THEN 1 END),"
    " count(CASE WHEN was_ordered THEN 1 END),"
    " count(CASE WHEN was_missed AND was_ordered THEN 1 END),"
    " count(DISTINCT CASE WHEN was_missed THEN whose END),"
    " count(DISTINCT CASE WHEN was_ordered THEN whose END),"
    " count(DISTINCT CASE WHEN was_missed OR was_ordered THEN whose END)] AS found"
)

COUNTS = Shape(
    name="FailureToAppearCounts",
    node="found",
    fields={
        "hearings": Scalar("found[0]"),
        "failedToAppear": Scalar("found[1]"),
        "inAbsentiaOrder": Scalar("found[2]"),
        "both": Scalar("found[3]"),
        "either": Scalar("found[1] + found[2] - found[3]"),
        "childrenWhoFailedToAppear": Scalar("found[4]"),
        "childrenWithAnOrder": Scalar("found[5]"),
        "childrenOfEither": Scalar("found[6]"),
        "definition": Made("definition"),
    },
    makes=Makes("found[0]", lambda _: _Told()),
    of_everybody=True,
)


class _Told:
    """What the counts are of, in words."""

    definition = (
        "Hearings of the days asked about. failedToAppear: some source says that the child did not"
        " appear. inAbsentiaOrder: some source has an order in absentia of that hearing or of that"
        " day. An order is not a failure to appear, nor the other way round: a hearing may have"
        " both, and is then counted once under either."
    )


# Days from a hearing to the entry of a word on it, by source: of words that say what happened.
_LAGS = (
    f"{_BY_DAY} {_DAYS} AND written(hearing)"
    " MATCH ()-[report:REPORTS]->(hearing) WHERE visible(report:REPORTS)"
    f" AND report.appearance IN {[str(word) for word in SAYS_SO]}"
    " WITH report.source AS source,"
    " duration.inDays(hearing.date, report.enteredOn).days AS days"
    " WITH source, count(*) AS words, count(days) AS dated, percentileDisc(days, 0.5) AS half,"
    " percentileDisc(days, 0.9) AS most, percentileDisc(days, 0.99) AS nearly_all,"
    " max(days) AS longest, count(CASE WHEN days < 0 THEN 1 END) AS early"
)

ENTRY_LAG = Shape(
    name="EntryLag",
    node="source",
    fields={
        "source": Scalar("source"),
        "words": Scalar("words"),
        "withoutDay": Scalar("words - dated"),
        "half": Scalar("half"),
        "nineInTen": Scalar("most"),
        "ninetyNineInAHundred": Scalar("nearly_all"),
        "longest": Scalar("longest"),
        "beforeTheHearing": Scalar("early"),
    },
    of_everybody=True,
)

SHAPES = (COUNTS, ENTRY_LAG)

ROOTS: dict[str, Relation] = {
    "failuresToAppear": Relation(
        of=("Hearing",),
        match=_listed(_BY_DAY),
        instead={"court": _listed(_AT_A_COURT)},
        binds=_BINDS,
        order="hearing.date, hearing.id",
        many=True,
        cursor="[toString(hearing.date), hearing.id]",
        given=_GIVEN,
        arguments=(*_WHICH, plain("definition"), *paged(date, str)),
    ),
    "failureToAppearCounts": Relation(
        of=("FailureToAppearCounts",),
        match=f"{_BY_DAY} {_DAYS} AND written(hearing) AND admitted(hearing:Hearing)",
        instead={
            "court": f"{_AT_A_COURT} {_DAYS} AND written(hearing) AND admitted(hearing:Hearing)"
        },
        binds=(*_BINDS, "was_missed", "was_ordered", "whose", "found"),
        given=_GIVEN,
        then=_COUNTED,
        arguments=_WHICH,
    ),
    "entryLags": Relation(
        of=("EntryLag",),
        match=_LAGS,
        binds=(
            *("source", "hearing", "report", "days", "words", "dated", "half", "most"),
            *("nearly_all", "longest", "early"),
        ),
        order="source",
        many=True,
        arguments=(SINCE, UNTIL),
    ),
}
