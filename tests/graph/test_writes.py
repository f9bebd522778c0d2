"""Batches that apply once, and runs that are seen whole or not at all."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from neo4j import Session
from neo4j.exceptions import IncompleteCommit

from graph.checksum import fingerprint
from graph.errors import SponsorgraphError
from graph.vocabulary.evidence import STILL_HOLDS
from graph.writes import KINDS
from graph.writes.runs import (
    Published,
    apply_batch,
    begin_run,
    publish,
    published_run,
    unfinished_run,
)

NOW = datetime(2024, 7, 1, 12, tzinfo=UTC)
DAY = date(2024, 6, 30)

SAMPLES: dict[type, Any] = {
    str: "x",
    int: 1,
    bool: True,
    float: 1.5,
    date: DAY,
    list[str]: ["x"],
    list[int]: [1],
}
ENDS = {
    "child": "c", "sponsor": "s", "record": "r", "hearing": "h", "address": "a",
    "scope": "o", "judgement": "j", "left_key": "r", "from_ids": ["c"], "to_ids": ["c"],
}  # fmt: skip


def a_row(kind: str, **said: Any) -> dict[str, Any]:
    """A row of this kind with a value in every column, ends that exist included."""
    row = {
        name: ENDS.get(name, _sample(asked))
        for name, asked in KINDS[kind].row.__annotations__.items()
    }
    row["person"] = "s" if kind.startswith("sponsor") else "c"
    row["identity"] = "s" if "sponsor" in kind else "c"
    row["old"] = row["heir"] = next((ENDS[end] for end in ENDS if kind.endswith(end)), "c")
    return row | said


def _sample(asked: Any) -> Any:
    plain = getattr(asked, "__args__", (asked,))[0] if asked not in SAMPLES else asked
    return SAMPLES[plain]


ANCHORS = {
    "children": {"id": "c"},
    "sponsors": {"id": "s"},
    "addresses": {"id": "a"},
    "hearings": {"id": "h"},
    "scopes": {"id": "o"},
    "records": {"key_version": "r"},
}


def a_run(session: Session, *kinds: str, seq: int = 1, **said: Any) -> None:
    """Write one row of each of these kinds, as one run that is not published."""
    begin(session, seq, len(kinds))
    for batch, kind in enumerate(kinds, start=1):
        apply_batch(session, seq, batch, [(KINDS[kind], [a_row(kind, **ANCHORS.get(kind, said))])])


def begin(session: Session, seq: int = 1, planned: int = 1, run_id: str | None = None) -> None:
    begin_run(session, seq, run_id or f"run-{seq}", planned=planned, models=["m"], at=NOW)


def a_judgement(session: Session) -> None:
    """What a person recorded: no run writes it, and a run may heed it."""
    session.run("CREATE (:Judgement {id: 'j', leftKey: 'r', rightKey: 'q', key: 'k'})").consume()


def count(session: Session, statement: str) -> int:
    found = session.run(statement).single()
    return int(found[0]) if found else 0


def test_what_every_kind_creates_is_there_with_all_that_its_row_says(session: Session):
    creates = [name for name in KINDS if not name.startswith("close_")]
    a_judgement(session)

    a_run(session, *creates)

    assert count(session, "MATCH ()-[r]->() RETURN count(r)") == 23
    assert count(session, "MATCH (:IdentityEvent)-[r:FROM|TO]->(:Child) RETURN count(r)") == 2
    said_less = session.run("""
        MATCH (a)-[r:!FROM&!TO]->()
        WHERE r.runFrom <> 1 OR r.runUntil <> 9223372036854775807 OR r.id IS NULL
        RETURN count(r)""").single()
    assert said_less is not None
    assert said_less[0] == 0


def test_the_statements_write_the_one_number_for_still_holding():
    for name, kind in KINDS.items():
        if "runUntil:" in kind.statement:
            assert f"runUntil: {STILL_HOLDS}" in kind.statement, name


def test_every_fact_can_be_closed(session: Session):
    closers = [name for name in KINDS if name.startswith("close_")]
    a_judgement(session)
    a_run(session, *(name for name in KINDS if not name.startswith("close_")))
    publish(session, 1, NOW)

    begin(session, 2, len(closers))
    for batch, name in enumerate(closers, start=1):
        opened = a_row(name.removeprefix("close_"))
        starts = (
            "person",
            "child",
            "sponsor",
            "record",
            "identity",
            "left_key",
            "old",
            "judgement",
        )
        start = next(
            opened[key] for key in starts if key in KINDS[name.removeprefix("close_")].columns
        )
        apply_batch(session, 2, batch, [(KINDS[name], [{"start": start, "id": "x"}])])

    assert count(session, "MATCH ()-[r]->() WHERE r.runUntil <> 2 RETURN count(r)") == 0
    assert (
        count(session, "MATCH (r:PublicRelease|CandidatePair {runUntil: 2}) RETURN count(r)") == 2
    )


def test_a_batch_applied_twice_changes_nothing(session: Session):
    a_run(session, "records", "children")
    batch = [a_row("describes_child")]
    session.run("MATCH (run:Run) SET run.planned = 3").consume()

    first = apply_batch(session, 1, 3, [(KINDS["describes_child"], batch)])
    again = apply_batch(session, 1, 3, [(KINDS["describes_child"], batch)])

    assert (first, again) == (True, False)
    assert count(session, "MATCH ()-[r:DESCRIBES]->() RETURN count(r)") == 1


def test_a_batch_that_would_leave_a_gap_is_refused(session: Session):
    begin(session, planned=2)

    with pytest.raises(SponsorgraphError, match="not the next"):
        apply_batch(session, 1, 2, [(KINDS["children"], [a_row("children")])])

    assert count(session, "MATCH (c:Child) RETURN count(c)") == 0


def test_a_batch_that_fails_leaves_its_number_unused(session: Session):
    a_run(session, "children")
    session.run("MATCH (run:Run) SET run.planned = 2").consume()

    with pytest.raises(Exception, match="already exists"):
        apply_batch(session, 1, 2, [(KINDS["children"], [a_row("children", id="c")])])

    run = unfinished_run(session)
    assert run is not None
    assert run.batches == 1


class LosingTheAnswer:
    """A session whose first commit succeeds, and whose answer is lost on the way back."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._lost = False

    def execute_write(self, work: Any) -> Any:
        answer = self._session.execute_write(work)
        if not self._lost:
            self._lost = True
            raise IncompleteCommit
        return answer


def test_a_commit_whose_answer_was_lost_is_read_back_and_not_repeated(session: Session):
    begin(session)

    apply_batch(LosingTheAnswer(session), 1, 1, [(KINDS["children"], [a_row("children")])])  # type: ignore[arg-type]

    assert count(session, "MATCH (c:Child) RETURN count(c)") == 1


def test_a_run_is_seen_when_it_is_published_and_not_before(session: Session):
    nothing = fingerprint(session)
    a_run(session, "records", "children", "describes_child")

    assert fingerprint(session) == nothing
    assert published_run(session) == Published(0, "")
    publish(session, 1, NOW)

    assert fingerprint(session) != nothing
    assert published_run(session) == Published(1, "run-1")
    assert unfinished_run(session) is None


def test_a_run_that_is_half_written_cannot_be_published(session: Session):
    begin(session, planned=2)
    apply_batch(session, 1, 1, [(KINDS["children"], [a_row("children")])])

    with pytest.raises(SponsorgraphError, match="not wholly written"):
        publish(session, 1, NOW)

    assert published_run(session).seq == 0


def test_publishing_twice_keeps_the_time_of_the_first(session: Session):
    a_run(session, "children")
    publish(session, 1, NOW)
    publish(session, 1, NOW.replace(year=2025))

    found = session.run("MATCH (run:Run) RETURN run.publishedAt").single()
    assert found is not None
    assert found[0].startswith("2024")


def test_a_second_run_waits_for_the_first(session: Session):
    begin(session, 1, run_id="mine")
    begin(session, 1, run_id="mine")

    with pytest.raises(SponsorgraphError, match="another `sponsorgraph link`"):
        begin(session, 1, run_id="theirs")
    with pytest.raises(SponsorgraphError, match="another `sponsorgraph link`"):
        begin(session, 2, run_id="next")

    assert count(session, "MATCH (run:Run) RETURN count(run)") == 1


def test_a_fact_that_comes_back_leaves_its_first_time_closed(session: Session):
    a_run(session, "children", "hearings", "has_hearing")
    publish(session, 1, NOW)
    begin(session, 2)
    apply_batch(session, 2, 1, [(KINDS["close_has_hearing"], [{"start": "c", "id": "x"}])])
    publish(session, 2, NOW)
    a_run(session, "has_hearing", seq=3)
    publish(session, 3, NOW)
    begin(session, 4)
    apply_batch(session, 4, 1, [(KINDS["close_has_hearing"], [{"start": "c", "id": "x"}])])

    spans = session.run(
        "MATCH ()-[r:HAS_HEARING]->() RETURN r.runFrom, r.runUntil ORDER BY r.runFrom"
    )
    assert [row.values() for row in spans] == [[1, 2], [3, 4]]


def test_biographics_that_come_back_are_the_same_node(session: Session):
    a_run(session, "children", "child_biographics")
    publish(session, 1, NOW)
    begin(session, 2)
    apply_batch(session, 2, 1, [(KINDS["close_child_biographics"], [{"start": "c", "id": "x"}])])
    publish(session, 2, NOW)

    a_run(session, "child_biographics", seq=3)

    assert count(session, "MATCH (b:ChildBiographics) RETURN count(b)") == 1
    assert count(session, "MATCH ()-[r:HAS_BIOGRAPHICS]->() RETURN count(r)") == 2


def test_a_fact_written_twice_is_not_the_same_graph(session: Session):
    a_run(session, "records", "children", "describes_child")
    publish(session, 1, NOW)
    once = fingerprint(session)
    session.run("""
        MATCH (a)-[r:DESCRIBES]->(b) CREATE (a)-[again:DESCRIBES]->(b) SET again = properties(r)
        CREATE (a)-[oncemore:DESCRIBES]->(b) SET oncemore = properties(r)""").consume()

    assert fingerprint(session) != once


@pytest.mark.parametrize("name", KINDS)
def test_no_statement_reads_a_whole_label(session: Session, name: str):
    summary = session.run(f"EXPLAIN {KINDS[name].statement}", rows=[], run=1).consume()

    # Closing reads what it then sets, and so has to gather its rows first: ten thousand of two texts.
    dear = ("NodeByLabelScan", "AllNodes", *(() if name.startswith("close_") else ("Eager@",)))
    assert not {each for each in _operators(summary.plan) if each.startswith(dear)}


def _operators(plan: Any) -> list[str]:
    return [
        plan["operatorType"],
        *(each for child in plan.get("children", []) for each in _operators(child)),
    ]
