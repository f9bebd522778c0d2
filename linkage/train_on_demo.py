"""Training on made-up worlds, the only ones whose truth is known to everybody."""

import shutil
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from graph.progress import Progress, silent
from linkage.demo import generate
from linkage.evaluate import Measured, evaluate_run
from linkage.intake.ingest import ingest
from linkage.link import link
from linkage.measures import Agreement
from linkage.model.versions import new_folder
from linkage.store import open_store
from linkage.train import World, train, write_measured
from linkage.workings import open_workings

# The worlds that a card's figures are of, as (noise, share of A-numbers hidden): the usual one,
# one twice as badly written, and one in which most records bear no number.
MEASURED_ON = ((1.0, 0.0), (2.0, 0.0), (1.0, 0.6))


def train_version(
    models: Path, version: str, children: int, seeds: Sequence[int], progress: Progress = silent
) -> Path:
    """`train_on_demo` a version that an installation's home/models did not have; its folder.

    It is there when it is whole, and nothing links by it before somebody switches to it.

    Raises:
        UsageError: there is such a version, or no world of this size can be made.
    """
    folder = new_folder(models, version)
    draft = models / f".{version}.draft"
    shutil.rmtree(draft, ignore_errors=True)
    train_on_demo(draft, version, children, seeds, progress)
    return draft.rename(folder)


def train_on_demo(
    into: Path, version: str, children: int, seeds: Sequence[int], progress: Progress = silent
) -> None:
    """Make one world of so many children from each seed, learn from all of them, keep none.

    The card's figures are of further worlds, of the seeds that follow the greatest.

    Raises:
        UsageError: no world of this size can be made.
    """
    with ExitStack() as stack:
        worlds = [
            _world(stack, Path(stack.enter_context(TemporaryDirectory())), children, seed, progress)
            for seed in seeds
        ]
        told = f"demo worlds of {children:,} children, seeds {', '.join(map(str, seeds))}"
        progress("learning", 0, None)
        train(worlds, into, version=version, trained_on=told)
    unseen = range(max(seeds) + 1, max(seeds) + 1 + len(MEASURED_ON))
    write_measured(
        into,
        [
            _measured_on(seed, children, noise, hidden, into, progress)
            for seed, (noise, hidden) in zip(unseen, MEASURED_ON, strict=True)
        ],
    )


def measure(home: Path, truth: Path, models: Path | None = None) -> dict[str, Any]:
    """Link what was ingested in `home` with these models, and say how right that is, by group."""
    with TemporaryDirectory() as folder:
        file = Path(folder) / "linked.duckdb"
        with open_workings(file) as connection:
            link(connection, home, models=models)
        found = evaluate_run(file, truth)
    return {
        "child": _figures_of(found.children),
        "sponsor": _figures_of(found.sponsors),
        "address": _figures(found.addresses.pairwise) if found.addresses else None,
        "siblings_joined": found.siblings_joined,
    }


def _measured_on(
    seed: int, children: int, noise: float, hidden: float, models: Path, progress: Progress
) -> dict[str, Any]:
    with TemporaryDirectory() as folder:
        home = Path(folder)
        made = generate(children, seed, home, noise=noise, hide_a_numbers=hidden, progress=progress)
        ingest(home, [made.deliveries], progress)
        progress("measuring", 0, None)
        world = {"seed": seed, "children": children, "noise": noise, "hidden": hidden}
        return world | measure(home, made.truth, models)


def _figures_of(role: Measured) -> dict[str, Any]:
    groups = {name: _figures(agreement) for name, agreement in role.by_group.items()}
    return _figures(role.pairwise) | {"b3": round(role.b_cubed.f1, 4), "groups": groups}


def _figures(agreement: Agreement) -> dict[str, Any]:
    parts = ("precision", "recall", "f1")
    return {part: round(getattr(agreement, part), 4) for part in parts}


def _world(stack: ExitStack, folder: Path, children: int, seed: int, progress: Progress) -> World:
    made = generate(children, seed, folder, progress=progress)
    ingest(folder / "home", [made.deliveries], progress)
    connection = stack.enter_context(open_store(folder / "home"))
    return World(connection, made.truth / "truth.csv")
