"""`sponsorgraph seal`, `unseal`, `sealed`, `expunge` and `retention`: keeping and forgetting.

For who holds the machine: none of it can be asked over GraphQL.
"""

import getpass
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Annotated

import typer
from rich.table import Table as Grid

from api.audit.log import Log
from api.audit.reading import every
from api.audit.rows import plain
from api.audit.settings import audit_settings
from api.commands.console import answers, print_json, progress_shown
from graph.errors import SponsorgraphError
from graph.settings import Settings

if TYPE_CHECKING:
    from linkage.forgetting.keeping import Told

Child = Annotated[str, typer.Argument(metavar="CHILD", help="Her id here, or one she once had.")]
Person = Annotated[str, typer.Argument(metavar="PERSON", help="A child's or a sponsor's id.")]
Why = Annotated[str, typer.Option(help="Why, without a name: it is kept for ever.")]
By = Annotated[str | None, typer.Option("--as", help="In whose name; yours unless given.")]
On = Annotated[
    datetime | None, typer.Option(formats=["%Y-%m-%d"], help="On which day; today unless given.")
]
AsJson = Annotated[bool, typer.Option("--json", help="Print the answer as JSON.")]

_IN_THE_AUDIT = "LEDGER"

retention_app = typer.Typer(
    no_args_is_help=True,
    help="How long what is kept: by the schedule in the home's `retention.toml`, or the one that is"
    " shipped. A local schedule: no document says how long.",
)


def seal(context: typer.Context, child: Child, why: Why, by: By = None) -> None:
    """Seal a child: she is not there any more but for the roles that the rules name."""
    from linkage.forgetting import sealing  # noqa: PLC0415 - the server never loads DuckDB
    from linkage.forgetting.job import at_work  # noqa: PLC0415

    with progress_shown() as progress, at_work(_settings(context), progress) as job:
        sealing.seal(job.door, job.home, [child], by=by or _me(), why=why, at=datetime.now(UTC))
    ledger_into_the_audit(_settings(context))
    answers.print("She is sealed.")


def unseal(context: typer.Context, child: Child, why: Why, by: By = None) -> None:
    """Take the seal off a child."""
    from linkage.forgetting import sealing  # noqa: PLC0415
    from linkage.forgetting.job import at_work  # noqa: PLC0415

    with progress_shown() as progress, at_work(_settings(context), progress) as job:
        sealing.unseal(job.door, job.home, child, by=by or _me(), why=why, at=datetime.now(UTC))
    ledger_into_the_audit(_settings(context))
    answers.print("The seal is off.")


def sealed(context: typer.Context) -> None:
    """List who is sealed, by id."""
    from graph.connection import connected  # noqa: PLC0415
    from graph.writes.sealing import sealed_children  # noqa: PLC0415

    with (
        progress_shown() as progress,
        connected(_settings(context), progress) as door,
        door.reading() as session,
    ):
        found = sealed_children(session)
    for child in found:
        answers.print(child, highlight=False)


def expunge(
    context: typer.Context, person: Person, why: Why, by: By = None, as_json: AsJson = False
) -> None:
    """Expunge one child or sponsor: out of the deliveries, the tables and the graph, for good.

    Everybody else stays as they are: that a child was released, when and to which address is hers,
    and outlasts the sponsor. Killed in between, the next `link` finishes it. The files as
    agencies sent them, dumps and backups are yours to destroy: they still hold her.
    """
    from linkage.forgetting.job import expunge_person  # noqa: PLC0415

    with progress_shown() as progress:
        done = expunge_person(
            _settings(context), person, by=by or _me(), why=why, progress=progress
        )
    ledger_into_the_audit(_settings(context))
    if as_json:
        print_json(done)
        return
    answers.print(
        f"Expunged: {done.records} records in {done.files} files, {done.judgements} judgements."
        f" It is line {done.id} of the ledger. Destroy dumps and backups that still hold her.",
        highlight=False,
    )


@retention_app.command(name="due")
def retention_due(context: typer.Context, on: On = None, as_json: AsJson = False) -> None:
    """Say what is due, by rule: counts and ids, and nothing personal."""
    from linkage.forgetting.keeping import what_is_due  # noqa: PLC0415

    with progress_shown() as progress:
        told = what_is_due(_settings(context), _day(on), progress)
    _show(told, as_json=as_json)


@retention_app.command(name="apply")
def retention_apply(
    context: typer.Context, on: On = None, by: By = None, as_json: AsJson = False
) -> None:
    """Do what is due: seal and expunge, rule by rule, each with its line in the ledger."""
    from linkage.forgetting.keeping import apply_schedule  # noqa: PLC0415

    with progress_shown() as progress:
        told = apply_schedule(_settings(context), _day(on), by=by or _me(), progress=progress)
    ledger_into_the_audit(_settings(context))
    _show(told, as_json=as_json)


@retention_app.command(name="verify")
def retention_verify(context: typer.Context) -> None:
    """Check the ledger's chain, and the store by it: what was expunged, and the files' hashes.

    The audit says how far the ledger had come each time: what was cut off its end is missed. What
    was expunged and came back with an older store is found.
    """
    from linkage.forgetting import again, deliveries, ledger  # noqa: PLC0415

    home = _settings(context).home
    lines = list(ledger.entries(home))
    hashes = {line["seq"]: ledger.hash_of(line) for line in lines}
    for row in every(audit_settings().folder_of(home), _IN_THE_AUDIT):
        if hashes.get(row["line"]) != row["sha256"]:
            raise SponsorgraphError(
                f"Line {row['line']} of the ledger is not the one that the audit tells of in its"
                f" row {row['seq']}: it was cut off or replaced. Bring the ledger back from a"
                " backup before anything more is forgotten."
            )
    files = deliveries.verify(home / "store")
    for one in again.standing_again(home, thoroughly=True):
        raise SponsorgraphError(
            f"{len(one.keys)} records that line {one.line} of the ledger expunged are in the store"
            " again, which came from an older backup: run `sponsorgraph link --anew`, and they are"
            " expunged again."
        )
    answers.print(
        f"The ledger's lines ({len(lines)}) and the files ({files}) are as they were written, and"
        " nothing that was expunged stands in the store."
    )


def _show(told: "list[Told]", *, as_json: bool) -> None:
    if as_json:
        print_json(told)
        return
    grid = Grid("rule", "does", "children", "records", "source", box=None)
    for one in told:
        grid.add_row(one.rule, one.does, str(len(one.children)), str(one.records), one.source)
    answers.print(grid)
    for one in told:
        for child in one.children:
            answers.print(f"{one.rule} {child}", highlight=False)


def ledger_into_the_audit(settings: Settings) -> None:
    """How far the ledger has come, for `retention verify`."""
    from linkage.forgetting.ledger import entries, hash_of  # noqa: PLC0415

    lines = list(entries(settings.home))
    if lines:
        log = Log(audit_settings().folder_of(settings.home))
        log.append([plain(_IN_THE_AUDIT, line=lines[-1]["seq"], sha256=hash_of(lines[-1]))])
        log.close()


def _settings(context: typer.Context) -> Settings:
    settings: Settings = context.obj
    return settings


def _me() -> str:
    return getpass.getuser()


def _day(on: datetime | None) -> date:
    return on.date() if on else date.today()  # noqa: DTZ011 - the day of whoever asks
