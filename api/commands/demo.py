"""`sponsorgraph demo`: a made-up world, from its agencies' files to the served answer."""

from contextlib import ExitStack
from pathlib import Path
from typing import Annotated

import typer

from api.commands.console import answers, print_json, progress_shown
from api.commands.linking import show_link
from api.commands.serving import DEFAULT_PORT, LOOPBACK, run_server
from api.commands.working import worker_beside
from graph.connection import located
from graph.settings import Settings

TABLE_1_AT_A_HUNDREDTH = 4_488  # 448,820 children transferred, OIG-24-46, Table 1
SEED = 2446


def demo(
    context: typer.Context,
    children: Annotated[int, typer.Option(help="How many children.")] = TABLE_1_AT_A_HUNDREDTH,
    seed: Annotated[int, typer.Option(help="The same seed makes the same world.")] = SEED,
    noise: Annotated[float, typer.Option(help="How careless the clerks are; 1 is usual.")] = 1.0,
    hide_a_numbers: Annotated[
        float, typer.Option(help="The share of records whose A-number is blanked.", max=1, min=0)
    ] = 0.0,
    out: Annotated[
        Path | None,
        typer.Option(help="Only write the deliveries and the truth into this folder."),
    ] = None,
    serve: Annotated[bool, typer.Option(help="Serve the answers when it is ready.")] = False,
    port: Annotated[int, typer.Option(help="The port to serve at.")] = DEFAULT_PORT,
) -> None:
    """Make up a world of children and every agency's paperwork about them, link it, answer on it.

    Nobody in it is real. The truth is written apart, in `demo/truth`, and only `evaluate` reads it.
    """
    from api.identity.demo import note_made  # noqa: PLC0415
    from linkage.demo import generate  # noqa: PLC0415 - the server never loads DuckDB
    from linkage.intake.ingest import ingest  # noqa: PLC0415
    from linkage.job import link  # noqa: PLC0415

    settings: Settings = context.obj
    with progress_shown() as progress:
        world = out or settings.home / "demo"
        made = generate(
            children, seed, world, noise=noise, hide_a_numbers=hide_a_numbers, progress=progress
        )
    if out:
        print_json(made)
        return
    # The local Neo4j runs from here to the end: starting it once is enough.
    with ExitStack() as running:
        with progress_shown() as progress:
            endpoint = running.enter_context(located(settings, progress))
            taken_in = ingest(settings.home, [made.deliveries], progress)
            note_made(settings.home, {file.delivery for file in taken_in.files if file.delivery})
            report = link(settings, None, progress)
        read = sum(file.read for file in taken_in.files)
        answers.print(f"{children:,} children, {read:,} records in {len(taken_in.files)} files.")
        show_link(report)
        answers.print(f"How well: sponsorgraph evaluate {made.truth}", soft_wrap=True)
        if serve:
            # It follows up what the demo's children failed to appear at, and writes to nobody.
            running.enter_context(worker_beside(settings, endpoint))
            run_server(settings, LOOPBACK, port, demo=True)
