"""`sponsorgraph serve`: the GraphQL API."""

from contextlib import ExitStack, suppress
from typing import Annotated

import typer

from api.commands.console import notes, progress_shown
from graph.connection import located
from graph.settings import Settings
from graph.sharing import SEES_EVERYTHING

LOOPBACK = "127.0.0.1"
DEFAULT_PORT = 8000
STARTUP_FAILURE = 3


def serve(
    context: typer.Context,
    host: Annotated[str, typer.Option(help="The interface to listen on.")] = LOOPBACK,
    port: Annotated[int, typer.Option(help="The port to listen on.")] = DEFAULT_PORT,
) -> None:
    """Answer questions over GraphQL until interrupted; the explorer is at the same address.

    A graph that is behind or ahead of this program's migrations is refused: run `migrate` first.
    """
    run_server(context.obj, host, port)


def run_server(settings: Settings, host: str, port: int) -> None:
    """Serve in this process until it is told to stop."""
    from api.admission import as_one  # noqa: PLC0415
    from api.app import create_app  # noqa: PLC0415 - other commands have no need of the schema
    from api.names import LOOPBACK_NAMES  # noqa: PLC0415
    from api.server import Server  # noqa: PLC0415
    from api.settings import settings_from_environment  # noqa: PLC0415
    from api.tls import context, ensure_not_overheard  # noqa: PLC0415

    limits = settings_from_environment()
    ensure_not_overheard(host, limits)
    secured = context(limits)
    if {host, f"[{host}]"} & LOOPBACK_NAMES and not limits.host_names:
        limits = limits.model_copy(update={"host_names": LOOPBACK_NAMES})

    with ExitStack() as running:
        with progress_shown() as progress:
            # Started here, the local Neo4j shows its progress; the application finds it running.
            running.enter_context(located(settings, progress))
        scheme = "https" if secured else "http"
        notes.print(f"GraphQL and its explorer: [bold]{scheme}://{host}:{port}/graphql[/]")
        app = create_app(
            settings, limits, admits=as_one(SEES_EVERYTHING), warm_for=[SEES_EVERYTHING]
        )
        server = Server(app, host, port, limits, app.state.readiness.leave, secured)
        with suppress(KeyboardInterrupt):
            server.run()
        if not server.started:
            raise typer.Exit(STARTUP_FAILURE)
