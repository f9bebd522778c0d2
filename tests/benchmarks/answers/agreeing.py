"""Whether the contestants answer alike: a race between different questions says nothing."""

import sys
from collections import Counter
from collections.abc import Iterator
from typing import Any

import httpx

from tests.benchmarks.answers.contestants import CONTESTANTS, Running

# Of people by name it is three in five: what only a court says of a name finds no caseworker anybody.
_ENOUGH = 0.5


def check_agreement(
    running: dict[str, Running], question: str, variables: list[dict[str, Any]]
) -> list[dict[str, Any]]:
    """The variables for which every contestant's answer holds the same values.

    Every value must be there as often; how an API nests and names them is its own way. Where equals
    are cut off at a page's end, each may keep others: such variables are left out. Exits when
    too few are left, or when an answer has errors.
    """
    agreed = []
    with httpx.Client(timeout=60) as client:
        for one in variables:
            found = [_values(client, running[name], question, one) for name in CONTESTANTS]
            if found[0] and all(values == found[0] for values in found):
                agreed.append(one)
    if len(agreed) < _ENOUGH * len(variables) or not agreed:
        sys.exit(f"{question}: only {len(agreed)} of {len(variables)} are answered alike.")
    return agreed


def _values(
    client: httpx.Client, running: Running, question: str, variables: dict[str, Any]
) -> Counter[Any]:
    answer = client.post(
        running.url, json=running.body(question, variables), headers=running.headers
    ).json()
    if answer.get("errors"):
        sys.exit(f"{running.name} answered {question!r} with {answer['errors'][0]['message']!r}.")
    return Counter(_leaves(answer["data"]))


def _leaves(value: Any) -> Iterator[Any]:
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, list):
        for one in value:
            yield from _leaves(one)
    else:
        yield value
