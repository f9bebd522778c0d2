"""A pack that shows a recommendation was followed, as files with a manifest of their SHA-256s.

`pack.json` is the whole pack as the API hashes it; the CSV files hold its tables to count with.
"""

import csv
import hashlib
import io
import json
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from graph.errors import UsageError
from graph.private_files import write_private

MANIFEST: Final = "manifest.json"
PACK: Final = "pack.json"
_TABLES: Final = {
    "counts.csv": ("counts", ("measure", "office", "low", "high", "suppressed", "definition")),
    "days.csv": ("days", ("measure", "quarter", "median")),
}
_CASES: Final = "cases.csv"
# What a spreadsheet would take for a formula: an office's name comes from a file.
_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")


def write_pack(text: str, folder: Path) -> str:
    """Write a pack's canonical text into a folder as files; the SHA-256 of the pack.

    Raises:
        UsageError: the folder holds something already.
    """
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    if any(folder.iterdir()):
        raise UsageError(f"{folder} holds something already: give an empty folder, or a new one.")
    files = _files(text)
    for name, content in files.items():
        write_private(folder / name, content)
    hashes = {name: _hash(content.encode()) for name, content in files.items()}
    # Last: a folder without a manifest was not finished.
    write_private(
        folder / MANIFEST, json.dumps({"sha256": hashes}, indent=1, sort_keys=True) + "\n"
    )
    return hashes[PACK]


def altered(folder: Path) -> list[str]:
    """What is no longer as it was written, a sentence a file; none where all is.

    Tables are compared with the pack, too: who alters one and the manifest is found out.

    Raises:
        UsageError: there is no manifest that can be read.
    """
    listed = _listed(folder)
    # What the manifest names is no way out of the folder.
    there = {one.name for one in folder.iterdir() if one.is_file()} - {MANIFEST}
    wrong = [f"{name} is not there." for name in sorted(listed.keys() - there)]
    wrong += [f"{name} is not of this pack." for name in sorted(there - listed.keys())]
    found = {name: (folder / name).read_bytes() for name in sorted(there & listed.keys())}
    changed = {name for name, content in found.items() if _hash(content) != listed[name]}
    if PACK in found and PACK not in changed:
        made = _files(found[PACK].decode())
        changed |= {name for name in found if found[name] != made.get(name, "").encode()}
        wrong += [f"{name} is missing in the manifest." for name in sorted(made.keys() - listed)]
    return wrong + [f"{name} was altered." for name in sorted(changed)]


def pack_hash(folder: Path) -> str:
    """The SHA-256 of the pack in a folder, to compare with the one that was told elsewhere."""
    return _hash((folder / PACK).read_bytes())


def _listed(folder: Path) -> dict[str, str]:
    try:
        listed = json.loads((folder / MANIFEST).read_text("utf-8"))["sha256"]
        return {str(name): str(told) for name, told in listed.items()}
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        raise UsageError(
            f"{folder} has no {MANIFEST} that can be read: give the folder that `--out` wrote."
        ) from None


def _files(text: str) -> dict[str, str]:
    pack = json.loads(text)
    tables = {
        name: _csv(columns, ([one[column] for column in columns] for one in pack[of]))
        for name, (of, columns) in _TABLES.items()
    }
    cases = (
        (case["pseudonym"], step["step"], step["day"])
        for case in pack["cases"]
        for step in case["steps"]
    )
    return {PACK: text, **tables, _CASES: _csv(("case", "step", "day"), cases)}


def _csv(columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> str:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows([[_plain(one) for one in row] for row in rows])
    return text.getvalue()


def _plain(one: Any) -> Any:
    if one is None:
        return "ALL"
    return f"'{one}" if isinstance(one, str) and one.startswith(_FORMULA) else one


def _hash(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def rows_to_show(pack: Mapping[str, Any]) -> list[tuple[str, str, str]]:
    """What a table on a screen has: measure, office, and the range."""
    return [
        (one["measure"], one["office"] or "all offices", f"{one['low']}–{one['high']}")
        for one in pack["counts"]
    ]
