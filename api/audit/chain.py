"""The chain: each row names the one before by its SHA-256, and bears its own.

    {"seq":17,"at":"2026-11-22T10:25:00.123456+00:00","before":"<of row 16>",…,"hash":"<its own>"}

One line a row. `hash` is of the line's bytes up to the comma before it, so whoever has the lines
checks them with `sha256sum` and nothing else; a changed byte, wherever it stands, belies its own
row, and a row left out, moved or put in belies the next. What is cut off the end, only somebody
notices who has kept a later head: see `anchors`.
"""

import re
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any

import orjson

NOTHING_BEFORE = "0" * 64

_ROW = re.compile(
    rb'\{"seq":(\d{1,18}),"at":"([^"]{1,40})","before":"([0-9a-f]{64})",.*,"hash":"([0-9a-f]{64})"\}',
    re.DOTALL,
)
_HASH_FIELD = len(b',"hash":""}') + 64


@dataclass(frozen=True, slots=True)
class Head:
    """Where the chain stands: its last row, the segment where that is, and the byte after it."""

    segment: int = 0
    end: int = 0
    seq: int = 0
    at: str = ""
    hash: str = NOTHING_BEFORE

    def followed_by(self, row: "Row") -> "Head":
        """The head when this row was written in the same segment."""
        return Head(self.segment, self.end + len(row.line) + 1, row.seq, row.at, row.hash)


@dataclass(frozen=True, slots=True)
class Row:
    """A line that bears out its own hash; `line` is without its newline."""

    seq: int
    at: str
    before: str
    hash: str
    line: bytes

    def told(self) -> dict[str, Any]:
        """The row's fields."""
        fields: dict[str, Any] = orjson.loads(self.line)
        return fields

    def follows(self, head: Head) -> bool:
        return self.seq == head.seq + 1 and self.before == head.hash


def row_after(head: Head, at: datetime, body: bytes) -> Row:
    """The row that comes next; `body` is a JSON object with at least one field."""
    seq = head.seq + 1
    moment = at.isoformat(timespec="microseconds")
    hashed = b'{"seq":%d,"at":"%b","before":"%b",%b' % (
        seq,
        moment.encode(),
        head.hash.encode(),
        body[1:-1],
    )
    digest = sha256(hashed).hexdigest()
    return Row(seq, moment, head.hash, digest, b'%b,"hash":"%b"}' % (hashed, digest.encode()))


def read_row(line: bytes) -> Row | None:
    """The row on a line, or None when a byte of it is not as it was written."""
    parts = _ROW.fullmatch(line)
    if parts is None or sha256(line[:-_HASH_FIELD]).hexdigest().encode() != parts[4]:
        return None
    seq, at, before, own = (part.decode() for part in parts.groups())
    return Row(int(seq), at, before, own, line)
