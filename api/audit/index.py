"""Beside each finished segment, a small file that tells whose ids are not in it.

`000001.ids`: the CRC-32 of every id seen and every name that asked, sorted, 4 bytes each. Reading
a year's rows for one child then opens the few segments that speak of her. It is made of the rows
alone: one that is missing costs time, and `verify` compares each with its segment.
"""

import os
from array import array
from bisect import bisect_left
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any
from zlib import crc32

import orjson

from api.audit.chain import read_row
from api.audit.segments import (
    PRIVATE_FILE,
    lines_of,
    rows_end,
    segment_numbers,
    segment_path,
)


def index_path(folder: Path, number: int) -> Path:
    return segment_path(folder, number).with_suffix(".ids")


def index_finished(folder: Path) -> None:
    """Index every segment that is finished and has no index yet."""
    for number in segment_numbers(folder)[:-1]:
        file = index_path(folder, number)
        if not file.exists():
            data = segment_path(folder, number).read_bytes()
            _put(file, index_of(data[: rows_end(folder, number)]))


def index_of(data: bytes) -> bytes:
    """The index of a segment's bytes; what is no row is left out."""
    # Each text once, and only then its mark: rows of a busy day speak of the same people.
    found = set[str]()
    for line, whole in lines_of(data):
        if whole and read_row(line):
            found.update(marked(orjson.loads(line)))
    return array("I", sorted(set(map(mark, found)))).tobytes()


def marked(row: Mapping[str, Any]) -> list[str]:
    """What a row is looked up by."""
    return [*row.get("seen", ()), *([row["who"]] if "who" in row else ())]


def mark(text: str) -> int:
    return crc32(text.encode())


def may_hold(folder: Path, number: int, texts: Iterable[str]) -> bool:
    """Whether a segment may have a row that is looked up by one of these; if in doubt it may.

    An empty index is doubtful: a machine that lost its power may have left it so.
    """
    try:
        index = array("I", index_path(folder, number).read_bytes())
    except (FileNotFoundError, ValueError):
        return True
    return not index or any(_holds(index, mark(text)) for text in texts)


def _holds(index: "array[int]", wanted: int) -> bool:
    place = bisect_left(index, wanted)
    return place < len(index) and index[place] == wanted


def _put(file: Path, data: bytes) -> None:
    """Whole or not at all, also after a loss of power."""
    partial = file.with_name(f"{file.name}.{os.getpid()}")
    descriptor = os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, PRIVATE_FILE)
    with os.fdopen(descriptor, "wb") as written:
        written.write(data)
        written.flush()
        os.fdatasync(written.fileno())
    partial.replace(file)
