"""What is known of a person, where records differ: the value that most agencies give.

The rule, for each field by itself: the value that most agencies give; among equals the one in
the latest extract, then in most records, then the first in the alphabet. A placeholder birth
date (1 January) yields to any other. Of spellings that differ in case and accents only, the one
that keeps most of them is shown.
"""

from duckdb import DuckDBPyConnection

from linkage.cleaning.countries import COUNTRIES
from linkage.facts.wanted import want_facts

# Names as written where the source has them apart, else as cleaning split them.
_NAMED = """
CREATE OR REPLACE TEMP TABLE named AS
SELECT identity_id AS person, role, agency, people.as_of, people.a_number,
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
JOIN agencies ON agencies.source = people.source"""

# One row for each value of each field that a record gives; `value` is what counts as the same.
_VOTES = r"""
CREATE OR REPLACE TEMP TABLE votes AS
SELECT person, role, agency, as_of, 'a_number' AS field, a_number AS value, a_number AS shown,
    false AS placeholder
FROM named WHERE a_number IS NOT NULL AND role = 'CHILD'
UNION ALL
SELECT person, role, agency, as_of, 'family_name', fold(family_name), family_name, false
FROM named WHERE fold(family_name) <> ''
UNION ALL
SELECT person, role, agency, as_of, 'given_names', fold(given_names), given_names, false
FROM named WHERE fold(given_names) <> ''
UNION ALL
SELECT person, role, agency, as_of, 'date_of_birth', CAST(date_of_birth AS VARCHAR),
    CAST(date_of_birth AS VARCHAR), placeholder
FROM named WHERE date_of_birth IS NOT NULL
UNION ALL
SELECT person, role, agency, as_of, 'sex', sex, sex, false
FROM named WHERE sex IS NOT NULL AND role = 'CHILD'
UNION ALL
SELECT person, role, agency, as_of, 'country', country, country, false
FROM named WHERE country IS NOT NULL AND role = 'CHILD'"""

_RECONCILED = r"""
CREATE OR REPLACE TEMP TABLE reconciled AS
WITH counted AS (
    SELECT person, role, field, value, any_value(placeholder) AS placeholder,
        count(DISTINCT agency) AS agencies, max(as_of) AS latest, count(*) AS records,
        max((shown <> upper(shown), length(regexp_replace(shown, '[\x00-\x7F]', '', 'g')), shown))
            AS best
    FROM votes GROUP BY person, role, field, value
), chosen AS (
    SELECT person, role, field, best[3] AS shown
    FROM counted
    QUALIFY row_number() OVER (PARTITION BY person, role, field
        ORDER BY placeholder, agencies DESC, latest DESC, records DESC, value) = 1
)
SELECT person, role,
    any_value(shown) FILTER (field = 'a_number') AS a_number,
    any_value(shown) FILTER (field = 'family_name') AS family_name,
    any_value(shown) FILTER (field = 'given_names') AS given_names,
    any_value(shown) FILTER (field = 'date_of_birth') AS date_of_birth,
    any_value(shown) FILTER (field = 'sex') AS sex,
    any_value(shown) FILTER (field = 'country') AS country
FROM chosen GROUP BY person, role"""

# Every spelling somebody wrote, folded as a search folds its words.
_SEEN = r"""
CREATE OR REPLACE TEMP TABLE seen AS
SELECT person, role,
    coalesce(list_sort(list_distinct(list(nullif(trim(regexp_replace(
        lower(strip_accents(concat_ws(' ', given_names, family_name))),
        '[^a-z0-9]+', ' ', 'g')), '')) FILTER (given_names IS NOT NULL OR family_name IS NOT NULL))),
        []) AS search_names,
    coalesce(list_sort(list_distinct(list(a_number) FILTER (a_number IS NOT NULL))), [])
        AS a_numbers,
    coalesce(list_sort(list_distinct(list(phone) FILTER (phone IS NOT NULL))), []) AS phones
FROM named GROUP BY person, role"""

_COUNTRIES = """
CREATE OR REPLACE TEMP TABLE shown_countries AS
SELECT unnest($codes) AS code, unnest($names) AS name"""

_CHILDREN = """
SELECT person AS child, a_number, family_name, given_names,
    CAST(date_of_birth AS DATE) AS date_of_birth, sex,
    coalesce(shown_countries.name, country) AS country_of_birth, search_names, a_numbers
FROM reconciled JOIN seen USING (person, role)
LEFT JOIN shown_countries ON shown_countries.code = country
WHERE role = 'CHILD'"""

_SPONSORS = """
SELECT person AS sponsor, family_name, given_names, CAST(date_of_birth AS DATE) AS date_of_birth,
    phones, search_names, 'SPONSOR_VETTING' AS sharing_class
FROM reconciled JOIN seen USING (person, role)
WHERE role = 'SPONSOR'"""


def want_biographics(connection: DuckDBPyConnection) -> None:
    """Make the biographics of children and sponsors; needs `stated` and `agencies`."""
    connection.execute(
        _COUNTRIES,
        {
            "codes": [code for code, _, _, _ in COUNTRIES],
            "names": [names[0].title() for _, _, _, names in COUNTRIES],
        },
    )
    for statement in (_NAMED, _VOTES, _RECONCILED, _SEEN):
        connection.execute(statement)
    want_facts(connection, "child_biographics", _CHILDREN)
    want_facts(connection, "sponsor_biographics", _SPONSORS)
