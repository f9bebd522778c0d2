"""Whose word joined two records: not the word of somebody who was unsure."""

from pathlib import Path
from typing import Any

import pytest
from duckdb import DuckDBPyConnection

from graph.vocabulary.evidence import Judgement, Verdict
from linkage.demo import generate
from linkage.facts.lineage import Word, want_events
from linkage.intake.ingest import ingest
from linkage.link import Linked, link
from linkage.workings import open_workings

TWO_IDENTITIES = """
SELECT least(l.record_key, r.record_key), greatest(l.record_key, r.record_key)
FROM pairs JOIN identities l ON l.record_key = left_key AND l.role = pairs.role
JOIN identities r ON r.record_key = right_key AND r.role = pairs.role
WHERE pairs.role = 'CHILD' AND decision = 'REVIEW' AND l.identity_id <> r.identity_id
ORDER BY ALL LIMIT 1
"""
LINKED_TO = """
SELECT left_key, right_key FROM pairs
WHERE role = 'CHILD' AND decision = 'LINKED' AND is_link
  AND ($one IN (left_key, right_key) OR $other IN (left_key, right_key))
ORDER BY ALL LIMIT 1
"""


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("home")
    made = generate(150, 9, home / "demo", noise=2)
    ingest(home, [made.deliveries])
    linked(home, 1).close()
    return home


def linked(home: Path, run: int, *judgements: Judgement) -> DuckDBPyConnection:
    elder = home / f"{run - 1}.duckdb" if run > 1 else None
    connection = open_workings(home / f"{run}.duckdb", elder)
    done: Linked = link(connection, home, judgements=judgements, run=run)
    words = {one.id: Word(one.actor, one.reason) for one in judgements}
    want_events(connection, done, words)
    return connection


def asked(home: Path, question: str, **parameters: str) -> tuple[Any, ...]:
    with open_workings(home / "asked.duckdb", home / "1.duckdb") as connection:
        return connection.execute(question, parameters).fetchall()[0]


def judged(id_: str, pair: tuple[Any, ...], verdict: Verdict) -> Judgement:
    left, right = pair
    said = f"{verdict} was said"
    return Judgement(id_, "CHILD", left, right, verdict, said, "ana", "2026-01-01T00:00:00Z")


def test_an_event_is_told_with_the_word_that_made_it(home):
    two = asked(home, TWO_IDENTITIES)
    within = asked(home, LINKED_TO, one=two[0], other=two[1])
    unsure, same = judged("a", within, Verdict.UNSURE), judged("b", two, Verdict.SAME)
    with linked(home, 2, unsure, same) as connection:
        told = connection.execute("SELECT DISTINCT actor, reason FROM events_told WHERE run = 2")
        assert ("ana", same.reason) in told.fetchall()


def test_two_of_whom_somebody_was_unsure_are_not_linked_by_that_word(home):
    one, other = asked(home, TWO_IDENTITIES)
    within = asked(home, LINKED_TO, one=one, other=other)
    with linked(home, 2, judged("a", within, Verdict.UNSURE)) as connection:
        by_a_word = (
            "SELECT judgement FROM pairs WHERE decision = 'LINKED' AND judgement IS NOT NULL"
        )
        assert connection.execute(by_a_word).fetchall() == []
