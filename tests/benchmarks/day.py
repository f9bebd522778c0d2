"""A day's delivery into a hundred thousand records: how long until it is linked, and seen.

    python -m tests.benchmarks.day --world FOLDER [--records 100000] [--new 1000] [--days 3]

Makes a demo world of so many records in FOLDER, unless it is there, of which `--new` come on each
of some later days: new papers of children who are known, and children who are new. Links what came
first, then each day by itself, the way a person does: `sponsorgraph link`, in a process of its own,
beside the Neo4j that serves the answers. Prints for each day the seconds of linking, of the facts
that follow, of the plan and of the writing, of the whole command from the start of the process
until readers see it, and how much quicker that is than everything at once. Exits with 1 where a
bar is missed by the median day, each bar being for a thousand new records on two cores.
"""

import argparse
import json
import os
import resource
import subprocess
import sys
import time
from pathlib import Path
from random import Random
from shutil import rmtree
from statistics import median
from typing import Any

from graph.connection import Endpoint, located
from graph.settings import Settings
from linkage.demo import generate
from linkage.intake.ingest import ingest
from tests.linkage.two_days import in_days

RECORDS_A_CHILD = 7.77  # rows delivered for a child of a demo world, measured at 12,960 children
SEED = 77

SECONDS_TO_LINK, SECONDS_TO_BE_SEEN = 1.0, 3.0
_STAGES = {
    "linking": "linking records",
    "facts": "stating facts",
    "plan": "planning",
    "writing": "writing the graph",
}


def main() -> int:
    """What came first, then day after day."""
    asked = _asked()
    first, *days = _deliveries(asked.world, asked.records, asked.new, asked.days)
    home = asked.world / "home"
    rmtree(home, ignore_errors=True)
    settings = Settings(home=home)
    with located(settings) as endpoint:
        whole = _linked(settings, endpoint, first)
        _tell("everything", whole)
        later = [_linked(settings, endpoint, day) for day in days]
    for day, one in enumerate(later, start=1):
        _tell(f"day {day}", one)
        print(
            f"    {one['changed']:,} records, {whole['command'] / one['command']:.1f} times as quick"
        )
    linking, seen = (median(one[part] for one in later) for part in ("linking", "command"))
    print(f"the median day: linked in {linking:.2f} s, seen after {seen:.2f} s")
    return 0 if linking <= SECONDS_TO_LINK and seen <= SECONDS_TO_BE_SEEN else 1


def _deliveries(world: Path, records: int, new: int, days: int) -> list[Path]:
    """The delivery that comes first, and those of the days after it."""
    made = world / f"{records}-{new}-{days}"
    if not (made / "complete").exists():
        rmtree(made, ignore_errors=True)
        before = generate(round(records / RECORDS_A_CHILD), SEED, made).deliveries
        for day in range(days, 0, -1):
            before, _ = in_days(before, made / f"{day}", Random(day), new / records, 0.0)
        (made / "complete").touch()
    return [made / "1" / "day1", *(made / f"{day}" / "day2" for day in range(1, days + 1))]


def _linked(settings: Settings, endpoint: Endpoint, delivery: Path) -> dict[str, float]:
    """What a link of this delivery took, by stage; `command` is all of it."""
    ingest(settings.home, [delivery])
    before, began = _processor(), time.monotonic()
    answered = subprocess.run(
        [sys.executable, "-m", "api", "link", "--json"],
        env=os.environ
        | {
            "SPONSORGRAPH_HOME": str(settings.home),
            "NEO4J_URI": endpoint.uri,
            "NEO4J_USER": endpoint.user,
            "NEO4J_PASSWORD": endpoint.password,
            "NEO4J_DATABASE": endpoint.database,
        },
        stdout=subprocess.PIPE,
        check=True,
    )
    command = time.monotonic() - began
    report: dict[str, Any] = json.loads(answered.stdout)
    # By then the run is published: nobody waits for its file to be written anew.
    command -= float(report["seconds"].get("settling", 0.0))
    stages = {name: float(report["seconds"][stage]) for name, stage in _STAGES.items()}
    return {
        **stages,
        "the rest": command - sum(stages.values()),
        "command": command,
        "processor": _processor() - before,
        "changed": report["linkage"]["changed"],
    }


def _processor() -> float:
    """Seconds that finished children of this process took, of all threads together."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _tell(name: str, took: dict[str, float]) -> None:
    stages = ", ".join(f"{stage} {took[stage]:.2f}" for stage in (*_STAGES, "the rest"))
    print(
        f"{name}: {took['command']:.2f} s ({took['processor']:.2f} s of processor): {stages}",
        flush=True,
    )


def _asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--world", type=Path, required=True, help="where the world is kept")
    parser.add_argument("--records", type=int, default=100_000)
    parser.add_argument("--new", type=int, default=1_000)
    parser.add_argument("--days", type=int, default=3)
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
