"""The engine that scores candidate pairs: a saved Splink model, run on DuckDB.

The model is Splink's own JSON: its conditions, its m and u, its prior. One statement reads them as
Splink's `predict` does, with the same figures to the last bit (tests/linkage/test_backend.py holds
the two together), and keeps what `predict` lets go: which level each comparison fell in. It needs
no linker to be built for every thousand new records. Spark takes this place one day.
"""

import re
from collections.abc import Iterable
from math import log2
from typing import Any

from duckdb import DuckDBPyConnection

from linkage.model.alike import columns_of, said_of_her

# Damerau's distance takes 1.8 µs a pair, Levenshtein's 0.3; and whatever is k steps away with
# transpositions is at most 2k without, so the quick one is asked first. No answer changes.
_DAMERAU = re.compile(r"(damerau_levenshtein(\([^()]*\)) <?= (\d))")

# Splink's way to say 1 / (1 + 2^-w) without overflow at great weights of either sign.
_SCORED = """
WITH {of_the_said} paired AS (
    SELECT join_key_l, join_key_r, {known} {columns}
    FROM {candidates} AS candidate {said}
    JOIN {people} AS l ON l.person = join_key_l JOIN {people} AS r ON r.person = join_key_r
), compared AS (
    SELECT join_key_l, join_key_r, {besides} {levels} FROM paired
), weighed AS (
    SELECT join_key_l, join_key_r, {besides} {weight} AS match_weight,
        [{names}]::UTINYINT[] AS levels
    FROM compared
)
SELECT join_key_l, join_key_r, {besides} match_weight,
    CASE WHEN match_weight >= 0 THEN 1.0 / (1.0 + power(2.0::DOUBLE, -match_weight))
         ELSE power(2.0::DOUBLE, match_weight) / (1.0 + power(2.0::DOUBLE, match_weight))
    END AS match_probability,
    levels
FROM weighed
"""

# What is compared of what two say, once for all who say the two.
_OF_THE_SAID = """
of_the_said AS (
    SELECT said_l, said_r, {levels} FROM (
        SELECT said_l, said_r, {columns} FROM (SELECT DISTINCT said_l, said_r FROM {candidates})
        JOIN alike AS l ON l.said = said_l JOIN alike AS r ON r.said = said_r)
),
"""


def score(
    connection: DuckDBPyConnection, model: dict[str, Any], people: str, candidates: str, into: str
) -> None:
    """Make the table `into` of what `scored` gives."""
    rows = scored(connection, model, people, candidates)
    connection.execute(f"CREATE OR REPLACE TEMP TABLE {into} AS {rows}")


def scored(
    connection: DuckDBPyConnection,
    model: dict[str, Any],
    people: str,
    candidates: str,
    besides: Iterable[str] = (),
) -> str:
    """SQL for (join_key_l, join_key_r, match_weight, match_probability, levels).

    `people` has one row a person with an integer `person` (`linkage.model.features`), `candidates`
    comes from `linkage.model.blocking.find_candidates`; where it numbers what the two say
    (`linkage.model.alike`), that is compared once for all who say it. `levels` (UTINYINT[]) has for
    each comparison, in the model's order, the index of the level the pair fell in, as levels stand
    in the model: 0 is the first, "not stated". `weights_of` says what each is worth. `besides` are
    columns of a person to be had as well, of both: `sex_l` and `sex_r` for `sex`.
    """
    names = [f"level_{number}" for number, _ in enumerate(model["comparisons"])]
    levels = dict(zip(names, map(_level, model["comparisons"]), strict=True))
    known = (
        [name for name, level in levels.items() if said_of_her(level)]
        if "said_l" in columns_of(connection, candidates)
        else []
    )
    each = {name: level for name, level in levels.items() if name not in known}
    columns = columns_of(connection, people)
    once = ", ".join(f"{levels[name]} AS {name}" for name in known)
    read_once = _of_both(_read(once, columns))
    of_the_said = _OF_THE_SAID.format(levels=once, columns=read_once, candidates=candidates)
    return _SCORED.format(
        of_the_said=of_the_said if known else "",
        known="".join(f"{name}, " for name in known),
        said="JOIN of_the_said USING (said_l, said_r)" if known else "",
        candidates=candidates,
        people=people,
        columns=_of_both(dict.fromkeys([*_read(" ".join(each.values()), columns), *besides])),
        besides="".join(f'"{name}_l", "{name}_r", ' for name in besides),
        levels=", ".join(f"{each[name]} AS {name}" if name in each else name for name in names),
        weight=_weight(model, names),
        names=", ".join(names),
    )


def columns_read(model: dict[str, Any], columns: list[str]) -> list[str]:
    """Which of these columns of a person the model's conditions read."""
    return _read(" ".join(map(_level, model["comparisons"])), columns)


def _read(conditions: str, columns: list[str]) -> list[str]:
    return [name for name in columns if re.search(rf"\b{re.escape(name)}_[lr]\b", conditions)]


def _of_both(columns: Iterable[str]) -> str:
    return ", ".join(f'{side}."{name}" AS "{name}_{side}"' for name in columns for side in "lr")


def weights_of(model: dict[str, Any]) -> tuple[float, list[list[float]]]:
    """The prior and, for each comparison, what each of its levels is worth, all in bits.

    The match weight of a pair is the prior and the weights of its levels, added up.
    """
    share = model["probability_two_random_records_match"]
    return log2(share / (1 - share)), [
        [_worth(level) for level in comparison["comparison_levels"]]
        for comparison in model["comparisons"]
    ]


def _worth(level: dict[str, Any]) -> float:
    if level.get("is_null_level"):
        return 0.0
    return log2(level["m_probability"] / level["u_probability"])


def _level(comparison: dict[str, Any]) -> str:
    """SQL for the index of the first level whose condition holds; the last is what is left."""
    levels = comparison["comparison_levels"]
    whens = " ".join(
        f"WHEN {_quickly(level['sql_condition'])} THEN {index}"
        for index, level in enumerate(levels[:-1])
    )
    return f"(CASE {whens} ELSE {len(levels) - 1} END)::UTINYINT"


def _quickly(condition: str) -> str:
    return _DAMERAU.sub(
        lambda found: f"(levenshtein{found[2]} <= {2 * int(found[3])} AND {found[1]})", condition
    )


def _weight(model: dict[str, Any], names: list[str]) -> str:
    """SQL for the sum, in Splink's order: floating point keeps account of it."""
    prior, weights = weights_of(model)
    terms = [f"{prior!r}::DOUBLE"]
    for name, worth in zip(names, weights, strict=True):
        whens = " ".join(f"WHEN {index} THEN {bits!r}::DOUBLE" for index, bits in enumerate(worth))
        terms.append(f"(CASE {name} {whens} END)")
    return " + ".join(terms)
