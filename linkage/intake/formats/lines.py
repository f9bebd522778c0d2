"""The physical lines of a text file, numbered, and able to be read again."""

import gzip
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from io import BufferedIOBase
from pathlib import Path

GZIP = b"\x1f\x8b"
BYTE_ORDER_MARK = "\ufeff"
# A line longer than this is no row: somebody forgot the line breaks. A real one has under 1,000.
LONGEST_LINE = 128 * 1024
# An address may hold a line break; a row of more lines than this is a quote nobody closed.
MOST_LINES_A_ROW = 50


class EndlessRowError(Exception):
    """A row that goes on for more lines than a row has."""


@contextmanager
def opened(file: Path) -> Iterator[tuple[BufferedIOBase, BufferedIOBase]]:
    """The file as text bytes (unzipped where it is gzip), and as it lies on disk, for progress."""
    with file.open("rb") as on_disk:
        zipped = on_disk.read(len(GZIP)) == GZIP
        on_disk.seek(0)
        if not zipped:
            yield on_disk, on_disk
            return
        with gzip.open(on_disk) as unzipped:
            yield unzipped, on_disk


class Lines:
    """Physical lines as text, remembered until the row they make up is accepted.

    `csv.reader` pulls from here. The lines of a row that makes no sense are given back but for
    the first, so that one unclosed quote costs one line and not the rest of the file.
    """

    def __init__(self, stream: BufferedIOBase) -> None:
        self._stream = stream
        self._again: deque[bytes] = deque()
        self._taken: list[bytes] = []
        self._done = 0
        # Why the row at hand cannot be read as text, when it cannot.
        self.unreadable: str | None = None

    @property
    def first(self) -> int:
        """The line number on which the row at hand starts, from 1."""
        return self._done + 1

    @property
    def count(self) -> int:
        """How many lines the row at hand has taken."""
        return len(self._taken)

    def text(self) -> str:
        """The row at hand as it stands in the file, as far as it can be shown."""
        return self._taken[0].decode(errors="replace").rstrip("\r\n") if self._taken else ""

    def peek(self) -> bytes:
        """The next line as bytes, without taking it; empty at the end of the file."""
        if not self._again:
            self._again.append(self._next_from_the_file())
        return self._again[0]

    def skip(self) -> None:
        """The line just peeked at is a row, and done with."""
        self._again.popleft()
        self._done += 1

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        if len(self._taken) == MOST_LINES_A_ROW:
            raise EndlessRowError
        raw = self._again.popleft() if self._again else self._next_from_the_file()
        if not raw:
            raise StopIteration
        self._taken.append(raw)
        if len(raw) > LONGEST_LINE:
            self.unreadable = f"a line longer than {LONGEST_LINE:,} bytes"
        if b"\0" in raw:
            self.unreadable = "holds a NUL byte"
        return self._decoded(raw)

    def _decoded(self, raw: bytes) -> str:
        try:
            return raw.decode()
        except UnicodeDecodeError:
            self.unreadable = "not UTF-8 text"
            return raw.decode(errors="replace")

    def _next_from_the_file(self) -> bytes:
        raw = self._stream.readline(LONGEST_LINE)
        if len(raw) < LONGEST_LINE or raw.endswith(b"\n"):
            return raw
        while (more := self._stream.readline(LONGEST_LINE)) and not more.endswith(b"\n"):
            pass
        return raw + b"\n"

    def accept(self) -> None:
        """The row is done with: count its lines and forget them."""
        self._done += len(self._taken)
        self._taken.clear()
        self.unreadable = None

    def give_back_all_but_the_first(self) -> None:
        """The row made no sense: its first line is done with, the others are read again."""
        self._again.extendleft(reversed(self._taken[1:]))
        del self._taken[1:]
        self.accept()
