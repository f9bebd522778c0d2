"""The one door to Neo4j.

`NEO4J_URI` set: that server, and nothing is started. Otherwise the local one: as it runs, or for
the duration. Jobs use the synchronous door. The server uses the asynchronous one: only there does
a deadline free a call whose server went silent, whatever the driver's own timeouts say.
"""

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
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
from graph.errors import ConnectionFailedError, DeadlineExceededError
from graph.line import ensure_guarded, is_verified, line_to, not_an_address
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
# On the database itself: after a full disk, the driver's own check of connectivity still passes.
# Not in a managed transaction: that would be tried again for half a minute when nobody is there.
_ARE_YOU_THERE: Final = "RETURN 1"
_SECURITY: Final = "Neo.ClientError.Security."
_READING: Final = neo4j.READ_ACCESS
_WRITING: Final = neo4j.WRITE_ACCESS


@dataclass(frozen=True)
class Endpoint:
    """Where Neo4j answers, as whom, and which database."""

    uri: str
    user: str
    password: str = field(repr=False)
    database: str = "neo4j"
    ca_file: Path | None = None  # authorities of one's own, in PEM; else those of the machine

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
        ensure_guarded(settings.neo4j_uri, unprotected=settings.neo4j_unprotected)
        yield Endpoint(
            settings.neo4j_uri,
            settings.neo4j_user,
            settings.password_for_uri(),
            settings.neo4j_database,
            settings.neo4j_ca_file,
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
        uri, trusting = line_to(endpoint.uri, endpoint.ca_file)
        driver = neo4j.AsyncGraphDatabase.driver(uri, auth=_auth(endpoint), **trusting, **_DRIVER)
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


def _auth(endpoint: Endpoint) -> tuple[str, str]:
    return endpoint.user, endpoint.password


def _driver(endpoint: Endpoint) -> neo4j.Driver:
    uri, trusting = line_to(endpoint.uri, endpoint.ca_file)
    return neo4j.GraphDatabase.driver(uri, auth=_auth(endpoint), **trusting, **_DRIVER)


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
        # Which of the two it is the driver keeps to itself when it routes.
        untrusted = (
            ", or shows no certificate that can be trusted" if is_verified(endpoint.uri) else ""
        )
        also = (
            "that NEO4J_URI has the name in its certificate, and that SPONSORGRAPH_NEO4J_CA_FILE "
            "holds who signed it"
        )
        raise ConnectionFailedError(
            f"Neo4j at {endpoint.shown} cannot be reached{untrusted}: check that it runs, "
            f"{also if untrusted else 'then do this again'}."
        ) from None
    except ConfigurationError:
        raise not_an_address() from None
    except (ClientError, TransientError) as refused:
        if (refused.code or "").startswith(_SECURITY):
            raise ConnectionFailedError(
                f"Neo4j at {endpoint.shown} lets nobody in as {endpoint.user} for now, as after "
                "wrong passwords: check NEO4J_USER and NEO4J_PASSWORD, and wait a few seconds."
            ) from None
        if "Database" not in (refused.code or ""):
            raise
        raise ConnectionFailedError(
            f"Neo4j at {endpoint.shown} has no database {endpoint.database} that is open: check "
            "NEO4J_DATABASE, and the server's log."
        ) from None
