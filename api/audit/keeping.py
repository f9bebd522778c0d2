"""Keeping rows: whoever answers waits here until theirs is on the disk.

One task writes for all of a process: what came in while it synced is written together and synced
once. Writing takes some ten microseconds and is done where the answers are; the disk is waited for
in the background. What may have to wait for others, a segment to begin or another process that
writes just now, goes to a thread of the audit's own, and so does everything where the system
cannot sync in the background. A file system that is frozen, for a snapshot say, stands still while
one writes, and so does the process then: it would refuse everybody all the same.
"""

import asyncio
import logging
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cached_property

from api.audit.anchors import Anchoring
from api.audit.index import index_finished
from api.audit.key import key_of
from api.audit.log import Entry, Log
from api.audit.reading import AuditReader
from api.audit.segments import AuditUnavailableError
from api.audit.syncing import Syncs, background_syncs

log = logging.getLogger("sponsorgraph.audit")

# A disk that does not answer is a disk that cannot be written.
SECONDS_TO_KEEP = 10.0
_CLOSED = "The audit is closed: this process is leaving."


@dataclass(slots=True)
class _Waiting:
    entry: Entry
    kept: "asyncio.Future[None]"


@dataclass(slots=True)
class _Home:
    """What belongs to the event loop that rows are kept in."""

    loop: asyncio.AbstractEventLoop
    thread: ThreadPoolExecutor
    syncs: Syncs | None = None
    writing: "asyncio.Task[None] | None" = None
    anchoring: asyncio.TimerHandle | None = None


class Audit:
    """The audit of one process, in one event loop at a time.

    `fault` says why nothing can be kept now, if nothing can.
    """

    def __init__(self, log: Log, anchoring: Anchoring | None = None) -> None:
        self.folder = log.folder
        self.fault: str | None = None
        self.rows = self.syncs = 0
        self._log = log
        self._anchoring = anchoring
        self._waiting: list[_Waiting] = []
        self._home: _Home | None = None
        self._closed = False

    @cached_property
    def key(self) -> bytes:
        """Of the digests that rows keep. Raises AuditUnavailableError."""
        return key_of(self.folder)

    @cached_property
    def reader(self) -> AuditReader:
        """What was kept before, for privacy officers."""
        return AuditReader(self.folder)

    def open(self) -> None:
        """Keep rows again, after `close`; an audit that is open stays as it is."""
        self._closed = False

    async def keep(self, entry: Entry) -> None:
        """Returns when the row is on the disk.

        Raises:
            AuditUnavailableError: it may not be, so nothing may be told.
        """
        if self._closed:
            raise AuditUnavailableError(_CLOSED)
        home = self._here()
        kept = home.loop.create_future()
        self._waiting.append(_Waiting(entry, kept))
        if home.writing is None:
            home.writing = home.loop.create_task(self._write_on(home))
        # asyncio.timeout would cost every answer a tenth of what its row does.
        giving_up = home.loop.call_later(SECONDS_TO_KEEP, self._give_up, kept)
        try:
            await kept
        finally:
            giving_up.cancel()

    async def expect_many(self) -> None:
        """Sync in the background from now on, if the system can; a first row must be there.

        It takes a tenth of a second, which a command that keeps a row or two is better without.
        """
        home = self._here()
        if home.syncs is None:
            home.syncs = await background_syncs(self._log.lock)

    def _here(self) -> _Home:
        loop = asyncio.get_running_loop()
        if self._home is None or self._home.loop is not loop:
            self._home = _Home(loop, ThreadPoolExecutor(1, "audit"))
            self._waiting = []  # whose loop is gone
        return self._home

    def _give_up(self, kept: "asyncio.Future[None]") -> None:
        sentence = f"The audit in {self.folder} was not written within {SECONDS_TO_KEEP:g} s."
        # Not to be written later, unless that has begun: nobody is told what it would record.
        self._waiting = [one for one in self._waiting if one.kept is not kept]
        self._stands(sentence)
        _tell(kept, AuditUnavailableError(sentence))

    async def close(self) -> None:
        """Write what waits, and keep the head elsewhere."""
        if self._closed:
            return
        self._closed = True
        home, self._home = self._home, None
        if home is None:
            return
        if home.anchoring is not None:
            home.anchoring.cancel()
        if home.writing is not None:
            _, unfinished = await asyncio.wait([home.writing], timeout=SECONDS_TO_KEEP)
            if unfinished:  # the disk does not answer: nothing more can be done to it
                return
        if self._anchoring is not None and self._anchoring.lacks(self._log.synced):
            await asyncio.to_thread(self._anchoring.keep_last, self._log.synced, SECONDS_TO_KEEP)
        await asyncio.to_thread(home.thread.shutdown)
        if home.syncs is not None:
            home.syncs.close()
        self._log.close()

    async def _write_on(self, home: _Home) -> None:
        """Until nobody waits."""
        while self._waiting:
            waiting, self._waiting = self._waiting, []
            finished = self._log.synced.segment
            failed = await self._written(home, [one.entry for one in waiting])
            self.rows += 0 if failed else len(waiting)
            self.syncs += 1
            self._stands(str(failed) if failed else None)
            for one in waiting:
                _tell(one.kept, failed)
            if self._log.synced.segment != finished:
                home.thread.submit(self._index)
            self._anchor(home)
        home.writing = None

    async def _written(self, home: _Home, entries: list[Entry]) -> AuditUnavailableError | None:
        """Why they are not on the disk, if they are not."""
        try:
            begun = self._log.append_at_once(entries) if home.syncs else None
            if begun is None or home.syncs is None:
                await home.loop.run_in_executor(home.thread, self._log.append, entries)
                return None
            with self._log.syncing(begun) as file:
                await home.syncs.sync(file)
        except AuditUnavailableError as unavailable:
            return unavailable
        except Exception as broken:  # noqa: BLE001 - whatever it is, they must not wait for ever
            return AuditUnavailableError(f"The audit failed ({type(broken).__name__}).")
        return None

    def _anchor(self, home: _Home) -> None:
        """Keep the head elsewhere if it is time to, and see to it that it will be.

        The head of what is on the disk: an anchor of what was lost would accuse somebody.
        """
        anchoring, head = self._anchoring, self._log.synced
        if anchoring is None:
            return
        anchoring.keep_if_due(head)
        if anchoring.lacks(head) and home.anchoring is None:
            home.anchoring = home.loop.call_later(anchoring.seconds, self._anchor_later, home)

    def _anchor_later(self, home: _Home) -> None:
        home.anchoring = None
        self._anchor(home)

    def _stands(self, fault: str | None) -> None:
        if fault is not None and self.fault is None:
            log.warning("%s", fault)
        self.fault = fault

    def _index(self) -> None:
        try:
            index_finished(self.folder)
        except OSError as failed:  # reading takes longer without
            log.warning("the audit's segments are not indexed: %s", failed.strerror)


def _tell(kept: "asyncio.Future[None]", failed: AuditUnavailableError | None) -> None:
    if kept.done():  # whoever asked is gone
        return
    if failed is None:
        kept.set_result(None)
    else:
        kept.set_exception(failed)
