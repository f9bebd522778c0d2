"""`sponsorgraph review --truth`: in a made-up world the truth decides what waits for review."""

from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from api.commands.asking import Ask, asking
from api.commands.console import answers, progress_shown
from graph.errors import UsageError
from graph.settings import Settings
from graph.vocabulary.people import Role
from graph.vocabulary.viewers import Purpose
from graph.writes.steps import OUTCOME_UNKNOWN

if TYPE_CHECKING:
    from linkage.demo.reviewer import Answer

REVIEWER = "made-up reviewer"
# On a busy machine some of many thousand take longer than an answer may: sent again under
# their keys, they are recorded once.
_AT_ONCE, _TRIES = 20, 5
_RECORD = """mutation ($inputs: [RecordJudgementInput!]!) { recordJudgements(inputs: $inputs) {
  __typename ... on JudgementRefused { reason } } }"""


def review_by_truth(
    settings: Settings, truth: Path, role: Role | None, actor: str | None, purpose: Purpose | None
) -> None:
    """Judge all that waits as the truth has it, each as anybody's judgement is recorded.

    A pair that somebody has judged is left to them.

    Raises:
        UsageError: not everything in this home is made up.
    """
    from api.identity.demo import is_all_made_up  # noqa: PLC0415 - `review` itself needs no keys
    from linkage.demo.reviewer import answers_by_truth  # noqa: PLC0415 - the server never loads DuckDB
    from linkage.publishing.runs import latest_linked  # noqa: PLC0415

    if not is_all_made_up(settings.home):
        raise UsageError(
            f"A truth is known of a made-up world alone, and {settings.home} holds more than what"
            " `sponsorgraph demo` made there: review without --truth."
        )
    linked = latest_linked(settings.home)
    told = [
        answer
        for one in ([role] if role else Role)
        for answer in answers_by_truth(linked, truth, one)
    ]
    with asking(settings, purpose, actor or REVIEWER) as ask:
        recorded = _record(ask, told)
    said = ", ".join(f"{recorded[name]:,} {name}" for name in ("SAME", "DIFFERENT"))
    kept = recorded["ALREADY_JUDGED"]
    answers.print(
        f"{said}, in the name of {actor or REVIEWER}; the next `sponsorgraph link` goes by it."
        + (f" {kept:,} were left to whoever has judged them." if kept else ""),
        highlight=False,
        markup=False,
    )


def _record(ask: Ask, told: "Sequence[Answer]") -> Counter[str]:
    """How many of each verdict were recorded, and how many pairs somebody else has judged."""
    recorded: Counter[str] = Counter()
    with progress_shown() as progress:
        for some in _batches(told):
            progress("judging", sum(recorded.values()), len(told))
            outcomes = _sent(ask, [_said(one) for one in some])
            recorded.update(
                "ALREADY_JUDGED" if _is_refused(outcome) else str(one.verdict)
                for one, outcome in zip(some, outcomes, strict=True)
            )
    return recorded


def _sent(ask: Ask, inputs: list[dict[str, Any]]) -> list[dict[str, Any]]:
    for _ in range(_TRIES - 1):
        try:
            return list(ask(_RECORD, inputs=inputs)["recordJudgements"])
        except UsageError as unknown:
            if str(unknown) != OUTCOME_UNKNOWN:
                raise
    return list(ask(_RECORD, inputs=inputs)["recordJudgements"])


def _batches(told: "Sequence[Answer]") -> "Iterator[Sequence[Answer]]":
    for first in range(0, len(told), _AT_ONCE):
        yield told[first : first + _AT_ONCE]


def _said(one: "Answer") -> dict[str, Any]:
    return {
        "left": one.left, "right": one.right, "role": one.role, "verdict": one.verdict,
        "reason": one.reason, "key": uuid4().hex,
    }  # fmt: skip


def _is_refused(outcome: dict[str, Any]) -> bool:
    if outcome["__typename"] != "JudgementRefused":
        return False
    if outcome["reason"] != "STALE":
        raise UsageError(
            f"A judgement was refused ({outcome['reason']}): the graph is not what the last link"
            " made. Run `sponsorgraph link` and review again."
        )
    return True
