"""Candidate pairs: which two records are worth comparing.

A pair found by several rules is compared once. Splink's own blocking excludes earlier rules pair
by pair, which dominated the time at a million records; a union does not.
"""

# ruff: noqa: S608 - names of our own tables and columns, never a value

import re
from collections.abc import Iterator, Mapping

from duckdb import DuckDBPyConnection

from linkage.model.rules import CHILD_RULES, SPONSOR_RULES, Rule

__all__ = ["CHILD_RULES", "SPONSOR_RULES", "find_candidates"]

# What the papers of one person mostly say alike. A join that reads no more than this is made once
# for all who say the same.
_SAID_ALIKE = (
    "given_1",
    "family_1",
    "family_2",
    "family_joined",
    "date_of_birth",
    "birth_month",
    "birth_text",
    "birth_is_placeholder",
)
_READ = re.compile(r"\b[lr]\.(\w+)")


def find_candidates(
    connection: DuckDBPyConnection,
    people: str,
    rules: Mapping[str, str],
    touched: str | None = None,
) -> int:
    """Make `candidates(match_key, join_key_l, join_key_r)` of the table named; count them.

    With `touched`, a table of some of these people, only pairs of which one side at least is in it:
    of those, all that there would be without.
    """
    read = [rule if isinstance(rule, Rule) else Rule(rule) for rule in rules.values()]
    if touched is None:
        if any(_once_for_all_alike(join) for rule in read for join in rule.joins):
            _say_alike(connection, people)
        joins = [
            (number, join)
            for number, rule in enumerate(read)
            for join in _joins(rule, people, read[0] if number else None)
        ]
    else:
        joins = [(number, _join_touched(rule, people, touched)) for number, rule in enumerate(read)]
    found = "\nUNION ALL\n".join(
        f"SELECT {number}::UTINYINT AS rule, {join}" for number, join in joins
    )
    connection.execute(
        "CREATE OR REPLACE TEMP TABLE candidates AS"
        " SELECT min(rule)::VARCHAR AS match_key, join_key_l, join_key_r"
        f" FROM ({found}) GROUP BY join_key_l, join_key_r"
    )
    connection.execute("DROP TABLE IF EXISTS said_alike")
    return int(connection.execute("SELECT count(*) FROM candidates").fetchall()[0][0])


def _join_touched(rule: Rule, people: str, touched: str) -> str:
    """A thousand in a hundred thousand: the few are joined with all.

    From one side only: of a rule that reads the two differently, the one beside it finds the rest.
    """
    return (
        "least(l.person, r.person) AS join_key_l, greatest(l.person, r.person) AS join_key_r"
        f" FROM {touched} l JOIN {people} r ON {rule} AND l.person <> r.person"
    )


def _say_alike(connection: DuckDBPyConnection, people: str) -> None:
    columns = [name for name, *_ in connection.execute(f"FROM {people} LIMIT 0").description]
    shared = ", ".join(name for name in _SAID_ALIKE if name in columns)
    connection.execute(
        "CREATE OR REPLACE TEMP TABLE said_alike AS"
        f" SELECT {shared}, list(person) AS persons FROM {people} GROUP BY ALL"
    )


def _once_for_all_alike(condition: str) -> bool:
    """Worth it where pairs are asked for more than equality; else it takes longer than the join."""
    return "hamming" in condition and set(_READ.findall(condition)) <= set(_SAID_ALIKE)


def _joins(rule: Rule, people: str, found: Rule | None) -> Iterator[str]:
    """The rule's joins; what the rule `found` finds, which is most, is not to be found again."""
    besides = f" AND ({found}) IS NOT TRUE" if found else ""
    for condition in rule.joins:
        if _once_for_all_alike(condition):
            yield (
                "join_key_l, join_key_r FROM (SELECT join_key_l, unnest(others) AS join_key_r FROM"
                " (SELECT unnest(l.persons) AS join_key_l, r.persons AS others"
                f" FROM said_alike l JOIN said_alike r ON {condition}))"
                " WHERE join_key_l < join_key_r"
            )
        else:
            yield (
                "l.person AS join_key_l, r.person AS join_key_r"
                f" FROM {people} l JOIN {people} r ON {condition} AND l.person < r.person{besides}"
            )
