"""A page of the queue over GraphQL, with ten thousand follow-ups open among a hundred thousand children.

    python -m tests.benchmarks.queueing --home FOLDER [--children 100000] [--missed 10000] [--pages 60]

Fills a graph in FOLDER, which it makes anew, with as many children of 25 offices, of whom some failed
to appear; opens their follow-ups as the worker does, and asks for pages of 20 over real HTTP with the
audit and the gate on: a coordinator their office's, ORR every office's, page after page. Beside each
median stands that of the very statement sent by the bare driver in the same run. Exits with 1 where a
median is over 50 ms.
"""

import argparse
import sys
import time
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from shutil import rmtree
from statistics import median
from typing import Any, Final

import httpx

from api.admission import as_one
from api.app import create_app
from api.settings import ApiSettings
from graph.connection import Door, Endpoint, located, opened
from graph.following.opening import opening
from graph.migrate import migrate
from graph.settings import Settings
from graph.sharing import Viewer
from graph.sharing.asking import viewer_of
from graph.sharing.principal import Principal
from graph.vocabulary.viewers import ViewerRole
from graph.writes.steps import take
from tests.serving import serving

MOST_MILLISECONDS: Final = 50.0
TODAY: Final = date(2024, 11, 1)
_PAGE: Final = """
query ($actor: FollowUpActor, $after: String) {
  nextActions(actor: $actor, after: $after) {
    edges { node { step region due overdue why duty { force rule } followUp { id failedOn court child { id } } } }
    pageInfo { hasNextPage endCursor }
  }
}"""
# The index gives the bare driver a page as it gives one to us: no viewer, no reasons, no paging.
_BARE: Final = """CYPHER 25
MATCH (next:NextAction)
WHERE next.actor = $actor AND next.office = $office AND next.sort >= date('0001-01-01')
WITH next ORDER BY next.sort, next.rank, next.id LIMIT 21
MATCH (next)-[:NEXT_FOR]->(follow:FollowUp)-[:FOLLOWS]->(hearing)<-[:HAS_HEARING]-(child:Child)
RETURN collect([next.step, next.region, toString(next.due), follow.id, toString(follow.failedOn),
  follow.court, child.id])"""
_ENOUGH: Final = 10

_FILL: Final = (
    "MERGE (p:Publication {id: 'graph'}) SET p.run = 1, p.runId = 'r'",
    """UNWIND range(0, 24) AS nth
    CREATE (:Scope {id: 'office/O' + nth, kind: 'OFFICE', name: 'O' + nth, runFrom: 1})""",
    """UNWIND range(1, $children) AS nth CALL (nth) {
      MATCH (office:Scope {id: 'office/O' + (nth % 25)})
      CREATE (child:Child {id: 'child_' + nth, runFrom: 1})
      CREATE (child)-[:WITHIN {id: 'w' + nth, runFrom: 1, runUntil: $open, record: 'x'}]->(office)
      CREATE (record:Record {key: 'k' + nth, keyVersion: 'EOIR/eoir_schedule/' + nth + '/v1',
        source: 'EOIR', table: 'eoir_schedule', recordId: toString(nth), version: 1,
        asOf: date('2024-06-30'), runFrom: 1})
      CREATE (record)-[:DESCRIBES {id: 'd' + nth, runFrom: 1, runUntil: $open}]->(child)
      CREATE (child)-[:HAS_HEARING {id: 'h' + nth, runFrom: 1, runUntil: $open}]->(hearing:Hearing
        {id: 'hearing_' + nth, court: 'C' + (nth % 40), runFrom: 1,
         date: date('2024-01-01') + duration({days: nth % 300})})
      CREATE (record)-[:REPORTS {id: 'r' + nth, source: 'EOIR', agency: 'EOIR',
        appearance: CASE WHEN nth <= $missed THEN 'FAILED_TO_APPEAR' ELSE 'APPEARED' END,
        inAbsentia: false, sharingClass: 'COURT', knownFrom: date('2024-06-30'),
        runFrom: 1, runUntil: $open}]->(hearing)
    } IN TRANSACTIONS OF 2000 ROWS""",
)


def main() -> int:
    """The medians, one line for each who asks."""
    asked = _asked()
    rmtree(asked.home, ignore_errors=True)
    settings = Settings(home=asked.home)
    with located(settings) as endpoint, opened(endpoint) as door:
        migrate(door)
        _fill(door, asked.children, asked.missed)
        slowest = max(_compared(door, endpoint, asked) for asked in _askers(settings, asked.pages))
    return 0 if slowest <= MOST_MILLISECONDS else 1


def _fill(door: Door, children: int, missed: int) -> None:
    told = {"children": children, "missed": missed, "open": 9_223_372_036_854_775_807}
    with door.writing() as session:
        for statement in _FILL:
            session.run(statement, told).consume()
        began, follow_ups, more = time.monotonic(), 0, True
        while more:
            opened_now = take(session, lambda: opening(datetime.now(UTC)))
            follow_ups, more = follow_ups + opened_now.follow_ups, opened_now.more
    print(f"{follow_ups:,} follow-ups opened in {time.monotonic() - began:.1f} s")


class _Asker:
    """Somebody who reads the queue page after page."""

    def __init__(self, name: str, actor: str, viewer: Viewer, settings: Settings, pages: int):
        self.name, self.actor, self.viewer = name, actor, viewer
        self.settings, self.pages = settings, pages


def _askers(settings: Settings, pages: int) -> Iterator[_Asker]:
    yield _Asker("a coordinator", "ERO", _viewer("ERO_FOJC", "office/O0"), settings, pages)
    yield _Asker("ORR, of everybody's", "ERO", _viewer("ORR_TRIAGE"), settings, pages)


def _viewer(role: str, *scopes: str) -> Viewer:
    principal = Principal(f"a {role}", frozenset({ViewerRole(role)}), None, frozenset(scopes))
    return viewer_of(principal, role, "CASE_MANAGEMENT", "8 U.S.C. 1232(c)", None, TODAY)


def _compared(door: Door, endpoint: Endpoint, asked: _Asker) -> float:
    served = Settings(
        home=asked.settings.home,
        neo4j_uri=endpoint.uri,
        neo4j_user=endpoint.user,
        neo4j_password=endpoint.password,
    )
    limits = ApiSettings(warming=False)
    app = create_app(served, limits, admits=as_one(asked.viewer), clock=lambda: TODAY)
    with serving(app, limits) as address, httpx.Client(base_url=address, timeout=60) as client:
        ours = list(_pages(client, asked))
    bare = list(_bare(door, asked))
    told = median(ours[_ENOUGH:])
    print(
        f"{asked.name}: a page of 20 at the median {told:.1f} ms over HTTP"
        f" (slowest {max(ours[_ENOUGH:]):.1f}), {told / median(bare[_ENOUGH:]):.1f} times the bare"
        " driver's plain page"
    )
    return told


def _pages(client: httpx.Client, asked: _Asker) -> Iterator[float]:
    """Milliseconds a page; from the start again where the queue ends."""
    after: str | None = None
    for _ in range(asked.pages):
        body = {"query": _PAGE, "variables": {"actor": asked.actor, "after": after}}
        began = time.monotonic()
        answer = client.post("/graphql", json=body).json()
        yield (time.monotonic() - began) * 1_000
        assert "errors" not in answer, answer
        info = answer["data"]["nextActions"]["pageInfo"]
        after = info["endCursor"] if info["hasNextPage"] else None


def _bare(door: Door, asked: _Asker) -> Iterator[float]:
    told: dict[str, Any] = {"actor": asked.actor, "office": "office/O0"}
    with door.reading() as session:
        for _ in range(asked.pages):
            began = time.monotonic()
            session.run(_BARE, told).single(strict=True)
            yield (time.monotonic() - began) * 1_000


def _asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--home", type=Path, required=True)
    parser.add_argument("--children", type=int, default=100_000)
    parser.add_argument("--missed", type=int, default=10_000)
    parser.add_argument("--pages", type=int, default=60)
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
