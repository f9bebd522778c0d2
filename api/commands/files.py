"""`sponsorgraph ingest`: agencies' files into the installation's store."""

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.table import Table as Grid

from api.commands.console import answers, notes, print_json, progress_shown
from graph.errors import UsageError
from graph.settings import Settings

if TYPE_CHECKING:
    from linkage.intake.report import FileReport, IngestReport

INCOMPLETE = 1


def ingest(
    context: typer.Context,
    deliveries: Annotated[
        list[Path],
        typer.Argument(help="Folders with a manifest.json, manifests, or one file with --table."),
    ],
    table: Annotated[
        str | None, typer.Option(help="The table that a single file holds (it needs no manifest).")
    ] = None,
    as_of: Annotated[
        datetime | None,
        typer.Option(formats=["%Y-%m-%d"], help="The day a single file was cut."),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print the report as JSON.")] = False,
) -> None:
    """Take in what the agencies delivered.

    Every file comes to an end of its own: loaded, with the rows set aside that could not be read,
    or refused, naming what it lacks. The same delivery again changes nothing. Exit status 1 means
    that a file was refused; the rest was loaded.
    """
    from linkage.intake.ingest import ingest as take_in  # noqa: PLC0415 - the server never loads DuckDB
    from linkage.intake.ingest import ingest_file  # noqa: PLC0415

    settings: Settings = context.obj
    with progress_shown() as progress:
        if table is None:
            report = take_in(settings.home, deliveries, progress)
        elif len(deliveries) == 1 and as_of is not None:
            report = ingest_file(
                settings.home, deliveries[0], table=table, as_of=as_of.date(), progress=progress
            )
        else:
            raise UsageError("--table goes with one file and --as-of YYYY-MM-DD.")
    if as_json:
        print_json(report)
    else:
        _show(report)
    if not report.complete:
        raise typer.Exit(INCOMPLETE)


def _show(report: "IngestReport") -> None:
    grid = Grid("file", "table", *_COUNTED, box=None)
    for column in grid.columns[2:]:
        column.justify = "right"
    for file in report.files:
        if not file.refused:
            grid.add_row(file.file, file.table, *(f"{getattr(file, name):,}" for name in _NAMES))
    answers.print(grid)
    for file in report.files:
        _remark(file)
    answers.print(f"The whole report, with the rows set aside: {report.path}")


_COUNTED = ("read", "set aside", "new", "changed", "unchanged")
_NAMES = tuple(name.replace(" ", "_") for name in _COUNTED)


def _remark(file: "FileReport") -> None:
    if file.refused:
        notes.print(f"[red]refused[/] {file.file}: {file.refused}", highlight=False)
    for reason, rows in file.set_aside_for.items():
        notes.print(f"{file.file}: {rows:,} set aside: {reason}", highlight=False)
    for quirk in file.quirks:
        notes.print(f"{file.file}: {quirk.count:,} × {quirk.what}", highlight=False)
    for warning in file.warnings:
        notes.print(f"[yellow]{file.file}[/]: {warning}", highlight=False)
    if file.extra_columns:
        kept = ", ".join(file.extra_columns)
        notes.print(f"{file.file}: kept but not used: {kept}", highlight=False)
    if file.never_kept_columns:
        left_out = ", ".join(file.never_kept_columns)
        notes.print(f"{file.file}: never kept of anybody: {left_out}", highlight=False)
