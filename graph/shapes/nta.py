"""Notices to Appear: what each paper says of one, how far it came, and why there is none.

There is none where she was neither served nor has a hearing (S2:116). Whoever may not read the
papers that would tell is told nothing, lest a paper that is withheld look like one that is not.
"""

from graph.explanation.nta import made_notice, made_without
from graph.shapes.asking import KNOWN_AT, plain
from graph.shapes.evidence import SAID_BY
from graph.shapes.said import said
from graph.shapes.shape import Made, Makes, Relation, Scalar, Shape
from graph.vocabulary.agencies import Table
from graph.vocabulary.evidence import SharingClass

_STATED = "visible(fact:NTA_STATED_IN) AND fact.knownFrom <= $knownAt"
_HEARD = (
    "MATCH (child)-[has_hearing:HAS_HEARING]->(hearing:Hearing) WHERE holds(has_hearing)"
    " AND EXISTS { MATCH (hearing)<-[heard:REPORTS]-() WHERE visible(heard:REPORTS)"
    " AND heard.knownFrom <= $knownAt }"
)
_BORN = (
    "head(COLLECT { MATCH (child)-[known_as:HAS_BIOGRAPHICS]->(known:ChildBiographics)"
    f" WHERE holds(known_as) RETURN toString({said('known.dateOfBirth')}) }})"
)
_BINDS = ("fact", "has_hearing", "hearing", "heard", "known_as", "known")

NOTICE = Shape(
    name="NoticeToAppear",
    node="notice",
    makes=Makes("notice", made_notice),
    fields={
        "stage": Made("stage"),
        "issuedBy": Made("issued_by"),
        "issuedOn": Made("issued_on"),
        "servedOn": Made("served_on"),
        "serviceMethod": Made("service_method"),
        "filedOn": Made("filed_on"),
        "scheduledFor": Made("scheduled_for"),
        "differing": Made("differing"),
        "service": Made("service"),
        "statements": Relation(
            of=("NoticeStatement",),
            match=f"MATCH (child)-[fact:NTA_STATED_IN]->() WHERE {_STATED}",
            binds=("fact",),
            order="fact.source, fact.id",
            many=True,
        ),
    },
)

STATEMENT = Shape(
    name="NoticeStatement",
    node="fact",
    fields={
        "id": Scalar("fact.id"),
        "issuedBy": Scalar("fact.issuedBy"),
        "issuedOn": Scalar("toString(fact.issuedOn)"),
        "servedOn": Scalar("toString(fact.servedOn)"),
        "serviceMethod": Scalar("fact.serviceMethod"),
        "filedOn": Scalar("toString(fact.filedOn)"),
        **SAID_BY("fact"),
    },
)

SERVICE = Shape(
    name="NoticeService",
    node="",
    fields={
        "fit": Made("fit"),
        "rule": Made("rule"),
    },
)

WITHOUT = Shape(
    name="WithoutNotice",
    node="without_notice",
    makes=Makes("without_notice", made_without),
    fields={"reason": Made("reason"), "grounds": Made("grounds")},
)

GROUND = Shape(
    name="WithoutNoticeGround",
    node="",
    fields={
        "reason": Made("reason"),
        "basis": Made("basis"),
        "records": Made("records"),
        "saidBy": Made("said_by"),
        "saidAt": Made("said_at"),
        "note": Made("note"),
    },
)

OF_A_CHILD = Relation(
    of=("NoticeToAppear",),
    match=f"WITH *, [COLLECT {{ MATCH (child)-[fact:NTA_STATED_IN]->() WHERE {_STATED}"
    " RETURN [fact.issuedBy, toString(fact.issuedOn), toString(fact.servedOn),"
    " fact.serviceMethod, toString(fact.filedOn)] ORDER BY fact.source, fact.id },"
    f" head(COLLECT {{ {_HEARD} RETURN toString(hearing.date) ORDER BY hearing.date LIMIT 1 }}),"
    f" {_BORN}] AS notice"
    " WITH * WHERE size(notice[0]) > 0 OR notice[1] IS NOT NULL",
    binds=(*_BINDS, "notice"),
    arguments=(KNOWN_AT,),
)

_PAPERS_OF_A_NOTICE = f"['{SharingClass.ENFORCEMENT}', '{SharingClass.COURT}']"
_LEFT_CARE = (
    f"('{SharingClass.RELEASE}' IN $withheld OR EXISTS {{"
    " MATCH (child)<-[link:DESCRIBES]-(paper:Record) WHERE holds(link) AND written(paper)"
    f" AND paper.table IN ['{Table.ORR_RELEASE}', '{Table.VOR}'] AND paper.asOf <= $knownAt }})"
)
# Also what was said under an id that she once had.
_WORDS = (
    "COLLECT { CALL (run, child) { RETURN child AS whose"
    " UNION MATCH (child)<-[led:REDIRECTS_TO]-(whose:Child) WHERE holds(led) RETURN whose }"
    " MATCH (whose)<-[why:WHY_NO_NOTICE]-(word:NoticeWord)"
    " WHERE NOT word.sharingClass IN $withheld AND date(word.at) <= $knownAt"
    " RETURN [word.reason, word.actor, toString(word.at), word.note]"
    " ORDER BY word.at DESC, word.id }"
)
NO_NOTICE = (
    f"NOT any(of_class IN {_PAPERS_OF_A_NOTICE} WHERE of_class IN $withheld)"
    f" AND NOT EXISTS {{ MATCH (child)-[fact:NTA_STATED_IN]->() WHERE {_STATED}"
    f" AND fact.servedOn IS NOT NULL }} AND NOT EXISTS {{ {_HEARD} }}"
)

WITHOUT_OF_A_CHILD = Relation(
    of=("WithoutNotice",),
    match=f"WITH * WHERE {NO_NOTICE}"
    " WITH *, [COLLECT { MATCH (child)-[fact:TRANSFER_STATED_IN]->()"
    " WHERE visible(fact:TRANSFER_STATED_IN) AND fact.knownFrom <= $knownAt"
    f" AND fact.on IS NOT NULL RETURN fact.record }}, {_LEFT_CARE},"
    " COLLECT { MATCH (child)-[fact:RELIEF_STATED_IN]->()"
    " WHERE visible(fact:RELIEF_STATED_IN) AND fact.knownFrom <= $knownAt"
    " AND coalesce(fact.status, 'PENDING') = 'PENDING' AND fact.decidedOn IS NULL"
    f" RETURN fact.record }}, {_WORDS}] AS without_notice",
    binds=(*_BINDS, "link", "paper", "led", "whose", "why", "word", "without_notice"),
    arguments=(KNOWN_AT,),
)

SHAPES = (
    *(NOTICE, STATEMENT, SERVICE, WITHOUT, GROUND),
    Shape("WithoutNoticeRecorded", "child", {"child": Relation(of=("Child",))}),
    Shape("WithoutNoticeRefused", "", {"reason": Made("reason"), "message": Made("message")}),
)
ROOTS: dict[str, Relation] = {}

PAYLOADS = {
    "WithoutNoticeRecorded": Relation(
        of=("WithoutNoticeRecorded",),
        match="MATCH (child:Child {id: $id})",
        binds=("child",),
        arguments=(plain("id"),),
    )
}
