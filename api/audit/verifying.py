"""Looking whether the audit is as it was written: every byte of every row, and nothing missing."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from hashlib import sha256
from pathlib import Path
from typing import Any, NoReturn

from api.audit.chain import Head, Row, read_row
from api.audit.index import index_of, index_path
from api.audit.segments import (
    is_half_a_row,
    lines_of,
    segment_numbers,
    segment_path,
)

_KEPT = "seq", "hash", "at", "chain"


@dataclass(frozen=True, slots=True)
class Fault:
    """The first thing that is not as it was written; `line` counts from 1, 0 is the file itself."""

    segment: int
    line: int
    seq: int
    what: str

    def __str__(self) -> str:
        where = f"segment {self.segment:06}.jsonl"
        at = f"{where}, line {self.line}, row {self.seq}" if self.line else where
        return f"{at}: {self.what}"


@dataclass(slots=True)
class Verified:
    """What was found. `fault` is the first alteration; `set_aside` are ends that are no rows.

    Half a row is what a killed process leaves. It was never told, and alters nothing.
    """

    rows: int = 0
    segments: int = 0
    head: Head = field(default_factory=Head)
    chain: str = ""
    fault: Fault | None = None
    set_aside: list[str] = field(default_factory=list)


def verify(folder: Path, anchored: Mapping[int, str] | None = None, chain: str = "") -> Verified:
    """Read the whole chain; `anchored` has the hashes of rows, by number, as kept elsewhere."""
    verifying = _Verifying(folder, anchored or {}, chain)
    try:
        verifying.walk()
    except _Found as found:
        verifying.found.fault = found.fault
    return verifying.found


class _Found(Exception):  # noqa: N818 - what was looked for, not an error of ours
    def __init__(self, fault: Fault) -> None:
        super().__init__(str(fault))
        self.fault = fault


class _Verifying:
    def __init__(self, folder: Path, anchored: Mapping[int, str], chain: str) -> None:
        self._folder = folder
        self._anchored = anchored
        self._chain = chain
        self.found = Verified()

    def walk(self) -> None:
        numbers = segment_numbers(self._folder)
        for number in range(1, max(numbers, default=0) + 1):
            if number not in numbers:
                self._fail(number, 0, "the file is missing")
            self._segment(number, last=number == numbers[-1])
        self._check_end()

    def _segment(self, number: int, *, last: bool) -> None:
        data = segment_path(self._folder, number).read_bytes()
        self.found.segments += 1
        self.found.head = replace(self.found.head, segment=number, end=0)
        header = None if last else self._header(number + 1)
        rows, rest, told = _parts(data, header)
        for line_number, (line, whole) in enumerate(lines_of(rows), 1):
            row = read_row(line) if whole else None
            if row is None:
                self._fail(number, line_number, "altered: it does not bear out its own hash")
            self._take(row, number, line_number)
        if header is not None:
            self._check_rest(number, rest, told)
            self._check_index(number, rows)
        elif last:
            self._check_last(number, rows, rest)

    def _take(self, row: Row, number: int, line: int) -> None:
        head = self.found.head
        if row.seq != head.seq + 1:
            self._fail(number, line, f"missing or moved: row {row.seq} stands in its place")
        if row.before != head.hash:
            self._fail(number, line, "it follows another row than the one before it")
        if self._anchored.get(row.seq, row.hash) != row.hash:
            self._fail(number, line, "replaced: it was anchored with another hash")
        if row.seq == 1:
            self.found.chain = str(row.told().get("chain", ""))
        if line == 1 and row.told().get("segment") != number:
            self._fail(number, line, "it does not begin this segment")
        self.found.head = head.followed_by(row)
        self.found.rows += 1

    def _check_rest(self, number: int, rest: bytes, told: Mapping[str, Any] | None) -> None:
        length, digest = (told["bytes"], told["sha256"]) if told else (0, _NOTHING)
        if len(rest) != length or sha256(rest).hexdigest() != digest:
            self._fail(number, 0, "its end is not what the next segment says that it is")
        if told:
            self._note(number, len(rest), str(told["why"]))

    def _check_index(self, number: int, rows: bytes) -> None:
        """Reading goes by it, so rows could be hidden by altering that alone."""
        file = index_path(self._folder, number)
        if file.exists() and file.read_bytes() != index_of(rows):
            self._fail(number, 0, f"its index is not of these rows: delete {file.name}")

    def _check_last(self, number: int, rows: bytes, rest: bytes) -> None:
        if not rows:  # it was put in place with its first
            self._fail(number, 1, "cut off: its first row is not there")
        file = index_path(self._folder, number)
        # Another process may have finished it meanwhile.
        if file.exists() and not segment_path(self._folder, number + 1).exists():
            self._fail(number, 0, f"an index of what is not finished: delete {file.name}")
        if rest:
            self._check_half(number, rest)

    def _check_half(self, number: int, rest: bytes) -> None:
        if not is_half_a_row(rest, self.found.head):
            line = segment_path(self._folder, number).read_bytes().count(b"\n") + 1
            self._fail(number, line, "altered: it does not end as a row does")
        self._note(number, len(rest), "half a row: whoever writes next will set it aside")

    def _note(self, number: int, length: int, why: str) -> None:
        after = self.found.head.seq
        self.found.set_aside.append(
            f"segment {number:06}.jsonl, after row {after}: {length} bytes set aside: {why}"
        )

    def _header(self, number: int) -> Mapping[str, Any] | None:
        """What the segment says of the one before it; None where its first line is no row."""
        path = segment_path(self._folder, number)
        if not path.exists():
            return None
        with path.open("rb") as file:
            row = read_row(file.readline().removesuffix(b"\n"))
        return row.told() if row else None

    def _check_end(self) -> None:
        head, anchored = self.found.head, self._anchored
        beyond = [seq for seq in anchored if seq > head.seq]
        if self._chain and self.found.chain and self._chain != self.found.chain:
            self._fail(1, 1, "the anchors are of another audit than this one")
        if beyond:
            self._fail(
                head.segment,
                0,
                f"cut off after row {head.seq}: row {min(beyond)} was anchored, and so was"
                f" row {max(beyond)}",
            )

    def _fail(self, segment: int, line: int, what: str) -> NoReturn:
        raise _Found(Fault(segment, line, self.found.head.seq + 1, what))


_NOTHING = sha256().hexdigest()


def _parts(
    data: bytes, header: Mapping[str, Any] | None
) -> tuple[bytes, bytes, Mapping[str, Any] | None]:
    """A segment's rows, what stands behind them, and what the next segment says of that."""
    after = header.get("after") if header else None
    if not isinstance(after, dict) or header is None:
        end = data.rfind(b"\n") + 1
        return data[:end], data[end:], None
    end = int(after["bytes"])
    return data[:end], data[end:], header.get("setAside")
