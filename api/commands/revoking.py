"""`sponsorgraph revoke`: a stolen token is good for nothing, a second after it was noticed."""

import getpass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated

import typer
from rich.table import Table as Grid

from api.audit.log import Log
from api.audit.rows import plain
from api.audit.settings import audit_settings
from api.commands.console import answers
from graph.errors import UsageError
from graph.settings import Settings

if TYPE_CHECKING:
    from api.identity.issuers import Issuer
    from api.identity.revoked import Revocation

revoke_app = typer.Typer(
    no_args_is_help=True,
    help="Take back a token before its time, or all that a person has: whoever serves from this"
    " home refuses a request a second later, and ends open subscriptions within half a minute.",
)

_MOST_BYTES = 64_000


def _said(why: str) -> str:
    if not why.strip():
        raise typer.BadParameter("say why.")
    return why


Why = Annotated[str, typer.Option(help="Why, without a name.", callback=_said)]
By = Annotated[str | None, typer.Option("--as", help="In whose name; yours unless given.")]


@revoke_app.command(name="token")
def revoke_token(
    context: typer.Context,
    file: Annotated[
        typer.FileText, typer.Argument(metavar="FILE", help="What holds it; `-` is what is typed.")
    ],
    why: Why,
    by: By = None,
) -> None:
    """Take back one token; its bearer's others stay good."""
    from api.identity.revoked import Revocation, digest_of  # noqa: PLC0415 - for this alone

    token = file.read(_MOST_BYTES).strip().removeprefix("Bearer ").strip()
    whose = _named_by(token)
    who = by or getpass.getuser()
    one = Revocation(token=digest_of(token), at=datetime.now(UTC), by=who, why=why)
    _kept(context, one, token=one.token)
    answers.print(f"It says that it is {whose}'s.", highlight=False, markup=False)


@revoke_app.command(name="person")
def revoke_person(
    context: typer.Context,
    name: Annotated[
        str,
        typer.Argument(metavar="ISSUER/NAME", help="As the audit has it; `-` is what is typed."),
    ],
    why: Why,
    by: By = None,
) -> None:
    """Take back every token that somebody has by now; who signs in after two minutes goes on."""
    from api.identity.revoked import Revocation  # noqa: PLC0415

    name = typer.get_text_stream("stdin").readline().strip() if name == "-" else name
    issuer, _, subject = name.partition("/")
    if not issuer or not subject:
        raise UsageError("Name them with their issuer, as the audit does: ISSUER/NAME.")
    known = {one.label for one in _issuers()}
    if known and issuer not in known:
        raise UsageError(f"No issuer goes by that here: it is one of {', '.join(sorted(known))}.")
    who = by or getpass.getuser()
    _kept(context, Revocation(person=name, at=datetime.now(UTC), by=who, why=why), whose=name)


@revoke_app.command(name="list")
def revoke_list(context: typer.Context) -> None:
    """List what was taken back and may still bar somebody."""
    from api.identity.revoked import file_of, revocations  # noqa: PLC0415

    settings: Settings = context.obj
    grid = Grid("at", "by", "of", "why", box=None)
    for one in revocations(file_of(settings.home)):
        grid.add_row(f"{one.at:%Y-%m-%d %H:%M:%S}", one.by, one.person or "one token", one.why)
    answers.print(grid)


def _issuers() -> "tuple[Issuer, ...]":
    """Those of the configuration; none where there is none, as in the demo."""
    from api.identity.issuers import load  # noqa: PLC0415
    from api.settings import settings_from_environment  # noqa: PLC0415

    file = settings_from_environment().issuers
    return load(file) if file else ()


def _named_by(token: str) -> str:
    """Whose a token says it is: what could be nobody's here is not taken back in silence."""
    import jwt  # noqa: PLC0415

    try:
        said = jwt.decode(token, options={"verify_signature": False})
        issuer, subject = str(said["iss"]), str(said["sub"])
    except (jwt.PyJWTError, KeyError, ValueError):
        raise UsageError(
            "That is no token: give its three parts, joined by dots, and no more."
        ) from None
    known = {one.url: one.label for one in _issuers()}
    if known and issuer not in known:
        raise UsageError("That token is of no issuer that is known here, so it lets nobody in.")
    return f"{known.get(issuer, issuer)}/{subject}"


def _kept(context: typer.Context, revocation: "Revocation", **of: str | None) -> None:
    """The row first, then the deed: who is barred is never unsaid."""
    from api.identity.revoked import file_of, revocations, revoke  # noqa: PLC0415

    settings: Settings = context.obj
    file = file_of(settings.home)
    revocations(file)  # a broken file is said before anything is written
    log = Log(audit_settings().folder_of(settings.home))
    log.append([plain("REVOKED", who=revocation.by, **of)])
    log.close()
    revoke(file, revocation)
    answers.print(
        "Revoked: whoever serves from this home refuses requests within a second, and ends open"
        " subscriptions within half a minute."
    )
