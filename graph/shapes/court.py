"""Hearings, and each source's word on whether the child appeared."""

from datetime import date

from graph.shapes.asking import FROM, KNOWN_AT, UNTIL, paged, plain
from graph.shapes.evidence import READABLE, SAID_BY
from graph.shapes.following import FOLLOW_UP_OF_A_HEARING
from graph.shapes.said import said
from graph.shapes.shape import Relation, Scalar, Shape
from graph.vocabulary.court import Appearance

# Only these contradict a failure to appear: a hearing put off was not missed. A source that
# has the hearing and says nothing of the appearance contradicts nobody.
_NOT_MISSED = f"['{Appearance.APPEARED}', '{Appearance.CONTINUED}']"
# A hearing known only from records withheld from the viewer is not there for them.
_HEARD_OF = "EXISTS { MATCH (:Record)-[heard:REPORTS]->(hearing) WHERE visible(heard:REPORTS) }"
_PLACE = "[toString(hearing.date), hearing.id]"
_ORDER = "[hearing.date, hearing.id]"
_PAGED = paged(date, str)

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
            match="MATCH (record:Record)-[report:REPORTS]->(hearing) WHERE visible(report:REPORTS)"
            " AND report.knownFrom <= $knownAt",
            binds=("record", "report"),
            order="report.source, report.id",
            many=True,
            arguments=(KNOWN_AT,),
        ),
        "followUp": FOLLOW_UP_OF_A_HEARING,
        "disagreement": Scalar(
            "EXISTS { MATCH (:Record)-[missed:REPORTS]->(hearing)<-[kept:REPORTS]-(:Record)"
            " WHERE visible(missed:REPORTS) AND visible(kept:REPORTS)"
            " AND missed.source <> kept.source"
            " AND missed.knownFrom <= $knownAt AND kept.knownFrom <= $knownAt"
            f" AND missed.appearance = '{Appearance.FAILED_TO_APPEAR}'"
            f" AND kept.appearance IN {_NOT_MISSED} }}",
            (KNOWN_AT,),
        ),
        "childAge": Scalar(
            "head(COLLECT { MATCH (heard_child:Child)-[has_hearing:HAS_HEARING]->(hearing)"
            " WHERE holds(has_hearing)"
            " MATCH (heard_child)-[known_as:HAS_BIOGRAPHICS]->(known:ChildBiographics)"
            " WHERE holds(known_as)"
            f" RETURN duration.between({said('known.dateOfBirth')}, hearing.date).years"
            " ORDER BY heard_child.id LIMIT 1 })"
        ),
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
        **{name: said for name, said in SAID_BY("report").items() if name != "record"},
        # The record is the relation's own end: no need to look it up by its name.
        "record": Relation(of=("Record",), match=f"MATCH (record) WHERE {READABLE}"),
    },
)

SHAPES = (HEARING, APPEARANCE_REPORT)

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
        "knownAt": "AND EXISTS { MATCH (:Record)-[heard:REPORTS]->(hearing)"
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
            "appearance": "AND EXISTS { MATCH (:Record)-[heard:REPORTS]->(hearing)"
            " WHERE visible(heard:REPORTS) AND heard.appearance = $appearance }"
        },
        arguments=(plain("court"), FROM, UNTIL, plain("appearance"), *_PAGED),
    )
}
