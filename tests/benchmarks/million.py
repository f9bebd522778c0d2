"""A million records linked with a saved model: how fast, in what memory, and what plain Splink takes.

    python -m tests.benchmarks.million --world FOLDER [--records 1000000]

Makes a demo world of so many records (once for each role they describe somebody in) in FOLDER,
unless it is there, and links it with the shipped model: cleaning, addresses, features, candidates,
scoring and clusters. Then plain Splink, in the same run, gets the very same cleaned rows, rules,
model and threshold, and does its own blocking, predict and clustering. Prints seconds by stage, the
peak of memory of each, and the share of Splink's pairs above the link threshold that are lost.
Exits with 1 where a bar is missed, each bar being for a million records on two cores.
"""

import argparse
import json
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import duckdb

from linkage.demo import generate
from linkage.intake.ingest import ingest
from linkage.model.thresholds import CHILD, SPONSOR
from linkage.quoting import file_literal
from tests.benchmarks.million_contestants import ROLES, ours, plain

RECORDS_A_CHILD = 8.4  # record-roles of a demo world, measured at 25,600 children
SEED = 77

SECONDS, MEGABYTES, LOST, RATIO = 45.0, 2_000, 0.001, 2.0
_LINK = {"children": CHILD.link, "sponsors": SPONSOR.link}

_COMPARED = """
SELECT count(mine.join_key_l), count(other.join_key_l),
    count(*) FILTER (mine.join_key_l IS NULL AND other.match_weight >= $link),
    count(*) FILTER (other.match_weight >= $link)
FROM read_parquet({mine}) AS mine FULL JOIN read_parquet({other}) AS other
    USING (join_key_l, join_key_r)
"""


def main() -> int:
    """Both contestants, one after the other, each in a process of its own."""
    asked = _asked()
    if asked.contestant:
        if asked.contestant == "ours":
            ours(asked.world, asked.into)
        else:
            plain(asked.into)
        return 0
    world = _world(asked.world, asked.records)
    with TemporaryDirectory() as folder:
        into = Path(folder)
        mine = _run("ours", world, into)
        if asked.alone:
            _tell("sponsorgraph", mine)
            return 0
        other = _run("plain", world, into)
        return _print(mine, other, into)


def _world(folder: Path, records: int) -> Path:
    children = round(records / RECORDS_A_CHILD)
    home = folder / f"{children}"
    if not (home / "complete").exists():
        made = generate(children, SEED, home)
        ingest(home, [made.deliveries])
        (home / "complete").touch()
    return home


def _run(contestant: str, world: Path, into: Path) -> dict[str, Any]:
    subprocess.run(
        [sys.executable, "-m", "tests.benchmarks.million", "--contestant", contestant,
         "--world", str(world), "--into", str(into)],
        check=True,
    )  # fmt: skip
    found: dict[str, Any] = json.loads((into / f"{contestant}.json").read_text())
    return found


def _tell(name: str, report: dict[str, Any]) -> None:
    seconds, processor = report["seconds"], report["processor"]
    print(
        f"{name}: {sum(seconds.values()):.1f} s ({sum(processor.values()):.1f} s of processor),"
        f" {report['peak']:,} MB at most"
    )
    for stage, taken in seconds.items():
        print(f"    {stage:<24}{taken:>8.1f} s {processor[stage]:>8.1f} s of processor")


def _print(mine: dict[str, Any], other: dict[str, Any], into: Path) -> int:
    _tell("sponsorgraph", mine)
    _tell("plain Splink", other)
    lost = 0.0
    for people in ROLES:
        found, theirs, missed, above = _compare(into, people)
        lost = max(lost, missed / above)
        print(
            f"{people}: {found:,} pairs, Splink {theirs:,}; of its {above:,} above the link"
            f" threshold {missed:,} lost ({missed / above:.5f})"
        )
    seconds, theirs = (sum(report["seconds"].values()) for report in (mine, other))
    prepared = sum(mine["seconds"][stage] for stage in ("cleaning", "addresses", "features"))
    # The stricter of the two: both start from rows that are cleaned already, or both clean them.
    ratio = (theirs + prepared) / seconds
    print(
        f"{ratio:.1f} times as fast as plain Splink with the same cleaning before it;"
        f" candidates to clusters {theirs / (seconds - prepared):.1f} times"
    )
    print(f"{mine['records']:,} records, {mine['records'] / seconds:,.0f} a second")
    bars = (seconds <= SECONDS, mine["peak"] <= MEGABYTES, lost <= LOST, ratio >= RATIO)
    return 0 if all(bars) else 1


def _compare(into: Path, people: str) -> tuple[int, int, int, int]:
    files = {
        who: file_literal(into / f"{name}_{people}.parquet")
        for who, name in (("mine", "ours"), ("other", "plain"))
    }
    with duckdb.connect() as connection:
        rows = connection.execute(_COMPARED.format(**files), {"link": _LINK[people]}).fetchall()
    found, theirs, missed, above = rows[0]
    return found, theirs, missed, above


def _asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--world", type=Path, required=True, help="where the world is kept")
    parser.add_argument("--records", type=int, default=1_000_000)
    parser.add_argument("--alone", action="store_true", help="leave plain Splink out")
    parser.add_argument("--contestant", choices=("ours", "plain"), help=argparse.SUPPRESS)
    parser.add_argument("--into", type=Path, help=argparse.SUPPRESS)
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
