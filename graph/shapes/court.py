"""Hearings, and each source's word on whether the child appeared."""

from datetime import date

from graph.explanation.appearing import reconciled
from graph.shapes.asking import FROM, KNOWN_AT, UNTIL, paged, plain
from graph.shapes.evidence import READABLE, SAID_BY
from graph.shapes.following import FOLLOW_UP_OF_A_HEARING
from graph.shapes.said import said
from graph.shapes.shape import Made, Makes, Relation, Scalar, Shape
from graph.vocabulary.agencies import Source
from graph.vocabulary.court import NOT_MISSED, Appearance

# A source that has the hearing and says nothing of the appearance contradicts nobody.
_NOT_MISSED = str([str(word) for word in NOT_MISSED])
# A hearing known only from records withheld from the viewer is not there for them.
_HEARD_OF = "EXISTS { MATCH ()-[heard:REPORTS]->(hearing) WHERE visible(heard:REPORTS) }"
_PLACE = "[toString(hearing.date), hearing.id]"
_ORDER = "[hearing.date, hearing.id]"
_PAGED = paged(date, str)

# An order is no failure to appear (S2:110). Of a file that leaves out at which hearing it was made,
# it is of the hearing of its day.
IN_ABSENTIA = (
    "(EXISTS { MATCH ()-[ordered:REPORTS]->(hearing) WHERE visible(ordered:REPORTS)"
    " AND ordered.inAbsentia }"
    " OR EXISTS { MATCH (hearing)<-[has_hearing:HAS_HEARING]-(child:Child)"
    "-[order:ORDER_STATED_IN]->() WHERE holds(has_hearing) AND visible(order:ORDER_STATED_IN)"
    " AND order.inAbsentia AND order.on = hearing.date })"
)
_IN_ABSENTIA_BY_THEN = IN_ABSENTIA.replace(
    " AND ordered.inAbsentia", " AND ordered.inAbsentia AND ordered.knownFrom <= $knownAt"
).replace(" AND order.inAbsentia", " AND order.inAbsentia AND order.knownFrom <= $knownAt")

CHILD_AGE = (
    "head(COLLECT { MATCH (heard_child:Child)-[has_hearing:HAS_HEARING]->(hearing)"
    " WHERE holds(has_hearing)"
    " MATCH (heard_child)-[known_as:HAS_BIOGRAPHICS]->(known:ChildBiographics)"
    " WHERE holds(known_as)"
    f" RETURN duration.between({said('known.dateOfBirth')}, hearing.date).years"
    " ORDER BY heard_child.id LIMIT 1 })"
)

HEARING = Shape(
    name="Hearing",
    node="hearing",
    label="Hearing",
    fields={
        "id": Scalar("hearing.id"),
        "court": Scalar("hearing.court"),
        "date": Scalar("toString(hearing.date)"),
        "time": Scalar("toString(hearing.time)"),
        "calendarType": Scalar("hearing.calendarType"),
        "child": Relation(
            of=("Child",),
            match="MATCH (child:Child)-[has_hearing:HAS_HEARING]->(hearing)"
            " WHERE holds(has_hearing)",
            binds=("child", "has_hearing"),
            order="child.id",
        ),
        "appearances": Relation(
            of=("AppearanceReport",),
            # From a record, or from what a person recorded (`AppearanceEntry`).
            match="MATCH (record)-[report:REPORTS]->(hearing) WHERE visible(report:REPORTS)"
            " AND report.knownFrom <= $knownAt",
            binds=("record", "report"),
            order="report.source, report.id",
            many=True,
            arguments=(KNOWN_AT,),
        ),
        "followUp": FOLLOW_UP_OF_A_HEARING,
        "disagreement": Scalar(
            "EXISTS { MATCH ()-[missed:REPORTS]->(hearing)<-[kept:REPORTS]-()"
            " WHERE visible(missed:REPORTS) AND visible(kept:REPORTS)"
            " AND missed.source <> kept.source"
            " AND missed.knownFrom <= $knownAt AND kept.knownFrom <= $knownAt"
            f" AND missed.appearance = '{Appearance.FAILED_TO_APPEAR}'"
            f" AND kept.appearance IN {_NOT_MISSED} }}",
            (KNOWN_AT,),
        ),
        "appearance": Relation(
            of=("ReconciledAppearance",),
            match="WITH *, COLLECT { MATCH ()-[report:REPORTS]->(hearing)"
            " WHERE visible(report:REPORTS) AND report.knownFrom <= $knownAt"
            " RETURN [report.source, report.appearance,"
            " toString(coalesce(report.enteredOn, report.knownFrom)), report.id] } AS words",
            binds=("report", "words"),
            arguments=(KNOWN_AT,),
        ),
        "inAbsentiaOrder": Scalar(_IN_ABSENTIA_BY_THEN, (KNOWN_AT,)),
        "childAge": Scalar(CHILD_AGE),
    },
)

APPEARANCE_REPORT = Shape(
    name="AppearanceReport",
    node="report",
    fields={
        "appearance": Scalar("report.appearance"),
        "enteredOn": Scalar("toString(report.enteredOn)"),
        "inAbsentia": Scalar("coalesce(report.inAbsentia, false)"),
        "orderDate": Scalar("toString(report.orderDate)"),
        "entryLagDays": Scalar("duration.inDays(endNode(report).date, report.enteredOn).days"),
        # EARM names no hearing: see linkage.facts.hearings.
        "recordedBy": Scalar("report.recordedBy"),
        "recordedAt": Scalar("toString(report.recordedAt)"),
        "basis": Scalar("report.basis"),
        "derived": Scalar(f"(report.source = '{Source.EARM}' AND startNode(report):Record)"),
        **{name: said for name, said in SAID_BY("report").items() if name != "record"},
        # The record is the relation's own end: no need to look it up by its name.
        "record": Relation(of=("Record",), match=f"MATCH (record) WHERE {READABLE}"),
    },
)

RECONCILED = Shape(
    name="ReconciledAppearance",
    node="words",
    makes=Makes("words", reconciled),
    fields={
        "value": Made("value"),
        "confidence": Made("confidence"),
        "disagreement": Made("disagreement"),
        "saidBy": Made("said_by"),
        "contradictedBy": Made("contradicted_by"),
    },
)

SHAPES = (
    *(HEARING, APPEARANCE_REPORT, RECONCILED),
    Shape("AppearanceRecorded", "hearing", {"hearing": Relation(of=("Hearing",))}),
    Shape("AppearanceRefused", "", {"reason": Made("reason"), "message": Made("message")}),
)

PAYLOADS = {
    "AppearanceRecorded": Relation(
        of=("AppearanceRecorded",),
        match="MATCH (hearing:Hearing {id: $id})",
        binds=("hearing",),
        arguments=(plain("id"),),
    )
}

HEARINGS_OF_A_CHILD = Relation(
    of=("Hearing",),
    match=lambda page: (
        "MATCH (child)-[has_hearing:HAS_HEARING]->(hearing:Hearing) WHERE holds(has_hearing)"
        f"{page.within(_ORDER)} AND {_HEARD_OF}"
    ),
    binds=("has_hearing", "hearing", "heard"),
    order="hearing.date, hearing.id",
    many=True,
    cursor=_PLACE,
    given={
        "knownAt": "AND EXISTS { MATCH ()-[heard:REPORTS]->(hearing)"
        " WHERE visible(heard:REPORTS) AND heard.knownFrom <= $knownAt }"
    },
    arguments=(KNOWN_AT, *_PAGED),
)

ROOTS = {
    "hearings": Relation(
        of=("Hearing",),
        # Led by the index (court, date, id) and asking for all three: the index then gives the
        # order, and a page reads its own rows only.
        match=lambda page: (
            "MATCH (hearing:Hearing) USING INDEX hearing:Hearing(court, date, id)"
            " WHERE hearing.court = $court AND hearing.date >= $from AND hearing.date < $until"
            f"{page.bounds('hearing.date')} AND hearing.id IS NOT NULL"
            f"{page.within(_ORDER)} AND written(hearing) AND {_HEARD_OF}"
        ),
        binds=("hearing", "heard"),
        order="hearing.court, hearing.date, hearing.id",
        many=True,
        cursor=_PLACE,
        given={
            "appearance": "AND EXISTS { MATCH ()-[heard:REPORTS]->(hearing)"
            " WHERE visible(heard:REPORTS) AND heard.appearance = $appearance }"
        },
        arguments=(plain("court"), FROM, UNTIL, plain("appearance"), *_PAGED),
    )
}
