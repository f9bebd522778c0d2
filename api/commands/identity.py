"""`sponsorgraph identity`: who bears an id, what became of it, and how its records were joined."""

from datetime import datetime
from typing import Annotated, Any

import typer

from api.commands.asking import AsJson, ToWhatEnd, asking
from api.commands.console import answers, print_json
from graph.errors import UsageError

_HISTORY = """formerIds identityEvents { kind at run actor reason from to
    moves { record identity } }
  identitySteps { number records joinedTo left right matchWeight judgedBy reason }
  records(recordedOn: $on, first: 100) { edges { node { id } } pageInfo { hasNextPage } }"""
_IDENTITY = f"""query ($id: ID!, $on: Date) {{ node(id: $id) {{ __typename id
  ... on Child {{ {_HISTORY} }} ... on Sponsor {{ {_HISTORY} }} }} }}"""


def identity(
    context: typer.Context,
    id_: Annotated[str, typer.Argument(metavar="ID", help="An id, also one of long ago.")],
    recorded_on: Annotated[
        datetime | None,
        typer.Option(formats=["%Y-%m-%d"], help="Its records as they stood at the end of a day."),
    ] = None,
    purpose: ToWhatEnd = None,
    as_json: AsJson = False,
) -> None:
    """Say who bears an id by now, its merges and splits, and how its records were joined."""
    day = recorded_on.date().isoformat() if recorded_on else None
    with asking(context.obj, purpose) as ask:
        found = ask(_IDENTITY, id=id_, on=day)["node"]
    if found is None:
        raise UsageError("Nothing here bears or ever bore this id: look for the child by name.")
    if as_json:
        print_json(found)
        return
    _say(f"{found['__typename']} {found['id']}", bold=True)
    if found["id"] != id_:
        _say(f"{id_} leads to it.")
    if "formerIds" in found:
        _show_history(found, day)


def _show_history(found: dict[str, Any], day: str | None) -> None:
    if found["formerIds"]:
        _say(f"Also: {', '.join(found['formerIds'])}")
    records = [edge["node"]["id"] for edge in found["records"]["edges"]]
    more = " and more" if found["records"]["pageInfo"]["hasNextPage"] else ""
    when = f" at the end of {day}" if day else ""
    _say(f"{len(records)}{more} records{when}: {', '.join(records)}")
    for event in found["identityEvents"]:
        at = (event["at"] or "")[:16].replace("T", " ")
        _say(f"{at} run {event['run']}: {event['kind']} by {event['actor']}: {event['reason']}")
        _say(f"    {', '.join(event['from'])} → {', '.join(event['to'])}")
        for move in event["moves"]:
            _say(f"    {move['record']} → {move['identity']}")
    for step in found["identitySteps"]:
        why = f"judged by {step['judgedBy']}: {step['reason']}"
        if step["matchWeight"] is not None:
            why = f"{step['matchWeight']:+.2f} bits"
        _say(f"step {step['number']}: {step['left']} — {step['right']}, {why}")
        _say(f"    {', '.join(step['records'])} joined to {', '.join(step['joinedTo'])}")


def _say(line: str, *, bold: bool = False) -> None:
    answers.print(line, highlight=False, markup=False, style="bold" if bold else None)
