"""Failures to appear that somebody is to be told of, and workers that tell them."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from api.worker.book import AddressBook, load
from api.worker.settings import WorkerSettings
from api.worker.working import Working
from graph.following.opening import follow_up_id
from tests.api.worker.mailbox import HOST, Server, mail_server
from tests.audited import Rows

MISSED = (("EOIR", "FAILED_TO_APPEAR"),)
DAY = date(2024, 8, 6)  # a duty to inform and to notify is in force
BOOK = """
sender = "sponsorgraph@ice.example"
[recipients."orr/*"]
mail = "notices@orr.example"
[recipients."fojc/*"]
mail = "fojc@ice.example"
[recipients."opla/*"]
mail = "opla@ice.example"
[recipients."ero-hq"]
mail = "hq@ice.example"
"""


@pytest.fixture
def mailbox() -> Iterator[Server]:
    with mail_server() as server:
        yield server


@pytest.fixture
def book_file(tmp_path: Path) -> Path:
    file = tmp_path / "recipients.toml"
    file.write_text(BOOK)
    return file


@pytest.fixture
def settings_of(mailbox):
    def settings(**more):
        told = {"smtp_host": HOST, "smtp_port": mailbox.port, "smtp_security": "plain"}
        return WorkerSettings(**{**told, "seconds_between_looks": 0.05, **more})

    return settings


class Office:
    """Children who failed to appear, workers, and where the notices stand."""

    def __init__(self, world, door, session, settings_of, book: AddressBook) -> None:
        self._world = world
        self._door = door
        self.session = session
        self._settings_of = settings_of
        self._book = book
        self.rows = Rows()

    async def children(self, many: int) -> list[str]:
        """So many children of Houston miss a hearing each; their follow-ups' ids."""
        hearings = []
        for _ in range(many):
            child = await self._world.a_child()
            await self._world.within(child, "office/HOUSTON")
            hearings.append(await self._world.a_hearing(child, words=MISSED, day=DAY))
        return [follow_up_id(hearing) for hearing in hearings]

    def worker(self, *, book=..., **settings) -> Working:
        known = self._book if book is ... else book
        return Working(self._door, self.rows, self._settings_of(**settings), known)

    def states(self) -> dict[str, int]:
        found = self.session.run("MATCH (n:Notice) RETURN n.state AS s, count(n) AS many")
        return {row["s"]: row["many"] for row in found}

    def notice(self, kind="ORR_NOTICE"):
        found = self.session.run(
            "MATCH (n:Notice {kind: $kind}) RETURN properties(n) AS n", kind=kind
        )
        return found.single(strict=True)["n"]

    def due_now(self) -> None:
        """Time passes until whatever waits is due, and every lease is over."""
        self.session.run(
            "MATCH (n:Notice) WHERE n.nextAt IS NOT NULL SET n.nextAt = datetime('2024-01-01T00:00Z')"
        ).consume()


@pytest.fixture
def office(world, async_door, session, settings_of, book_file) -> Office:
    return Office(world, async_door, session, settings_of, load(book_file))
