"""Addresses in normal form: the same door written twice the same way is one form."""

from duckdb import DuckDBPyConnection

# A PO box takes the place of house number and street; "undeliverable" lines without a number
# stay what they are: a place that equals only itself.
_ADDRESS_FORMS = r"""
CREATE OR REPLACE TEMP TABLE forms_read AS
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

# Buildings are told apart within one house number, so no other house number is looked at.
_NUMBERS_SAID = """
CREATE OR REPLACE TEMP TABLE numbers_said AS
SELECT house_number FROM forms_read
UNION SELECT house_number FROM places_stated SEMI JOIN changed USING (record_key)
"""

_KEPT = """
DELETE FROM stated_addresses WHERE record_key IN (SELECT record_key FROM changed);
INSERT INTO stated_addresses FROM forms_read
"""

_BUILDING_FORMS = """
CREATE OR REPLACE TEMP TABLE building_forms AS
SELECT building_key, any_value(house_number) AS house_number, any_value(street) AS street,
    any_value(city) AS city, any_value(state) AS state, any_value(zip) AS zip,
    count(*) AS times_said
FROM stated_addresses SEMI JOIN numbers_said USING (house_number) GROUP BY building_key
"""


def read_forms(connection: DuckDBPyConnection) -> None:
    """Bring `stated_addresses` up to `stated`, and make `building_forms` of what that concerns.

    One row per record and role that names a street; the distinct buildings among those with one
    of `numbers_said`, the house numbers in records of `changed(record_key)` before and now.
    """
    connection.execute(_ADDRESS_FORMS)
    connection.execute("CREATE TEMP TABLE IF NOT EXISTS changed (record_key VARCHAR)")
    connection.execute("CREATE TABLE IF NOT EXISTS stated_addresses AS FROM forms_read LIMIT 0")
    connection.execute(_NUMBERS_SAID)
    connection.execute(_KEPT)
    connection.execute(_BUILDING_FORMS)
