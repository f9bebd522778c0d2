"""What is known of a person, where records differ: the value that most agencies give.

The rule, for each field by itself: the value that most agencies give; among equals the one in
the latest extract, then in most records, then the first in the alphabet. A placeholder birth
date (1 January) yields to any other. Of spellings that differ in case and accents only, the one
that keeps most of them is shown.
"""

from duckdb import DuckDBPyConnection

from linkage.cleaning.countries import COUNTRIES
from linkage.facts.spellings import collect_spellings, number_origins
from linkage.facts.wanted import want_facts
from linkage.unnamed import UNNAMED

# Names as written where the source has them apart, else as cleaning split them.
_NAMED = """
CREATE OR REPLACE TEMP TABLE named AS
SELECT identity_id AS person, role, agency, origin, people.as_of, people.a_number,
    CASE WHEN stated.family IS NOT NULL OR stated.given IS NOT NULL
         THEN nullif(trim(stated.family), '')
         WHEN stated.name LIKE '%,%' THEN nullif(trim(split_part(stated.name, ',', 1)), '')
         ELSE people.family_name END AS family_name,
    CASE WHEN stated.family IS NOT NULL OR stated.given IS NOT NULL
         THEN nullif(trim(stated.given), '')
         WHEN stated.name LIKE '%,%' THEN nullif(trim(split_part(stated.name, ',', 2)), '')
         ELSE people.given_names END AS given_names,
    people.date_of_birth, coalesce(people.birth_is_placeholder, false) AS placeholder,
    people.sex, people.country, people.phone
FROM people
JOIN identities USING (record_key, role)
JOIN stated USING (record_key, role)
JOIN agencies ON agencies.source = people.source
JOIN origins ON origins."table" = stated."table" """

# One row for each value of each field that a record gives; `value` is what counts as the same.
_VOTES = r"""
CREATE OR REPLACE TEMP TABLE votes AS
SELECT person, role, agency, origin, as_of, 'a_number' AS field, a_number AS value,
    a_number AS shown, false AS placeholder
FROM named WHERE a_number IS NOT NULL AND role = 'CHILD'
UNION ALL
SELECT person, role, agency, origin, as_of, 'family_name', fold(family_name), family_name, false
FROM named WHERE fold(family_name) <> ''
UNION ALL
SELECT person, role, agency, origin, as_of, 'given_names', fold(given_names), given_names, false
FROM named WHERE fold(given_names) <> ''
UNION ALL
SELECT person, role, agency, origin, as_of, 'date_of_birth', CAST(date_of_birth AS VARCHAR),
    CAST(date_of_birth AS VARCHAR), placeholder
FROM named WHERE date_of_birth IS NOT NULL
UNION ALL
SELECT person, role, agency, origin, as_of, 'sex', sex, sex, false
FROM named WHERE sex IS NOT NULL AND role = 'CHILD'
UNION ALL
SELECT person, role, agency, origin, as_of, 'country', country, country, false
FROM named WHERE country IS NOT NULL AND role = 'CHILD'"""

_RECONCILED = r"""
CREATE OR REPLACE TEMP TABLE reconciled AS
WITH spelt AS (
    SELECT person, role, field, value, shown, agency, any_value(placeholder) AS placeholder,
        max(as_of) AS latest, count(*) AS records, bit_or(origin) AS origins
    FROM votes GROUP BY person, role, field, value, shown, agency
), counted AS (
    SELECT person, role, field, value, any_value(placeholder) AS placeholder,
        count(DISTINCT agency) AS agencies, max(latest) AS latest, sum(records) AS records,
        bit_or(origins) AS origins,
        max((shown <> upper(shown), strlen(shown) - length(shown), shown)) AS best
    FROM spelt GROUP BY person, role, field, value
), chosen AS (
    SELECT person, role, field,
        min((placeholder, -agencies, DATE '9999-12-31' - latest, -records, value, best[3],
            origins)) AS first
    FROM counted GROUP BY person, role, field
)
SELECT person, role,
    any_value(first[6]) FILTER (field = 'a_number') AS a_number,
    any_value(first[7]) FILTER (field = 'a_number') AS a_number_origins,
    any_value(first[6]) FILTER (field = 'family_name') AS family_name,
    any_value(first[7]) FILTER (field = 'family_name') AS family_name_origins,
    any_value(first[6]) FILTER (field = 'given_names') AS given_names,
    any_value(first[7]) FILTER (field = 'given_names') AS given_names_origins,
    any_value(first[6]) FILTER (field = 'date_of_birth') AS date_of_birth,
    any_value(first[7]) FILTER (field = 'date_of_birth') AS date_of_birth_origins,
    any_value(first[6]) FILTER (field = 'sex') AS sex,
    any_value(first[7]) FILTER (field = 'sex') AS sex_origins,
    any_value(first[6]) FILTER (field = 'country') AS country,
    any_value(first[7]) FILTER (field = 'country') AS country_origins
FROM chosen GROUP BY person, role"""

_COUNTRIES = """
CREATE OR REPLACE TEMP TABLE shown_countries AS
SELECT unnest($codes) AS code, unnest($names) AS name"""

_FROM = ", ".join(
    f"classes_of({field}_origins) AS {said}_from"
    for field, said in {
        **{name: name for name in ("a_number", "family_name", "given_names", "date_of_birth")},
        "sex": "sex",
        "country": "country_of_birth",
    }.items()
)
_CHILDREN = f"""
SELECT person AS child, a_number, family_name, given_names,
    CAST(date_of_birth AS DATE) AS date_of_birth, sex,
    coalesce(shown_countries.name, country) AS country_of_birth,
    search_words || born_words(date_of_birth, date_of_birth_origins) AS search_words,
    a_numbers, a_numbers_from, {_FROM}
FROM reconciled JOIN seen USING (person, role)
LEFT JOIN shown_countries ON shown_countries.code = country
WHERE role = 'CHILD'"""  # noqa: S608 - names of our own columns

# What ORR asked when vetting has one class, and the name on a release its paper's.
_SPONSORS = f"""
SELECT person AS sponsor, family_name, given_names, CAST(date_of_birth AS DATE) AS date_of_birth,
    phones, search_words, classes_of(family_name_origins) AS family_name_from,
    classes_of(given_names_origins) AS given_names_from, 'SPONSOR_VETTING' AS sharing_class
FROM reconciled JOIN seen USING (person, role)
WHERE role = 'SPONSOR'
UNION ALL
SELECT DISTINCT id, NULL, NULL, NULL::DATE, []::VARCHAR[], []::VARCHAR[], []::VARCHAR[],
    []::VARCHAR[], 'SPONSOR_VETTING'
FROM ({UNNAMED})"""  # noqa: S608 - names of our own columns


def want_biographics(connection: DuckDBPyConnection) -> None:
    """Make the biographics of children and sponsors; needs `stated` and `agencies`."""
    connection.execute(
        _COUNTRIES,
        {
            "codes": [code for code, _, _, _ in COUNTRIES],
            "names": [names[0].title() for _, _, _, names in COUNTRIES],
        },
    )
    number_origins(connection)
    for statement in (_NAMED, _VOTES, _RECONCILED):
        connection.execute(statement)
    collect_spellings(connection)
    want_facts(connection, "child_biographics", _CHILDREN)
    want_facts(connection, "sponsor_biographics", _SPONSORS)
