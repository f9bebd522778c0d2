"""`sponsorgraph policy`: who may see what on a day, what changed since another, in whose words."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Annotated, Any

import typer
from graphql import graphql_sync
from rich.table import Table as Grid
from rich.text import Text

from api.commands.asking import AsJson
from api.commands.console import answers, print_json
from api.context import Context
from graph.errors import UsageError
from graph.selection import Asked
from graph.sharing import SEES_EVERYTHING

policy_app = typer.Typer(
    help="Who may see what: the rules of a day; **diff** says what changed, by which documents.",
    rich_markup_mode="markdown",
)
_FORMAT = ["%Y-%m-%d"]
_PROVISION = (
    "{ id document effect classes agencies begins beginsPrecision until untilPrecision"
    " words citation means about }"
)
_AT = f"""query ($at: Date) {{ policy(at: $at) {{ at
  roles {{ role agency purposes scope fields {{ category outcome }}
    classes {{ sharingClass open why by {{ id }} beside {{ id }} }} }}
  provisions {_PROVISION} }} }}"""
_DIFF = f"""query ($from: Date!, $to: Date!) {{ policyDiff(from: $from, to: $to) {{ from to
  changes {{ role purposes sharingClass before {{ open why }}
    after {{ open why by {{ id citation words }} beside {{ id citation words }} }} }}
  began {_PROVISION} ended {_PROVISION} }} }}"""
# What a role gets as it is needs no word; the others are told by outcome.
_TOLD = ("AUDIT", "REDACT", "HIDE", "ERROR")


@policy_app.callback(invoke_without_command=True)
def policy(
    context: typer.Context,
    at: Annotated[
        datetime | None, typer.Option(formats=_FORMAT, help="The day; today unless given.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Say to which ends each role may ask, whom it may see, whose papers, and what of an answer."""
    if context.invoked_subcommand:
        return
    found = _asked(_AT, {"at": at.date().isoformat() if at else None})["policy"]
    if as_json:
        print_json(found)
        return
    _say(f"The rules of {found['at']}", bold=True)
    grid = Grid("role", "of", "purposes", "scope", "open", "withheld", box=None)
    for one in found["roles"]:
        grid.add_row(*map(Text, _row_of_a_role(one)))
    answers.print(grid)
    for one in found["roles"]:
        _say(f"{one['role']}: {_outcomes(one['fields'])}")
    _say("In force", bold=True)
    _show(found["provisions"])


@policy_app.command()
def diff(
    earlier: Annotated[datetime, typer.Argument(metavar="FROM", formats=_FORMAT)],
    later: Annotated[datetime, typer.Argument(metavar="TO", formats=_FORMAT)],
    as_json: AsJson = False,
) -> None:
    """Say what was opened or closed to whom between two days, and by which words."""
    days = {"from": earlier.date().isoformat(), "to": later.date().isoformat()}
    found = _asked(_DIFF, days)["policyDiff"]
    if as_json:
        print_json(found)
        return
    _say(f"From {found['from']} to {found['to']}", bold=True)
    grid = Grid("role", "purposes", "class", "before", "after", "why", "citation", box=None)
    for one in found["changes"]:
        grid.add_row(*map(Text, _row_of_a_change(one)))
    if found["changes"]:
        answers.print(grid)
    else:
        _say("Nothing was opened or closed to anybody.")
    for heading, provisions in (("Began", found["began"]), ("Ended", found["ended"])):
        if provisions:
            _say(heading, bold=True)
            _show(provisions)


def _asked(query: str, variables: Mapping[str, Any]) -> Any:
    """The rules are read from files, so that no graph is needed to know them."""
    from api.schema import executable  # noqa: PLC0415 - it takes a while, and help needs none

    today = date.today()  # noqa: DTZ011 - a day as the office has it
    context = Context(Asked(SEES_EVERYTHING, today), _no_graph)
    result = graphql_sync(
        executable(), query, context_value=context, variable_values=dict(variables)
    )
    if result.errors:
        raise UsageError(result.errors[0].message.replace("policyDiff", "policy diff"))
    return result.data


async def _no_graph(text: str, parameters: Mapping[str, Any]) -> list[Any]:
    raise UsageError(f"The rules are in no graph: {text}, {len(parameters)}.")


def _row_of_a_role(one: Mapping[str, Any]) -> list[str]:
    of = {
        is_open: [each["sharingClass"] for each in one["classes"] if each["open"] is is_open]
        for is_open in (True, False)
    }
    purposes = " ".join(one["purposes"])
    return [one["role"], one["agency"], purposes, one["scope"], *map(" ".join, of.values())]


def _row_of_a_change(one: Mapping[str, Any]) -> list[str]:
    state = ["open" if one[side]["open"] else "withheld" for side in ("before", "after")]
    cited = " ".join(dict.fromkeys(by["citation"] for by in one["after"]["by"]))
    purposes = " ".join(one["purposes"])
    return [one["role"], purposes, one["sharingClass"], *state, one["after"]["why"], cited]


def _outcomes(fields: Iterable[Mapping[str, str]]) -> str:
    by: dict[str, list[str]] = {outcome: [] for outcome in _TOLD}
    for one in fields:
        if one["outcome"] in by:
            by[one["outcome"]].append(one["category"])
    return "; ".join(f"{outcome} {' '.join(names)}" for outcome, names in by.items() if names)


def _show(provisions: Iterable[Mapping[str, Any]]) -> None:
    for one in provisions:
        until = f" until {one['until']} ({one['untilPrecision']})" if one["until"] else ""
        when = f"from {one['begins']} ({one['beginsPrecision']}){until}"
        about = f" {' '.join(one['about'])}" if one["about"] else ""
        _say(f"  {one['id']} {one['effect']}{about}: {' '.join(one['classes'])}, {when}")
        _say(f"    “{one['words']}” {one['citation']}: {one['means']}")


def _say(line: str, *, bold: bool = False) -> None:
    answers.print(Text(line, style="bold" if bold else ""))
