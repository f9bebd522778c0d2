"""`sponsorgraph schema`: the contract with every client, and how it changes."""

from datetime import date
from typing import Annotated

import typer

from api.commands.console import notes
from graph.errors import UsageError


def schema(
    changes: Annotated[
        bool, typer.Option("--changes", help="What changed since the last release, as Markdown.")
    ] = False,
    release: Annotated[
        str | None,
        typer.Option(metavar="VERSION", help="From today on, promise it to clients as it is."),
    ] = None,
) -> None:
    """Print the GraphQL schema, the contract with every client.

    **--release** keeps it in `api/released/` and writes `api/SCHEMA_CHANGES.md`: commit both. What
    would break a client of the last release is refused, unless its day has come.
    """
    from api.schema import schema as declared  # noqa: PLC0415 - other commands have no need of it

    text = f"{declared.as_str()}\n"
    if release is not None:
        _release(release, text)
    elif changes:
        typer.echo(_changes(text), nl=False)
    else:
        typer.echo(text, nl=False)


def _changes(text: str) -> str:
    from graphql import build_schema  # noqa: PLC0415

    from api.contract.releases import releases  # noqa: PLC0415
    from api.contract.telling import told  # noqa: PLC0415

    released = releases()
    if not released:
        return "Nothing is released yet: `schema --release VERSION` does it.\n"
    return told(released[-1].schema, build_schema(text))


def _release(version: str, text: str) -> None:
    from graphql import build_schema  # noqa: PLC0415

    from api.contract.leaving import refused, too_soon  # noqa: PLC0415
    from api.contract.releases import RELEASED, Release, announced, releases  # noqa: PLC0415
    from api.contract.releases import release as keep  # noqa: PLC0415
    from api.contract.telling import changelog  # noqa: PLC0415

    today = date.today()  # noqa: DTZ011 - a day as the office has it
    for last in releases()[-1:]:
        breaking = refused(last.schema, build_schema(text), announced(), today)
        if breaking:
            raise UsageError(f"This would break clients of {last.version}: {' '.join(breaking)}")
    near = too_soon([*releases(), Release(version, today, text)])
    if near:
        raise UsageError(
            f"Each needs a day to leave on, 90 days from now at least: {', '.join(near)}"
        )
    keep(version, text, today)
    page = RELEASED.parent / "SCHEMA_CHANGES.md"
    page.write_text(changelog(releases()), encoding="utf-8")
    notes.print(f"Kept as {version}. Commit {RELEASED.name}/{version}.graphql and {page.name}.")
