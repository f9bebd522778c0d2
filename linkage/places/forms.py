"""Addresses in normal form: the same door written twice the same way is one form."""

from duckdb import DuckDBPyConnection

# A PO box takes the place of house number and street; "undeliverable" lines without a number
# stay what they are: a place that equals only itself. A line is read once, however often said.
_LINES = r"""
CREATE OR REPLACE TEMP TABLE street_lines AS
WITH tidied AS (
    SELECT line, street_line(line) AS tidy
    FROM (SELECT DISTINCT line FROM stated WHERE line IS NOT NULL)
), read AS (
    SELECT line, tidy, a_box(tidy) AS box,
        CASE WHEN a_box(tidy) IS NULL THEN unit_said(tidy) END AS unit_as_said
    FROM tidied
), parted AS (
    SELECT line, box,
        nullif(ltrim(regexp_replace(unit_as_said, '[^A-Z0-9]', '', 'g'), '0'), '') AS unit,
        CASE WHEN box IS NULL THEN without_unit(tidy, unit_as_said) ELSE 'PO BOX ' || box END
            AS line1
    FROM read
), worded AS (
    SELECT *,
        coalesce(nullif(regexp_extract(line1, '^(\d+[A-Z]?(?:-\d+)?)\b', 1), ''), box, '')
            AS house_number,
        list_transform(
            list_filter(string_split(regexp_replace(
                CASE WHEN box IS NULL THEN regexp_replace(line1, '^\d+[A-Z]?(-\d+)? +', '')
                     ELSE 'PO BOX' END, '[^A-Z0-9]+', ' ', 'g'), ' '), lambda word: word <> ''),
            lambda word: street_word(word)) AS words
    FROM parted WHERE line1 <> ''
)
SELECT line, house_number, array_to_string(words, ' ') AS street, unit FROM worded
"""

_ADDRESS_FORMS = """
CREATE OR REPLACE TEMP TABLE forms_read AS
WITH said AS (
    SELECT record_key, role, house_number, street, unit, a_city(city) AS city,
        upper(trim(state)) AS state, a_zip(zip) AS zip, city AS city_said
    FROM stated JOIN street_lines USING (line)
)
SELECT record_key, role, house_number, street, unit, city, state, zip, city_said,
    concat_ws('|', house_number, street, coalesce(unit, ''), coalesce(city, ''),
        coalesce(state, ''), coalesce(zip, '')) AS address_key,
    concat_ws('|', house_number, street, coalesce(city, ''), coalesce(state, ''),
        coalesce(zip, '')) AS building_key
FROM said
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
    connection.execute(_LINES)
    connection.execute(_ADDRESS_FORMS)
    connection.execute("CREATE TEMP TABLE IF NOT EXISTS changed (record_key VARCHAR)")
    connection.execute("CREATE TABLE IF NOT EXISTS stated_addresses AS FROM forms_read LIMIT 0")
    connection.execute(_NUMBERS_SAID)
    connection.execute(_KEPT)
    connection.execute(_BUILDING_FORMS)
    for table in ("street_lines", "forms_read"):
        connection.execute(f"DROP TABLE {table}")
