"""Keeping rows: whoever answers waits here until theirs is on the disk.

One thread writes for all of a process: what came in while it synced is written together and synced
once. Sixteen clients share a sync of a sixth of a millisecond; one alone waits for it, and for 40
microseconds more that two threads take to hand over.
"""

import asyncio
import logging
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from queue import Empty, SimpleQueue

from api.audit.anchors import Anchoring
from api.audit.index import index_finished
from api.audit.key import key_of
from api.audit.log import Entry, Log
from api.audit.reading import AuditReader
from api.audit.segments import AuditUnavailableError

log = logging.getLogger("sponsorgraph.audit")

# A disk that does not answer is a disk that cannot be written.
SECONDS_TO_KEEP = 10.0
_CLOSED = "The audit is closed: this process is leaving."


@dataclass(slots=True)
class _Waiting:
    entry: Entry
    loop: asyncio.AbstractEventLoop
    kept: "asyncio.Future[None]"


class Audit:
    """The audit of one process. `fault` says why nothing can be kept now, if nothing can."""

    def __init__(self, log: Log, anchoring: Anchoring | None = None) -> None:
        self.folder = log.folder
        self.fault: str | None = None
        self.rows = self.syncs = 0
        self._log = log
        self._anchoring = anchoring
        self._queue: SimpleQueue[_Waiting | None] = SimpleQueue()
        self._thread: threading.Thread | None = None
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
        if self._closed:
            self._closed = False
            self._thread = None

    async def keep(self, entry: Entry) -> None:
        """Returns when the row is on the disk.

        Raises:
            AuditUnavailableError: it may not be, so nothing may be told.
        """
        if self._closed:
            raise AuditUnavailableError(_CLOSED)
        if self._thread is None:
            self._start()
        loop = asyncio.get_running_loop()
        kept = loop.create_future()
        self._queue.put(_Waiting(entry, loop, kept))
        # asyncio.timeout would cost every answer a tenth of what its row does.
        giving_up = loop.call_later(SECONDS_TO_KEEP, self._give_up, kept)
        try:
            await kept
        finally:
            giving_up.cancel()

    def _give_up(self, kept: "asyncio.Future[None]") -> None:
        sentence = f"The audit in {self.folder} was not written within {SECONDS_TO_KEEP:g} s."
        _tell([kept], AuditUnavailableError(sentence))

    def close(self) -> None:
        """Write what waits, keep the head elsewhere, and end the thread."""
        if self._closed:
            return
        self._closed = True
        self._queue.put(None)
        if self._thread is not None:
            self._thread.join()

    def _start(self) -> None:
        self._thread = threading.Thread(target=self._write_on, name="audit", daemon=True)
        self._thread.start()

    def _write_on(self) -> None:
        open_ = True
        while open_:
            waiting, open_ = self._next()
            if waiting:
                self._write(waiting)
            if self._anchoring is not None:
                self._anchoring.consider(self._log.head)
        if self._anchoring is not None:
            self._anchoring.keep(self._log.head)
        self._log.close()

    def _next(self) -> tuple[list[_Waiting], bool]:
        """All that wait, as soon as one does, and whether there may be more to come."""
        waiting = list[_Waiting]()
        for one in self._arriving():
            if one is None:
                return waiting, False
            waiting.append(one)
        return waiting, True

    def _arriving(self) -> Iterator[_Waiting | None]:
        seconds = self._anchoring.seconds if self._anchoring and self._anchoring.files else None
        try:
            yield self._queue.get(timeout=seconds)
            while True:
                yield self._queue.get_nowait()
        except Empty:
            return

    def _write(self, waiting: list[_Waiting]) -> None:
        failed: AuditUnavailableError | None = None
        finished = self._log.head.segment
        try:
            self._log.append([one.entry for one in waiting])
        except AuditUnavailableError as unavailable:
            failed = unavailable
        except Exception as broken:  # noqa: BLE001 - whatever it is, they must not wait for ever
            failed = AuditUnavailableError(f"The audit failed ({type(broken).__name__}).")
        self.rows += 0 if failed else len(waiting)
        self.syncs += 1
        if failed and self.fault is None:
            log.warning("%s", failed)
        self.fault = str(failed) if failed else None
        for loop in {one.loop for one in waiting}:
            theirs = [one.kept for one in waiting if one.loop is loop]
            try:
                loop.call_soon_threadsafe(_tell, theirs, failed)
            except RuntimeError:  # the loop is closed: nobody waits there any more
                continue
        if self._log.head.segment != finished:
            self._index()

    def _index(self) -> None:
        try:
            index_finished(self.folder)
        except OSError as failed:  # reading takes longer without
            log.warning("the audit's segments are not indexed: %s", failed.strerror)


def _tell(waiting: "list[asyncio.Future[None]]", failed: AuditUnavailableError | None) -> None:
    for kept in waiting:
        if kept.done():  # whoever asked is gone
            continue
        if failed is None:
            kept.set_result(None)
        else:
            kept.set_exception(failed)
