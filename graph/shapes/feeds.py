"""How fresh each source is: the day of its latest extract, and whether that is too long ago.

Which records a full extract no longer has, `sponsorgraph feeds` tells from the deliveries.
"""

from typing import Any

from graph.selection import Asked, UnanswerableError
from graph.shapes.asking import AS_OF
from graph.shapes.days import days_since
from graph.shapes.shape import Argument, Relation, Scalar, Shape
from graph.vocabulary.agencies import AGENCY_OF
from graph.vocabulary.feeds import LOCAL_TARGET, STALE_AFTER_DAYS

_AGENCY = " ".join(f"WHEN '{source}' THEN '{agency}'" for source, agency in AGENCY_OF.items())


def _days(value: Any, _: Asked) -> int:
    if value is None:
        return STALE_AFTER_DAYS
    if not isinstance(value, int) or value < 1:
        raise UnanswerableError("`staleAfterDays` is a number of days, 1 or more.")
    return value


FEED = Shape(
    name="Feed",
    node="source",
    fields={
        "source": Scalar("source"),
        "agency": Scalar(f"CASE source {_AGENCY} END"),
        "asOf": Scalar("toString(latest)"),
        "coversFrom": Scalar("toString(covers_from)"),
        "coversTo": Scalar("toString(covers_to)"),
        "receivedAt": Scalar("toString(received_at)"),
        "deliveries": Scalar("deliveries"),
        "daysSince": Scalar(days_since("latest")),
        "staleAfterDays": Scalar("$staleAfterDays"),
        "stale": Scalar(f"({days_since('latest')} > $staleAfterDays)"),
        "target": Scalar(f"'{LOCAL_TARGET}'"),
    },
)

SHAPES = (FEED,)
ROOTS = {
    "feeds": Relation(
        of=("Feed",),
        match="MATCH (delivery:Delivery) WHERE written(delivery) AND delivery.asOf <= $asOf"
        " WITH delivery.source AS source, max(delivery.asOf) AS latest,"
        " min(delivery.coversFrom) AS covers_from, max(delivery.coversTo) AS covers_to,"
        " max(delivery.receivedAt) AS received_at, count(*) AS deliveries",
        binds=(
            *("delivery", "source", "latest", "covers_from", "covers_to", "received_at"),
            "deliveries",
        ),
        order="source",
        many=True,
        arguments=(AS_OF, Argument("staleAfterDays", _days)),
    )
}
