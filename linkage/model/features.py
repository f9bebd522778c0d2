"""People with what a comparison needs and no record states: frequencies, nicknames, the door."""

# ruff: noqa: S608 - names of our own tables and columns, never a value

import csv
from pathlib import Path

from duckdb import DuckDBPyConnection

_NICKNAME_LIST = Path(__file__).parent / "nicknames.csv"

# 0 common, 1 uncommon, 2 rare; a surname nobody was seen with is rare, a given name nobody was
# seen with is likely no name at all (3): names_alike.py relies on both.
_UNSEEN_SURNAME, _UNSEEN_GIVEN = 2, 3

_FREQUENCIES = """
CREATE OR REPLACE TABLE name_bands AS
SELECT unnest($kinds) AS kind, unnest($words) AS word, unnest($bands) AS band
"""

# Spanish spelling hears no difference between S, Z and soft C, B and V, I and Y, C, K and QU,
# G and J before E and I, nor an H: YSABEL is ISABEL, JOZE is JOSE.
_SOUND = r"""
CREATE OR REPLACE TEMP MACRO sound(word) AS
    translate(regexp_replace(regexp_replace(regexp_replace(regexp_replace(
        word, 'H', '', 'g'), 'QU([EI])', 'C\1', 'g'), 'C([EIY])', 'S\1', 'g'),
        'G([EIY])', 'J\1', 'g'),
        'ZVYKXW', 'SBICSB')
"""

_NICKNAMES = """
CREATE OR REPLACE TABLE nicknames AS
SELECT unnest($nicknames) AS nickname, string_split(unnest($names), ' ') AS names
"""

# Once a word, not once a record.
_GIVEN_WORDS = f"""
CREATE OR REPLACE TEMP TABLE given_words AS
SELECT said.word, coalesce(name_bands.band, {_UNSEEN_GIVEN}) AS band, sound(said.word) AS sound,
    list_concat([said.word], coalesce(nicknames.names, [])) AS known_as
FROM (SELECT given_1 AS word FROM {{people}} UNION SELECT given_2 FROM {{people}}) AS said
LEFT JOIN name_bands ON name_bands.kind = 'given' AND name_bands.word = said.word
LEFT JOIN nicknames ON nicknames.nickname = said.word
WHERE said.word IS NOT NULL
"""

# A number made of a name, and so the same in every run, whoever comes and goes.
NUMBER = "(md5_number_lower({key}) >> 1)::BIGINT"

# What is only read of one person at a time stays in `people`.
_READ_ALONE = 'person_key, version, source, "table", record_id, as_of, family_name, given_names'

# Doors and buildings are only ever compared: as numbers that takes a fraction of the time. (The
# engine's hash of nothing is a number like any other.)
# A place without a unit in a house of flats is no door; it says "this building" and no more.
_FEATURES = f"""
CREATE OR REPLACE {{table}} AS
SELECT {NUMBER.format(key="people.person_key")} AS person,
    people.* EXCLUDE ({_READ_ALONE}),
    strftime(date_of_birth, '%Y-%m-%d') AS birth_text,
    left(family_1, 2) || left(given_1, 2) AS initials,
    coalesce(families.band, {_UNSEEN_SURNAME}) AS family_band,
    first.band AS given_1_band, second.band AS given_2_band,
    first.sound AS given_1_sound, second.sound AS given_2_sound,
    coalesce(first.known_as, [given_1]) AS known_as,
    CASE WHEN places.address_id IS NOT NULL THEN hash(places.address_id) END AS door,
    CASE WHEN places.building IS NOT NULL THEN hash(places.building) END AS building,
    places.state, places.zip,
    {{child_identity}} AS child_identity
FROM {{people}} AS people
LEFT JOIN name_bands AS families ON families.kind = 'family' AND families.word = people.family_1
LEFT JOIN given_words AS first ON first.word = people.given_1
LEFT JOIN given_words AS second ON second.word = people.given_2
LEFT JOIN (FROM places_stated WHERE role = '{{role}}') AS places
  ON places.record_key = people.record_key
{{children}}
WHERE people.role = '{{role}}'
"""

_CHILD_OF = """LEFT JOIN child_identities AS child ON child.record_key = people.record_key"""


def load_names(connection: DuckDBPyConnection, bands: list[tuple[str, str, int]]) -> None:
    """Make `name_bands` (of the model's frozen frequencies) and `nicknames`, which are kept."""
    connection.execute(
        _FREQUENCIES,
        {
            "kinds": [kind for kind, _, _ in bands],
            "words": [word for _, word, _ in bands],
            "bands": [band for _, _, band in bands],
        },
    )
    known = _read(_NICKNAME_LIST)
    connection.execute(
        _NICKNAMES,
        {
            "nicknames": [row["nickname"] for row in known],
            "names": [row["names"] for row in known],
        },
    )


def read_bands(path: Path) -> list[tuple[str, str, int]]:
    """Name frequencies as trained: (family or given, word, band)."""
    return [(row["kind"], row["word"], int(row["band"])) for row in _read(path)]


def read_lexicon(path: Path) -> dict[str, float]:
    """Words as trained, and how each leans: above zero towards given names."""
    return {row["word"]: float(row["leans_given"]) for row in _read(path)}


def _read(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8") as lines:
        return list(csv.DictReader(lines))


def child_features(connection: DuckDBPyConnection) -> None:
    """Make `children` of `people` and `places_stated`."""
    make_features(connection, "CHILD", "people", "TABLE children")


def sponsor_features(connection: DuckDBPyConnection) -> None:
    """Make `sponsors`: it needs `child_identities(record_key, cluster)` as well."""
    make_features(connection, "SPONSOR", "people", "TABLE sponsors")


def make_features(connection: DuckDBPyConnection, role: str, people: str, table: str) -> None:
    """The same of a table of other people, into another one (`TEMP TABLE name`)."""
    of_a_sponsor = role == "SPONSOR"
    connection.execute(_SOUND)
    connection.execute(_GIVEN_WORDS.format(people=people))
    connection.execute(
        _FEATURES.format(
            table=table,
            people=people,
            role=role,
            child_identity="child.cluster" if of_a_sponsor else "NULL::BIGINT",
            children=_CHILD_OF if of_a_sponsor else "",
        )
    )
