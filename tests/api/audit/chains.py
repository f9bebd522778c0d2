"""Small chains, to break."""

from datetime import UTC, datetime

import orjson

from api.audit.log import Definition, Entry, Log

AT = datetime(2026, 11, 22, 10, 25, tzinfo=UTC)


def a_log(folder, segment_bytes=1_000_000):
    return Log(folder / "audit", lambda: AT, segment_bytes)


def an_entry(number=0, definition=None):
    return Entry(orjson.dumps({"kind": "ANSWERED", "number": number}), definition)


def a_definition(name="d1"):
    return Definition(name, orjson.dumps({"kind": "DEFINITION", "definition": name}))


def written(folder, rows=6, segment_bytes=1_000_000):
    """A chain of so many rows, each written by itself; its folder."""
    log = a_log(folder, segment_bytes)
    for number in range(rows):
        log.append([an_entry(number)])
    log.close()
    return log.folder


def segments(folder):
    return sorted(folder.glob("0*.jsonl"))


def lines(file):
    return file.read_bytes().splitlines(keepends=True)


def rows(folder, *of):
    """Every row as it stands, of all segments or of these; not what is set aside."""
    found = [line for file in of or segments(folder) for line in lines(file)]
    return [orjson.loads(line) for line in found if line.endswith(b"\n")]
