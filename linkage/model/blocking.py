"""Candidate pairs: which two records are worth comparing.

A pair found by several rules is compared once. Splink's own blocking excludes earlier rules pair
by pair, which dominated the time at a million records; a union does not. Rules that read only what
papers of one person mostly say alike are asked of what is said, once for all who say it
(`linkage.model.alike`).
"""

# ruff: noqa: S608 - names of our own tables and columns, never a value

from collections.abc import Iterable, Mapping

from duckdb import DuckDBPyConnection

from linkage.model.alike import said_of_her, say_alike
from linkage.model.rules import CHILD_RULES, SPONSOR_RULES, Rule

__all__ = ["CHILD_RULES", "SPONSOR_RULES", "find_candidates"]

_SAID_PAIRS = """
CREATE OR REPLACE TEMP TABLE said_pairs AS
SELECT DISTINCT said_l, said_r FROM ({found})
"""

# All who say the one with all who say the other, the lesser person first; and besides them those
# whom the other rules find.
_CANDIDATES = """
CREATE OR REPLACE TEMP TABLE candidates AS
WITH saying_both AS (
    SELECT said_l, said_r, one, unnest(others) AS other FROM (
        SELECT said_l, said_r, unnest(l.persons) AS one, r.persons AS others
        FROM said_pairs JOIN alike l ON l.said = said_l JOIN alike r ON r.said = said_r)
), besides AS (
    SELECT join_key_l, join_key_r, l.said AS said_l, r.said AS said_r
    FROM (SELECT DISTINCT join_key_l, join_key_r FROM ({besides}))
    JOIN saying l ON l.person = join_key_l JOIN saying r ON r.person = join_key_r
)
SELECT least(one, other) AS join_key_l, greatest(one, other) AS join_key_r,
    CASE WHEN one < other THEN said_l ELSE said_r END AS said_l,
    CASE WHEN one < other THEN said_r ELSE said_l END AS said_r
FROM saying_both WHERE one < other OR said_l <> said_r
UNION ALL
FROM besides ANTI JOIN said_pairs
    ON said_pairs.said_l = least(besides.said_l, besides.said_r)
    AND said_pairs.said_r = greatest(besides.said_l, besides.said_r)
"""

_AMONG_FEW = """
CREATE OR REPLACE TEMP TABLE candidates AS
SELECT DISTINCT join_key_l, join_key_r FROM ({found})
"""


def find_candidates(
    connection: DuckDBPyConnection,
    people: str,
    rules: Mapping[str, str],
    touched: str | None = None,
) -> int:
    """Make `candidates(join_key_l, join_key_r)` of the table named, the lesser first; count them.

    With `touched`, a table of some of these people, only pairs of which one side at least is in it:
    of those, all that there would be without. Without it `candidates` has `said_l` and `said_r` as
    well, numbers in `alike` (`linkage.model.alike`), which is made here.
    """
    read = [rule if isinstance(rule, Rule) else Rule(rule) for rule in rules.values()]
    if touched is None:
        _find_all(connection, people, read)
    else:
        found = _union(_join_touched(rule, people, touched) for rule in read)
        connection.execute(_AMONG_FEW.format(found=found))
    return int(connection.execute("SELECT count(*) FROM candidates").fetchall()[0][0])


def _find_all(connection: DuckDBPyConnection, people: str, rules: list[Rule]) -> None:
    say_alike(connection, people)
    # What the first rule finds, which is most, is not to be found again.
    joins = [
        join if rule is rules[0] else f"{join} AND ({rules[0]}) IS NOT TRUE"
        for rule in rules
        for join in rule.joins
    ]
    of_the_said = _union(
        "SELECT l.said AS said_l, r.said AS said_r"
        f" FROM alike l JOIN alike r ON {join} AND l.said <= r.said"
        for join in joins
        if said_of_her(join)
    )
    of_people = _union(
        "SELECT l.person AS join_key_l, r.person AS join_key_r"
        f" FROM {people} l JOIN {people} r ON {join} AND l.person < r.person"
        for join in joins
        if not said_of_her(join)
    )
    connection.execute(_SAID_PAIRS.format(found=of_the_said or _NO_SAID_PAIR))
    connection.execute(_CANDIDATES.format(besides=of_people or _NO_PAIR))
    connection.execute("DROP TABLE said_pairs")


_NO_SAID_PAIR = "SELECT 0 AS said_l, 0 AS said_r WHERE false"
_NO_PAIR = "SELECT 0::BIGINT AS join_key_l, 0::BIGINT AS join_key_r WHERE false"


def _join_touched(rule: Rule, people: str, touched: str) -> str:
    """A thousand in a hundred thousand: the few are joined with all.

    From one side only: of a rule that reads the two differently, the one beside it finds the rest.
    """
    return (
        "SELECT least(l.person, r.person) AS join_key_l, greatest(l.person, r.person) AS join_key_r"
        f" FROM {touched} l JOIN {people} r ON {rule} AND l.person <> r.person"
    )


def _union(found: Iterable[str]) -> str:
    return "\nUNION ALL\n".join(found)
