"""Which rules find two people, and which would if one condition more held.

Made for two at a time: a table of one pair, asked condition by condition.
"""

# ruff: noqa: S608 - names of our own tables and columns, never a value

from collections.abc import Iterable, Iterator, Mapping

from duckdb import DuckDBPyConnection


def finding(connection: DuckDBPyConnection, people: str, rules: Mapping[str, str]) -> Iterator[str]:
    """Names of the rules that find the two in the table `people`, in their order."""
    held = _held(connection, people, rules.values())
    return (name for name, holds in zip(rules, held, strict=True) if holds)


def nearly_finding(
    connection: DuckDBPyConnection, people: str, rules: Mapping[str, str]
) -> list[str]:
    """Names of rules of several conditions of which a single one does not hold.

    `people` is a table of two.
    """
    near = []
    for name, rule in rules.items():
        held = _held(connection, people, _conditions(rule))
        if len(held) > 1 and sum(held) == len(held) - 1:
            near.append(name)
    return near


def _held(
    connection: DuckDBPyConnection, people: str, conditions: Iterable[str]
) -> tuple[bool, ...]:
    """Whether each of these holds of the two."""
    held: tuple[bool, ...] = connection.execute(
        f"SELECT {', '.join(f'coalesce({each}, false)' for each in conditions)}"
        f" FROM {people} l JOIN {people} r ON l.person < r.person"
    ).fetchall()[0]
    return held


def _conditions(rule: str) -> Iterator[str]:
    """What a rule asks, one by one: its ANDs that stand in no bracket."""
    depth, begun = 0, 0
    for place, letter in enumerate(rule):
        depth += (letter == "(") - (letter == ")")
        if not depth and rule[place:].startswith(" AND "):
            yield rule[begun:place]
            begun = place + len(" AND ")
    yield rule[begun:]
