"""The commands of the local Neo4j, and `migrate`. The whole command line mounts them.

The settings are found in `ctx.obj`. Answers go to standard output, progress to standard error.
"""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from graph import embedded
from graph.connection import Endpoint, connected
from graph.embedded import RunningServer
from graph.errors import UsageError
from graph.migrate import migrate as apply_migrations
from graph.migrate import status as migration_status
from graph.progress import Progress
from graph.settings import Settings

neo4j_app = typer.Typer(
    no_args_is_help=True,
    help="The local Neo4j of this installation: every command that needs it starts it and stops it "
    "again, unless it runs already.",
)

AsJson = Annotated[bool, typer.Option("--json", help="Answer in JSON, for a script.")]
Dumped = Annotated[Path, typer.Argument(help="The folder of the dump.", file_okay=False)]


@neo4j_app.command()
def start(ctx: typer.Context) -> None:
    """Start it, to stay until `stop`."""
    settings = _local(ctx)
    with _shown() as progress:
        server = embedded.running(settings) or embedded.start(settings, progress, stays=True)
    typer.echo(_sentence(server))


@neo4j_app.command()
def stop(ctx: typer.Context) -> None:
    """Stop it. What was committed is kept."""
    with _shown() as progress:
        progress("Stopping Neo4j", 0, None)
        stopped = embedded.stop(_local(ctx))
    typer.echo("Neo4j is stopped." if stopped else "Neo4j was not running.")


@neo4j_app.command()
def status(ctx: typer.Context, *, as_json: AsJson = False) -> None:
    """Say whether it runs, and where."""
    settings: Settings = ctx.obj
    if settings.neo4j_uri is not None:
        _say_whose(settings, as_json=as_json)
        return
    server = embedded.running(settings)
    if as_json:
        typer.echo(json.dumps(_as_answer(settings, server)))
    else:
        typer.echo(_sentence(server) if server else "Neo4j is not running.")


@neo4j_app.command()
def dump(ctx: typer.Context, folder: Dumped) -> None:
    """Write the whole graph to a new folder, checked. Keep it like the data itself."""
    with _shown() as progress:
        embedded.dump(_local(ctx), folder.absolute(), progress)
    typer.echo(f"The graph is in {folder}; `neo4j load` brings it back, here or elsewhere.")


@neo4j_app.command()
def load(
    ctx: typer.Context,
    folder: Dumped,
    *,
    force: Annotated[bool, typer.Option(help="Replace the graph that is here.")] = False,
) -> None:
    """Make a dumped graph this installation's graph."""
    with _shown() as progress:
        embedded.load(_local(ctx), folder.absolute(), progress, force=force)
    typer.echo(f"The graph of {folder} is loaded.")


def migrate(
    ctx: typer.Context,
    *,
    status: Annotated[
        bool, typer.Option("--status", help="Only say what is applied and what is not.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Bring the graph's constraints and indexes up to this program."""
    settings: Settings = ctx.obj
    with _shown() as progress, connected(settings, progress) as door:
        applied = [] if status else apply_migrations(door, progress=progress)
        found = migration_status(door)
    if as_json:
        rows = [{"version": s.version, "title": s.title, "state": s.state} for s in found]
        typer.echo(json.dumps({"applied": [m.version for m in applied], "migrations": rows}))
        return
    for each in found:
        now = " now" if each.version in {m.version for m in applied} else ""
        typer.echo(f"V{each.version:03d} {each.title}: {each.state}{now}")


@contextmanager
def _shown() -> Iterator[Progress]:
    """What takes longer than a moment is said on standard error while it lasts."""
    console = Console(stderr=True)
    with console.status("…") as line:

        def show(stage: str, done: int, of: int | None) -> None:
            line.update(f"{stage} {done} of {of}" if of and of > 1 else stage)

        yield show


def _local(ctx: typer.Context) -> Settings:
    settings: Settings = ctx.obj
    if settings.neo4j_uri is not None:
        raise UsageError("NEO4J_URI names a server of your own; without it the local one is used.")
    return settings


def _sentence(server: RunningServer) -> str:
    until = "until `neo4j stop`" if server.owner is None else f"for process {server.owner}"
    return f"Neo4j {server.version} runs at {server.uri}, process {server.pid}, {until}."


def _say_whose(settings: Settings, *, as_json: bool) -> None:
    shown = Endpoint(settings.neo4j_uri or "", "", "").shown
    with connected(settings):  # raises the sentence that says why not
        answer = {"running": True, "local": False, "address": shown}
    typer.echo(json.dumps(answer) if as_json else f"NEO4J_URI is set, and {shown} answers.")


def _as_answer(settings: Settings, server: RunningServer | None) -> dict[str, object]:
    home = {"running": server is not None, "local": True, "home": str(settings.home)}
    if server is None:
        return {**home}
    kept = {"uri": server.uri, "pid": server.pid, "owner": server.owner}
    return {**home, **kept, "version": server.version}
