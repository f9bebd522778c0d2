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
    Task,
    TaskID,
    TextColumn,
    TimeElapsedColumn,
)
from rich.progress import Progress as Bars
from rich.text import Text

from graph.progress import Progress

# Answers go to standard output and nothing else does, so that a script can read them.
# What goes to a file or a pipe has no width: a table's columns are not cut there.
WIDE = 200
NOTICED = 2.0  # seconds: what is done sooner needs no line of its own
answers = Console(soft_wrap=True, width=None if sys.stdout.isatty() else WIDE)
notes = Console(stderr=True, width=None if sys.stderr.isatty() else WIDE)


@contextmanager
def progress_shown() -> Iterator[Progress]:
    """A line for each stage on standard error, which stays if the stage took its time."""
    columns = (SpinnerColumn(), TextColumn("{task.description}"), BarColumn(30), _HowMuch())
    with Bars(*columns, TimeElapsedColumn(), console=notes) as bars:
        stages = dict[str, TaskID]()
        now = ""

        def show(stage: str, done: int, of: int | None) -> None:
            nonlocal now
            if now and stage != now:
                _end(bars, stages[now])
            if stage not in stages:
                stages[stage] = bars.add_task(stage, total=of)
            bars.update(stages[stage], completed=done, total=of, visible=True)
            now = stage

        yield show
        if now:
            _end(bars, stages[now])


class _HowMuch(MofNCompleteColumn):
    """How much of how much, and nothing while that is not known."""

    def render(self, task: Task) -> Text:
        return super().render(task) if task.total is not None else Text()


def _end(bars: Bars, stage: TaskID) -> None:
    """A stage has no word of its own for "done": it is when the next one begins."""
    task = next(each for each in bars.tasks if each.id == stage)
    spent = task.finished_time or task.elapsed or 0
    total = task.total or 1
    bars.update(stage, total=total, completed=total, visible=spent >= NOTICED)


_READABLE = orjson.OPT_INDENT_2 | orjson.OPT_NON_STR_KEYS  # a fiscal year may be a key


def print_json(answer: object) -> None:
    """Print a model or a dataclass for a script: one JSON document on standard output."""
    document = orjson.dumps(answer, default=_plain, option=_READABLE)
    sys.stdout.write(document.decode() + "\n")


def _plain(part: object) -> object:
    return part.model_dump(mode="json") if isinstance(part, BaseModel) else str(part)
