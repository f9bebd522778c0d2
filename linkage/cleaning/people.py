"""`people`: one row per current record and role, in columns that compare."""

from collections.abc import Mapping
from dataclasses import dataclass

from duckdb import DuckDBPyConnection

from linkage.cleaning.countries import define_countries
from linkage.cleaning.names import load_lexicon, split_names
from linkage.cleaning.stated import state_people
from linkage.cleaning.text import define_words

# A name is read once, however many papers bear it.
_NAMES_SAID = """
CREATE OR REPLACE TEMP TABLE names_said AS
SELECT said, name_tokens(said) AS words
FROM (SELECT family AS said FROM stated UNION SELECT given FROM stated
      UNION SELECT partner_family FROM stated UNION SELECT partner_given FROM stated)
WHERE said IS NOT NULL
"""

_COUNTRIES_SAID = """
CREATE OR REPLACE TEMP TABLE countries_said AS
SELECT said, coalesce(country_names.code, nullif(folded, '')) AS code
FROM (SELECT DISTINCT country AS said, fold(replace(country, 'EOIR:', '')) AS folded FROM stated)
LEFT JOIN country_names ON country_names.name = folded
    AND country_names.eoir = (said LIKE 'EOIR:%')
WHERE said IS NOT NULL
"""

# 1 January is what a clerk writes when only the year is known; it says the year and no more.
_PEOPLE = """
CREATE OR REPLACE {into} AS
WITH named AS (
    SELECT stated.*,
        coalesce(free.surnames, family_said.words, []) AS surnames,
        coalesce(free.given_names, given_said.words, []) AS given_words,
        coalesce(partner_free.surnames, partner_family_said.words, []) AS partner_surnames,
        coalesce(partner_free.given_names, partner_given_said.words, []) AS partner_given_words,
        countries_said.code AS country_code,
        a_day(born) AS birthday, an_a_number(a_number) AS number
    FROM stated
    LEFT JOIN names_said AS family_said ON family_said.said = family
    LEFT JOIN names_said AS given_said ON given_said.said = given
    LEFT JOIN names_said AS partner_family_said ON partner_family_said.said = partner_family
    LEFT JOIN names_said AS partner_given_said ON partner_given_said.said = partner_given
    LEFT JOIN free_text_names AS free ON free.name = stated.name AND stated.family IS NULL
    LEFT JOIN free_text_names AS partner_free ON partner_free.name = stated.partner
    LEFT JOIN countries_said ON countries_said.said = country
)
SELECT record_key || '#' || role AS person_key, record_key, version, role, source, "table",
    record_id, as_of,
    number AS a_number,
    nullif(array_to_string(surnames, ' '), '') AS family_name,
    nullif(array_to_string(given_words, ' '), '') AS given_names,
    surnames[1] AS family_1, nullif(array_to_string(surnames[2:], ''), '') AS family_2,
    nullif(array_to_string(surnames, ''), '') AS family_joined,
    given_words[1] AS given_1, nullif(array_to_string(given_words[2:], ''), '') AS given_2,
    nullif(array_to_string(given_words, ''), '') AS given_joined,
    birthday AS date_of_birth,
    a_month(born) AS birth_month,
    coalesce(month(birthday) = 1 AND day(birthday) = 1, false) AS birth_is_placeholder,
    a_sex(sex) AS sex,
    country_code AS country,
    a_day(entered) AS entry_date,
    a_day(released) AS release_date,
    a_phone(phone) AS phone,
    uac_id, family_group, sponsor_id,
    partner_surnames[1] AS partner_family_1,
    nullif(array_to_string(partner_surnames, ''), '') AS partner_family_joined,
    partner_given_words[1] AS partner_given_1,
    nullif(array_to_string(partner_given_words, ''), '') AS partner_given_joined
FROM named
WHERE surnames <> [] OR given_words <> [] OR number IS NOT NULL
"""

_COUNTED = """
SELECT count(*) FILTER (role = 'CHILD'), count(*) FILTER (role = 'SPONSOR') FROM {people}
"""


@dataclass(frozen=True)
class Cleaned:
    """What was stated, rows by role; `nameless` children's records link to nobody."""

    children: int
    sponsors: int
    nameless: int


def state(connection: DuckDBPyConnection) -> None:
    """Make `stated` from the views `received_*` of the store, and the words to read it with."""
    define_words(connection)
    define_countries(connection)
    state_people(connection)


def clean(
    connection: DuckDBPyConnection, lexicon: Mapping[str, float] | None, people: str = "people"
) -> Cleaned:
    """Make the table `people`, or a temporary one of that form, from the views `received_*`.

    `lexicon` comes with the models (`linkage.model.frozen`): word → how it leans to given names.
    Without it, it is the one of the last link, which kept it.

    A record with neither name nor A-number (a public EOIR case) describes somebody, but nobody
    who can be told: it is counted as nameless and left out.
    """
    if lexicon is not None:
        load_lexicon(connection, lexicon)
    state(connection)
    split_names(connection)
    into = f"TABLE {people}" if people == "people" else f"TEMP TABLE {people}"
    for statement in (_NAMES_SAID, _COUNTRIES_SAID, _PEOPLE.format(into=into)):
        connection.execute(statement)
    for table in ("names_said", "countries_said", "free_text_names"):
        connection.execute(f"DROP TABLE {table}")
    children, sponsors = connection.execute(_COUNTED.format(people="stated")).fetchall()[0]
    named, _ = connection.execute(_COUNTED.format(people=people)).fetchall()[0]
    return Cleaned(children, sponsors, children - named)
