"""Who sealed, unsealed or expunged, when and why: a line each, chained by hash.

    home/forgetting/ledger.jsonl

It names ids, digests and counts; a person's word for why is kept, and must name nobody.
"""

import json
from collections.abc import Iterator, Mapping
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import Any, Final

from graph.errors import SponsorgraphError
from graph.private_files import write_private

_FIRST: Final = "0" * 64


def enter(
    home: Path, what: str, *, by: str, why: str, at: datetime, once: str, **told: Any
) -> Mapping[str, Any]:
    """Add a line, durably; `once` names it: a line of that name is not added again."""
    file = _file(home)
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    lines = list(entries(home))
    if known := next((line for line in lines if line["id"] == once), None):
        return known
    line = {
        "seq": len(lines) + 1,
        "id": once,
        "at": at.isoformat(timespec="seconds"),
        "what": what,
        "by": by,
        "why": why,
        **told,
        "before": hash_of(lines[-1]) if lines else _FIRST,
    }
    # All of it anew, so that a torn line of a killed writer is not in the middle.
    write_private(file, b"".join([*map(_written, lines), _written(line)]).decode())
    return line


def entries(home: Path) -> Iterator[dict[str, Any]]:
    """Every line, in order.

    Raises:
        SponsorgraphError: a line was altered, left out or put in; the sentence names the first.
    """
    file, before = _file(home), _FIRST
    if not file.exists():
        return
    for number, text in enumerate(file.read_bytes().splitlines(), start=1):
        try:
            line = json.loads(text)
            sound = (line["seq"], line["before"]) == (number, before)
            sound = sound and _written(line) == text + b"\n"
        except (ValueError, KeyError, TypeError):
            sound = False
        if not sound:
            raise SponsorgraphError(
                f"Line {number} of {file} does not follow from the one before: somebody altered it."
            )
        before = hash_of(line)
        yield line


def _file(home: Path) -> Path:
    return home / "forgetting" / "ledger.jsonl"


def _written(line: Mapping[str, Any]) -> bytes:
    return json.dumps(line, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"


def hash_of(line: Mapping[str, Any]) -> str:
    """The hash by which the next line knows this one."""
    return sha256(_written(line)).hexdigest()
