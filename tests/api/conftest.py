"""The API over the session's Neo4j: a world to write, and a way to ask about it."""

from collections.abc import AsyncIterator
from datetime import date
from functools import partial
from typing import Any

import httpx
import orjson
import pytest
import pytest_asyncio
from starlette.applications import Starlette

from api.admission import as_one
from api.app import create_app
from api.asking import Asking
from api.context import Context
from api.library import Request
from api.plan.documents import read_document, validated
from api.plan.executing import Executing
from api.schema import executable
from api.settings import ApiSettings
from graph.connection import AsyncDoor, Door, Endpoint, async_opened
from graph.following.targets import TARGETS
from graph.reads import read
from graph.selection import Asked
from graph.settings import Settings
from graph.sharing import SEES_EVERYTHING
from graph.writes.steps import take_async
from tests.api.world import World
from tests.audited import UNKEPT

TODAY = date(2024, 7, 1)
SCHEMA = executable()
# Planning a statement for the first time takes seconds on a machine that is busy testing.
PATIENT = ApiSettings(
    warming=False, seconds_to_answer=120, most_operations_a_second=0, most_people_an_hour=0
)
EVERYBODY = as_one(SEES_EVERYTHING)


class Asker:
    """Asks as a client does; `statements` and `seen` are those of the last question."""

    def __init__(self, door: AsyncDoor, viewer=SEES_EVERYTHING, targets=TARGETS) -> None:
        self._door = door
        self._viewer = viewer
        self._targets = targets
        self._asking = Asking(SCHEMA, PATIENT, lambda: TODAY, UNKEPT, targets=targets)
        self.statements: list[tuple[str, dict[str, Any]]] = []
        self.seen: set[str] = set()

    def seen_by(self, viewer) -> "Asker":
        return Asker(self._door, viewer, self._targets)

    def with_targets(self, targets) -> "Asker":
        return Asker(self._door, self._viewer, targets)

    async def reads(self, text, parameters):
        self.statements.append((text, parameters))
        return await read(self._door, text, parameters)

    async def result(self, query, **variables):
        self.statements = []
        request = Request(query, None, variables)
        writes = partial(take_async, self._door, seconds=60)
        answer = await self._asking.answer(request, self._viewer, self.reads, writes)
        self.seen = answer.seen
        return answer.result

    async def __call__(self, query, **variables) -> Any:
        result = await self.result(query, **variables)
        assert result.errors is None, result.errors
        return result.data

    async def both_ways(self, query, **variables) -> tuple[bytes, bytes]:
        """The answer as the fast way gives it (or what it handed over), and the ordinary one."""
        document = validated(SCHEMA, read_document(query, 10_000))
        assert not document.errors, document.errors
        operation = document.operation(None)
        assert operation is not None
        executing = Executing(SCHEMA)
        asked = Asked(self._viewer, TODAY)
        one = await executing.answer(document, operation, variables, Context(asked, self.reads))
        other = await executing.ordinary(document, operation, variables, Context(asked, self.reads))
        return orjson.dumps(one.formatted), orjson.dumps(other.formatted)


@pytest_asyncio.fixture(scope="session")
async def async_door(neo4j: Endpoint) -> AsyncIterator[AsyncDoor]:
    async with async_opened(neo4j) as opened:
        yield opened


@pytest.fixture
def ask(async_door: AsyncDoor) -> Asker:
    return Asker(async_door)


async def _write(door: AsyncDoor, text: str, parameters: dict[str, Any]) -> None:
    async with door.writing() as session:
        await (await session.run(text, parameters)).consume()


@pytest_asyncio.fixture
async def world(graph_door: Door, async_door: AsyncDoor) -> World:
    """An empty world whose first run is published as it is written."""
    empty = World(partial(_write, async_door))
    await empty.publish()
    return empty


@pytest.fixture(scope="session")
def served_settings(neo4j: Endpoint, settings: Settings) -> Settings:
    return Settings(
        home=settings.home,
        neo4j_uri=neo4j.uri,
        neo4j_user=neo4j.user,
        neo4j_password=neo4j.password,
    )


@pytest_asyncio.fixture(scope="session")
async def app(served_settings: Settings) -> AsyncIterator[Starlette]:
    app = create_app(served_settings, PATIENT, admits=EVERYBODY, clock=lambda: TODAY)
    async with app.router.lifespan_context(app):
        yield app


@pytest_asyncio.fixture(scope="session")
async def client(app: Starlette) -> AsyncIterator[httpx.AsyncClient]:
    transport = httpx.ASGITransport(app=app, raise_app_exceptions=False)
    async with httpx.AsyncClient(transport=transport, base_url="http://testserver") as client:
        yield client
