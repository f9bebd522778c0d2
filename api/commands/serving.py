"""`sponsorgraph serve`: the GraphQL API."""

from contextlib import ExitStack
from typing import Annotated

import typer
import uvicorn

from api.commands.console import notes, progress_shown
from graph.connection import located
from graph.settings import Settings

LOOPBACK = "127.0.0.1"
DEFAULT_PORT = 8000
SECONDS_TO_LEAVE = 15


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
    from api.app import create_app  # noqa: PLC0415 - other commands have no need of the schema
    from api.settings import ApiSettings  # noqa: PLC0415

    with ExitStack() as running:
        with progress_shown() as progress:
            # Started here, the local Neo4j shows its progress; the application finds it running.
            running.enter_context(located(settings, progress))
        notes.print(f"GraphQL and its explorer: [bold]http://{host}:{port}/graphql[/]")
        limits = ApiSettings()
        uvicorn.run(
            create_app(settings, limits),
            host=host,
            port=port,
            log_level="warning",
            access_log=False,  # a request line may hold what somebody asked
            server_header=False,
            ws="wsproto",
            ws_max_size=limits.most_body_bytes,
            ws_per_message_deflate=False,  # a small message may not grow to a large one
            timeout_graceful_shutdown=SECONDS_TO_LEAVE,
        )
