"""`sponsorgraph review`: the pairs that a person should look at, side by side, one by one."""

import sys
from itertools import zip_longest
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.prompt import Prompt
from rich.table import Table as Grid
from rich.text import Text

from api.commands.asking import Actor, AsJson, Ask, ToWhatEnd, asking
from api.commands.by_truth import review_by_truth
from api.commands.console import answers, print_json
from api.commands.explaining import EXPLANATION, show_explanation
from api.commands.judging import First, record, show_recorded
from graph.errors import UsageError
from graph.vocabulary.people import Role
from graph.vocabulary.viewers import Purpose

_SIDE = "record { id asOf received { column value } } identity { id }"
_QUEUE = f"""query ($role: Role, $first: Int!) {{ reviewQueue(role: $role, first: $first) {{
  edges {{ node {{ id role matchWeight matchProbability why stakes moved
    left {{ {_SIDE} }} right {{ {_SIDE} }} judgements {{ id status }}
    explanation {{ {EXPLANATION} judgement {{ id }} }} }} }} pageInfo {{ hasNextPage }} }} }}"""
_ANSWERS = {"s": "SAME", "d": "DIFFERENT", "u": "UNSURE"}
_SIDES = ("left", "right")
_SKIP, _QUIT = "", "q"


def review(
    context: typer.Context,
    role: Annotated[Role | None, typer.Option(help="Only children, or only sponsors.")] = None,
    first: First = 10,
    actor: Actor = None,
    purpose: ToWhatEnd = Purpose.LINKAGE_QA,
    truth: Annotated[
        Path | None,
        typer.Option(
            help="Only in a made-up world: the folder with its truth, which judges all that waits.",
            exists=True,
        ),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Look at doubtful pairs, the most pressing first, and judge them.

    On a terminal each pair is asked about: same, different, unsure, or on to the next. Elsewhere
    the queue is printed. What was judged waits for the next link and is not asked about again.
    """
    if truth:
        review_by_truth(context.obj, truth, role, actor, purpose)
        return
    with asking(context.obj, purpose, actor) as ask:
        queue = ask(_QUEUE, role=role, first=first)["reviewQueue"]
        pairs = [edge["node"] for edge in queue["edges"]]
        if as_json:
            print_json(pairs)
        elif not pairs:
            answers.print("Nothing waits for review.")
        elif _somebody_is_there():
            _ask_about(ask, pairs, more=queue["pageInfo"]["hasNextPage"])
        else:
            for pair in pairs:
                _show(pair)


def _somebody_is_there() -> bool:
    return sys.stdin.isatty() and sys.stdout.isatty()


def _ask_about(ask: Ask, pairs: list[dict[str, Any]], *, more: bool) -> None:
    judged = 0
    for pair in pairs:
        _show(pair)
        answer = Prompt.ask(
            "same, different, unsure; Enter for the next, q to stop",
            choices=[*_ANSWERS, _QUIT, _SKIP],
            default=_SKIP,
            show_default=False,
            console=answers,
        )
        if answer == _QUIT:
            break
        if answer:
            judged += _judge(ask, pair, _ANSWERS[answer])
    left = "; more wait: `sponsorgraph review`" if more else ""
    answers.print(f"{judged} of {len(pairs)} judged{left}.")


def _judge(ask: Ask, pair: dict[str, Any], verdict: str) -> int:
    """1 if it was recorded; a refusal is said, and the review goes on."""
    reason = Prompt.ask("why", console=answers)
    left, right = (pair[side]["record"]["id"] for side in _SIDES)
    seen = pair["explanation"]["judgement"]
    try:
        show_recorded(record(ask, left, right, pair["role"], verdict, reason, seen))
    except UsageError as refused:
        answers.print(f"Not recorded: {refused}", highlight=False, markup=False)
        return 0
    return 1


def _show(pair: dict[str, Any]) -> None:
    """The pair side by side, as received, with what speaks for it and against it."""
    answers.rule()
    grid = Grid("", *(pair[side]["record"]["id"] for side in _SIDES), box=None)
    grid.add_row("about", *((pair[side]["identity"] or {}).get("id", "nobody") for side in _SIDES))
    grid.add_row("as of", *(pair[side]["record"]["asOf"] for side in _SIDES))
    for column, *values in _cells(*(pair[side]["record"]["received"] for side in _SIDES)):
        # As texts: a word in brackets is a word here, not a style.
        grid.add_row(*map(Text, (column, *values)))
    answers.print(grid)
    pressing = ", ".join(one.lower().replace("_", " ") for one in pair["stakes"])
    moved = f"{pair['moved']} records would move" if pair["moved"] is not None else ""
    answers.print("; ".join(filter(None, [pressing, moved])), highlight=False, markup=False)
    show_explanation(pair["explanation"])


def _cells(left: list[dict[str, str]], right: list[dict[str, str]]) -> list[tuple[str, str, str]]:
    """Columns that both have stand beside each other; then what only one has, in file order."""
    ones, others = ({one["column"]: one["value"] for one in side} for side in (left, right))
    shared = [(column, ones[column], others[column]) for column in ones if column in others]
    rest = zip_longest(
        (f"{column}: {value}" for column, value in ones.items() if column not in others),
        (f"{column}: {value}" for column, value in others.items() if column not in ones),
        fillvalue="",
    )
    return [*shared, *(("", one, other) for one, other in rest)]
