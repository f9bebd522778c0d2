"""`sponsorgraph audit`: whether the audit is whole, and what it says."""

import getpass
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any

import orjson
import typer

from api.audit.anchors import anchor_line, chain_of, read_anchors
from api.audit.key import key_of
from api.audit.log import Log
from api.audit.reading import MACHINERY, AuditReader, Wanted
from api.audit.rows import digest_of_text, keyed_digest, plain
from api.audit.segments import last_head
from api.audit.settings import audit_settings
from api.audit.verifying import Verified
from api.audit.verifying import verify as verified
from api.commands.asking import asking
from api.commands.console import answers, print_json
from graph.errors import UsageError
from graph.vocabulary.viewers import Purpose

audit_app = typer.Typer(
    no_args_is_help=True,
    help="Who was told what of whom: whether that record is whole, and what it says.",
)

AsJson = Annotated[bool, typer.Option("--json", help="Answer in JSON, for a script.")]
_ALTERED = 1
_SECONDS = 60.0
_DISCLOSURES = """query ($id: ID!, $first: Int!, $before: Int) {
  disclosures(childId: $id, first: $first, before: $before) { next disclosures {
    number at who role agency purpose basis case asks fields through } } }"""


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
def show(
    context: typer.Context,
    viewer: Annotated[str | None, typer.Option(help="Only what this one asked.")] = None,
    purpose: Annotated[Purpose | None, typer.Option(help="Only what was asked to it.")] = None,
    before: Annotated[int | None, typer.Option(help="Only rows numbered below this.")] = None,
    first: Annotated[int, typer.Option(help="How many at most.", min=1, max=10_000)] = 20,
    *,
    as_json: AsJson = False,
) -> None:
    """Show what was asked, the newest first. That you looked is a row, too."""
    folder = _folder(context)
    wanted = Wanted(
        (viewer,) if viewer else (),
        lambda row: (
            row["kind"] not in MACHINERY
            and (viewer is None or row.get("who") == viewer)
            and (purpose is None or row.get("purpose") == purpose)
        ),
    )
    found = AuditReader(folder).find(wanted, before, first, _SECONDS)
    _note_reading(folder, [row["seq"] for row in found.rows])
    if as_json:
        print_json({"rows": found.rows, "next": found.down_to or None})
        return
    for row in found.rows:
        answers.print(_line(row), highlight=False, markup=False)
    if found.down_to:
        answers.print(f"There may be more: --before {found.down_to}", highlight=False)


@audit_app.command()
def disclosures(
    context: typer.Context,
    child: Annotated[str, typer.Argument(metavar="CHILD_ID", help="Her id, or a former one.")],
    before: Annotated[int | None, typer.Option(help="Only rows numbered below this.")] = None,
    first: Annotated[int, typer.Option(help="How many at most.", min=1, max=100)] = 20,
    *,
    as_json: AsJson = False,
) -> None:
    """Say to whom anything of a child was told, when, why, and which fields. It is audited."""
    with asking(context.obj, Purpose.PRIVACY_AUDIT) as ask:
        page = ask(_DISCLOSURES, id=child, first=first, before=before)["disclosures"]
    if as_json:
        print_json(page)
        return
    for one in page["disclosures"]:
        for line in _told_to(one):
            answers.print(line, highlight=False, markup=False)
    if page["next"]:
        answers.print(f"There may be more: --before {page['next']}", highlight=False)


@audit_app.command()
def check(
    context: typer.Context,
    row: Annotated[int, typer.Argument(help="The number of the row.")],
    document: Annotated[Path, typer.Argument(help="The GraphQL document that was asked.")],
    variables: Annotated[str, typer.Option(help="Its variables, as JSON.")] = "{}",
    operation: Annotated[str | None, typer.Option(help="The operation's name.")] = None,
) -> None:
    """Say whether a row records these very words. The audit keeps a keyed digest of them alone."""
    folder = _folder(context)
    found = AuditReader(folder).find(Wanted(), row + 1, 1, _SECONDS)
    kept = found.rows[0].get("asked") if found.rows and found.rows[0]["seq"] == row else None
    if kept is None:
        raise UsageError(f"Row {row} records no operation: `audit show` lists those that do.")
    _note_reading(folder, [row])
    try:
        text, given = document.read_text(encoding="utf-8"), orjson.loads(variables)
    except (OSError, ValueError) as unreadable:
        raise UsageError(f"That cannot be read: {type(unreadable).__name__}.") from None
    same = keyed_digest(key_of(folder), digest_of_text(text), operation, given) == kept
    answers.print("These were its words." if same else "Its words were others.")
    if not same:
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


def _note_reading(folder: Path, rows: list[int]) -> None:
    """That somebody at this machine read the audit is told by it, before they read it."""
    if rows:
        log = Log(folder)
        read = [min(rows), max(rows)]
        log.append([plain("READ", who=getpass.getuser(), rows=read)])
        log.close()


def _told_to(one: Mapping[str, Any]) -> tuple[str, str, str]:
    why = ", ".join(str(one[part]) for part in ("purpose", "basis", "case") if one[part])
    return (
        f"{one['at'][:19]}  row {one['number']}  {one['who']} {one['role'] or ''}  {why}",
        f"    {', '.join(one['fields'])}",
        f"    through {', '.join(one['through'])}",
    )


def _line(row: Mapping[str, Any]) -> str:
    who = f"{row.get('who', '')} {row.get('role', '')}".strip()
    why = ", ".join(str(row[part]) for part in ("purpose", "basis", "case") if row.get(part))
    what = row.get("asks") or row.get("reason") or row.get("reasons") or ""
    seen = f", {len(row['seen'])} seen" if row.get("seen") else ""
    told = [row["at"][:19], f"row {row['seq']}", row["kind"], who, why, f"{what}{seen}"]
    return "  ".join(str(part) for part in told if part)


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
