"""`sponsorgraph judge`, `judgements` and `retract`: a person's word on two records."""

from enum import StrEnum
from typing import Annotated, Any
from uuid import uuid4

import typer
from rich.table import Table as Grid
from rich.text import Text

from api.commands.asking import Actor, AsJson, Ask, ToWhatEnd, asking
from api.commands.console import answers, print_json
from graph.errors import UsageError
from graph.vocabulary.evidence import JudgementStatus
from graph.vocabulary.people import Role
from graph.vocabulary.viewers import Purpose

_JUDGEMENT = "id role verdict reason actor judgedAt status leftKey rightKey"
_STANDING = """query ($left: ID!, $right: ID!, $role: Role!) {
  matchExplanation(left: $left, right: $right, role: $role) { judgement { id } } }"""
_RECORD = f"""mutation ($input: RecordJudgementInput!) {{ recordJudgement(input: $input) {{
  __typename ... on JudgementRefused {{ reason message }} ... on JudgementRecorded {{
    judgement {{ {_JUDGEMENT} }} supersedes {{ {_JUDGEMENT} }}
    contradictions {{ {_JUDGEMENT} }} }} }} }}"""
_RETRACT = f"""mutation ($input: RetractJudgementInput!) {{ retractJudgement(input: $input) {{
  __typename ... on JudgementRefused {{ reason message }}
  ... on JudgementRetracted {{ judgement {{ {_JUDGEMENT} }} }} }} }}"""
_LIST = f"""query ($status: JudgementStatus, $first: Int!) {{
  judgements(status: $status, first: $first) {{ edges {{ node {{ {_JUDGEMENT} }} }} }} }}"""
_CONFLICTS = f"""query ($first: Int!) {{ judgementConflicts(first: $first) {{ edges {{ node {{
  id judgements {{ {_JUDGEMENT} }} }} }} }} }}"""

Reason = Annotated[str, typer.Option(help="Why: for whoever reads it later.")]
First = Annotated[int, typer.Option(help="How many at most, from 1 to 100.", min=1, max=100)]


class Word(StrEnum):
    """A verdict, as it is typed."""

    SAME = "same"
    DIFFERENT = "different"
    UNSURE = "unsure"


def judge(
    context: typer.Context,
    left: Annotated[str, typer.Argument(help="One record: its key, such as EARM/earm/17.")],
    right: Annotated[str, typer.Argument(help="The other.")],
    verdict: Annotated[Word, typer.Argument(help="What they are.")],
    reason: Reason,
    role: Annotated[Role, typer.Option(help="About children, or sponsors.")] = Role.CHILD,
    actor: Actor = None,
    purpose: ToWhatEnd = Purpose.LINKAGE_QA,
    as_json: AsJson = False,
) -> None:
    """Say that two records are one person's, or are not. The next link goes by it.

    Nothing is overwritten: a later judgement on the same two supersedes the earlier.
    """
    with asking(context.obj, purpose, actor) as ask:
        told = ask(_STANDING, left=left, right=right, role=role)["matchExplanation"]
        standing = told["judgement"] if told else None
        recorded = record(ask, left, right, role, verdict.upper(), reason, standing)
    if as_json:
        print_json(recorded)
    else:
        show_recorded(recorded)


def record(
    ask: Ask, left: str, right: str, role: str, verdict: str, reason: str, seen: Any
) -> dict[str, Any]:
    """Record a judgement by somebody who saw the judgement `seen`, or none, stand on the pair.

    Raises:
        UsageError: it is refused; the sentence says what to do.
    """
    said: dict[str, Any] = {"left": left, "right": right, "role": role, "verdict": verdict}
    said |= {"reason": reason, "key": uuid4().hex, "expected": seen["id"] if seen else None}
    return _done(ask(_RECORD, input=said)["recordJudgement"])


def show_recorded(recorded: dict[str, Any]) -> None:
    """Say what was recorded, and what it contradicts."""
    judgement = recorded["judgement"]
    answers.print(
        f"{judgement['verdict']} is recorded as {judgement['id']}, in the name of"
        f" {judgement['actor']}; the next `sponsorgraph link` goes by it.",
        highlight=False,
        markup=False,
    )
    if recorded["supersedes"]:
        answers.print(f"It supersedes {recorded['supersedes']['id']}.", highlight=False)
    if recorded["contradictions"]:
        answers.print(
            "It contradicts these taken together: until one is retracted or superseded, none of"
            " them is gone by.",
            _listed(recorded["contradictions"]),
            sep="\n",
        )


def retract(
    context: typer.Context,
    judgement: Annotated[str, typer.Argument(help="Its id, as `judgements` shows it.")],
    reason: Reason,
    actor: Actor = None,
    purpose: ToWhatEnd = Purpose.LINKAGE_QA,
    as_json: AsJson = False,
) -> None:
    """Take a judgement back. It stays in the history, and the one before it stands again."""
    with asking(context.obj, purpose, actor) as ask:
        said = {"id": judgement, "reason": reason, "key": uuid4().hex}
        done = _done(ask(_RETRACT, input=said)["retractJudgement"])
    if as_json:
        print_json(done)
    else:
        answers.print(
            f"{judgement} is retracted; the next `sponsorgraph link` goes without it.",
            highlight=False,
            markup=False,
        )


def judgements(
    context: typer.Context,
    status: Annotated[
        JudgementStatus | None, typer.Option(help="Only those of which this has become.")
    ] = None,
    conflicts: Annotated[
        bool, typer.Option("--conflicts", help="Those that contradict each other, together.")
    ] = False,
    first: First = 20,
    purpose: ToWhatEnd = Purpose.LINKAGE_QA,
    as_json: AsJson = False,
) -> None:
    """List what people said of pairs of records, the latest first, and what became of it."""
    with asking(context.obj, purpose) as ask:
        if conflicts:
            found = ask(_CONFLICTS, first=first)["judgementConflicts"]
        else:
            found = ask(_LIST, status=status, first=first)["judgements"]
    nodes = [edge["node"] for edge in found["edges"]]
    if as_json:
        print_json(nodes)
    elif not nodes:
        answers.print("There is no such judgement.")
    elif conflicts:
        for conflict in nodes:
            answers.print(conflict["id"], _listed(conflict["judgements"]), sep="\n")
    else:
        answers.print(_listed(nodes))


def _listed(some: list[dict[str, Any]]) -> Grid:
    grid = Grid("judgement", "status", "verdict", "records", "who", "when", "why", box=None)
    for one in some:
        records = f"{one['leftKey']}\n{one['rightKey']}"
        when = one["judgedAt"][:16].replace("T", " ")
        cells = (one["id"], one["status"], one["verdict"], records, one["actor"], when)
        # As texts: a word in brackets is a word here, not a style.
        grid.add_row(*map(Text, (*cells, one["reason"])))
    return grid


def _done(outcome: dict[str, Any]) -> dict[str, Any]:
    if outcome["__typename"] == "JudgementRefused":
        raise UsageError(outcome["message"])
    return outcome
