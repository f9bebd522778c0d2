"""`sponsorgraph audit`: whether the audit is whole, and what it says."""

from pathlib import Path
from typing import Annotated

import typer

from api.audit.anchors import anchor_line, chain_of, read_anchors
from api.audit.log import Log
from api.audit.segments import last_head
from api.audit.settings import audit_settings
from api.audit.verifying import Verified
from api.audit.verifying import verify as verified
from api.commands.console import answers, print_json
from graph.errors import UsageError

audit_app = typer.Typer(
    no_args_is_help=True,
    help="Who was told what of whom: whether that record is whole, and what it says.",
)

AsJson = Annotated[bool, typer.Option("--json", help="Answer in JSON, for a script.")]
_ALTERED = 1


@audit_app.command()
def head(context: typer.Context) -> None:
    """Print where the chain stands, to be kept elsewhere: on another disk, in a mail, on paper.

    `verify --anchor` then tells whether anything was cut off or written anew since.
    """
    folder = _folder(context)
    stands, _ = last_head(folder)
    if not stands.seq:
        raise UsageError(f"Nothing was audited yet: {folder} has no rows.")
    typer.echo(anchor_line(chain_of(folder), stands), nl=False)


@audit_app.command()
def verify(
    context: typer.Context,
    anchor: Annotated[
        list[Path] | None,
        typer.Option(help="A file of heads kept elsewhere, beside those of the settings."),
    ] = None,
    *,
    as_json: AsJson = False,
) -> None:
    """Read every byte of the audit, and name the first row that is not as it was written.

    Exit status 1 when there is one.
    """
    expected = audit_settings().anchors
    missing = [file for file in expected if not file.exists()]
    files = [*(anchor or ()), *(file for file in expected if file not in missing)]
    chain, heads = read_anchors(*files)
    found = verified(_folder(context), heads, chain)
    if as_json:
        print_json(_told(found, len(heads), missing))
    else:
        _show(found, len(heads), missing)
    if found.fault:
        raise typer.Exit(_ALTERED)


@audit_app.command()
def resume(
    context: typer.Context,
    why: Annotated[str, typer.Option(help="What happened, for whoever reads the audit later.")],
) -> None:
    """Go on in a new segment when the end of the last was altered and nothing is answered.

    What stands there stays, and every `verify` tells of it.
    """
    log = Log(_folder(context))
    stands = log.resume(why)
    log.close()
    answers.print(f"The audit goes on with row {stands.seq + 1}.", highlight=False)


def _folder(context: typer.Context) -> Path:
    return audit_settings().folder_of(context.obj.home)


def _told(found: Verified, anchored: int, missing: list[Path]) -> dict[str, object]:
    return {
        "sound": found.fault is None,
        "fault": found.fault,
        "setAside": found.set_aside,
        "rows": found.rows,
        "segments": found.segments,
        "anchors": anchored,
        "missingAnchors": missing,
        "head": found.head,
    }


def _show(found: Verified, anchored: int, missing: list[Path]) -> None:
    lines = [f"Set aside: {told}" for told in found.set_aside]
    lines += [f"No anchor at {file}: is its disk there?" for file in missing]
    if found.fault:
        lines.append(f"ALTERED: {found.fault}. The {found.rows} rows before are as written.")
    else:
        against = f" and agree with {anchored} anchored heads" if anchored else ""
        lines.append(f"{found.rows} rows in {found.segments} segments are as written{against}.")
    if found.head.seq and not found.fault:
        lines.append(f"The last is row {found.head.seq}, of {found.head.at}: {found.head.hash}")
    if not anchored:
        lines.append("Only an anchor can tell whether rows were cut off the end: see `audit head`.")
    for line in lines:
        answers.print(line, highlight=False, markup=False)
