"""The children said to live at one address or in one building (REQUIREMENTS.md, G3).

How many first, then who, each with the word that puts her there.
"""

from graph.shapes.asking import AS_OF, KNOWN_AT, paged, plain
from graph.shapes.counts import of_a_few
from graph.shapes.days import KNOWN_AT_TEXT, days_since, freshness
from graph.shapes.identities import ASKED, bearer
from graph.shapes.reports import BEGUN, HEARD_BY_THEN, ended
from graph.shapes.shape import Relation, Scalar, Shape

# Who lives where is looked up by area and page, and is no list to take away.
MOST_CHILDREN_A_PAGE = 50

_THERE = f"{HEARD_BY_THEN} AND {BEGUN} AND NOT {ended('child')}"
_LATEST = "-duration.inDays(date('1970-01-01'), fact.reportedOn).days"

_PLACE = "[latest, child.id, address.id]"

CHILDREN_AT_ADDRESS = Shape(
    name="ChildrenAtAddress",
    node="doors",
    fields={
        "address": Relation(of=("Address",)),
        "asOf": Scalar("toString($asOf)"),
        "knownAt": Scalar(KNOWN_AT_TEXT),
        "doors": Scalar("size(doors)"),
        "count": of_a_few(
            f"UNWIND doors AS door MATCH (child:Child)-[fact:LIVES_AT]->(door) WHERE {_THERE}"
            " WITH DISTINCT child",
            ("door", "fact"),
        ),
        "children": Relation(
            of=("ChildAtAddress",),
            match=lambda page: (
                "UNWIND doors AS address"
                f" MATCH (child:Child)-[fact:LIVES_AT]->(address) WHERE {_THERE}"
                " WITH * ORDER BY fact.reportedOn DESC, fact.id"
                " WITH child, address, collect(fact) AS facts WITH *, head(facts) AS fact"
                f" WITH *, {_LATEST} AS latest WHERE true{page.within(_PLACE)}"
            ),
            binds=("address", "child", "fact", "facts", "latest"),
            same={"resident": "child"},
            order="latest, child.id, address.id",
            many=True,
            cursor=_PLACE,
            arguments=paged(int, str, str, most=MOST_CHILDREN_A_PAGE),
        ),
    },
)

CHILD_AT_ADDRESS = Shape(
    name="ChildAtAddress",
    node="facts",
    fields={
        "child": Relation(of=("Child",)),
        "address": Relation(of=("Address",)),
        "report": Relation(of=("AddressReport",)),
        "agencies": Scalar(
            "COLLECT { UNWIND facts AS one RETURN DISTINCT one.agency ORDER BY one.agency }"
        ),
        "firstReportedOn": Scalar("toString(last(facts).reportedOn)"),
        "lastReportedOn": Scalar("toString(fact.reportedOn)"),
        "daysSinceReported": Scalar(days_since("fact.reportedOn")),
        "freshness": Scalar(freshness("fact.reportedOn")),
        "saidElsewhereSince": Scalar(
            "COLLECT { MATCH (child)-[later:LIVES_AT]->(elsewhere:Address)"
            " WHERE visible(later:LIVES_AT) AND elsewhere <> address"
            " AND later.reportedOn > fact.reportedOn AND later.reportedOn <= $asOf"
            " AND later.knownFrom <= $knownAt AND coalesce(later.validFrom <= $asOf, true)"
            " RETURN DISTINCT later.agency ORDER BY later.agency }"
        ),
    },
)

SHAPES = (CHILDREN_AT_ADDRESS, CHILD_AT_ADDRESS)

SAME_BUILDING = (
    "MATCH (neighbour:Address {building: address.building})"
    " WHERE written(neighbour) AND neighbour <> address"
    " AND coalesce(neighbour.city = address.city, true)"
    " AND coalesce(neighbour.state = address.state, true)"
)

ROOTS = {
    "childrenAtAddress": Relation(
        of=("ChildrenAtAddress",),
        match=f"{bearer('address', 'Address', '$addressId')}"
        " WITH *, CASE WHEN $sameBuilding THEN [address] + COLLECT {"
        f" {SAME_BUILDING} AND admitted(neighbour:Address) RETURN neighbour }}"
        " ELSE [address] END AS doors",
        binds=("address", "doors", "neighbour", *ASKED),
        arguments=(plain("addressId"), AS_OF, KNOWN_AT, plain("sameBuilding")),
    ),
}
