"""Lists and reports that look at every child: how long, beside a statement by hand.

    python -m tests.benchmarks.everybody --home FOLDER [--children 100000] [--times 5] [--only silent]

Fills a graph in FOLDER, unless one is there: each child released, 100,000 in a year, with two
agencies' words on two hearings, half of them called, one in ten missed and followed up. Then asks
each question over HTTP with gate and audit on, and sends the bare driver a statement written by
hand that finds out the same of everybody alone: no viewer, no classes, no runs, no reasons. A line
of the table is the median of both and how many times the one is the other. Exits with 1 where one
takes longer than a server waits, which it does longer for what counts everybody.
"""

import argparse
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path
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
from graph.shapes import OF_EVERYBODY
from graph.sharing import Viewer
from graph.sharing.asking import viewer_of
from graph.sharing.principal import Principal
from graph.vocabulary.evidence import STILL_HOLDS
from graph.vocabulary.viewers import ViewerRole
from graph.writes.steps import take
from tests.benchmarks.everybody_questions import QUESTIONS, Question
from tests.serving import serving

TODAY: Final = date(2024, 11, 1)
_HOLDS: Final = "runFrom: 1, runUntil: $open"
_PAPERS: Final = "['EOIR/eoir_schedule', 'PLANET/planet', 'EARM/earm', 'ORR/orr_release']"

_FILL: Final = (
    "MERGE (p:Publication {id: 'graph'}) SET p.run = 1, p.runId = 'r'",
    """UNWIND range(0, 24) AS nth
    CREATE (:Scope {id: 'office/O' + nth, kind: 'OFFICE', name: 'O' + nth, runFrom: 1})""",
    "UNWIND range(0, 9999) AS nth CREATE (:Sponsor {id: 'sponsor_' + nth, runFrom: 1})",
    f"""UNWIND range(1, $children) AS nth CALL (nth) {{
      MATCH (office:Scope {{id: 'office/O' + (nth % 25)}})
      MATCH (sponsor:Sponsor {{id: 'sponsor_' + (nth % 10000)}})
      CREATE (child:Child {{id: 'child_' + nth, runFrom: 1}})
      CREATE (child)-[:HAS_BIOGRAPHICS {{id: 'b' + nth, {_HOLDS}}}]->(:ChildBiographics
        {{id: 'b' + nth, dateOfBirth: date('2007-01-01') + duration({{days: nth % 3000}}),
          dateOfBirthFrom: ['ENFORCEMENT', 'RELEASE']}})
      CREATE (child)-[:WITHIN {{id: 'w' + nth, {_HOLDS}, record: 'x'}}]->(office)
      CREATE (child)-[:RELEASED_TO {{id: 'l' + nth, {_HOLDS}, source: 'ORR', agency: 'ORR',
        releasedOn: date('2024-10-29') - duration({{days: nth % $days}}), sharingClass: 'RELEASE',
        knownFrom: date('2024-10-29') - duration({{days: nth % $days}}),
        record: 'ORR/orr_release/' + nth + '/v1'}}]->(sponsor)
      WITH nth, child UNWIND {_PAPERS} AS paper
      CREATE (record:Record {{key: paper + nth, keyVersion: paper + '/' + nth + '/v1',
        source: split(paper, '/')[0], table: split(paper, '/')[1], recordId: toString(nth),
        version: 1, asOf: date('2024-06-30'), runFrom: 1,
        aNumber: CASE WHEN nth % 7 > 0 THEN 'A' + nth END}})
      CREATE (record)-[:DESCRIBES {{id: 'd' + paper + nth, {_HOLDS}}}]->(child)
    }} IN TRANSACTIONS OF 1000 ROWS""",
    f"""UNWIND range(1, $children) AS nth CALL (nth) {{
      MATCH (child:Child {{id: 'child_' + nth}})
      MATCH (court:Record {{keyVersion: 'EOIR/eoir_schedule/' + nth + '/v1'}})
      MATCH (counsel:Record {{keyVersion: 'PLANET/planet/' + nth + '/v1'}})
      MATCH (released:Record {{keyVersion: 'ORR/orr_release/' + nth + '/v1'}})
      FOREACH (called IN CASE WHEN nth % 2 = 0 THEN [1] ELSE [] END |
        CREATE (child)-[:CONTACT_STATED_IN {{id: 'c' + nth, {_HOLDS}, kind: 'CALL_30_DAY',
          leg: 'CHILD', outcome: 'REACHED', source: 'ORR', agency: 'ORR', sharingClass: 'WELFARE',
          on: date('2024-11-28') - duration({{days: nth % $days}}), record: released.keyVersion,
          knownFrom: date('2024-11-28') - duration({{days: nth % $days}})}}]->(released))
      FOREACH (sitting IN [1, 2] |
        CREATE (child)-[:HAS_HEARING {{id: 'h' + nth + '/' + sitting, {_HOLDS}}}]->
          (hearing:Hearing {{id: 'hearing_' + nth + '/' + sitting, court: 'C' + (nth % 40),
            date: date('2022-01-01') + duration({{days: (nth + 500 * sitting) % 1000}}),
            runFrom: 1}})
        CREATE (court)-[:REPORTS {{id: 'r' + nth + '/' + sitting, {_HOLDS}, source: 'EOIR',
          agency: 'EOIR', inAbsentia: false, sharingClass: 'COURT', knownFrom: date('2024-06-30'),
          enteredOn: hearing.date + duration({{days: nth % 100}}),
          appearance: CASE WHEN sitting = 2 AND nth <= $missed THEN 'FAILED_TO_APPEAR'
            ELSE 'APPEARED' END}}]->(hearing)
        CREATE (counsel)-[:REPORTS {{id: 'q' + nth + '/' + sitting, {_HOLDS}, source: 'PLANET',
          agency: 'ICE_OPLA', inAbsentia: false, sharingClass: 'ENFORCEMENT',
          knownFrom: date('2024-06-30'), enteredOn: hearing.date + duration({{days: nth % 40}}),
          appearance: CASE WHEN sitting = 2 AND nth <= $missed AND nth % 8 > 0
            THEN 'FAILED_TO_APPEAR' ELSE 'APPEARED' END}}]->(hearing))
      FOREACH (absent IN CASE WHEN nth <= $missed THEN [1] ELSE [] END |
        CREATE (child)-[:ORDER_STATED_IN {{id: 'o' + nth, {_HOLDS}, inAbsentia: true,
          court: 'C' + (nth % 40), source: 'EOIR', agency: 'EOIR', sharingClass: 'COURT',
          on: date('2022-01-01') + duration({{days: (nth + 1000) % 1000}}),
          knownFrom: date('2024-06-30'), record: court.keyVersion}}]->(court))
    }} IN TRANSACTIONS OF 1000 ROWS""",
)


def main() -> int:
    """A line a question."""
    asked = _asked()
    settings, there = Settings(home=asked.home), (asked.home / "filled").exists()
    with located(settings) as endpoint, opened(endpoint) as door:
        migrate(door)
        if not there:
            _fill(door, asked.children, asked.children // 10)
            (asked.home / "filled").touch()
        print(f"{'':22} {'over HTTP':>10} {'by hand':>10} {'times':>6}")
        wanted = [one for one in QUESTIONS if asked.only in (None, one.name)]
        slow = [one.name for one in wanted if not _told(door, endpoint, settings, one, asked.times)]
    return 1 if slow else 0


def _fill(door: Door, children: int, missed: int) -> None:
    days = children * _A_YEARS // 100_000
    told = {"children": children, "missed": missed, "open": STILL_HOLDS, "days": days}
    with door.writing() as session:
        for statement in _FILL:
            session.run(statement, told).consume()
        more = True
        while more:
            more = take(session, lambda: opening(datetime.now(UTC))).more
        # Opened over a year, a quarter of them searched, and each notice sent after a day.
        session.run(_AGED).consume()


# Days in which 100,000 are released: 448,820 were transferred in five fiscal years.
_A_YEARS = 350
_AGED: Final = """CYPHER 25
MATCH (follow:FollowUp) WITH follow, rand() * 360 AS days
WITH follow, datetime('2023-10-02T00:00Z') + duration({days: toInteger(days)}) AS at
SET follow.openedAt = at
CREATE (:FollowUpStep {id: 's' + follow.id, key: 's' + follow.id, event: 'NOTIFY_ORR',
  at: at + duration('P1D'), actor: 'worker'})-[:STEP_OF]->(follow)
CREATE (:Notice {id: 'n' + follow.id, reference: 'n' + follow.id, kind: 'ORR_NOTICE',
  recipient: 'orr/inbox', state: 'SENT', raisedAt: at, sentAt: at + duration('P1D'), attempts: 1,
  sharingClass: 'ENFORCEMENT', office: follow.office, version: 1})-[:ABOUT]->(follow)"""


def _told(
    door: Door, endpoint: Endpoint, settings: Settings, question: Question, times: int
) -> bool:
    limits = ApiSettings(
        warming=False, seconds_to_answer=300, seconds_to_count=300, most_operations_a_second=0
    )
    with _served(settings, endpoint, limits, _viewer(question)) as client:
        ours = list(_timed(lambda: _answer(client, question), times))
    with door.reading() as session:
        run = lambda: session.run(question.by_hand, question.told).consume()  # noqa: E731 - timed
        bare = list(_timed(run, times))
    told, plain = median(ours), median(bare)
    print(f"{question.name:22} {told:8.0f} ms {plain:8.0f} ms {told / plain:6.1f}", flush=True)
    counts = any(name in question.asked for name in OF_EVERYBODY)
    waits = ApiSettings().seconds_to_count if counts else ApiSettings().seconds_to_answer
    return told <= waits * 1_000


@contextmanager
def _served(
    settings: Settings, endpoint: Endpoint, limits: ApiSettings, viewer: Viewer
) -> Iterator[httpx.Client]:
    served = Settings(
        home=settings.home,
        neo4j_uri=endpoint.uri,
        neo4j_user=endpoint.user,
        neo4j_password=endpoint.password,
    )
    app = create_app(served, limits, admits=as_one(viewer), clock=lambda: TODAY)
    with serving(app, limits) as address, httpx.Client(base_url=address, timeout=300) as client:
        yield client


def _viewer(question: Question) -> Viewer:
    role, purpose = question.role, question.purpose
    principal = Principal(f"a {role}", frozenset({ViewerRole(role)}), None, frozenset(question.of))
    return viewer_of(principal, role, purpose, "8 U.S.C. 1232(c)", None, TODAY)


def _answer(client: httpx.Client, question: Question) -> None:
    answer = client.post("/graphql", json={"query": question.asked}).json()
    assert "errors" not in answer, answer


def _timed(work: Callable[[], Any], times: int) -> Iterator[float]:
    """Milliseconds of each time but the first, in which Neo4j plans."""
    for nth in range(times + 1):
        began = time.monotonic()
        work()
        if nth:
            yield (time.monotonic() - began) * 1_000


def _asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--home", type=Path, required=True)
    parser.add_argument("--children", type=int, default=100_000)
    parser.add_argument("--times", type=int, default=5)
    parser.add_argument("--only")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
