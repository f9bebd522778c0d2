"""`sponsorgraph documents`: the trusted documents of an installation, before it serves them."""

from pathlib import Path
from typing import Annotated

import orjson
import typer
from rich.table import Table

from api.commands.console import answers, print_json

documents_app = typer.Typer(
    no_args_is_help=True,
    help="Check and name the documents that clients ask (persisted, trusted documents).",
)

_PathArgument = Annotated[
    Path,
    typer.Argument(
        exists=True, help="A manifest (Relay, Apollo, codegen), a .graphql file, or a folder."
    ),
]


@documents_app.command()
def check(
    path: _PathArgument,
    as_json: Annotated[bool, typer.Option("--json", help="As JSON, for a script.")] = False,
) -> None:
    """Check that every document could be served, and show how much each asks for.

    A document that could not keeps the server from starting; this says so before.
    """
    from api.library import Library  # noqa: PLC0415 - needs the schema
    from api.schema import executable  # noqa: PLC0415
    from api.settings import settings_from_environment  # noqa: PLC0415
    from api.trusted import load  # noqa: PLC0415

    library = Library(executable(), settings_from_environment())
    library.trust(load(path))
    found = list(library.described())
    if as_json:
        print_json(found)
        return
    table = Table("document", "operation", "kind", "things", box=None)
    for one in found:
        table.add_row(one["document"], one["operation"] or "", one["kind"], f"{one['things']:,}")
    answers.print(table)


@documents_app.command(name="hash")
def hash_(path: _PathArgument) -> None:
    """Print the manifest of the documents of a file or folder: each by the SHA-256 of its text."""
    from api.trusted import PREFIX, load  # noqa: PLC0415

    manifest = {f"{PREFIX}{name}": text for name, text in load(path).items()}
    typer.echo(orjson.dumps(manifest, option=orjson.OPT_INDENT_2).decode())
