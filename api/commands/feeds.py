"""`sponsorgraph feeds`: how fresh each agency's tables are, and what is gone from them."""

import getpass
from datetime import datetime
from typing import TYPE_CHECKING, Annotated

import typer
from rich.table import Table as Grid

from api.audit.log import Log
from api.audit.rows import plain
from api.audit.settings import audit_settings
from api.commands.console import answers, print_json
from graph.settings import Settings
from graph.vocabulary.feeds import LOCAL_TARGET

if TYPE_CHECKING:
    from linkage.intake.feeds import Feed

AsJson = Annotated[
    bool, typer.Option("--json", help="Print it as JSON, with the keys of records that are gone.")
]
On = Annotated[
    datetime | None, typer.Option(formats=["%Y-%m-%d"], help="As of which day; today unless given.")
]


def feeds(context: typer.Context, on: On = None, as_json: AsJson = False) -> None:
    """Tell how old each table is, and how many records its latest full extract no longer has.

    A table is stale after SPONSORGRAPH_FEED_DAYS days (35 unless set): a local target, not law.
    An extract counts as a full one where it has at least half of the records known before it.
    A record that is gone stays here, and everything that it said: somebody should ask why.
    """
    from linkage.intake.feeds import feeds as every_feed  # noqa: PLC0415 - the server loads no DuckDB

    settings: Settings = context.obj
    today = (on or datetime.now().astimezone()).date()
    if as_json:  # it names records
        log = Log(audit_settings().folder_of(settings.home))
        log.append([plain("FEEDS_READ", who=getpass.getuser())])
        log.close()
    found = every_feed(settings.home, today, settings.feed_days)
    if as_json:
        print_json(found)
    else:
        _show(found, settings.feed_days)


def _show(found: list["Feed"], days: int) -> None:
    grid = Grid("source", "table", "as of", "days", "", "extracts", "gone", box=None)
    for feed in found:
        grid.add_row(
            feed.source,
            feed.table,
            str(feed.as_of),
            str(feed.days_since),
            "STALE" if feed.stale else "",
            ", ".join(str(one.kind).lower() for one in feed.extracts[-3:]),
            str(len(feed.vanished)) if feed.vanished else "",
        )
    answers.print(grid)
    answers.print(f"Stale after {days} days. {LOCAL_TARGET}", highlight=False)
