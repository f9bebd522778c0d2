"""`sponsorgraph report`: the figures of the process, none of them a bare number.

A table here, or a file by the ending of its name: .csv and .xlsx to count with, .svg to look at.
"""

import json
from datetime import date, datetime
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.markup import escape
from rich.table import Table

from api.commands.asking import AsJson, ToWhatEnd, asking
from api.commands.closure_files import altered, pack_hash, rows_to_show, write_pack
from api.commands.console import answers, notes, print_json
from api.commands.report_files import write
from graph.errors import UsageError
from graph.reports.chart import number
from graph.reports.responsibilities import responsibilities
from graph.vocabulary.agencies import Source
from graph.vocabulary.reports import Absence

report_app = typer.Typer(
    no_args_is_help=True, help="The figures of the process, each with what it is a part of."
)
_DAY = ["%Y-%m-%d"]
_FIGURES = """{ kind title asOf notes figures { name of { dimension value } unit
  numerator { counted low high } denominator { counted low high } share asOf definition sources } }
"""

AsOf = Annotated[
    datetime | None, typer.Option(formats=_DAY, help="As of this day; today unless given.")
]
Out = Annotated[Path | None, typer.Option(help="Into this file: .csv, .xlsx, or .svg for a chart.")]


@report_app.command()
def transfers(
    context: typer.Context,
    purpose: ToWhatEnd = None,
    as_of: AsOf = None,
    out: Out = None,
    as_json: AsJson = False,
) -> None:
    """Children transferred to ORR, by fiscal year (Table 1 of the report)."""
    _show(context, purpose, "transfersByFiscalYear", {"asOf": _day(as_of)}, out, as_json=as_json)


@report_app.command()
def nta(
    context: typer.Context,
    purpose: ToWhatEnd = None,
    as_of: AsOf = None,
    out: Out = None,
    as_json: AsJson = False,
) -> None:
    """Children without a Notice to Appear, by office, cohort and reason."""
    _show(context, purpose, "ntaBacklog", {"asOf": _day(as_of)}, out, as_json=as_json)


@report_app.command()
def reconcile(
    context: typer.Context,
    left: Annotated[Source, typer.Argument(help="EOIR, PLANET, EARM or LOCAL_WORKSHEET.")],
    right: Annotated[Source, typer.Argument(help="The other.")],
    purpose: ToWhatEnd = None,
    since: Annotated[datetime | None, typer.Option(formats=_DAY, help="Days from this on.")] = None,
    until: Annotated[
        datetime | None, typer.Option(formats=_DAY, help="Days before this one.")
    ] = None,
    definition: Annotated[Absence | None, typer.Option(help="What both count.")] = None,
    count_words: Annotated[bool, typer.Option(help="Every word of a record.")] = False,
    as_of: AsOf = None,
    out: Out = None,
    as_json: AsJson = False,
) -> None:
    """Why two sources count different children as failing to appear: buckets that sum exactly.

    Unless told otherwise each source counts as the reports had it.
    """
    variables = {
        "left": left,
        "right": right,
        "since": _day(since),
        "until": _day(until),
        "definition": definition,
        "countWords": count_words,
        "asOf": _day(as_of),
    }
    _show(context, purpose, "reconcile", variables, out, as_json=as_json)


@report_app.command("address-search")
def address_search(
    context: typer.Context,
    purpose: ToWhatEnd = None,
    as_of: AsOf = None,
    out: Out = None,
    as_json: AsJson = False,
) -> None:
    """After how many failures to appear somebody looked for an address, by office."""
    _show(context, purpose, "addressSearchRate", {"asOf": _day(as_of)}, out, as_json=as_json)


@report_app.command()
def inbox(
    context: typer.Context,
    purpose: ToWhatEnd = None,
    as_of: AsOf = None,
    out: Out = None,
    as_json: AsJson = False,
) -> None:
    """Of how many failures to appear ORR was told, by office and month."""
    _show(context, purpose, "inboxUsage", {"asOf": _day(as_of)}, out, as_json=as_json)


@report_app.command()
def quality(
    context: typer.Context,
    purpose: ToWhatEnd = None,
    as_of: AsOf = None,
    out: Out = None,
    as_json: AsJson = False,
) -> None:
    """How complete, how late and how contradicted each source is."""
    _show(context, purpose, "dataQuality", {"asOf": _day(as_of)}, out, as_json=as_json)


@report_app.command()
def coverage(
    context: typer.Context,
    purpose: ToWhatEnd = None,
    days: Annotated[int, typer.Option(help="In so many days: a local target, not law.")] = 30,
    as_of: AsOf = None,
    out: Out = None,
    as_json: AsJson = False,
) -> None:
    """Of how many released children somebody had word lately."""
    variables = {"days": days, "asOf": _day(as_of)}
    _show(context, purpose, "coverage", variables, out, as_json=as_json)


@report_app.command("responsibilities")
def whose(
    on: Annotated[
        datetime | None,
        typer.Option(formats=_DAY, help="For a hearing of this day; today unless given."),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Whose each task is, on which words, under the rules of a hearing's day."""
    day = _day(on) or date.today()  # noqa: DTZ011 - the day of whoever asks
    found = responsibilities(day)
    if as_json:
        print_json(found)
        return
    table = Table(title=f"Responsibilities on {day}", title_justify="left")
    for column in ("task", "whose", "how strongly", "words", "where"):
        table.add_column(column, overflow="fold")
    for one in found:
        texts = one.event, one.actor, one.force, one.words or "", one.citation or ""
        table.add_row(*map(escape, texts))
    answers.print(table)


@report_app.command()
def closure(
    context: typer.Context,
    recommendation: Annotated[int | None, typer.Argument(help="1 or 2, of OIG-24-46.")] = None,
    purpose: ToWhatEnd = None,
    since: Annotated[
        datetime | None, typer.Option(formats=_DAY, help="From this first day of a quarter on.")
    ] = None,
    until: Annotated[
        datetime | None, typer.Option(formats=_DAY, help="Before this first day of a quarter.")
    ] = None,
    out: Annotated[
        Path | None, typer.Option(help="Into this folder, as JSON and CSV with a manifest.")
    ] = None,
    verify: Annotated[
        Path | None, typer.Option(help="Only look whether a folder is as it was written.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """What shows that a recommendation was followed: ranges, medians, cases without a name.

    Quarters that are over alone: no pack, and no two of them, tell of fewer than eleven.
    """
    if verify:
        _verify(verify)
        return
    if recommendation is None or since is None or until is None:
        raise UsageError("Say which: report closure 2 --since 2024-07-01 --until 2024-10-01.")
    with asking(context.obj, purpose) as ask:
        asked = {"of": recommendation, "since": str(_day(since)), "until": str(_day(until))}
        pack = ask(_CLOSURE, **asked)["pack"]
    if out:
        told = write_pack(pack["text"], out)
        notes.print(f"Written to {out}. SHA-256: {told}", highlight=False, soft_wrap=True)
    elif as_json:
        answers.out(pack["text"], end="", highlight=False)
    else:
        _print_pack(json.loads(pack["text"]), pack["sha256"])


_CLOSURE = """query ($of: Int!, $since: Date!, $until: Date!) {
  pack: closureEvidence(recommendation: $of, since: $since, until: $until) { text sha256 } }"""


def _verify(folder: Path) -> None:
    wrong = altered(folder)
    for one in wrong:
        answers.print(escape(one), highlight=False)
    if wrong:
        raise typer.Exit(1)
    told = f"Nothing was altered. SHA-256 of the pack: {pack_hash(folder)}"
    answers.print(told, highlight=False, soft_wrap=True)


def _print_pack(pack: dict[str, Any], told: str) -> None:
    of = pack["recommendation"]
    answers.print(
        escape(
            f"Recommendation {of['number']}, {of['state']}: {of['asks']} ({of['asks_citation']})"
        ),
        highlight=False,
    )
    table = Table(title=f"From {pack['since']} to before {pack['until']}", title_justify="left")
    for column in ("what", "where", "how often"):
        table.add_column(column, overflow="fold")
    for row in rows_to_show(pack):
        table.add_row(*map(escape, row))
    answers.print(table)
    answers.print(escape(f"{pack['method']} SHA-256: {told}"), highlight=False)


_TYPES = {
    "left": "Source!",
    "right": "Source!",
    "definition": "Absence",
    "countWords": "Boolean!",
    "days": "Int!",
    "source": "Source",
}


def _day(moment: datetime | None) -> date | None:
    return moment.date() if moment else None


def _show(
    context: typer.Context,
    purpose: Any,
    root: str,
    variables: dict[str, Any],
    out: Path | None,
    *,
    as_json: bool,
) -> None:
    declared = ", ".join(f"${name}: {_TYPES.get(name, 'Date')}" for name in variables)
    given = ", ".join(f"{name}: ${name}" for name in variables)
    question = f"query ({declared}) {{ report: {root}({given}) {_FIGURES} }}"
    sent = {name: str(one) if isinstance(one, date) else one for name, one in variables.items()}
    with asking(context.obj, purpose) as ask:
        report = ask(question, **sent)["report"]
    if out:
        write(report, out)
        notes.print(f"Written to {out}.", highlight=False, soft_wrap=True)
    elif as_json:
        print_json(report)
    else:
        _print(report)


def _print(report: dict[str, Any]) -> None:
    table = Table(title=f"{report['title']}, as of {report['asOf']}", title_justify="left")
    for column in ("figure", "how many", "definition", "sources"):
        table.add_column(column, overflow="fold")
    for one in report["figures"]:
        texts = one["name"], number(one), one["definition"], " ".join(one["sources"])
        table.add_row(*map(escape, texts))
    answers.print(table)
    for note in report["notes"]:
        answers.print(escape(note), highlight=False)
