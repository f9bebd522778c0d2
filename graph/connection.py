"""The one door to Neo4j.

`NEO4J_URI` set: that server, and nothing is started. Otherwise the local one: as it runs, or for
the duration. Jobs use the synchronous door. The server uses the asynchronous one: only there does
a deadline free a call whose server went silent, whatever the driver's own timeouts say.
"""

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from typing import Any, Final
from urllib.parse import urlsplit

import neo4j
from neo4j.api import AsyncBookmarkManager, BookmarkManager
from neo4j.exceptions import (
    AuthError,
    ClientError,
    ConfigurationError,
    ServiceUnavailable,
    SessionExpired,
    TransientError,
)

from graph.embedded import password, serving
from graph.errors import ConnectionFailedError, DeadlineExceededError, UsageError
from graph.progress import Progress, silent
from graph.settings import Settings

SECONDS_TO_CONNECT = 15
POOL = 50  # connections of a served process; more wait their turn rather than flood the database

_DRIVER: Final[dict[str, Any]] = {
    "connection_timeout": SECONDS_TO_CONNECT,
    "connection_acquisition_timeout": 2 * SECONDS_TO_CONNECT,
    "max_transaction_retry_time": 30,
    "max_connection_pool_size": POOL,
    "notifications_min_severity": "OFF",  # hints on our own statements, paid for in every answer
    "telemetry_disabled": True,
    "user_agent": "sponsorgraph",
}
_SCHEMES: Final = frozenset(
    scheme + security for scheme in ("neo4j", "bolt") for security in ("", "+s", "+ssc")
)
# On the database itself: after a full disk, the driver's own check of connectivity still passes.
# Not in a managed transaction: that would be tried again for half a minute when nobody is there.
_ARE_YOU_THERE: Final = "RETURN 1"
_READING: Final = neo4j.READ_ACCESS
_WRITING: Final = neo4j.WRITE_ACCESS


@dataclass(frozen=True)
class Endpoint:
    """Where Neo4j answers, as whom, and which database."""

    uri: str
    user: str
    password: str = field(repr=False)
    database: str = "neo4j"

    @property
    def shown(self) -> str:
        """The address for people: whatever else somebody wrote into the URI stays out of it."""
        parts = urlsplit(self.uri)
        return f"{parts.hostname}:{parts.port}" if parts.port else f"{parts.hostname}"


@dataclass(frozen=True)
class Door:
    """A driver, its database, and the bookmarks by which a reader sees what a writer wrote."""

    driver: neo4j.Driver
    database: str
    bookmarks: BookmarkManager

    def reading(self) -> neo4j.Session:
        """A session whose transactions only read. Use it in a `with`."""
        return self._session(_READING)

    def writing(self) -> neo4j.Session:
        """A session whose transactions write. Use it in a `with`."""
        return self._session(_WRITING)

    def _session(self, access: str) -> neo4j.Session:
        return self.driver.session(
            database=self.database, default_access_mode=access, bookmark_manager=self.bookmarks
        )


@dataclass(frozen=True)
class AsyncDoor:
    """The same for the served process."""

    driver: neo4j.AsyncDriver
    database: str
    bookmarks: AsyncBookmarkManager

    def reading(self) -> neo4j.AsyncSession:
        """A session whose transactions only read. Use it in an `async with`."""
        return self._session(_READING)

    def writing(self) -> neo4j.AsyncSession:
        """A session whose transactions write. Use it in an `async with`."""
        return self._session(_WRITING)

    def _session(self, access: str) -> neo4j.AsyncSession:
        return self.driver.session(
            database=self.database, default_access_mode=access, bookmark_manager=self.bookmarks
        )


@contextmanager
def located(settings: Settings, progress: Progress = silent) -> Iterator[Endpoint]:
    """Where Neo4j answers, while the block lasts; the local one is started if it must be.

    Call it from the main thread: a local server ends with the thread that started it.
    """
    if settings.neo4j_uri is not None:
        yield Endpoint(
            settings.neo4j_uri,
            settings.neo4j_user,
            settings.password_for_uri(),
            settings.neo4j_database,
        )
        return
    with serving(settings, progress) as server:
        yield Endpoint(server.uri, "neo4j", password(settings))


@contextmanager
def connected(settings: Settings, progress: Progress = silent) -> Iterator[Door]:
    """The door for a job: open while the block lasts, and known to answer.

    Raises:
        ConnectionFailedError: Neo4j cannot be reached or refuses us, now or within the block.
        UsageError: `NEO4J_URI` or its password is not set as it must be.
    """
    with located(settings, progress) as endpoint, opened(endpoint) as door:
        yield door


@contextmanager
def opened(endpoint: Endpoint) -> Iterator[Door]:
    """The door of a known endpoint; see `connected`."""
    with _explaining(endpoint), _driver(endpoint) as driver:
        door = Door(driver, endpoint.database, neo4j.GraphDatabase.bookmark_manager())
        with door.reading() as session:
            session.run(_ARE_YOU_THERE).consume()
        yield door


@asynccontextmanager
async def async_opened(endpoint: Endpoint) -> AsyncIterator[AsyncDoor]:
    """The asynchronous door of a known endpoint, known to answer; see `connected`."""
    with _explaining(endpoint):
        driver = neo4j.AsyncGraphDatabase.driver(_uri(endpoint), auth=_auth(endpoint), **_DRIVER)
        async with driver:
            bookmarks = neo4j.AsyncGraphDatabase.bookmark_manager()
            door = AsyncDoor(driver, endpoint.database, bookmarks)
            async with deadline(SECONDS_TO_CONNECT), door.reading() as session:
                await (await session.run(_ARE_YOU_THERE)).consume()
            yield door


@asynccontextmanager
async def deadline(seconds: float) -> AsyncIterator[None]:
    """Round every operation of the served process: it ends by then, answered or not.

    Raises:
        DeadlineExceededError: it did not end. Whether a write was applied is then unknown.
    """
    try:
        async with asyncio.timeout(seconds):
            yield
    except TimeoutError:
        raise DeadlineExceededError(
            f"Neo4j did not answer within {seconds:g} s; ask again, or for less at once."
        ) from None


def _uri(endpoint: Endpoint) -> str:
    if urlsplit(endpoint.uri).scheme not in _SCHEMES:  # the driver would also speak HTTP by now
        raise _not_an_address()
    return endpoint.uri


def _auth(endpoint: Endpoint) -> tuple[str, str]:
    return endpoint.user, endpoint.password


def _driver(endpoint: Endpoint) -> neo4j.Driver:
    return neo4j.GraphDatabase.driver(_uri(endpoint), auth=_auth(endpoint), **_DRIVER)


@contextmanager
def _explaining(endpoint: Endpoint) -> Iterator[None]:
    """Say in a sentence what is wrong with the connection; our own mistakes pass as they are."""
    try:
        yield
    except AuthError:
        raise ConnectionFailedError(
            f"Neo4j at {endpoint.shown} refuses user {endpoint.user} with this password: check "
            "NEO4J_USER and NEO4J_PASSWORD."
        ) from None
    except (ServiceUnavailable, SessionExpired):
        raise ConnectionFailedError(
            f"Neo4j at {endpoint.shown} cannot be reached: check that it runs, then do this again."
        ) from None
    except ConfigurationError:
        raise _not_an_address() from None
    except (ClientError, TransientError) as refused:
        if "Database" not in (refused.code or ""):
            raise
        raise ConnectionFailedError(
            f"Neo4j at {endpoint.shown} has no database {endpoint.database} that is open: check "
            "NEO4J_DATABASE, and the server's log."
        ) from None


def _not_an_address() -> UsageError:
    return UsageError(
        "NEO4J_URI is not an address of Neo4j: it looks like neo4j://host:7687, neo4j+s://… or "
        "bolt://…, without user and password."
    )
