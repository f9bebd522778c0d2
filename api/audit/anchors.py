"""The chain's head, kept where whoever can write to the audit cannot: on another disk, or paper.

Somebody who rewrites the audit from some row on makes a chain that holds together. It ends in
another hash than the one that was kept elsewhere, and a chain that was cut ends before it.
"""

import logging
import os
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from threading import Thread
from time import monotonic

import orjson

from api.audit.chain import Head, read_row
from api.audit.segments import PRIVATE_FILE, segment_path
from graph.errors import UsageError

log = logging.getLogger("sponsorgraph.audit")

_BEGINS = b'{"chain":"'


def chain_of(folder: Path) -> str:
    """Which audit this is: what its first row was given when it was made; "" before that."""
    try:
        with segment_path(folder, 1).open("rb") as file:
            row = read_row(file.readline().removesuffix(b"\n"))
    except FileNotFoundError:
        return ""
    return str(row.told().get("chain", "")) if row else ""


def anchor_line(chain: str, head: Head) -> bytes:
    """What is kept elsewhere: a line that says where the chain stood."""
    kept = {"chain": chain, "seq": head.seq, "hash": head.hash, "at": head.at}
    return orjson.dumps(kept) + b"\n"


def read_anchors(*files: Path) -> tuple[str, dict[int, str]]:
    """Whose heads these files have, and they: hashes by the number of their row.

    Half a line is left out: somebody was still writing it, or had no room for more.

    Raises:
        UsageError: a file cannot be read, or has something else in it.
    """
    chain, heads = "", dict[int, str]()
    for file in files:
        for number, line in enumerate(_lines(file), 1):
            try:
                kept = orjson.loads(line)
                whose, seq, digest = str(kept["chain"]), int(kept["seq"]), str(kept["hash"])
            except (orjson.JSONDecodeError, KeyError, TypeError, ValueError):
                if _BEGINS.startswith(line[: len(_BEGINS)]) and not line.endswith(b"}\n"):
                    continue
                raise UsageError(f"{file}, line {number}, is no head of an audit.") from None
            chain = chain or whose
            if whose != chain or heads.setdefault(seq, digest) != digest:
                raise UsageError(f"{file}, line {number}, is of another audit than those before.")
    return chain, heads


def _lines(file: Path) -> list[bytes]:
    try:
        lines = file.read_bytes().splitlines(keepends=True)
    except OSError as unreadable:
        raise UsageError(f"{file} cannot be read ({unreadable.strerror}).") from None
    return [line for line in lines if line.endswith(b"\n")]


@dataclass(slots=True)
class Anchoring:
    """Takes the head to the anchor files after so many rows, or so many seconds after the last.

    Each time in a thread of its own, that nobody waits for: a disk over the network may not answer
    for days. A file that cannot be written is logged, and answers go on: the chain itself is whole.
    """

    folder: Path
    files: tuple[Path, ...]
    rows: int
    seconds: float
    _kept: Head = field(default_factory=Head)
    _tried: Head = field(default_factory=Head)
    _tried_at: float = field(default_factory=monotonic)
    _trying: Thread | None = None
    _chain: str = ""
    _failing: bool = False

    def lacks(self, head: Head) -> bool:
        """Whether there is something to keep elsewhere."""
        return bool(self.files) and head.seq > self._kept.seq

    def keep_if_due(self, head: Head) -> None:
        """Begin to keep the head elsewhere if it is time to, and the one before is kept."""
        many = head.seq - self._tried.seq >= self.rows
        if self.lacks(head) and (many or monotonic() - self._tried_at >= self.seconds):
            self._begin(head)

    def keep_last(self, head: Head, seconds: float) -> None:
        """Keep the head elsewhere, or give up after so many seconds."""
        until = monotonic() + seconds
        self._wait(until)
        if self.lacks(head):
            self._begin(head)
            self._wait(until)

    def _begin(self, head: Head) -> None:
        if self._trying is not None and self._trying.is_alive():
            if monotonic() - self._tried_at >= self.seconds:
                self._fails(self.files, "it does not answer")
            return
        self._tried, self._tried_at = head, monotonic()
        # A daemon: nobody can end it while its disk does not answer.
        self._trying = Thread(target=self._keep, args=(head,), name="audit-anchors", daemon=True)
        self._trying.start()

    def _wait(self, until: float) -> None:
        if self._trying is not None:
            self._trying.join(max(0.0, until - monotonic()))

    def _keep(self, head: Head) -> None:
        # Read once: it is no other's, whatever becomes of the first row.
        self._chain = self._chain or chain_of(self.folder)
        if not self._chain:
            self._fails(self.files, "the audit's first row is not as it was written")
            return
        line = anchor_line(self._chain, head)
        for file in self.files:
            try:
                append_line(file, line)
            except OSError as failed:
                self._fails([file], failed.strerror)
                break
        else:
            self._kept, self._failing = head, False

    def _fails(self, files: Sequence[Path], why: str | None) -> None:
        if not self._failing:
            where = ", ".join(map(str, files))
            log.warning("the audit's head cannot be kept in %s: %s", where, why)
        self._failing = True


def append_line(file: Path, line: bytes) -> None:
    """Append and sync; the folder must be there: a disk that is not mounted is not made up.

    After half a line, as one leaves that has no room for more, it begins a new one.
    """
    left = memoryview(b"\n" + line if _ends_halfway(file) else line)
    descriptor = os.open(file, os.O_WRONLY | os.O_APPEND | os.O_CREAT, PRIVATE_FILE)
    try:
        while left:
            left = left[os.write(descriptor, left) :]
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _ends_halfway(file: Path) -> bool:
    """Whether its last line is not whole, as far as it may be read: some may only be added to."""
    try:
        with file.open("rb") as opened:
            return opened.seek(0, os.SEEK_END) > 0 and (
                opened.seek(-1, os.SEEK_END) >= 0 and opened.read(1) != b"\n"
            )
    except OSError:
        return False
