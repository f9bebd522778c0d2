"""The home's own copy of all judgements: a graph that is lost can be made again, words cannot."""

import json
import os
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from graph.connection import Door
from graph.judgements import every_judgement, restore_judgements, standing_judgements
from graph.private_files import to_disk
from graph.vocabulary.evidence import Judgement
from linkage.facts.lineage import Word

_COPY = "judgements.json"


@dataclass(frozen=True)
class Judgements:
    """Those that stand, and what was said with each that was ever recorded: by its id."""

    standing: list[Judgement]
    words: dict[str, Word]


def keep_copy(door: Door, home: Path) -> Judgements:
    """What people have judged, by the graph and by the copy in `home`, each told of the other."""
    copy = home / _COPY
    known = json.loads(copy.read_text(encoding="utf-8")) if copy.exists() else []
    with door.writing() as session:
        every = every_judgement(session)
        if known and known != every:
            restore_judgements(session, known)
            every = every_judgement(session)
        standing = standing_judgements(session)
    if every != known:
        _replace(copy, json.dumps(every, indent=1))
    return Judgements(standing, {one["id"]: _word(one) for one in every})


def _word(judgement: dict[str, Any]) -> Word:
    """Who spoke last: a judgement that was taken back undoes what it did."""
    if judgement.get("retractedAt"):
        return Word(judgement["retractedBy"], judgement["retractReason"])
    return Word(judgement["actor"], judgement["reason"])


def _replace(file: Path, text: str) -> None:
    draft = file.with_suffix(".draft")
    with open(draft, "w", encoding="utf-8", opener=_private) as written:
        written.write(text)
        written.flush()
        os.fsync(written.fileno())
    draft.rename(file)
    to_disk(file.parent)


def _private(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)


def forget_judgements(
    home: Path, gone: Collection[str], words: Iterable[Mapping[str, Any]]
) -> None:
    """Leave judgements out of the home's copy, and put others' words otherwise."""
    copy = home / _COPY
    if not copy.exists():
        return
    instead = {one["id"]: {name: text for name, text in one.items() if text} for one in words}
    known = json.loads(copy.read_text(encoding="utf-8"))
    kept = [one | instead.get(one["id"], {}) for one in known if one["id"] not in set(gone)]
    if kept != known:
        _replace(copy, json.dumps(kept, indent=1))
