"""A pair's explanation on the command line: a sentence, the waterfall, what would flip it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from api.commands.console import answers
from graph.explanation import waterfall
from graph.explanation.outcome import Explained

# What of an explanation is shown, as a question asks for it.
EXPLANATION = """outcome sentence prior modelVersion through comparisons {
  name level bits frequencyBits } whatIf { changes { comparison from to } weight decision }"""
_NARROWEST, _WIDEST = 70, 110


@dataclass(frozen=True)
class _Shown:
    """An explanation from either side: `found` are name, level, bits, bits for a rare name."""

    outcome: str
    sentence: str
    prior: float | None
    found: list[tuple[str, str, float, float]]
    what_ifs: list[tuple[str, float, str]]
    through: list[str]
    model_version: str | None


def show_explanation(explained: Explained | Mapping[str, Any]) -> None:
    """Print why two records are one person's, or why not.

    `explained` is what was just worked out, or a `MatchExplanation` with the fields `EXPLANATION`.
    """
    shown = _made(explained) if isinstance(explained, Explained) else _answered(explained)
    answers.print(f"[bold]{shown.outcome}[/]  {shown.sentence}", highlight=False)
    if shown.through:
        answers.print("  by way of " + " → ".join(shown.through), highlight=False, markup=False)
    if shown.prior is None:
        return
    rows = waterfall.bars(shown.prior, [part[:3] for part in shown.found], f"({shown.outcome})")
    width = min(max(answers.width, _NARROWEST), _WIDEST)
    for line in waterfall.text(rows, width):
        answers.print(f"  {line}", highlight=False, markup=False)
    for name, level, _, frequency in shown.found:
        if frequency:
            answers.print(
                f"  of which {frequency:+.2f} because the name is not common: {name}, {level}",
                highlight=False,
                markup=False,
            )
    for changes, weight, decision in shown.what_ifs:
        answers.print(f"  {decision} at {weight:+.2f} if {changes}", highlight=False, markup=False)
    answers.print(f"  bits, by the model {shown.model_version}", highlight=False, markup=False)


def _made(explained: Explained) -> _Shown:
    return _Shown(
        explained.outcome,
        explained.sentence,
        explained.prior,
        [(one.name, one.level, one.bits, one.frequency_bits) for one in explained.comparisons],
        [
            (
                _together((each.comparison, each.found, each.instead) for each in one.changes),
                one.weight,
                one.decision,
            )
            for one in explained.what_if
        ],
        explained.through,
        explained.model_version,
    )


def _answered(told: Mapping[str, Any]) -> _Shown:
    return _Shown(
        told["outcome"],
        told["sentence"],
        told["prior"],
        [
            (one["name"], one["level"], one["bits"], one["frequencyBits"])
            for one in told["comparisons"]
        ],
        [
            (
                _together(
                    (each["comparison"], each["from"], each["to"]) for each in one["changes"]
                ),
                one["weight"],
                one["decision"],
            )
            for one in told["whatIf"]
        ],
        told["through"],
        told["modelVersion"],
    )


def _together(changes: Iterable[tuple[str, str, str]]) -> str:
    return " and ".join(
        f"{name.replace('_', ' ')} were “{instead}”, not “{found}”"
        for name, found, instead in changes
    )
