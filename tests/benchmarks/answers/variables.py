"""What is asked: variables drawn from the graph itself, the same for every contestant."""

import random
from datetime import date, timedelta
from typing import Any

from graph.connection import Door
from graph.shapes.finding import by_name, words_of
from graph.sharing import SEES_EVERYTHING

MANY = 200
_SEED = 2446

_A_NUMBERS = """CYPHER 25 MATCH (b:ChildBiographics) WHERE b.aNumber IS NOT NULL AND b.supersededIn IS NULL
WITH b.aNumber AS a, count(*) AS many WHERE many = 1 WITH a ORDER BY a
WITH collect(a) AS every UNWIND range(0, size(every) - 1, 1 + size(every) / 1000) AS i
RETURN {a: every[i]}"""
# Sponsors whose two steps are neither nothing nor a shelter's.
_SPONSORS = """CYPHER 25 MATCH (s:Sponsor) WITH s ORDER BY s.id
WITH s, COUNT { (s)<-[:RELEASED_TO]-()-[:RELEASED_TO]->()-[:LIVES_AT]->() } AS near
WHERE 30 <= near <= 120 RETURN {id: s.id} LIMIT 1000"""
_COURTS = """CYPHER 25 MATCH (h:Hearing) WITH h.court AS court, count(*) AS many, min(h.date) AS since,
max(h.date) AS until WHERE many > 150 RETURN [court, toString(since), toString(until)]"""
# Two children of a child who was released to two sponsors: a path of four steps joins them.
_PAIRS = """CYPHER 25 MATCH (c:Child) WHERE COUNT { MATCH (c)-[:RELEASED_TO]->(s) RETURN DISTINCT s } > 1
WITH c ORDER BY c.id LIMIT 3000
MATCH (x:Child)-[:RELEASED_TO]->(s)<-[:RELEASED_TO]-(c)-[:RELEASED_TO]->(t)<-[:RELEASED_TO]-(y:Child)
WHERE s <> t AND x <> y AND x <> c AND y <> c
WITH DISTINCT x, y ORDER BY x.id, y.id LIMIT 1000 RETURN {from: x.id, to: y.id}"""
_NAMES = """CYPHER 25 MATCH (b:ChildBiographics) WHERE b.supersededIn IS NULL AND b.givenNames IS NOT NULL
AND b.familyName IS NOT NULL WITH b ORDER BY b.id
WITH collect(b) AS every UNWIND range(0, size(every) - 1, 1 + size(every) / 1000) AS i
RETURN every[i].givenNames + ' ' + every[i].familyName"""


def drawn(door: Door) -> dict[str, list[dict[str, Any]]]:
    """Variables of each question, at most MANY, in an order of their own."""
    chance = random.Random(_SEED)

    def asked(text: str) -> list[Any]:
        with door.reading() as session:
            found = session.run(text).value()
        chance.shuffle(found)
        return found[:MANY]

    courts = asked(_COURTS)
    hearings = [_before_a_day(chance, *chance.choice(courts)) for _ in range(MANY)]
    return {
        "child by A-number": asked(_A_NUMBERS),
        "two steps round a sponsor": asked(_SPONSORS),
        "50 hearings of a court": hearings,
        "path between two": asked(_PAIRS),
        "people by name": [_named(name) for name in asked(_NAMES)],
        "a thousand nested": hearings,
    }


def _before_a_day(chance: random.Random, court: str, since: str, until: str) -> dict[str, str]:
    first, last = date.fromisoformat(since), date.fromisoformat(until)
    middle = first + (last - first) / 2
    day = middle + timedelta(days=chance.randrange((last - middle).days + 1))
    return {"court": court, "until": day.isoformat()}


def _named(name: str) -> dict[str, str]:
    """The name for whoever forgives slips of the pen, and the query that comes of it."""
    query = by_name("child", words_of(name), SEES_EVERYTHING)["query"]
    return {"q": name, "lucene": query}
