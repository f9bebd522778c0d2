"""The files of the chain: `000001.jsonl`, `000002.jsonl`, …, each going on where one ended.

The first row of each says what the one before came to: its length, and what of it is not part of
the chain. A process that is killed while it writes leaves half a row; that stays where it is, the
next segment bears its length and SHA-256, and nothing is ever cut off or written over.
"""

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from api.audit.chain import Head, read_row
from graph.errors import SponsorgraphError
from graph.private_files import to_disk

PRIVATE_FOLDER = 0o700
PRIVATE_FILE = 0o600
_NAME = re.compile(r"(\d{6,})\.jsonl")


class AuditUnavailableError(SponsorgraphError):
    """The audit cannot be written, so nothing that it would record may be told."""


class AuditDamagedError(AuditUnavailableError):
    """The end of the audit is not as it was written: nobody can go on from it unasked."""


@dataclass(frozen=True, slots=True)
class SetAside:
    """Bytes at the end of a segment that are no row: how many, their SHA-256, and why."""

    bytes: int
    sha256: str
    why: str

    def told(self) -> dict[str, Any]:
        return {"bytes": self.bytes, "sha256": self.sha256, "why": self.why}


def segment_path(folder: Path, number: int) -> Path:
    return folder / f"{number:06}.jsonl"


def segment_numbers(folder: Path) -> list[int]:
    """The segments that there are, in their order."""
    found = (_NAME.fullmatch(path.name) for path in folder.glob("*.jsonl"))
    return sorted(int(name[1]) for name in found if name)


def lines_of(data: bytes) -> Iterator[tuple[bytes, bool]]:
    """Each line, without its newline, and whether it had one."""
    begin = 0
    while begin < len(data):
        end = data.find(b"\n", begin)
        if end < 0:
            yield data[begin:], False
            return
        yield data[begin:end], True
        begin = end + 1


def last_head(folder: Path) -> tuple[Head, bytes]:
    """The chain's head, from the end of its last segment, and the half row behind it, if any.

    Raises:
        AuditDamagedError: what stands there is neither a row nor the half of one.
    """
    numbers = segment_numbers(folder)
    if not numbers:
        return Head(), b""
    data = segment_path(folder, numbers[-1]).read_bytes()
    end = data.rfind(b"\n") + 1
    last = max(end - 1, 0)
    row = read_row(data[data.rfind(b"\n", 0, last) + 1 : last])
    if row is None:
        raise damaged(numbers[-1])
    head = Head(numbers[-1], end, row.seq, row.at, row.hash)
    if not is_half_a_row(data[end:], head):
        raise damaged(numbers[-1])
    return head, data[end:]


def is_half_a_row(rest: bytes, head: Head) -> bool:
    """Whether a process that was killed while it wrote would leave this, or nothing.

    A whole row and a byte that is no newline is a row whose end was altered.
    """
    begins = b'{"seq":%d,"at":"' % (head.seq + 1)
    return begins.startswith(rest[: len(begins)]) and read_row(rest[:-1]) is None


def sound_end(folder: Path) -> tuple[Head, bytes]:
    """The last row down to which the last segment bears itself out, and all that stands behind."""
    numbers = segment_numbers(folder)
    if not numbers:
        return Head(), b""
    data = segment_path(folder, numbers[-1]).read_bytes()
    head = Head(numbers[-1])
    if len(numbers) > 1:
        before, _ = _walked(segment_path(folder, numbers[-2]).read_bytes(), Head(numbers[-2]))
        head = Head(numbers[-1], 0, before.seq, before.at, before.hash)
    head, end = _walked(data, head)
    return head, data[end:]


def _walked(data: bytes, head: Head) -> tuple[Head, int]:
    for line, whole in lines_of(data):
        row = read_row(line) if whole else None
        # Of the first row of all that are looked at, nothing is known to stand before.
        if row is None or not (row.follows(head) or not head.seq):
            break
        head = head.followed_by(row)
    return head, head.end


def has_row(folder: Path, head: Head) -> bool:
    """Whether the row of a head stands where it stood; there is none before the first."""
    try:
        data = segment_path(folder, head.segment).read_bytes()
    except FileNotFoundError:
        return not head.seq
    row = read_row(data[data.rfind(b"\n", 0, head.end - 1) + 1 : head.end - 1])
    return row is not None and row.hash == head.hash


def rows_end(folder: Path, number: int) -> int | None:
    """Where the rows of a finished segment end, by what the next one says; None of the last.

    Behind that, something may be set aside.
    """
    try:
        with segment_path(folder, number + 1).open("rb") as file:
            row = read_row(file.readline().removesuffix(b"\n"))
    except FileNotFoundError:
        return None
    return int(row.told()["after"]["bytes"]) if row else None


def damaged(number: int) -> AuditDamagedError:
    return AuditDamagedError(
        f"The audit's segment {number:06}.jsonl does not end as it was written, so nothing is"
        " answered: `sponsorgraph audit verify` says what is wrong, `sponsorgraph audit resume`"
        " goes on in a new segment when somebody has looked."
    )


def gone(folder: Path) -> AuditDamagedError:
    return AuditDamagedError(
        f"The audit in {folder} no longer holds what this process wrote to it, so nothing is"
        " answered: it was removed, moved or replaced. Give it back as it was; if it is lost,"
        " start this process anew when somebody has looked."
    )


def make_segment(folder: Path, number: int, first: bytes) -> None:
    """Put a segment in place with its first line, whole or not at all, and where there is none."""
    aside = _aside(folder, first)
    os.link(aside, segment_path(folder, number))
    aside.unlink()
    to_disk(folder)


def put_anew(folder: Path, since: Head) -> None:
    """Put the segment of a head in place as another file, once all behind the head is as written.

    Raises:
        AuditDamagedError: it is not.
    """
    path = segment_path(folder, since.segment)
    data = path.read_bytes()
    head, end = _walked(data[since.end :], since)
    known = rows_end(folder, since.segment)
    if end < known if known is not None else not is_half_a_row(data[end:], head):
        raise damaged(since.segment)
    _aside(folder, data).replace(path)
    to_disk(folder)


def _aside(folder: Path, data: bytes) -> Path:
    """A synced file beside the segments. One that was left there may be a segment by now."""
    aside = folder / "next.part"
    aside.unlink(missing_ok=True)
    descriptor = os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, PRIVATE_FILE)
    with os.fdopen(descriptor, "wb") as file:
        file.write(data)
        file.flush()
        os.fdatasync(file.fileno())
    return aside
