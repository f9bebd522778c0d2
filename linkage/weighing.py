"""What pairs weigh, and what speaks against a link: the table `weighed`."""

import re
from collections.abc import Iterable
from typing import Any

from duckdb import DuckDBPyConnection

from linkage.backend import scored
from linkage.model.siblings import Rules, rules_of
from linkage.model.thresholds import Bands

# Needs `unsure_pairs`. `was_link` comes after.
_WEIGHED = """
SELECT join_key_l, join_key_r, match_weight, match_probability, levels,
    {rules.held_apart} AS held_apart, {rules.in_doubt} AS in_doubt,
    {rules.not_plainly_one} AS not_plainly_one, {candidates} AS is_candidate,
    false AS was_link, unsure_pairs.person_l IS NOT NULL AS unsure
FROM ({scored})
LEFT JOIN unsure_pairs ON unsure_pairs.person_l = join_key_l AND unsure_pairs.person_r = join_key_r
"""

# Of those few alone that it matters for: what was a link are ten million at 448,820 children, and
# to join all candidates with them took more memory than a link has.
_STAYING = """
CREATE OR REPLACE TEMP TABLE near_the_line AS
SELECT join_key_l, join_key_r FROM weighed
WHERE match_weight >= {stay!r} AND match_weight < {link!r} AND NOT was_link;
CREATE OR REPLACE TEMP TABLE staying AS
SELECT person_l, person_r FROM was_links
JOIN near_the_line ON person_l = join_key_l AND person_r = join_key_r;
UPDATE weighed SET was_link = true FROM staying
WHERE person_l = join_key_l AND person_r = join_key_r
"""

_READ_OF_ONE = re.compile(r"\b[lr]\.(\w+)")
_READ_OF_TWO = re.compile(r"\b([lr])\.(\w+)")


def weigh(connection: DuckDBPyConnection, model: dict[str, Any], people: str, pairs: str) -> None:
    """Make `weighed` of the table `pairs`: candidates, or those who met afterwards (`unweighed`).

    Their weights and levels, and what speaks against a link; who met afterwards is added.
    """
    rules = rules_of(model)
    rows = _WEIGHED.format(
        scored=scored(connection, model, people, pairs, read_of_one(rules)),
        rules=Rules(*(_READ_OF_TWO.sub(r"\2_\1", rule) for rule in rules)),
        candidates="true" if pairs == "candidates" else "false",
    )
    if pairs == "candidates":
        connection.execute(f"CREATE OR REPLACE TEMP TABLE weighed AS {rows}")
    else:
        connection.execute(f"INSERT INTO weighed {rows}")


def read_of_one(conditions: Iterable[str]) -> list[str]:
    """The columns that conditions on `l` and `r` read of either."""
    return list(dict.fromkeys(name for one in conditions for name in _READ_OF_ONE.findall(one)))


def let_links_stay(connection: DuckDBPyConnection, bands: Bands) -> None:
    """Say in `weighed` which pairs by the line are in `was_links(person_l, person_r)`."""
    connection.execute(_STAYING.format(stay=bands.stay, link=bands.link))
