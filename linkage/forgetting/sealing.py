"""Sealing a child, and taking the seal off: in whose name, why and when.

    home/seals.json   every seal there ever was, and who took it off

The file is the original: it is written first, and the graph and the ledger are brought up to it
now, or by the next link when this died in between. A graph that is made again gets its seals back.
"""

import json
import uuid
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from graph.connection import Door
from graph.errors import UsageError
from graph.private_files import write_private
from graph.writes import sealing
from linkage.forgetting.ledger import enter, entries

_LONGEST = 500


def seal(
    door: Door, home: Path, children: Sequence[str], *, by: str, why: str, at: datetime
) -> list[str]:
    """Seal children; the ids of their seals. Who is sealed already has hers.

    Raises:
        UsageError: there is no such child, or nobody says why. Nobody is sealed then.
    """
    said = _said(by, why)
    keep(door, home)
    ids: list[str] = []
    new: list[dict[str, Any]] = []
    with door.writing() as session:
        for child in children:
            found = sealing.records_to_seal(session, child)
            if found is None:
                raise UsageError(f"There is no child {child} with records: look for her id first.")
            bearer, records = found
            standing = sealing.standing_seals(session, bearer)
            if not standing:
                one = {"id": uuid.uuid4().hex, "child": bearer, "records": records}
                new.append(one | {"at": _iso(at)} | said)
            ids.append(standing[0] if standing else str(new[-1]["id"]))
    if new:
        _write(home, [*seals(home), *new])
        keep(door, home)
    return ids


def unseal(door: Door, home: Path, child: str, *, by: str, why: str, at: datetime) -> list[str]:
    """Take the seals off a child, each as a whole; their ids.

    Raises:
        UsageError: she is not sealed, or nobody says why.
    """
    said = _said(by, why)
    keep(door, home)
    with door.writing() as session:
        standing = set(sealing.standing_seals(session, child))
    if not standing:
        raise UsageError("No seal is on this child: `sponsorgraph sealed` lists who is sealed.")
    off = {"unsealedBy": said["by"], "unsealedWhy": said["why"], "unsealedAt": _iso(at)}
    _write(home, [one | off if one["id"] in standing else one for one in seals(home)])
    keep(door, home)
    return sorted(standing)


def seals(home: Path) -> list[dict[str, Any]]:
    """Every seal of this home, those that were taken off too."""
    file = home / "seals.json"
    known: list[dict[str, Any]] = json.loads(file.read_text("utf-8")) if file.exists() else []
    return known


def keep(door: Door, home: Path) -> None:
    """Bring the graph and the ledger up to the home's seals."""
    known = seals(home)
    if not known:
        return
    with door.writing() as session:
        sealing.keep_seals(session, known)
    entered = {line["id"] for line in entries(home)}
    for one in known:
        off = f"{one['id']}/off"
        if one["id"] not in entered:
            at, child = datetime.fromisoformat(one["at"]), one["child"]
            enter(home, "SEALED", by=one["by"], why=one["why"], at=at, once=one["id"], child=child)
        if one.get("unsealedAt") and off not in entered:
            at, by = datetime.fromisoformat(one["unsealedAt"]), one["unsealedBy"]
            why, child = one["unsealedWhy"], one["child"]
            enter(home, "UNSEALED", by=by, why=why, at=at, once=off, child=child)


def forget_seals(home: Path, keys: Sequence[str]) -> None:
    """Leave records out of the home's seals, and seals that are of no other."""
    known, gone = seals(home), set(keys)
    kept = [one | {"records": [key for key in one["records"] if key not in gone]} for one in known]
    kept = [one for one in kept if one["records"]]
    if kept != known:
        _write(home, kept)


def _said(by: str, why: str) -> dict[str, str]:
    by, why = by.strip(), " ".join(why.split())
    if not by or not 0 < len(why) <= _LONGEST:
        raise UsageError(f"Say who wants it and why, in up to {_LONGEST} letters.")
    return {"by": by, "why": why}


def _write(home: Path, known: list[dict[str, Any]]) -> None:
    write_private(home / "seals.json", json.dumps(known, indent=1))


def _iso(at: datetime) -> str:
    return at.isoformat(timespec="seconds")
