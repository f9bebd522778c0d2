"""Where a child's hearing is, and which courts are near where she lives (REQUIREMENTS.md, A6).

S2:238: a hearing elsewhere "would require the UC to file a change of venue motion".
"""

from graph.shapes.asking import AS_OF, KNOWN_AT, paged
from graph.shapes.conflicts import STATE
from graph.shapes.dwellers import MOST_CHILDREN_A_PAGE
from graph.shapes.reports import BEGUN, HEARD_BY_THEN, ended
from graph.shapes.shape import Relation, Scalar, Shape
from graph.vocabulary.venues import COURTS_OF_STATE

_COURTS = " ".join(
    f"WHEN '{state}' THEN [{', '.join(repr(court) for court in courts)}]"
    for state, courts in COURTS_OF_STATE.items()
)
# The first of `locate`'s candidates, in its order; and the hearing of the latest day.
_VENUE = f"""
WITH *, head(COLLECT {{
  MATCH (child)-[fact:LIVES_AT]->(home:Address) WHERE {HEARD_BY_THEN} AND {BEGUN}
  WITH home, max(fact.reportedOn) AS latest_on, count(DISTINCT fact.agency) AS agencies,
    max(CASE WHEN {ended("child")} THEN 0 ELSE 1 END) AS lasts
  RETURN home ORDER BY lasts DESC, latest_on DESC, agencies DESC, home.id LIMIT 1
}}) AS home, head(COLLECT {{
  MATCH (child)-[has_hearing:HAS_HEARING]->(heard_at:Hearing)
  WHERE holds(has_hearing) AND heard_at.court IS NOT NULL
    AND EXISTS {{ MATCH (:Record)-[heard:REPORTS]->(heard_at)
      WHERE visible(heard:REPORTS) AND heard.knownFrom <= $knownAt }}
  RETURN heard_at ORDER BY heard_at.date DESC, heard_at.id LIMIT 1
}}) AS heard_at
WITH *, CASE home.state {_COURTS} ELSE [] END AS courts
WITH *, coalesce(size(courts) > 0 AND NOT heard_at.court IN courts, false) AS elsewhere"""
_BINDS = (
    *("fact", "home", "latest_on", "agencies", "lasts", "has_hearing", "heard_at", "heard"),
    *("courts", "elsewhere"),
)

VENUE = Shape(
    name="Venue",
    node="courts",
    fields={
        "child": Relation(of=("Child",)),
        "asOf": Scalar("toString($asOf)"),
        "address": Relation(
            of=("Address",),
            match="WITH *, home AS address WHERE address IS NOT NULL",
            binds=("address",),
        ),
        "hearing": Relation(
            of=("Hearing",),
            match="WITH *, heard_at AS hearing WHERE hearing IS NOT NULL",
            binds=("hearing",),
        ),
        "courtsNearby": Scalar("courts"),
        "mismatch": Scalar("elsewhere"),
    },
)

VENUE_OF_A_CHILD = Relation(of=("Venue",), match=_VENUE, binds=_BINDS, arguments=(AS_OF, KNOWN_AT))

SHAPES = (VENUE,)

_PLACE = "[home.id, child.id]"

ROOTS = {
    "venueMismatches": Relation(
        of=("Venue",),
        # An area at a time, led by the index (state, id); a child stands at her present address.
        match=lambda page: (
            "MATCH (place:Address) USING INDEX place:Address(state, id)"
            f" WHERE place.state = $state AND place.id IS NOT NULL{page.bounds('place.id')}"
            " AND written(place)"
            " MATCH (child:Child)-[led:LIVES_AT]->(place) WHERE visible(led:LIVES_AT)"
            " AND led.reportedOn <= $asOf AND led.knownFrom <= $knownAt"
            f" WITH DISTINCT place, child {_VENUE}"
            f" WHERE elsewhere AND home = place{page.within(_PLACE)}"
        ),
        binds=("place", "child", "led", *_BINDS),
        order="home.state, home.id, child.id",
        many=True,
        cursor=_PLACE,
        arguments=(STATE, AS_OF, KNOWN_AT, *paged(str, str, most=MOST_CHILDREN_A_PAGE)),
    )
}
