"""A made-up world delivered over several days: some records later, some changed meanwhile."""

import csv
import gzip
import json
from datetime import date, timedelta
from pathlib import Path
from random import Random

Row = dict[str, str]


def in_days(
    deliveries: Path, into: Path, chance: Random, late: float, changed: float
) -> list[Path]:
    """Two deliveries made of one: `late` of the rows come on the second day, and besides them
    `changed` of the others, with a cell that another row of the file says.
    """
    manifest = json.loads((deliveries / "manifest.json").read_text())
    days = [into / "day1", into / "day2"]
    parts: list[list[dict[str, object]]] = [[], []]
    for delivery in manifest["deliveries"]:
        of_days: list[dict[str, str]] = [{}, {}]
        for table, name in delivery["files"].items():
            if name.endswith(".xlsx"):
                _copy(deliveries / name, days[0] / name)
                of_days[0][table] = name
                continue
            rows = _rows(deliveries / name)
            first, second = _parted(rows, chance, late, changed)
            plain = name.removesuffix(".gz")
            for day, folder, some in zip((0, 1), days, (first, second), strict=True):
                if some:
                    _write(folder / plain, some)
                    of_days[day][table] = plain
        for day, files in enumerate(of_days):
            if files:
                as_of = date.fromisoformat(delivery["as_of"]) + timedelta(days=day)
                parts[day].append(delivery | {"files": files, "as_of": as_of.isoformat()})
    for folder, told in zip(days, parts, strict=True):
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "manifest.json").write_text(json.dumps({"deliveries": told}))
    return days


def _parted(
    rows: list[Row], chance: Random, late: float, changed: float
) -> tuple[list[Row], list[Row]]:
    first: list[Row] = []
    second: list[Row] = []
    for row in rows:
        (second if chance.random() < late else first).append(row)
    for row in first:
        if chance.random() < changed:
            # The first column is the row's own id.
            column = chance.choice(list(row)[1:])
            second.append(row | {column: chance.choice(rows)[column]})
    return first, second


def _rows(file: Path) -> list[Row]:
    text = gzip.decompress(file.read_bytes()) if file.suffix == ".gz" else file.read_bytes()
    return list(csv.DictReader(text.decode().splitlines()))


def _write(file: Path, rows: list[Row]) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    with file.open("w", newline="") as lines:
        writer = csv.DictWriter(lines, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)


def _copy(file: Path, to: Path) -> None:
    to.parent.mkdir(parents=True, exist_ok=True)
    to.write_bytes(file.read_bytes())
