"""Reports: what a statement counts for each, and the figures that Python makes of it."""

from graph.reports.made import made_report
from graph.shapes.counting import BINDS, THEIR_CHILDREN, counted
from graph.shapes.processing import ADDRESS_SEARCH, COVERAGE, DATA_QUALITY, INBOX
from graph.shapes.reconciling import AS_OF, RECONCILE
from graph.shapes.shape import Made, Makes, Relation, Shape
from graph.vocabulary.reports import ReportKind

REPORT = Shape(
    name="Report",
    node="found",
    makes=Makes("found", made_report),
    of_everybody=True,
    fields={
        "kind": Made("kind"),
        "title": Made("title"),
        "asOf": Made("day"),
        "figures": Made("figures"),
        "notes": Made("notes"),
    },
)
REPORT_FIGURE = Shape(
    name="ReportFigure",
    node="",
    fields={
        "name": Made("name"),
        "of": Made("of"),
        "unit": Made("unit"),
        "numerator": Made("numerator"),
        "denominator": Made("denominator"),
        "share": Made("share"),
        "asOf": Made("day"),
        "definition": Made("definition"),
        "sources": Made("sources"),
    },
)
REPORT_PART = Shape(
    name="ReportPart",
    node="",
    fields={"dimension": Made("dimension"), "value": Made("value")},
)
REPORT_COUNT = Shape(
    name="ReportCount",
    node="",
    fields={"counted": Made("counted"), "low": Made("low"), "high": Made("high")},
)

SHAPES = (REPORT, REPORT_FIGURE, REPORT_PART, REPORT_COUNT)


def fiscal_year(day: str) -> str:
    """The federal fiscal year of a day, an expression of Cypher's: October begins the next."""
    return f"{day}.year + CASE WHEN {day}.month >= 10 THEN 1 ELSE 0 END"


# Of several files of one child the earliest day and the first office hold.
_FILE = " min(fact.on) AS on, min(fact.apprehendedOn) AS crossed, min(fact.fieldOffice) AS office"
_IS_TRANSFER = "visible(fact:TRANSFER_STATED_IN) AND fact.on <= $asOf"
_TRANSFERRED = (
    f"MATCH (child)-[fact:TRANSFER_STATED_IN]->() WHERE {_IS_TRANSFER} WITH child,{_FILE}"
)
# From the fact to the child: all facts of a type are read one after the other, where from a child
# to her facts every relation of hers is looked at (a third as much to do, with 20 relations each).
_TRANSFERS = (
    f"MATCH ()-[fact:TRANSFER_STATED_IN]->() WHERE {_IS_TRANSFER}"
    f" WITH startNode(fact) AS child,{_FILE}"
)
_YEAR = f" WITH [{fiscal_year('on')}] AS cell"

_IS_NOTICE = "visible(notice:NTA_STATED_IN)"
_IS_HEARING = (
    "holds(has_hearing) AND EXISTS { MATCH (hearing)<-[heard:REPORTS]-()"
    " WHERE visible(heard:REPORTS) AND heard.knownFrom <= $asOf }"
)
_IS_RELEASE = "visible(release:RELEASED_TO) AND release.releasedOn <= $asOf"
_IS_PENDING = (
    "visible(relief:RELIEF_STATED_IN) AND relief.filedOn <= $asOf"
    " AND NOT coalesce(relief.decidedOn <= $asOf, false)"
)
_SO_FAR = tuple(
    f"coalesce(notice.{day} <= $asOf, false)" for day in ("issuedOn", "servedOn", "filedOn")
)
_CELL = (
    f" WITH [office, crossed.year, {fiscal_year('on')},"
    " [issued, served, filed, scheduled], released, pending, why_none[1]] AS cell"
)
# ERO's words on why there is none, as [when, reason]: the latest is the greatest. Also what was
# said under an id that she once had.
_WORDS = (
    "MATCH (word:NoticeWord)-[:WHY_NO_NOTICE]->(whose)"
    " WHERE NOT word.sharingClass IN $withheld AND date(word.at) <= $asOf"
)
_WORD = "[toString(word.at), word.reason]"
_STAGES = tuple(zip(_SO_FAR, ("issued", "served", "filed"), strict=True))
_SHE_HAS = f"EXISTS {{{{ MATCH (child)-[notice:NTA_STATED_IN]->() WHERE {_IS_NOTICE} AND {{0}} }}}}"
_HERS_BY_NOTICE = (
    f"{_TRANSFERRED} WITH *, "
    + ", ".join(f"{_SHE_HAS.format(day)} AS {name}" for day, name in _STAGES)
    + ", EXISTS { MATCH (child)-[has_hearing:HAS_HEARING]->(hearing)"
    f" WHERE {_IS_HEARING} }} AS scheduled,"
    f" EXISTS {{ MATCH (child)-[release:RELEASED_TO]->() WHERE {_IS_RELEASE} }} AS released,"
    f" EXISTS {{ MATCH (child)-[relief:RELIEF_STATED_IN]->() WHERE {_IS_PENDING} }} AS pending,"
    " head(COLLECT { CALL (run, child) { RETURN child AS whose"
    " UNION MATCH (child)<-[led:REDIRECTS_TO]-(whose:Child) WHERE holds(led) RETURN whose }"
    f" {_WORDS} RETURN {_WORD} AS said ORDER BY said DESC LIMIT 1 }}) AS why_none"
    f"{_CELL}"
)
_NO_FILE = "null AS on, null AS crossed, null AS office"
_NO_STAGE = "false AS issued, false AS served, false AS filed"
_SAID_WHY = (
    f"{_WORDS} OPTIONAL MATCH (whose)-[led:REDIRECTS_TO]->(heir:Child) WHERE holds(led)"
    f" RETURN coalesce(heir, whose) AS child, {_NO_FILE}, {_NO_STAGE}, false AS scheduled,"
    f" false AS released, false AS pending, {_WORD} AS why_none"
)


def _rows(match: str, fact: str, file: str, stages: str, *flags: bool) -> str:
    named = zip(("scheduled", "released", "pending"), flags, strict=True)
    told = ", ".join(f"{str(is_so).lower()} AS {name}" for name, is_so in named)
    return (
        f"MATCH {match} RETURN startNode({fact}) AS child, {file}, {stages}, {told},"
        " null AS why_none"
    )


_BY_NOTICE = (
    "CALL (run) { "
    + " UNION ALL ".join(
        [
            _rows(
                f"()-[fact:TRANSFER_STATED_IN]->() WHERE {_IS_TRANSFER}",
                "fact",
                "fact.on AS on, fact.apprehendedOn AS crossed, fact.fieldOffice AS office",
                _NO_STAGE,
                *(False, False, False),
            ),
            _rows(
                f"()-[notice:NTA_STATED_IN]->() WHERE {_IS_NOTICE}",
                "notice",
                _NO_FILE,
                ", ".join(f"{day} AS {name}" for day, name in _STAGES),
                *(False, False, False),
            ),
            _rows(
                f"()-[has_hearing:HAS_HEARING]->(hearing) WHERE {_IS_HEARING}",
                "has_hearing",
                _NO_FILE,
                _NO_STAGE,
                *(True, False, False),
            ),
            _rows(
                f"()-[release:RELEASED_TO]->() WHERE {_IS_RELEASE}",
                "release",
                _NO_FILE,
                _NO_STAGE,
                *(False, True, False),
            ),
            _rows(
                f"()-[relief:RELIEF_STATED_IN]->() WHERE {_IS_PENDING}",
                "relief",
                _NO_FILE,
                _NO_STAGE,
                *(False, False, True),
            ),
            _SAID_WHY,
        ]
    )
    + " } WITH child, min(on) AS on, min(crossed) AS crossed, min(office) AS office, "
    + ", ".join(
        f"max({name}) AS {name}"
        for name in ("issued", "served", "filed", "scheduled", "released", "pending", "why_none")
    )
    + f" WHERE on IS NOT NULL{_CELL}"
)
# Notices that are known to be nobody's whom EARM has a file of.
_UNLINKED = (
    "COLLECT { MATCH ()-[notice:NTA_STATED_IN]->()"
    " WHERE visible(notice:NTA_STATED_IN) AND notice.servedOn <= $asOf"
    " WITH DISTINCT startNode(notice) AS loose WHERE NOT EXISTS {"
    " MATCH (loose)-[fact:TRANSFER_STATED_IN]->() WHERE visible(fact:TRANSFER_STATED_IN) }"
    " RETURN count(loose) }[0]"
)


def _of_children(
    kind: ReportKind, every: str, hers: str, binds: tuple[str, ...], *more: str
) -> Relation:
    return Relation(
        of=("Report",),
        match=counted(kind, every, hers, *more),
        scoped=counted(kind, THEIR_CHILDREN + hers, hers, *more),
        binds=(*BINDS, *binds),
        arguments=(AS_OF,),
    )


ROOTS: dict[str, Relation] = {
    "reconcile": RECONCILE,
    "addressSearchRate": ADDRESS_SEARCH,
    "inboxUsage": INBOX,
    "dataQuality": DATA_QUALITY,
    "coverage": COVERAGE,
    "transfersByFiscalYear": _of_children(
        ReportKind.TRANSFERS,
        _TRANSFERS + _YEAR,
        _TRANSFERRED + _YEAR,
        ("fact", "on", "crossed", "office"),
    ),
    "ntaBacklog": _of_children(
        ReportKind.NOTICES_TO_APPEAR,
        _BY_NOTICE,
        _HERS_BY_NOTICE,
        (
            *("fact", "on", "crossed", "office", "notice", "issued", "served", "filed"),
            *("scheduled", "has_hearing", "hearing", "heard", "release", "released"),
            *("relief", "pending", "loose", "word", "whose", "led", "heir", "said", "why_none"),
        ),
        _UNLINKED,
    ),
}
