"""The chain's head, kept where whoever can write to the audit cannot: on another disk, or paper.

Somebody who rewrites the audit from some row on makes a chain that holds together. It ends in
another hash than the one that was kept elsewhere, and a chain that was cut ends before it.
"""

import logging
import os
from dataclasses import dataclass, field
from pathlib import Path
from time import monotonic

import orjson

from api.audit.chain import Head, read_row
from api.audit.segments import PRIVATE_FILE, segment_path
from graph.errors import UsageError

log = logging.getLogger("sponsorgraph.audit")


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

    A last line that somebody was still writing is left out.

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

    A file that cannot be written is logged, and answers go on: the chain itself is whole.
    """

    folder: Path
    files: tuple[Path, ...]
    rows: int
    seconds: float
    _kept: Head = field(default_factory=Head)
    _kept_at: float = field(default_factory=monotonic)
    _failing: bool = False

    def lacks(self, head: Head) -> bool:
        """Whether there is something to keep elsewhere."""
        return bool(self.files) and head.seq > self._kept.seq

    def is_due(self, head: Head) -> bool:
        """Whether it is time to keep the head elsewhere."""
        many = head.seq - self._kept.seq >= self.rows
        return self.lacks(head) and (many or monotonic() - self._kept_at >= self.seconds)

    def taken(self, head: Head) -> Head:
        """The head, which counts as kept from now on: whoever takes it keeps it."""
        self._kept, self._kept_at = head, monotonic()
        return head

    def keep(self, head: Head) -> None:
        """Keep the head elsewhere. One that cannot be kept is let go: a later one says more."""
        line = anchor_line(chain_of(self.folder), head)
        for file in self.files:
            try:
                append_line(file, line)
            except OSError as failed:
                if not self._failing:
                    log.warning("the audit's head cannot be kept in %s: %s", file, failed.strerror)
                self._failing = True
                break
        else:
            self._failing = False


def append_line(file: Path, line: bytes) -> None:
    """Append and sync; the folder must be there: a disk that is not mounted is not made up."""
    descriptor = os.open(file, os.O_WRONLY | os.O_APPEND | os.O_CREAT, PRIVATE_FILE)
    try:
        os.write(descriptor, line)
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
