"""What every command shares: where it prints, how it shows progress, how it answers a script."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager

import orjson
from pydantic import BaseModel
from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    SpinnerColumn,
    TextColumn,
    TimeElapsedColumn,
)
from rich.progress import Progress as Bars

from graph.progress import Progress

# Answers go to standard output and nothing else does, so that a script can read them.
answers = Console(soft_wrap=True)
notes = Console(stderr=True)


@contextmanager
def progress_shown() -> Iterator[Progress]:
    """A line per stage on standard error, which stays when the stage is done."""
    columns = (
        SpinnerColumn(),
        TextColumn("{task.description}"),
        BarColumn(bar_width=30),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
    )
    with Bars(*columns, console=notes) as bars:
        stages = dict[str, int]()

        def show(stage: str, done: int, of: int | None) -> None:
            if stage not in stages:
                stages[stage] = bars.add_task(stage, total=of)
            bars.update(stages[stage], completed=done, total=of)  # type: ignore[arg-type]

        yield show


def print_json(answer: object) -> None:
    """Print a model or a dataclass for a script: one JSON document on standard output."""
    document = orjson.dumps(answer, default=_plain, option=orjson.OPT_INDENT_2)
    sys.stdout.write(document.decode() + "\n")


def _plain(part: object) -> object:
    return part.model_dump(mode="json") if isinstance(part, BaseModel) else str(part)
