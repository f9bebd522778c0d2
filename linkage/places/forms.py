"""Addresses in normal form: the same door written twice the same way is one form."""

from duckdb import DuckDBPyConnection

# A PO box takes the place of house number and street; "undeliverable" lines without a number
# stay what they are: a place that equals only itself.
_ADDRESS_FORMS = r"""
CREATE OR REPLACE TEMP TABLE stated_addresses AS
WITH tidied AS (
    SELECT record_key, role, street_line(line) AS tidy, a_city(city) AS city,
        city AS city_said, upper(trim(state)) AS state, a_zip(zip) AS zip
    FROM stated WHERE line IS NOT NULL
), parted AS (
    SELECT *, a_box(tidy) AS box,
        CASE WHEN a_box(tidy) IS NULL
             THEN nullif(ltrim(regexp_replace(unit_said(tidy), '[^A-Z0-9]', '', 'g'), '0'), '')
        END AS unit,
        CASE WHEN a_box(tidy) IS NULL THEN without_unit(tidy) ELSE 'PO BOX ' || a_box(tidy) END
            AS line1
    FROM tidied
), worded AS (
    SELECT *,
        coalesce(nullif(regexp_extract(line1, '^(\d+[A-Z]?(?:-\d+)?)\b', 1), ''), box, '')
            AS house_number,
        list_transform(
            list_filter(string_split(regexp_replace(
                CASE WHEN box IS NULL THEN regexp_replace(line1, '^\d+[A-Z]?(-\d+)? +', '')
                     ELSE 'PO BOX' END, '[^A-Z0-9]+', ' ', 'g'), ' '), lambda word: word <> ''),
            lambda word: street_word(word)) AS words
    FROM parted
)
SELECT record_key, role, house_number, array_to_string(words, ' ') AS street, unit, city,
    state, zip, city_said,
    concat_ws('|', house_number, array_to_string(words, ' '), coalesce(unit, ''),
        coalesce(city, ''), coalesce(state, ''), coalesce(zip, '')) AS address_key,
    concat_ws('|', house_number, array_to_string(words, ' '), coalesce(city, ''),
        coalesce(state, ''), coalesce(zip, '')) AS building_key
FROM worded
WHERE line1 <> ''
"""

_BUILDING_FORMS = """
CREATE OR REPLACE TEMP TABLE building_forms AS
SELECT building_key, any_value(house_number) AS house_number, any_value(street) AS street,
    any_value(city) AS city, any_value(state) AS state, any_value(zip) AS zip,
    count(*) AS times_said
FROM stated_addresses GROUP BY building_key
"""


def read_forms(connection: DuckDBPyConnection) -> None:
    """Make `stated_addresses` and `building_forms` from `stated`.

    One row per record and role that names a street, and the distinct buildings among them.
    """
    connection.execute(_ADDRESS_FORMS)
    connection.execute(_BUILDING_FORMS)
