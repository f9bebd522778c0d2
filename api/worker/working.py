"""What a worker does, round after round: opens follow-ups, sends notices, escalates.

Any number may work at once, on any machine: they take turns at the graph's own marks and leases,
and one that dies leaves what it held to the others.
"""

import asyncio
import logging
import os
import secrets
import socket
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any

from api.audit.recording import Keeps
from api.audit.rows import plain
from api.audit.segments import AuditUnavailableError
from api.errors import unquoted
from api.worker.book import AddressBook
from api.worker.counts import WorkerCounts
from api.worker.delivering import Delivering
from api.worker.settings import WorkerSettings
from api.worker.transports import Secrets
from graph.connection import AsyncDoor
from graph.following.opening import opening
from graph.following.settling import lapsing
from graph.following.targets import TARGETS, Targets
from graph.outbox import backlog, published_run
from graph.writes.delivering import escalating
from graph.writes.steps import Steps, take_async

log = logging.getLogger("sponsorgraph.worker")

_SECONDS = 60.0
_MOST_ESCALATED = 100
_SECONDS_AFTER_A_FAULT = 5.0


def worker_name() -> str:
    """A name for this process alone: attempts and the audit say by it who sent what."""
    machine = sha256(socket.gethostname().encode()).hexdigest()[:6]
    return f"worker-{machine}-{os.getpid()}-{secrets.token_hex(2)}"


class Working:
    """One worker. Without an address book it opens follow-ups and sends nothing."""

    def __init__(
        self,
        door: AsyncDoor,
        audit: Keeps,
        settings: WorkerSettings,
        book: AddressBook | None,
        name: str | None = None,
        targets: Targets = TARGETS,
    ) -> None:
        self._targets = targets
        self.counts = WorkerCounts()
        self.name = name or worker_name()
        self._door = door
        self._audit = audit
        self._settings = settings
        self._followed = -1
        self._stopping = asyncio.Event()
        self._delivering = (
            Delivering(
                self.name, door, audit, book, settings, Secrets(settings), self.counts, targets
            )
            if book
            else None
        )

    @asynccontextmanager
    async def recorded(self) -> AsyncIterator[None]:
        """From a first row in the audit, without which nothing is sent, to a last one."""
        await self._audit.keep(plain("STARTED", process=os.getpid(), worker=self.name))
        try:
            yield
        finally:
            with suppress(AuditUnavailableError):
                await self._audit.keep(plain("STOPPED", process=os.getpid(), worker=self.name))

    def stop(self) -> None:
        """Leave after what is under way."""
        self._stopping.set()
        if self._delivering:
            self._delivering.leave()

    async def work(self) -> None:
        """Go on until told to stop; a round that fails is begun again a little later."""
        while not self._stopping.is_set():
            wait = self._settings.seconds_between_looks
            try:
                await self.round()
            except Exception as fault:  # noqa: BLE001 - whatever it is, the outbox must go on
                wait = max(wait, _SECONDS_AFTER_A_FAULT)
                self._failed(fault)
            with suppress(TimeoutError):
                await asyncio.wait_for(self._stopping.wait(), wait)

    async def round(self) -> None:
        """Everything that is due now."""
        await self._follow()
        await self._lapse()
        await self._escalate()
        while self._delivering and not self._stopping.is_set():
            if not await self._delivering.batch():
                break
        self.counts.backlog = await backlog(self._door)
        self.counts.rounds += 1
        self.counts.ended_at, self.counts.fault = datetime.now(UTC), None

    def _failed(self, fault: Exception) -> None:
        self.counts.faults += 1
        self.counts.fault = type(fault).__name__
        log.warning("a round failed: %s", unquoted(fault))

    async def _follow(self) -> None:
        """Open what the published runs brought: asked for when there is a new one."""
        run = await published_run(self._door)
        more = run != self._followed
        while more and not self._stopping.is_set():
            opened = await self._take(lambda: opening(datetime.now(UTC), self._targets))
            if opened.follow_ups:
                told = {"followUps": opened.follow_ups, "notices": opened.notices}
                await self._audit.keep(plain("FOLLOWED", worker=self.name, run=run, **told))
            self.counts.follow_ups += opened.follow_ups
            self.counts.notices += opened.notices
            more = opened.more
        if not self._stopping.is_set():
            self._followed = run

    async def _lapse(self) -> None:
        """Escalate searches that found nothing, once their local target is over."""
        escalated = _MOST_ESCALATED
        while escalated == _MOST_ESCALATED:
            escalated = await self._take(
                lambda: lapsing(datetime.now(UTC), self._targets, _MOST_ESCALATED)
            )
            if escalated:
                await self._audit.keep(plain("LAPSED", worker=self.name, followUps=escalated))

    async def _escalate(self) -> None:
        escalated = _MOST_ESCALATED
        while escalated == _MOST_ESCALATED:
            escalated = await self._take(lambda: escalating(datetime.now(UTC), _MOST_ESCALATED))
            self.counts.escalated += escalated
            if escalated:
                await self._audit.keep(plain("ESCALATED", worker=self.name, notices=escalated))

    async def _take(self, steps: Callable[[], Steps[Any]]) -> Any:
        return await take_async(self._door, steps, _SECONDS)
