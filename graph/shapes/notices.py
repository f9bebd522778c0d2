"""Who was told that there is something to look up, when, and whether they acknowledged it.

A notice is there for whoever may see what it is about: a follow-up, or the child of a concern. One
of a concern is not for those from whom welfare is withheld.
"""

from graph.shapes.asking import paged, plain
from graph.shapes.concerns import OF_A_NOTICE
from graph.shapes.following import seen
from graph.shapes.shape import Made, Page, Relation, Scalar, Shape, Text

# Names of their own: a condition sees what is bound round it.
_OF_A_FOLLOW_UP = (
    "EXISTS { MATCH (notice)-[:ABOUT]->(told_of:FollowUp)-[:FOLLOWS]->(told_heard:Hearing)"
    f" WHERE {seen('told_of', 'told_heard')} }}"
)
_OF_A_CONCERN = (
    "EXISTS { MATCH (notice)-[:ABOUT]->(:Concern)-[:CONCERNS]->(told_once:Child)"
    " OPTIONAL MATCH (told_once)-[told_led:REDIRECTS_TO]->(told_heir:Child) WHERE holds(told_led)"
    " WITH coalesce(told_heir, told_once) AS told_whom WHERE admitted(told_whom:Child)"
    " RETURN told_whom }"
)
_SEEN = (
    "NOT notice.sharingClass IN $withheld AND CASE WHEN EXISTS { (notice)-[:ABOUT]->(:FollowUp) }"
    f" THEN {_OF_A_FOLLOW_UP} ELSE {_OF_A_CONCERN} END"
)

NOTICE = Shape(
    name="Notice",
    node="notice",
    fields={
        "reference": Scalar("notice.reference"),
        "kind": Scalar("notice.kind"),
        "recipient": Scalar("notice.recipient"),
        "state": Scalar("notice.state"),
        "rule": Scalar("notice.rule"),
        "raisedAt": Scalar("toString(notice.raisedAt)"),
        "due": Scalar("toString(notice.due)"),
        "sentAt": Scalar("toString(notice.sentAt)"),
        "nextTryAt": Scalar("CASE WHEN notice.state = 'WAITING' THEN toString(notice.nextAt) END"),
        "acknowledgeBy": Scalar("toString(notice.escalateAt)"),
        "acknowledgedAt": Scalar("toString(notice.acknowledgedAt)"),
        "acknowledgedBy": Scalar("notice.acknowledgedBy"),
        "escalatedAt": Scalar("toString(notice.escalatedAt)"),
        "escalates": Scalar("notice.escalates"),
        "attempts": Relation(
            of=("NoticeAttempt",),
            match="MATCH (notice)<-[:ATTEMPT_OF]-(attempt:NoticeAttempt)",
            binds=("attempt",),
            order="attempt.number",
            many=True,
        ),
        "followUp": Relation(
            of=("FollowUp",),
            match="MATCH (notice)-[:ABOUT]->(follow:FollowUp)",
            binds=("follow",),
        ),
        "concern": OF_A_NOTICE,
    },
)

NOTICE_ATTEMPT = Shape(
    name="NoticeAttempt",
    node="attempt",
    fields={
        "number": Scalar("attempt.number"),
        "begunAt": Scalar("toString(attempt.begunAt)"),
        "endedAt": Scalar("toString(attempt.endedAt)"),
        "outcome": Scalar("attempt.outcome"),
        "code": Scalar("attempt.code"),
    },
)

SHAPES = (
    NOTICE,
    NOTICE_ATTEMPT,
    Shape("NoticeAcknowledged", "notice", {"notice": Relation(of=("Notice",))}),
    Shape("NoticeRefused", "", {"reason": Made("reason"), "message": Made("message")}),
)

_PLACE = "[notice.raisedAt.epochMillis, notice.id]"


def _listed(index: str, which: str = "") -> Text:
    def match(page: Page) -> str:
        return (
            f"MATCH (notice:Notice) USING INDEX notice:Notice({index}) WHERE {which}"
            " notice.raisedAt IS NOT NULL AND notice.id IS NOT NULL"
            f"{page.within(_PLACE, descending=True)} AND {_SEEN}"
        )

    return match


ROOTS = {
    "notice": Relation(
        of=("Notice",),
        match=f"MATCH (notice:Notice {{reference: $reference}}) WHERE {_SEEN}",
        binds=("notice",),
        arguments=(plain("reference"),),
    ),
    "notices": Relation(
        of=("Notice",),
        match=_listed("raisedAt, id"),
        instead={"state": _listed("state, raisedAt, id", "notice.state = $state AND")},
        given={
            "kind": "AND notice.kind = $kind",
            "recipient": "AND notice.recipient = $recipient",
        },
        binds=("notice",),
        order="notice.raisedAt DESC, notice.id DESC",
        many=True,
        cursor=_PLACE,
        arguments=(*(plain(name) for name in ("state", "kind", "recipient")), *paged(int, str)),
    ),
}

PAYLOADS = {
    "NoticeAcknowledged": Relation(
        of=("NoticeAcknowledged",),
        match="MATCH (notice:Notice {reference: $reference})",
        binds=("notice",),
        arguments=(plain("reference"),),
    )
}
