"""One batch of the outbox: leased, written in the audit, handed over, and what came of it kept.

Lines work side by side. What they finish is marked in the graph in groups: what came in while one
group was being written is the next. So a worker that is killed leaves at most what was under way,
and what a server had taken of that is sent again under the same Message-ID.
"""

import asyncio
import logging
from collections.abc import Callable, Mapping, Sequence
from contextlib import AsyncExitStack
from datetime import UTC, datetime
from typing import Any, TypeVar

from api.audit.recording import Keeps
from api.audit.rows import plain
from api.audit.segments import AuditUnavailableError
from api.worker.book import AddressBook, Recipient
from api.worker.counts import WorkerCounts
from api.worker.retrying import again_at
from api.worker.settings import WorkerSettings
from api.worker.transports import MailLine, Reply, Secrets, WebLine
from graph.connection import AsyncDoor
from graph.errors import SponsorgraphError
from graph.following.advancing import on_notices_sent
from graph.following.targets import TARGETS, Targets
from graph.vocabulary.notices import AttemptOutcome, NoticeKind
from graph.writes.delivering import Attempted, Marked, Marking, leasing, marking
from graph.writes.steps import Steps, take_async

log = logging.getLogger("sponsorgraph.worker")

_MOST_MARKED_AT_ONCE = 100
_TRIES_TO_MARK = 5
_SECONDS = 40.0  # of the graph, for one transaction
# An address book is put right by somebody; the server that is asked is not to blame.
_NOT_PERMANENT = (AttemptOutcome.NOT_NOW, AttemptOutcome.NO_ADDRESS)

_Answer = TypeVar("_Answer")
Notice = Mapping[str, Any]
Done = tuple[Notice, Attempted]


class Delivering:
    """Sends what is due, batch by batch, in the name of one worker."""

    def __init__(
        self,
        name: str,
        door: AsyncDoor,
        audit: Keeps,
        book: AddressBook,
        settings: WorkerSettings,
        secrets: Secrets,
        counts: WorkerCounts,
        targets: Targets = TARGETS,
    ) -> None:
        self._targets = targets
        self._name = name
        self._door = door
        self._audit = audit
        self._book = book
        self._settings = settings
        self._secrets = secrets
        self._counts = counts
        self._leaving = False

    def leave(self) -> None:
        """Begin nothing more: what is leased and not yet under way is put back."""
        self._leaving = True

    async def batch(self) -> int:
        """Send what is due, up to a batch; how many that was."""
        settings = self._settings
        now = datetime.now(UTC)
        leased = await self._take(
            lambda: leasing(self._name, now, settings.lease, settings.most_at_once)
        )
        if not leased:
            return 0
        ids = sorted(one["id"] for one in leased)
        await self._audit.keep(plain("NOTIFYING", worker=self._name, notices=ids))
        ends_at = asyncio.get_running_loop().time() + settings.lease.total_seconds()
        await self._send_all(leased, ends_at - 2 * settings.seconds_to_send)
        return len(leased)

    async def _send_all(self, leased: list[Notice], until: float) -> None:
        waiting = iter(sorted(leased, key=lambda one: (one["raisedAt"], one["id"])))
        done = asyncio.Queue[Done | None]()
        lines = min(self._settings.most_connections, len(leased))
        marking = asyncio.create_task(self._mark_all(done))
        try:
            async with asyncio.TaskGroup() as sending:
                for _ in range(lines):
                    sending.create_task(self._send_on(waiting, done, until))
        finally:
            # Whatever became of a line, what others sent is written down.
            done.put_nowait(None)
            await marking

    async def _send_on(
        self, waiting: Any, done: "asyncio.Queue[Done | None]", until: float
    ) -> None:
        async with AsyncExitStack() as open_:
            mail = await open_.enter_async_context(
                MailLine(self._settings, self._secrets, self._book.sender)
            )
            web = await open_.enter_async_context(WebLine(self._settings))
            for notice in waiting:
                reply = Reply(AttemptOutcome.NOT_TRIED)
                if not self._leaving and asyncio.get_running_loop().time() < until:
                    reply = await self._send(notice, mail, web)
                told = (reply.outcome, datetime.now(UTC), reply.code)
                done.put_nowait((notice, Attempted(notice["id"], notice["attempts"], *told)))

    async def _send(self, notice: Notice, mail: MailLine, web: WebLine) -> Reply:
        to = self._book.find(notice["recipient"])
        if to is None:
            return Reply(AttemptOutcome.NO_ADDRESS)
        if notice["tries"] > self._settings.most_tries:
            return Reply(AttemptOutcome.REFUSED)  # each try before was cut short
        try:
            async with asyncio.timeout(self._settings.seconds_to_send):
                return await _handed_over(notice, to, mail, web)
        except TimeoutError:
            mail.close()
            return Reply(AttemptOutcome.NOT_NOW)

    async def _mark_all(self, done: "asyncio.Queue[Done | None]") -> None:
        open_ = True
        while open_:
            group = [await done.get()]
            while not done.empty() and len(group) < _MOST_MARKED_AT_ONCE:
                group.append(done.get_nowait())
            open_ = None not in group
            known = [one for one in group if one]
            if known:
                await self._mark(known)

    async def _mark(self, group: list[Done]) -> None:
        told = [self._marking(notice, one) for notice, one in group]
        marked = await self._marked(lambda: marking(told, self._name, self._and_then))
        if marked is None:
            return
        for _, one in group:
            self._counts.attempts[one.outcome] += 1
        self._counts.given_up += len(marked.given_up)
        taken = [one.notice for _, one in group if one.outcome is AttemptOutcome.TAKEN]
        rest = [one.notice for _, one in group if one.outcome is not AttemptOutcome.TAKEN]
        ids = {"taken": taken, "notTaken": rest, "givenUp": marked.given_up}
        row = {name: some for name, some in ids.items() if some}
        try:
            await self._audit.keep(plain("NOTIFIED", worker=self._name, **row))
        except AuditUnavailableError:
            # That these were to be sent stands there; what came of it, in the graph.
            log.warning("the audit could not be told what came of %d notices", len(group))

    async def _marked(self, steps: Callable[[], Steps[Marked]]) -> Marked | None:
        """What a server took is known to nobody else: so the graph is asked more than once."""
        for tries in range(_TRIES_TO_MARK):
            try:
                return await self._take(steps)
            except SponsorgraphError as failed:
                log.warning("what was sent could not be written down: %s", type(failed).__name__)
                await asyncio.sleep(2.0**tries / 2)
        return None

    def _marking(self, notice: Notice, done: Attempted) -> Marking:
        within = self._settings.acknowledged_within(NoticeKind(notice["kind"]))
        return Marking(done, self._again_at(notice, done), within)

    def _again_at(self, notice: Notice, done: Attempted) -> datetime | None:
        if done.outcome is AttemptOutcome.NOT_TRIED:
            return done.at
        if done.outcome not in _NOT_PERMANENT:
            return None
        return again_at(notice["tries"], done.at, self._settings)

    def _and_then(self, sent: Sequence[tuple[Notice, datetime]]) -> Steps[None]:
        told = [(notice["about"], NoticeKind(notice["kind"]), at) for notice, at in sent]
        return on_notices_sent(told, self._targets)

    async def _take(self, steps: Callable[[], Steps[_Answer]]) -> _Answer:
        return await take_async(self._door, steps, _SECONDS)


async def _handed_over(notice: Notice, to: Recipient, mail: MailLine, web: WebLine) -> Reply:
    if to.mail is not None:
        return await mail.send(notice, to.mail)
    return await web.send(notice, to)
