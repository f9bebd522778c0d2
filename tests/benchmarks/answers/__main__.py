"""How fast questions are answered, beside @neo4j/graphql and the bare driver, on one Neo4j.

    python -m tests.benchmarks.answers --home FOLDER [--rounds 3] [--seconds 2] [--only WORDS]

FOLDER is the home of a linked world; `SPONSORGRAPH_HOME=FOLDER ./dev demo --children 100000` makes
one of a fitting size in some ten quiet minutes. It needs Node, whose packages it installs into
`peer/` on first use, and wrk. All contestants are asked the same 200 questions a kind, must give
the same content, are warmed, and take turns within every round, at 1 and at 16 clients; sponsorgraph
is asked by a caseworker with a token and a purpose, and keeps its audit. Prints requests a second,
latency and CPU, and exits with 1 where a bar is missed: 3.5 times the peer's throughput, no less
than the driver's and 0.85 of its own with the gate off, p99 no worse than the driver's (geometric
means over the five questions), and a thousand nested things at 1.3 times the driver's cost at most.
"""

import argparse
import sys
from pathlib import Path

from graph.connection import located, opened
from graph.migrate import migrate
from graph.settings import Settings
from tests.benchmarks.answers.agreeing import check_agreement
from tests.benchmarks.answers.contestants import CONTESTANTS, Running, all_running
from tests.benchmarks.answers.loading import Found, Load
from tests.benchmarks.answers.questions import QUESTIONS
from tests.benchmarks.answers.tables import missed_bars, print_tables
from tests.benchmarks.answers.variables import drawn

CLIENTS = (1, 16)
_SECONDS_TO_WARM = 6


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--home", type=Path, required=True)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--seconds", type=float, default=2.0)
    parser.add_argument("--only", help="questions whose name holds these words")
    given = parser.parse_args()
    asked = [name for name in QUESTIONS if not given.only or given.only in name]
    with located(Settings(home=given.home, neo4j_uri=None)) as endpoint:
        with opened(endpoint) as door:
            migrate(door)
            variables = drawn(door)
        with all_running(endpoint) as running:
            for name in asked:
                variables[name] = check_agreement(running, name, variables[name])
            found = _measured(running, Load(variables), asked, given.rounds, given.seconds)
    print_tables(found, asked, CLIENTS)
    missed = missed_bars(found, asked, CLIENTS)
    print(*missed, sep="\n")
    return 1 if missed else 0


def _measured(
    running: dict[str, Running], load: Load, asked: list[str], rounds: int, seconds: float
) -> dict[tuple[str, int, str], list[Found]]:
    found: dict[tuple[str, int, str], list[Found]] = {}
    for name in asked:
        for contestant in CONTESTANTS:
            load.on(running[contestant], name, clients=4, seconds=_SECONDS_TO_WARM)
    for round_ in range(rounds):
        for clients in CLIENTS:
            for name in asked:
                # Every round begins with another: nobody is always first, nor always last.
                turn = round_ % len(CONTESTANTS)
                for contestant in (*CONTESTANTS[turn:], *CONTESTANTS[:turn]):
                    load.on(running[contestant], name, clients=clients, seconds=2)
                    key = name, clients, contestant
                    one = load.on(running[contestant], name, clients=clients, seconds=seconds)
                    found.setdefault(key, []).append(one)
        print(f"round {round_ + 1} of {rounds}", file=sys.stderr)
    return found


if __name__ == "__main__":
    sys.exit(main())
