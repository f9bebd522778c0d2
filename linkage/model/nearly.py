"""Which rules find two people, and which would if one condition more held.

Made for two at a time: a table of one pair, asked condition by condition.
"""

# ruff: noqa: S608 - names of our own tables and columns, never a value

from collections.abc import Iterator, Mapping

from duckdb import DuckDBPyConnection


def nearly_finding(
    connection: DuckDBPyConnection, people: str, rules: Mapping[str, str]
) -> list[str]:
    """Names of rules of several conditions of which a single one does not hold.

    `people` is a table of two.
    """
    near = []
    for name, rule in rules.items():
        conditions = list(_conditions(rule))
        held = connection.execute(
            f"SELECT {', '.join(f'coalesce({each}, false)' for each in conditions)}"
            f" FROM {people} l JOIN {people} r ON l.person < r.person"
        ).fetchall()[0]
        if len(held) > 1 and sum(held) == len(held) - 1:
            near.append(name)
    return near


def _conditions(rule: str) -> Iterator[str]:
    """What a rule asks, one by one: its ANDs that stand in no bracket."""
    depth, begun = 0, 0
    for place, letter in enumerate(rule):
        depth += (letter == "(") - (letter == ")")
        if not depth and rule[place:].startswith(" AND "):
            yield rule[begun:place]
            begun = place + len(" AND ")
    yield rule[begun:]
