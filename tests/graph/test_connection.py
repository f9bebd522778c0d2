import asyncio
import socket
import time
from dataclasses import replace
from pathlib import Path

import pytest
from neo4j.exceptions import CypherSyntaxError
from pydantic import SecretStr

from graph.connection import Door, Endpoint, async_opened, connected, deadline, opened
from graph.errors import ConnectionFailedError, DeadlineExceededError, UsageError
from graph.settings import Settings, settings_from_environment

SECRET = "hunter2-hunter2"


def refusal(endpoint: Endpoint) -> str:
    with pytest.raises((ConnectionFailedError, UsageError)) as refused, opened(endpoint):
        pass
    assert SECRET not in str(refused.value)
    return str(refused.value)


def test_an_empty_graph_is_at_run_zero(graph_door: Door):
    with graph_door.reading() as session:
        found = session.run("MATCH (p:Publication) RETURN p.run AS run").single(strict=True)
        assert found["run"] == 0


def test_a_reader_sees_what_the_same_door_wrote(graph_door: Door):
    with graph_door.writing() as session:
        session.execute_write(lambda tx: tx.run("CREATE (:Child {id: 'ch_1'})").consume())
    with graph_door.reading() as session:
        assert session.execute_read(lambda tx: tx.run("MATCH (c:Child) RETURN c.id").values()) == [
            ["ch_1"]
        ]


def test_a_reading_session_cannot_write(graph_door: Door):
    with graph_door.reading() as session, pytest.raises(Exception, match="read access mode"):
        session.run("CREATE (:Child {id: 'ch_1'})").consume()


def test_a_wrong_password_is_told_without_the_password(neo4j: Endpoint):
    assert "NEO4J_PASSWORD" in refusal(replace(neo4j, password=SECRET))


def test_a_server_that_is_not_there_is_told_by_its_address():
    told = refusal(Endpoint("bolt://127.0.0.1:1", "neo4j", SECRET))
    assert "127.0.0.1:1 cannot be reached" in told


def test_an_address_of_something_else_is_told_by_an_example():
    assert "neo4j+s://host:7687" in refusal(
        Endpoint(f"http://u:{SECRET}@127.0.0.1", "neo4j", SECRET)
    )


def test_a_database_that_does_not_exist_is_told_by_its_name(neo4j: Endpoint):
    assert "no database elsewhere" in refusal(replace(neo4j, database="elsewhere"))


def test_our_own_mistakes_are_not_called_connection_errors(neo4j: Endpoint):
    with pytest.raises(CypherSyntaxError), opened(neo4j) as door, door.reading() as session:
        session.run("MATCH").consume()


def test_a_server_of_ones_own_is_used_and_none_is_started(neo4j: Endpoint, tmp_path: Path):
    theirs = Settings(
        home=tmp_path / "untouched",
        neo4j_uri=neo4j.uri,
        neo4j_password=SecretStr(neo4j.password),
    )
    with connected(theirs) as door:
        assert door.driver.execute_query("RETURN 1", database_=door.database).records
    assert not (tmp_path / "untouched").exists()


def test_the_password_may_lie_in_a_file(neo4j: Endpoint, tmp_path: Path):
    (tmp_path / "password").touch(mode=0o600)
    (tmp_path / "password").write_text(f"{neo4j.password}\n")
    theirs = Settings(neo4j_uri=neo4j.uri, neo4j_password_file=tmp_path / "password")
    assert theirs.password_for_uri() == neo4j.password


def test_an_address_without_a_password_is_a_mistake_of_use():
    with pytest.raises(UsageError, match="NEO4J_PASSWORD"):
        Settings(neo4j_uri="bolt://127.0.0.1:1", neo4j_password=None).password_for_uri()


def test_a_setting_that_cannot_be_read_is_named_without_its_value(monkeypatch):
    monkeypatch.setenv("SPONSORGRAPH_NEO4J_HEAP", "much")
    with pytest.raises(UsageError, match="SPONSORGRAPH_NEO4J_HEAP") as refused:
        settings_from_environment()
    assert "much" not in str(refused.value)


def test_an_endpoint_does_not_show_its_password(neo4j: Endpoint):
    assert neo4j.password not in repr(neo4j)


async def test_the_served_process_reads_through_a_door_of_its_own(neo4j: Endpoint):
    async with async_opened(neo4j) as door, door.reading() as session, deadline(30):
        assert await (await session.run("RETURN 1")).values() == [[1]]


async def test_a_server_that_accepts_and_says_nothing_is_left_at_the_deadline():
    with socket.create_server(("127.0.0.1", 0)) as silent:
        endpoint = Endpoint(f"bolt://127.0.0.1:{silent.getsockname()[1]}", "neo4j", SECRET)
        started = asyncio.get_running_loop().time()
        with pytest.raises(DeadlineExceededError, match=r"within 0\.3 s"):
            async with deadline(0.3), async_opened(endpoint):
                pass
        assert asyncio.get_running_loop().time() - started < 2


def test_a_statement_is_planned_once_however_long_its_lists_and_texts_are(shared_door: Door):
    """Planning this one takes hundreds of milliseconds, finding its plan a few."""
    parts = " ".join(
        "CALL () { OPTIONAL MATCH (:Child {id: $text})-[:HAS_HEARING]->(hearing)"
        f" WHERE hearing.id IN $list RETURN collect(hearing.id) AS ids{n} }}"
        for n in range(12)
    )

    def seconds(length: int) -> float:
        begun = time.perf_counter()
        with shared_door.reading() as session:
            session.run(
                f"CYPHER 25 {parts} RETURN ids0", text="x" * length, list=["x"] * length
            ).consume()
        return time.perf_counter() - begun

    planned = seconds(1)
    assert max(seconds(length) for length in (20, 200, 2000)) < planned / 3
