"""What an expungement is about to do, on the disk before anything is done.

    home/expunging/intent.json   written last: with it, it will be done whatever happens
    home/expunging/store/…       the store's files as they will be

A folder without `intent.json` was left by one that was killed before it had begun: nothing is done.
"""

import json
import shutil
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from graph.errors import SponsorgraphError
from graph.private_files import to_disk, write_private


@dataclass(frozen=True)
class Intent:
    """One expungement: who wants it, why, and all that goes."""

    id: str
    at: str
    by: str
    why: str
    # In one word or two, for the ledger: a child, or the rule of the schedule.
    what: str
    gone: dict[str, list[str]]
    events: list[dict[str, Any]]
    words: list[dict[str, Any]]
    texts: list[str]
    files: list[str]
    records: list[str]
    # Papers that stay, and what stands in them where they named her: by their keys.
    unnamed: dict[str, str] = field(default_factory=dict)
    # What people wrote of others and named her in: node by node, what stands there instead.
    written: list[dict[str, Any]] = field(default_factory=list)


def folder(home: Path) -> Path:
    return home / "expunging"


def prepare(home: Path) -> Path:
    """An empty folder to write into; what was never begun is thrown away."""
    shutil.rmtree(folder(home), ignore_errors=True)
    folder(home).mkdir(mode=0o700, parents=True)
    return folder(home)


def commit(home: Path, intent: Intent) -> None:
    """From here on it is done, by whoever comes next if not by this process."""
    for path in _everything(folder(home)):
        to_disk(path)
    write_private(folder(home) / "intent.json", json.dumps(asdict(intent)))
    to_disk(folder(home))
    to_disk(home)


def pending(home: Path) -> Intent | None:
    """What was begun and is not done."""
    try:
        text = (folder(home) / "intent.json").read_text(encoding="utf-8")
    except FileNotFoundError:
        return None
    return Intent(**json.loads(text))


def done(home: Path) -> None:
    """Forget what was to be done, first of all that it was."""
    (folder(home) / "intent.json").unlink(missing_ok=True)
    to_disk(folder(home))
    shutil.rmtree(folder(home), ignore_errors=True)


def refuse_meanwhile(home: Path) -> None:
    """Take nothing in while records are half expunged.

    Raises:
        SponsorgraphError: an expungement was interrupted.
    """
    if pending(home):
        raise SponsorgraphError(
            "An expungement was interrupted: run `sponsorgraph link`, which finishes it first, and"
            " then the same command again."
        )


def _everything(root: Path) -> Iterator[Path]:
    yield from sorted(root.rglob("*"))
