"""Whose each task is, on which words, on a day (P6; S1: roles "more clearly delineated").

The steps of a follow-up and their duties are those by which follow-ups run, so that what is told
here is what is done there; other tasks stand in `responsibilities.toml`, each in its document's
words.
"""

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from graph.following.chart import CHART
from graph.following.duties import duty

_FILE = Path(__file__).with_name("responsibilities.toml")


@dataclass(frozen=True, slots=True)
class Responsibility:
    """A task, whose it is, how strongly, and on which words; `beside` is how others read them."""

    event: str
    actor: str
    force: str
    rule: str | None
    words: str | None
    citation: str | None
    beside: tuple[str, ...] = ()


@cache
def _others() -> dict[str, dict[str, Any]]:
    return tomllib.loads(_FILE.read_text("utf-8"))


def responsibilities(on: date, event: str | None = None) -> list[Responsibility]:
    """Every task, or the one of that name, as the rules in force for a hearing of that day have it.

    An unknown name has none.
    """
    return [one for one in (*_steps(on), *_tasks()) if event in (None, one.event)]


def _steps(on: date) -> Iterator[Responsibility]:
    for event, move in CHART.moves.items():
        rests = duty(event, on)
        beside = tuple(f"{one.words} ({one.citation})" for one in rests.beside)
        for actor in move.by:
            yield Responsibility(
                str(event), str(actor), str(rests.force), rests.rule, rests.words,
                rests.citation, beside,
            )  # fmt: skip


def _tasks() -> Iterator[Responsibility]:
    for event, told in _others().items():
        for actor in told["actor"].split(", "):
            yield Responsibility(
                event, actor, "DESCRIBED", event.lower(), told["words"], told["citation"]
            )
