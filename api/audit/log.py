"""Writing the chain: batches of rows, each written under a lock and synced before it counts.

Several processes write one chain. Whoever holds the lock reads what the others have added since,
goes on from there, and lets go; the sync comes after, since a sync of the file takes in whatever
stands before one's own rows. Rows that were written and not synced were told to nobody.
"""

import fcntl
import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

import orjson

from api.audit.chain import Head, Row, read_row, row_after
from api.audit.segments import (
    PRIVATE_FILE,
    PRIVATE_FOLDER,
    AuditUnavailableError,
    SetAside,
    damaged,
    last_head,
    lines_of,
    make_segment,
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

    `chain` tells whose chain a first segment is (see `anchors`).
    """

    folder: Path
    clock: Callable[[], datetime] = now
    segment_bytes: int = SEGMENT_BYTES
    head: Head = field(default_factory=Head)
    _lock: int = -1
    _file: int = -1
    _following: Path = field(default_factory=Path)
    _defined: set[str] = field(default_factory=set)
    # Where a sync failed: the kernel then takes what it could not write for written.
    _doubted: Head | None = None

    @property
    def lock(self) -> Path:
        """Whoever writes the chain holds this file locked; it is there from the first row on."""
        return self.folder / "lock"

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
        if self._file < 0 or self._lock < 0 or self._doubted is not None:
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
            try:
                yield self._file
            except OSError:
                self._doubted = begun
                raise

    def close(self) -> None:
        self._forget()
        if self._lock >= 0:
            os.close(self._lock)
            self._lock = -1

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
        except OSError as failed:
            # The end may hold half of what was to be written: it is looked at anew next time.
            self._forget()
            raise AuditUnavailableError(
                f"The audit in {self.folder} cannot be written ({failed.strerror}), so nothing is"
                " answered: make room, or give it back its disk."
            ) from failed

    @contextmanager
    def _locked(self, how: int = 0) -> Iterator[None]:
        if self._lock < 0:
            self.folder.mkdir(mode=PRIVATE_FOLDER, parents=True, exist_ok=True)
            self._lock = os.open(self.lock, os.O_RDWR | os.O_CREAT, PRIVATE_FILE)
        fcntl.flock(self._lock, fcntl.LOCK_EX | how)
        try:
            yield
        finally:
            fcntl.flock(self._lock, fcntl.LOCK_UN)

    def _catch_up(self) -> None:
        """To where the chain stands now: on from where this process last saw it, or from the end.

        Raises:
            AuditDamagedError: what stands there is none of its rows.
        """
        if self._file < 0 or self._following.exists():
            head, rest = last_head(self.folder)
            if not head.segment:
                self._begin_segment(head, b"", "")
                return
            self._enter(head)
        else:
            rest = self._added()
        if rest:
            self._begin_segment(self.head, rest, TORN)
        elif self.head.end >= self.segment_bytes:
            self._begin_segment(self.head, b"", "")

    def _stands_at_the_end(self) -> bool:
        """Whether this process knows the chain's end, a few rows of others taken in if need be."""
        size = os.fstat(self._file).st_size
        return (
            size - self.head.end < _A_FEW_BYTES
            and size < self.segment_bytes
            and not self._following.exists()
            and not self._added()
        )

    def _added(self) -> bytes:
        """Take in what others wrote since; what is left is half a row."""
        size = os.fstat(self._file).st_size
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
        if self._file >= 0:
            os.fdatasync(self._file)
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
        if head.segment != self.head.segment or self._file < 0:
            self._close_file()
            path = segment_path(self.folder, head.segment)
            self._file = os.open(path, os.O_WRONLY | os.O_APPEND)
            # Kept: making a path anew takes as long as writing the row.
            self._following = segment_path(self.folder, head.segment + 1)
            self._defined.clear()
        self.head = head

    def _write(self, entries: Sequence[Entry]) -> None:
        lines = list[bytes]()
        for row in self._rows(entries):
            lines.append(row.line)
            self.head = self.head.followed_by(row)
        left = memoryview(b"\n".join([*lines, b""]))
        while left:
            left = left[os.write(self._file, left) :]

    def _rows(self, entries: Iterable[Entry]) -> Iterator[Row]:
        """The rows that come next, each after the head as it is then.

        A definition comes before the first row of the segment that uses it.
        """
        at = self.clock()
        for entry in entries:
            wanted = entry.definition
            if wanted is not None and wanted.name not in self._defined:
                self._defined.add(wanted.name)
                yield row_after(self.head, at, wanted.body)
            yield row_after(self.head, at, entry.body)

    def _write_again(self) -> None:
        """What could not be synced once never would be, unless it is written anew."""
        since = self._doubted
        if since is None:
            return
        with segment_path(self.folder, since.segment).open("r+b") as file:
            file.seek(since.end)
            unsure = file.read()
            file.seek(since.end)
            file.write(unsure)
            file.flush()
            os.fdatasync(file.fileno())
        self._doubted = None

    def _forget(self) -> None:
        self._close_file()
        self.head = Head()

    def _close_file(self) -> None:
        if self._file >= 0:
            with suppress(OSError):
                os.close(self._file)
            self._file = -1
