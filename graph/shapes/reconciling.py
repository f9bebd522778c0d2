"""What two sources say of who failed to appear, child by child: a row each, and nothing of her."""

from typing import Any

from graph.reports.discrepancy import SIDES
from graph.selection import Asked, UnanswerableError
from graph.shapes.asking import plain
from graph.shapes.counting import POPULATION, UNDER_REVIEW
from graph.shapes.evidence import READABLE
from graph.shapes.shape import Argument, Relation
from graph.vocabulary.court import Appearance
from graph.vocabulary.reports import ReportKind

_OF_THE_TWO = "{0}.source IN [$left, $right]"
# An order that no source states any more was stated once, of whoever had it then.
_WORDS = (
    "CALL (run) {"
    " MATCH (child:Child)-[order:ORDER_STATED_IN]->()"
    f" WHERE visible(order:ORDER_STATED_IN) AND {_OF_THE_TWO.format('order')}"
    " AND order.inAbsentia"
    " RETURN child, [order.source, true, toString(order.on), null, false] AS word"
    " UNION ALL"
    " MATCH (child:Child)-[gone:ORDER_STATED_IN]->()"
    f" WHERE gone.runUntil <= run AND {_OF_THE_TWO.format('gone')} AND gone.inAbsentia"
    " AND NOT gone.sharingClass IN $withheld AND admitted(child:Child)"
    " AND NOT EXISTS { MATCH (child)-[still:ORDER_STATED_IN {source: gone.source}]->()"
    " WHERE holds(still) AND still.inAbsentia }"
    " RETURN child, [gone.source, true, toString(gone.on), null, true] AS word"
    " UNION ALL"
    " MATCH ()-[heard:REPORTS]->(hearing:Hearing)"
    f" WHERE heard.appearance = '{Appearance.FAILED_TO_APPEAR}'"
    f" AND {_OF_THE_TWO.format('heard')} AND visible(heard:REPORTS)"
    " MATCH (child:Child)-[has_hearing:HAS_HEARING]->(hearing) WHERE holds(has_hearing)"
    " RETURN child,"
    " [heard.source, false, toString(hearing.date), toString(heard.enteredOn), false] AS word"
    " }"
)
_KNOWN_TO = (
    "COLLECT { MATCH (child)<-[link:DESCRIBES]-(record:Record) WHERE holds(link)"
    f" AND {_OF_THE_TWO.format('record')} AND {READABLE} RETURN DISTINCT record.source }}"
)
_OTHERWISE = (
    "COLLECT { MATCH (child)-[has_held:HAS_HEARING]->(held)<-[kept:REPORTS]-()"
    f" WHERE holds(has_held) AND {_OF_THE_TWO.format('kept')} AND visible(kept:REPORTS)"
    f" AND kept.appearance IN ['{Appearance.APPEARED}', '{Appearance.CONTINUED}']"
    " RETURN [kept.source, toString(held.date)] }"
)


def _teller(name: str) -> Argument:
    def read(value: Any, _: Asked) -> Any:
        if value not in SIDES:
            raise UnanswerableError(
                f"`{name}` must be a source that says who appeared: {', '.join(SIDES)}."
            )
        return value

    return Argument(name, read)


AS_OF = Argument("asOf", lambda value, asked: value or asked.today)

RECONCILE = Relation(
    of=("Report",),
    match=(
        f"WITH *, COLLECT {{ {_WORDS} WITH child, collect(word) AS words"
        " WHERE admitted(child:Child)"
        f" RETURN [child.id, words, {_KNOWN_TO}, {_OTHERWISE}] }} AS told"
        f" WITH *, COLLECT {{ {UNDER_REVIEW} RETURN [one.id, other.id, why] }} AS doubts"
        f" WITH *, ['{ReportKind.RECONCILIATION}', toString($asOf), [$left, $right,"
        " toString($since), toString($until), $definition, $countWords], told, doubts,"
        f" {POPULATION}] AS found"
    ),
    binds=(
        *("child", "order", "gone", "still", "heard", "hearing", "has_hearing", "word", "words"),
        *("link", "record", "has_held", "held", "kept", "told", "doubts", "found"),
        *("pair", "left_link", "right_link", "one", "other", "why"),
    ),
    arguments=(
        *(_teller("left"), _teller("right"), plain("since"), plain("until")),
        *(plain("definition"), plain("countWords"), AS_OF),
    ),
)
