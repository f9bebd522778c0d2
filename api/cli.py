"""The command `sponsorgraph`: what it can do, and how it fails."""

import sys
from pathlib import Path
from typing import Annotated, ClassVar

import typer

from api.commands.console import notes
from api.commands.loading import MARKUP, AsAsked, Panels
from graph.errors import SponsorgraphError
from graph.settings import settings_from_environment

_INTERRUPTED = 130
# What becomes of Ctrl-C while DuckDB works.
_INTERRUPTED_IN_DUCKDB = "Query interrupted"


class Commands(AsAsked):
    """Where each command is, in the order and under the headings in which `--help` has them."""

    panels: ClassVar[Panels] = {
        "The usual day": (
            "api.commands.files:ingest",
            "api.commands.linking:link",
            "api.commands.feeds:feeds",
            "api.commands.serving:serve",
            "api.commands.working:work",
            "api.commands.working:notices",
        ),
        "Who is who": (
            "api.commands.reviewing:review",
            "api.commands.judging:judge",
            "api.commands.judging:judgements",
            "api.commands.judging:retract",
            "api.commands.why:why",
            "api.commands.identity:identity",
        ),
        "To look around": (
            "api.commands.demo:demo",
            "api.commands.token:token",
            "api.commands.contract:schema",
        ),
        "For oversight": (
            "api.commands.figures:figures",
            "api.commands.report:report_app",
        ),
        "For analysts": (
            "api.commands.linking:evaluate",
            "api.commands.linking:train",
            "api.commands.models:models_app",
        ),
        "Keeping and forgetting": (
            "api.commands.forgetting:seal",
            "api.commands.forgetting:unseal",
            "api.commands.forgetting:sealed",
            "api.commands.forgetting:expunge",
            "api.commands.forgetting:retention_app",
        ),
        "Upkeep": (
            "graph.cli:migrate",
            "api.commands.audit:audit_app",
            "api.commands.revoking:revoke_app",
            "api.commands.rules:policy_app",
            "api.commands.documents:documents_app",
            "graph.cli:neo4j_app",
        ),
    }


app = typer.Typer(
    cls=Commands,
    no_args_is_help=True,
    pretty_exceptions_show_locals=False,  # a local variable may hold somebody's name
    context_settings={"help_option_names": ["-h", "--help"]},
    rich_markup_mode=MARKUP,
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
        sys.exit(_INTERRUPTED)
    except RuntimeError as error:
        if str(error) != _INTERRUPTED_IN_DUCKDB:
            raise
        sys.exit(_INTERRUPTED)
