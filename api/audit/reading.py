"""Reading the audit from its end: so many rows that fit, newest first, within a time.

A block of a segment at a time, so that a long log takes little memory and other threads get their
turn; blocks without any of the texts looked for are passed over unread. Whoever asks for what is
rare in a log of millions gets what was found in time, and goes on from there.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from time import monotonic
from typing import Any

import orjson

from api.audit.chain import read_row
from api.audit.index import may_hold
from api.audit.segments import rows_end, segment_numbers, segment_path
from api.plan.documents import Remembered
from graph.selection import UnanswerableError

# Looking through one for a text takes a millisecond, and holds the interpreter so long.
_BLOCK = 1_000_000
_SEQ = re.compile(rb'\{"seq":(\d+),')
_DEFINITIONS_KEPT = 2_000

# Rows of the chain's own, of which nobody is told anything.
MACHINERY = frozenset({"SEGMENT", "DEFINITION", "TRIED"})

Told = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which rows: those that hold one of these texts (any, where there are none) and `fit`."""

    texts: tuple[str, ...] = ()
    fits: Callable[[Told], bool] = lambda _: True
    # Rows are written in the order of their days, but for clocks that are put right.
    not_before: str = ""
    not_after: str = ""


@dataclass(slots=True)
class Found:
    """Rows, newest first; `down_to` is the number of the last row looked at, 0 if it was all."""

    rows: list[Told] = field(default_factory=list)
    down_to: int = 0


class AuditReader:
    """Reads one audit; what rows refer to by name it remembers."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._definitions: Remembered[Told] = Remembered(_DEFINITIONS_KEPT)

    def find(self, wanted: Wanted, before: int | None, most: int, seconds: float) -> Found:
        """Up to `most` rows, numbered below `before`.

        Raises:
            UnanswerableError: the log is not as it was written.
        """
        until, found = monotonic() + seconds, Found()
        for number in self._worth_opening(wanted, before):
            for block in self._blocks(number):
                if before is not None and _first_seq(block) >= before:
                    continue
                rows = _fitting(block, wanted, before)
                if self._is_full(found, rows, wanted, most, number):
                    return found
                if monotonic() > until:
                    found.down_to = _first_seq(block)
                    return found
        return found

    def _is_full(
        self, found: Found, rows: Iterator[Told], wanted: Wanted, most: int, number: int
    ) -> bool:
        """Take the rows that fit, until the page is full or what follows is too long ago."""
        for row in rows:
            if wanted.not_before and str(row["at"]) < wanted.not_before:
                return True
            if wanted.fits(row):
                found.rows.append(self._with_definition(row, number))
            if len(found.rows) == most:
                found.down_to = int(row["seq"])
                return True
        return False

    def _worth_opening(self, wanted: Wanted, before: int | None) -> Iterator[int]:
        """The segments that may have such rows, the last first."""
        numbers = segment_numbers(self._folder)
        for number in reversed(numbers):
            if before is not None and _first_seq(self._head_line(number)) >= before:
                continue
            if wanted.not_after and self._begins(number) > wanted.not_after:
                continue
            # The last is still written to: what stands beside it would be no index of ours.
            indexed = wanted.texts and number != numbers[-1]
            if not indexed or may_hold(self._folder, number, wanted.texts):
                yield number

    def _begins(self, number: int) -> str:
        row = read_row(self._head_line(number).removesuffix(b"\n"))
        return row.at if row else ""

    def _head_line(self, number: int) -> bytes:
        with segment_path(self._folder, number).open("rb") as file:
            return file.readline()

    def _blocks(self, number: int) -> Iterator[bytes]:
        """The rows of a segment in blocks of whole lines, the last first."""
        with segment_path(self._folder, number).open("rb") as file:
            end = rows_end(self._folder, number) or file.seek(0, 2)
            rest, newest = b"", True
            while end > 0:
                begin = max(0, end - _BLOCK)
                file.seek(begin)
                data = file.read(end - begin) + rest
                if newest:  # behind the last line somebody may be writing
                    data, newest = data[: data.rfind(b"\n") + 1], False
                # The first line began earlier; a very long one may be all that there is.
                cut = (data.find(b"\n") + 1 or len(data)) if begin else 0
                rest, block, end = data[:cut], data[cut:], begin
                if block:
                    yield block

    def _with_definition(self, row: Told, number: int) -> Told:
        name = row.get("operation")
        if name is None:
            return row
        definition = self._definitions.get(name)
        if definition is None:
            definition = self._definitions.put(name, self._defined(name, number))
        return {**definition, **row}

    def _defined(self, name: str, number: int) -> Told:
        for block in self._blocks(number):
            for row in _fitting(block, Wanted((name,)), None):
                if row.get("definition") == name:
                    return row
        raise _altered(number)


def every(folder: Path, kind: str) -> Iterator[Told]:
    """All rows of a kind that is rare, oldest first.

    Raises:
        UnanswerableError: one is not as it was written.
    """
    marked = b'"kind":%b' % orjson.dumps(kind)
    for number in segment_numbers(folder):
        data = segment_path(folder, number).read_bytes()
        if marked in data:
            for line in data[: rows_end(folder, number)].splitlines():
                if marked in line:
                    row = read_row(line)
                    if row is None:
                        raise _altered(_first_seq(line))
                    yield row.told()


def _fitting(block: bytes, wanted: Wanted, before: int | None) -> Iterator[Told]:
    texts = [orjson.dumps(text) for text in wanted.texts]
    if texts and not any(text in block for text in texts):
        return
    for line in reversed(block.splitlines()):
        if texts and not any(text in line for text in texts):
            continue
        if before is not None and _first_seq(line) >= before:
            continue
        row = read_row(line)
        if row is None:
            raise _altered(_first_seq(line))
        yield row.told()


def _first_seq(lines: bytes) -> int:
    found = _SEQ.match(lines)
    return int(found[1]) if found else 0


def _altered(near: int) -> UnanswerableError:
    return UnanswerableError(
        f"The audit is not as it was written (near {near}): `sponsorgraph audit verify` says where."
    )
