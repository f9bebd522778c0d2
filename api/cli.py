"""The command `sponsorgraph`: what it can do, and how it fails."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from api.commands import (
    audit,
    contract,
    demo,
    documents,
    feeds,
    figures,
    files,
    forgetting,
    identity,
    judging,
    linking,
    models,
    report,
    reviewing,
    rules,
    serving,
    token,
    why,
    working,
)
from api.commands.console import notes
from graph import cli as graph_cli
from graph.errors import SponsorgraphError
from graph.settings import settings_from_environment

app = typer.Typer(
    no_args_is_help=True,
    pretty_exceptions_show_locals=False,  # a local variable may hold somebody's name
    context_settings={"help_option_names": ["-h", "--help"]},
    rich_markup_mode="markdown",
)


@app.callback()
def sponsorgraph(
    context: typer.Context,
    home: Annotated[
        Path | None,
        typer.Option(
            envvar="SPONSORGRAPH_HOME",
            help="What holds everything of one installation. Two homes never touch.",
        ),
    ] = None,
) -> None:
    """From agency files to an answer: which records are hers, who her sponsor is, where she lives.

    The usual day: **ingest** a delivery, **link** it, **serve** the answers.
    To look around first: **demo --serve**.
    """
    context.obj = settings_from_environment(home)


app.command(rich_help_panel="The usual day")(files.ingest)
app.command(rich_help_panel="The usual day")(linking.link)
app.command(rich_help_panel="The usual day")(feeds.feeds)
app.command(rich_help_panel="The usual day")(serving.serve)
app.command(rich_help_panel="The usual day")(working.work)
app.command(rich_help_panel="The usual day")(working.notices)
app.command(rich_help_panel="Who is who")(reviewing.review)
app.command(rich_help_panel="Who is who")(judging.judge)
app.command(rich_help_panel="Who is who")(judging.judgements)
app.command(rich_help_panel="Who is who")(judging.retract)
app.command(rich_help_panel="Who is who")(why.why)
app.command(rich_help_panel="Who is who")(identity.identity)
app.command(rich_help_panel="To look around")(demo.demo)
app.command(rich_help_panel="To look around")(token.token)
app.command(rich_help_panel="To look around")(contract.schema)
app.command(rich_help_panel="For oversight")(figures.figures)
app.add_typer(report.report_app, name="report", rich_help_panel="For oversight")
app.command(rich_help_panel="For analysts")(linking.evaluate)
app.command(rich_help_panel="For analysts")(linking.train)
app.add_typer(models.models_app, name="models", rich_help_panel="For analysts")
app.command(rich_help_panel="Keeping and forgetting")(forgetting.seal)
app.command(rich_help_panel="Keeping and forgetting")(forgetting.unseal)
app.command(rich_help_panel="Keeping and forgetting")(forgetting.sealed)
app.command(rich_help_panel="Keeping and forgetting")(forgetting.expunge)
app.add_typer(forgetting.retention_app, name="retention", rich_help_panel="Keeping and forgetting")
app.command(rich_help_panel="Upkeep")(graph_cli.migrate)
app.add_typer(audit.audit_app, name="audit", rich_help_panel="Upkeep")
app.add_typer(rules.policy_app, name="policy", rich_help_panel="Upkeep")
app.add_typer(documents.documents_app, name="documents", rich_help_panel="Upkeep")
app.add_typer(graph_cli.neo4j_app, name="neo4j", rich_help_panel="Upkeep")


def main() -> None:
    """Run the command line; exit 0 done, 1 failed, 2 asked wrongly, 130 interrupted."""
    try:
        # Outside its standalone mode the status that a command exits with is an answer.
        sys.exit(app(standalone_mode=False) or 0)
    except SponsorgraphError as error:
        notes.print(f"[bold red]sponsorgraph:[/] {error}", highlight=False, soft_wrap=True)
        sys.exit(error.exit_code)
    except typer.TyperException as error:
        # Typer bears a click of its own, whose errors know how to show themselves.
        show = getattr(error, "show", None)
        notes.print(error.format_message()) if show is None else show()
        sys.exit(error.exit_code)
    except (typer.Abort, KeyboardInterrupt):
        sys.exit(130)
