"""Training on made-up worlds, the only ones whose truth is known to everybody."""

from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryDirectory

from graph.progress import Progress, silent
from linkage.demo import generate
from linkage.intake.ingest import ingest
from linkage.store import open_store
from linkage.train import World, train


def train_on_demo(
    into: Path, version: str, children: int, seeds: Sequence[int], progress: Progress = silent
) -> None:
    """Make one world of so many children from each seed, learn from all of them, keep none.

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


def _world(stack: ExitStack, folder: Path, children: int, seed: int, progress: Progress) -> World:
    made = generate(children, seed, folder, progress=progress)
    ingest(folder / "home", [made.deliveries], progress)
    connection = stack.enter_context(open_store(folder / "home"))
    return World(connection, made.truth / "truth.csv")
