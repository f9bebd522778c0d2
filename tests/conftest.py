"""A real Neo4j for the whole session, and an empty, migrated graph for each test that asks."""

import os
from collections.abc import Iterator

import neo4j
import pytest

from graph.connection import Door, Endpoint, located, opened
from graph.migrate import migrate
from graph.settings import Settings
from tests.spreading import (
    pytest_collection_modifyitems,
    pytest_xdist_auto_num_workers,
    pytest_xdist_make_scheduler,
)

__all__ = [
    "pytest_collection_modifyitems",
    "pytest_xdist_auto_num_workers",
    "pytest_xdist_make_scheduler",
]

# Of every server that a test or one of its commands starts: none will be asked for long.
BRIEFLY = {"SPONSORGRAPH_NEO4J_SHORT_LIVED": "true", "SPONSORGRAPH_API_WARMING": "false"}

# Everything but what migrations made, in batches: a big test must not need a big transaction.
WIPED = """\
CYPHER 25
MATCH (n) WHERE NOT n:Migration AND NOT n:MigrationLock AND NOT n:Publication
CALL (n) { DETACH DELETE n } IN TRANSACTIONS OF 10000 ROWS
"""
UNPUBLISHED = """\
CYPHER 25
MERGE (published:Publication {id: 'graph'})
SET published = {id: 'graph', run: 0}
"""


def pytest_configure() -> None:
    os.environ.update(BRIEFLY)


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]) -> Iterator[None]:
    """Under CI a test that cannot run is a test that failed."""
    outcome = yield
    report: pytest.TestReport = outcome.get_result()  # type: ignore[attr-defined]
    if report.skipped and os.environ.get("CI") == "true" and not hasattr(report, "wasxfail"):
        report.outcome = "failed"


@pytest.fixture(scope="session")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """An installation of the tests' own; the jars are fetched once a user, not once a session."""
    return Settings(home=tmp_path_factory.mktemp("home"), neo4j_uri=None)


@pytest.fixture(scope="session", name="neo4j")
def neo4j_endpoint(settings: Settings) -> Iterator[Endpoint]:
    """The one Neo4j of the session, migrated."""
    with located(settings) as endpoint:
        with opened(endpoint) as door:
            migrate(door)
        yield endpoint


@pytest.fixture(scope="session")
def shared_door(request: pytest.FixtureRequest) -> Iterator[Door]:
    endpoint: Endpoint = request.getfixturevalue("neo4j")
    with opened(endpoint) as door:
        yield door


@pytest.fixture
def graph_door(shared_door: Door) -> Door:
    """An empty graph at run 0."""
    emptied(shared_door)
    return shared_door


def emptied(door: Door) -> None:
    """Nothing in the graph, and nothing published."""
    with door.writing() as session:
        session.run(WIPED).consume()
        session.run(UNPUBLISHED).consume()


@pytest.fixture
def session(graph_door: Door) -> Iterator[neo4j.Session]:
    """A writing session on an empty graph."""
    with graph_door.writing() as session:
        yield session
