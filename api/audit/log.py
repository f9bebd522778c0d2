"""Writing the chain: batches of rows, each written under a lock and synced before it counts.

Several processes write one chain. Whoever holds the lock reads what the others have added since,
goes on from there, and lets go; the sync comes after, since a sync of the file takes in whatever
stands before one's own rows. Rows that were written and not synced were told to nobody.
"""

import fcntl
import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

import orjson

from api.audit.chain import Head, read_row, row_after
from api.audit.opened import Lock, OpenSegment
from api.audit.segments import (
    PRIVATE_FOLDER,
    AuditUnavailableError,
    SetAside,
    damaged,
    gone,
    has_row,
    last_head,
    lines_of,
    make_segment,
    put_anew,
    segment_path,
    sound_end,
)

# A privacy officer's question reads a segment at a time: 16 MB are some 20,000 rows, and 30 ms.
SEGMENT_BYTES = 16_000_000
# Read, and hashed again, in a fraction of a millisecond.
_A_FEW_BYTES = 64_000
TORN = "half a row, as a process leaves that ends while it writes; nobody was told what it records"


@dataclass(frozen=True, slots=True)
class Definition:
    """What many rows mean by one short name; each segment that uses it holds it once."""

    name: str
    body: bytes


@dataclass(frozen=True, slots=True)
class Entry:
    """A row to be: a JSON object, and the definition that it refers to, if any."""

    body: bytes
    definition: Definition | None = None


def now() -> datetime:
    return datetime.now(UTC)


@dataclass(slots=True)
class Log:
    """The chain in one folder, for one thread of one process; others may write to it as well.

    `head` is where it goes on from, `synced` the last that this process knows to be on the disk:
    what was answered for stands up to there, and a folder that does not hold it is not the chain.
    """

    folder: Path
    clock: Callable[[], datetime] = now
    segment_bytes: int = SEGMENT_BYTES
    head: Head = field(default_factory=Head)
    synced: Head = field(default_factory=Head)
    _lock: Lock = field(init=False)
    _last: OpenSegment | None = None
    # Where a sync failed: the kernel then takes what it could not write for written.
    _doubted: Head | None = None

    def __post_init__(self) -> None:
        self._lock = Lock(self.folder / "lock")

    @property
    def lock(self) -> Path:
        """Whoever writes the chain holds this file locked; it is there from the first row on."""
        return self._lock.path

    def append(self, entries: Sequence[Entry]) -> Head:
        """Write rows and sync them: when it returns they are on the disk.

        Raises:
            AuditUnavailableError: they are not, as far as anybody knows; ask again later.
        """
        with self._telling(), self._locked():
            self._write_again()
            self._catch_up()
            begun = self.head
            self._write(entries)
        with self.syncing(begun) as file:
            os.fdatasync(file)
        return self.head

    def append_at_once(self, entries: Sequence[Entry]) -> Head | None:
        """Write rows, unsynced, if that waits for nobody; the head before them, for `syncing`.

        None: nothing was written, and `append` is to do it. Another process holds the lock, or the
        end has to be looked at.

        Raises:
            AuditUnavailableError: they cannot be written.
        """
        if not self._lock.is_open or self._doubted is not None:
            return None
        with self._telling():
            try:
                with self._locked(fcntl.LOCK_NB):
                    if not self._stands_at_the_end():
                        return None
                    begun = self.head
                    self._write(entries)
            except BlockingIOError:
                return None
        return begun

    @contextmanager
    def syncing(self, begun: Head) -> Iterator[int]:
        """Round the sync of all that came after `begun`: the descriptor to sync.

        Raises:
            AuditUnavailableError: the sync failed, with whatever OSError.
        """
        with self._telling():
            written = self.head
            try:
                yield self._open.descriptor
            except OSError:
                self._doubted = begun
                raise
            self.synced = written

    def close(self) -> None:
        self._forget()
        self._lock.close()

    def resume(self, why: str) -> Head:
        """Go on in a new segment, whatever the end of the last one is; verify goes on telling."""
        with self._locked():
            head, rest = sound_end(self.folder)
            self._enter(head)
            self._begin_segment(head, rest, why)
        return self.head

    @contextmanager
    def _telling(self) -> Iterator[None]:
        try:
            yield
        except AuditUnavailableError:
            raise
        except BaseException as failed:
            # The end may hold half of what was to be written: it is looked at anew next time.
            self._forget()
            if not isinstance(failed, OSError):
                raise
            raise AuditUnavailableError(
                f"The audit in {self.folder} cannot be written ({failed.strerror}), so nothing is"
                " answered: make room, or give it back its disk."
            ) from failed

    @contextmanager
    def _locked(self, how: int = 0) -> Iterator[None]:
        if not self.synced.seq:  # later one that is not there was taken away, and is not made up
            self.folder.mkdir(mode=PRIVATE_FOLDER, parents=True, exist_ok=True)
        with self._lock.held(how):
            yield

    def _catch_up(self) -> None:
        """To where the chain stands now: on from where this process last saw it, or from the end.

        Raises:
            AuditDamagedError: what stands there is none of its rows, or lacks some of this process.
        """
        if self._last is not None and (stands := self._last.as_the_last()):
            rest = self._added(stands.st_size)
        else:
            head, rest = last_head(self.folder)
            if head.segment <= self.synced.segment and not has_row(self.folder, self.synced):
                raise gone(self.folder)
            if not head.segment:
                self._begin_segment(head, b"", "")
                return
            self._enter(head)
        if rest:
            self._begin_segment(self.head, rest, TORN)
        elif self.head.end >= self.segment_bytes:
            self._begin_segment(self.head, b"", "")

    def _stands_at_the_end(self) -> bool:
        """Whether this process knows the chain's end, a few rows of others taken in if need be."""
        stands = self._last.as_the_last() if self._last is not None else None
        return (
            stands is not None
            and stands.st_size - self.head.end < _A_FEW_BYTES
            and stands.st_size < self.segment_bytes
            and not self._added(stands.st_size)
        )

    def _added(self, size: int) -> bytes:
        """Take in what others wrote since, up to that size; what is left is half a row."""
        if size == self.head.end:
            return b""
        if size < self.head.end:
            raise damaged(self.head.segment)
        with segment_path(self.folder, self.head.segment).open("rb") as file:
            file.seek(self.head.end)
            added = file.read()
        for line, whole in lines_of(added):
            if not whole:
                return line
            row = read_row(line)
            if row is None or not row.follows(self.head):
                raise damaged(self.head.segment)
            self.head = self.head.followed_by(row)
        return b""

    def _begin_segment(self, head: Head, rest: bytes, why: str) -> None:
        if self._last is not None:
            os.fdatasync(self._last.descriptor)
        told: dict[str, object] = {"kind": "SEGMENT", "segment": head.segment + 1}
        if not head.segment:
            told["chain"] = os.urandom(16).hex()
        else:
            told["after"] = {"segment": head.segment, "bytes": head.end}
        if rest:
            told["setAside"] = SetAside(len(rest), sha256(rest).hexdigest(), why).told()
        row = row_after(head, self.clock(), orjson.dumps(told))
        make_segment(self.folder, head.segment + 1, row.line + b"\n")
        self._enter(Head(head.segment + 1, len(row.line) + 1, row.seq, row.at, row.hash))

    def _enter(self, head: Head) -> None:
        """Go on from a head: in the file that is at its segment's path by now."""
        self._forget()
        self._last = OpenSegment(self.folder, head.segment)
        self.head = head

    @property
    def _open(self) -> OpenSegment:
        if self._last is None:
            raise gone(self.folder)
        return self._last

    def _write(self, entries: Sequence[Entry]) -> None:
        head, lines = self.head, list[bytes]()
        at = self.clock()
        for body in self._bodies(entries):
            row = row_after(head, at, body)
            lines.append(row.line)
            head = head.followed_by(row)
        left = memoryview(b"\n".join([*lines, b""]))
        while left:
            left = left[os.write(self._open.descriptor, left) :]
        self.head = head

    def _bodies(self, entries: Iterable[Entry]) -> Iterator[bytes]:
        """What becomes a row each; a definition before what first uses it in the segment."""
        defined = self._open.defined
        for entry in entries:
            wanted = entry.definition
            if wanted is not None and wanted.name not in defined:
                defined.add(wanted.name)
                yield wanted.body
            yield entry.body

    def _write_again(self) -> None:
        """What could not be synced once never would be, unless it is written to another file.

        Where the disk refused a page, ext4 leaves a hole; the page written again in its place is
        said to be synced, and is not.
        """
        if self._doubted is not None:
            put_anew(self.folder, self._doubted)
            self._doubted = None

    def _forget(self) -> None:
        if self._last is not None:
            self._last.close()
            self._last = None
        self.head = Head()
