"""`sponsorgraph serve`: the GraphQL API."""

from contextlib import ExitStack, suppress
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Annotated

import typer

from api.commands.console import notes, progress_shown
from graph.connection import located
from graph.errors import UsageError
from graph.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Callable

    from starlette.applications import Starlette

    from api.settings import ApiSettings

LOOPBACK = "127.0.0.1"
DEFAULT_PORT = 8000
STARTUP_FAILURE = 3


def serve(
    context: typer.Context,
    host: Annotated[str, typer.Option(help="The interface to listen on.")] = LOOPBACK,
    port: Annotated[int, typer.Option(help="The port to listen on.")] = DEFAULT_PORT,
    demo: Annotated[
        bool,
        typer.Option("--demo", help="Let whoever is on this machine in, to look at the demo."),
    ] = False,
) -> None:
    """Answer questions over GraphQL until interrupted; the explorer is at the same address.

    Whoever asks bears a token of an issuer in the file that SPONSORGRAPH_API_ISSUERS names.
    A graph that is behind or ahead of this program's migrations is refused: run `migrate` first.
    """
    run_server(context.obj, host, port, demo=demo)


def run_server(settings: Settings, host: str, port: int, *, demo: bool) -> None:
    """Serve in this process until it is told to stop."""
    from api.names import LOOPBACK_NAMES  # noqa: PLC0415 - other commands have no need of them
    from api.server import Server  # noqa: PLC0415
    from api.settings import settings_from_environment  # noqa: PLC0415
    from api.tls import context, ensure_not_overheard  # noqa: PLC0415

    limits = settings_from_environment()
    ensure_not_overheard(host, limits)
    secured = context(limits)
    build = _application(settings, limits, host, demo=demo)
    if {host, f"[{host}]"} & LOOPBACK_NAMES and not limits.host_names:
        limits = limits.model_copy(update={"host_names": LOOPBACK_NAMES})

    with ExitStack() as running:
        with progress_shown() as progress:
            # Started here, the local Neo4j shows its progress; the application finds it running.
            running.enter_context(located(settings, progress))
        scheme = "https" if secured else "http"
        notes.print(f"GraphQL and its explorer: [bold]{scheme}://{host}:{port}/graphql[/]")
        if demo:
            notes.print("A demo: whoever is on this machine may ask as anybody.")
        app = build(settings, limits)
        server = Server(app, host, port, limits, app.state.readiness.leave, secured)
        with suppress(KeyboardInterrupt):
            server.run()
        if not server.started:
            raise typer.Exit(STARTUP_FAILURE)


def _application(
    settings: Settings, allowed: "ApiSettings", host: str, *, demo: bool
) -> "Callable[[Settings, ApiSettings], Starlette]":
    """What makes the application for those who may ask.

    Raises:
        UsageError: nobody could ask, or this may be no demo.
    """
    from api.app import create_app  # noqa: PLC0415
    from api.identity.admitting import Identity  # noqa: PLC0415
    from api.identity.demo import demo_issuer  # noqa: PLC0415
    from api.identity.fetching import check_files  # noqa: PLC0415
    from api.identity.issuers import load  # noqa: PLC0415
    from api.identity.revoked import file_of  # noqa: PLC0415
    from api.identity.typical import viewers  # noqa: PLC0415

    today, revoked = date.today(), file_of(settings.home)  # noqa: DTZ011 - rules are of days
    if demo:
        ours = demo_issuer(settings, allowed, host)
        identity = Identity([ours.issuer], read=lambda _: ours.published, revoked=revoked)
        warm_for = viewers([ours.issuer], today)
        return partial(create_app, admits=identity, warm_for=warm_for, demo=ours)
    if allowed.issuers is None:
        raise UsageError(
            "Nobody could ask: no issuer of tokens is known. Name them in a file and set"
            " SPONSORGRAPH_API_ISSUERS to it (README, “Who may ask”), or look around with"
            " `sponsorgraph demo --serve`."
        )
    issuers = load(allowed.issuers)
    check_files(issuer.keys for issuer in issuers)
    return partial(
        create_app, admits=Identity(issuers, revoked=revoked), warm_for=viewers(issuers, today)
    )
