"""The versions of the models that an installation has, and which of them is in use.

    models/2026-12/child.json, sponsor.json, frequencies.csv, lexicon.csv, card.json
    models/in_use.json          {"version": "2026-12", "before": ["2026-11-a"]}, the latest last

The shipped version is always there too, and in use until another is. A home from the days when the
files stood in `models` itself goes by them, under the version that their card names.
"""

import json
import os
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from graph.errors import SponsorgraphError, UsageError
from graph.private_files import to_disk

SHIPPED = Path(__file__).parent
_CARD, _IN_USE = "card.json", "in_use.json"
_A_VERSION = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,59}")


@dataclass(frozen=True)
class InUse:
    """The version in use, and the ones used before it, the latest last: so a switch is undone."""

    version: str
    before: tuple[str, ...] = ()


def read_card(folder: Path) -> dict[str, Any]:
    """The card in a folder of models.

    Raises:
        SponsorgraphError: there is none that can be read.
    """
    try:
        card: dict[str, Any] = json.loads((folder / _CARD).read_text(encoding="utf-8"))
    except (OSError, ValueError) as cause:
        raise SponsorgraphError(
            f"The models in {folder} have no {_CARD} that can be read: train them again with"
            " `sponsorgraph train`, or remove that folder."
        ) from cause
    return card


def folders(models: Path | None) -> dict[str, Path]:
    """Every version there is and its folder, the shipped one first."""
    found = {str(read_card(SHIPPED)["version"]): SHIPPED}
    if models is None:
        return found
    if (models / _CARD).exists():
        found[str(read_card(models).get("version"))] = models
    for card in sorted(models.glob(f"[!.]*/{_CARD}")):
        found[card.parent.name] = card.parent
    return found


def folder_of(models: Path | None, version: str) -> Path:
    """Where the models of one version are.

    Raises:
        UsageError: there is no such version.
    """
    there = folders(models)
    if version not in there:
        raise UsageError(f"There are no models {version} here, only {', '.join(there)}.")
    return there[version]


def in_use(models: Path | None) -> InUse:
    """Which version links, by `models` of a home; the shipped one where that says nothing."""
    if models is not None:
        if (models / _IN_USE).exists():
            return _read(models / _IN_USE)
        if (models / _CARD).exists():
            return InUse(str(read_card(models).get("version")))
    return InUse(str(read_card(SHIPPED)["version"]))


def new_folder(models: Path, version: str) -> Path:
    """Where a new version is to be written.

    Raises:
        UsageError: it is no name for one, or there is such a version; none is ever overwritten.
    """
    if not _A_VERSION.fullmatch(version):
        raise UsageError(
            f"“{version}” is no name for a version: use letters, figures, dots, dashes, such as"
            " 2026-12."
        )
    if version in folders(models) or (models / version).exists():
        raise UsageError(
            f"There are models {version} already, and identities may go back to them: choose"
            " another name."
        )
    return models / version


def use(models: Path, version: str) -> InUse:
    """Link with this version from now on; what was in use is remembered.

    Raises:
        UsageError: there is no such version, or it is in use.
    """
    folder_of(models, version)
    now = in_use(models)
    if now.version == version:
        raise UsageError(f"Models {version} are in use already.")
    return _write(models, InUse(version, (*now.before, now.version)))


def undo(models: Path) -> InUse:
    """Go back to the version that was in use before.

    Raises:
        UsageError: none was, or it is no longer there.
    """
    now = in_use(models)
    if not now.before:
        raise UsageError(f"Nothing to undo: no models were in use before {now.version}.")
    folder_of(models, now.before[-1])
    return _write(models, InUse(now.before[-1], now.before[:-1]))


def _read(file: Path) -> InUse:
    try:
        told = json.loads(file.read_text(encoding="utf-8"))
        return InUse(told["version"], tuple(told["before"]))
    except (OSError, ValueError, KeyError, TypeError) as cause:
        raise SponsorgraphError(
            f"{file} cannot be read: remove it to link with the shipped models, or choose others"
            " with `sponsorgraph models switch` after that."
        ) from cause


def _write(models: Path, chosen: InUse) -> InUse:
    """At once and durably: a link that starts meanwhile reads the one or the other."""
    models.mkdir(mode=0o700, parents=True, exist_ok=True)
    draft = models / f".{_IN_USE}.draft"
    with draft.open("w", encoding="utf-8") as written:
        json.dump({"version": chosen.version, "before": list(chosen.before)}, written, indent=1)
        written.flush()
        os.fsync(written.fileno())
    draft.rename(models / _IN_USE)
    to_disk(models)
    return chosen
