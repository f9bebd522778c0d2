"""Papers that say the same of somebody: what needs no more is looked at once for all of them.

Most papers of one person bear one name, one birthday and one number. A million records of a demo
world say 335,000 different things of children, and their 5.7 million candidate pairs are pairs of
1.7 million such sayings: rules and comparisons that read nothing else are asked of those.
"""

import re

from duckdb import DuckDBPyConnection

# What is said of her name, her birth and her number.
_SAID = (
    *("family_1", "family_2", "family_joined", "given_1", "given_2", "given_joined"),
    *("date_of_birth", "birth_month", "a_number"),
)
# What follows from that (linkage.model.features).
_FOLLOWS = (
    *("initials", "family_band", "given_1_band", "given_2_band", "given_1_sound", "given_2_sound"),
    *("known_as", "birth_text", "birth_is_placeholder"),
)
_OF_HER = frozenset({*_SAID, *_FOLLOWS})

# Numbered by the least person who says it, so that two alone keep their order.
_ALIKE = """
CREATE OR REPLACE TEMP TABLE alike AS
SELECT {columns} said, persons
FROM (SELECT min(person) AS said, list(person) AS persons FROM {people} GROUP BY {said})
JOIN {people} ON person = said;
CREATE OR REPLACE TEMP TABLE saying AS SELECT unnest(persons) AS person, said FROM alike
"""

_READ = re.compile(r"\b[lr]\.(\w+)|\b(\w+)_[lr]\b")


def say_alike(connection: DuckDBPyConnection, people: str) -> None:
    """Make `alike(said, persons, …)`, what is said and by whom, and `saying(person, said)`."""
    columns = columns_of(connection, people)
    connection.execute(
        _ALIKE.format(
            people=people,
            columns="".join(f"{name}, " for name in columns if name in _OF_HER),
            said=", ".join([name for name in columns if name in _SAID] or ["person"]),
        )
    )


def forget_alike(connection: DuckDBPyConnection) -> None:
    """Drop what `say_alike` made: it is read no more once all candidates are weighed."""
    connection.execute("DROP TABLE IF EXISTS alike; DROP TABLE IF EXISTS saying")


def said_of_her(condition: str) -> bool:
    """Whether this condition on two people (`l.name` or `name_l`) reads nothing else of them."""
    read = {of_one or of_another for of_one, of_another in _READ.findall(condition)}
    return bool(read) and read <= _OF_HER


def columns_of(connection: DuckDBPyConnection, table: str) -> list[str]:
    """The columns of a table, in their order."""
    return [name for name, *_ in connection.execute(f"FROM {table} LIMIT 0").description]
