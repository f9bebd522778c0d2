"""`sponsorgraph figures`: the tables published for oversight, as CSV."""

import csv
import json
import sys
from datetime import date, datetime
from typing import Annotated, Any

import typer

from api.commands.console import notes, progress_shown
from graph.connection import connected
from graph.figures.snapshots import publish, published
from graph.migrate import ensure_current
from graph.settings import Settings
from graph.vocabulary.figures import Dimension, FigureTable

_DAY = ["%Y-%m-%d"]
_COUNTED = ("numerator_low", "numerator_high", "denominator_low", "denominator_high")


def figures(
    context: typer.Context,
    table: Annotated[FigureTable | None, typer.Option(help="Only this table.")] = None,
    on: Annotated[
        datetime | None,
        typer.Option(formats=_DAY, help="As they stood on this day; today unless given."),
    ] = None,
    new: Annotated[
        bool,
        typer.Option("--publish", help="First publish those of the last quarter that is over."),
    ] = False,
) -> None:
    """Print the tables for oversight as CSV: ranges in which nobody can be counted out.

    They are counted once for each end of a quarter and stand still in between. Nobody chooses what
    is counted: exact counts, and those of fewer than eleven, stay with those who may see children.
    """
    settings: Settings = context.obj
    day = on.date() if on else date.today()  # noqa: DTZ011 - the day of whoever asks
    with progress_shown() as progress, connected(settings, progress) as door:
        ensure_current(door)
        if new:
            done = publish(door, settings.home, day)
            told = "published" if done.new else "published before, and stand"
            notes.print(f"The tables of {done.as_of} are {told}.", highlight=False)
        kept = [one for one in published(door) if one["asOf"] <= str(day)]
    latest = max((one["asOf"] for one in kept), default="")
    shown = [one for one in kept if one["asOf"] == latest and table in (None, one["kind"])]
    write_csv(shown)


def write_csv(tables: list[dict[str, Any]]) -> None:
    """A line a figure: what it is of, its range and that of what it is part of, and what it is."""
    writer = csv.writer(sys.stdout)
    of = [str(dimension).lower() for dimension in Dimension]
    writer.writerow(["table", "as_of", *of, *_COUNTED, "definition", "sources", "sha256"])
    for table in tables:
        said = json.loads(table["text"])
        for figure in said["figures"]:
            named = dict(figure["of"])
            writer.writerow(
                [
                    *(table["kind"], table["asOf"]),
                    *(named.get(str(dimension), "") for dimension in Dimension),
                    *figure["numerator"],
                    *(figure["denominator"] or ("", "")),
                    *(said["definition"], " ".join(said["sources"]), table["sha256"]),
                ]
            )
