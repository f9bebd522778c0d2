"""Addresses that lack a part, completed by the person who lives there.

Forms drop the unit, sometimes the house number. By itself such an address is a place of its own:
the building, the street. But when the same person is known at exactly one door of that building
(or of that street, in that ZIP), it is that door that the form meant. Known at two: it stays as
it is, for nobody can say which.
"""

from duckdb import DuckDBPyConnection

# Whoever has another paper than before, or one less, or one whose place is another now.
_LOOKED_AT = """
CREATE OR REPLACE TEMP TABLE people_looked_at AS
SELECT identity_id AS person FROM identities SEMI JOIN places_moved USING (record_key)
UNION SELECT identity_id FROM identities_taken
UNION SELECT identity_id FROM identities_left
"""

_RECORDS_LOOKED_AT = """
CREATE OR REPLACE TEMP TABLE places_looked_at AS
SELECT record_key FROM identities JOIN people_looked_at ON person = identity_id
UNION SELECT record_key FROM places_moved
-- A door may be known by another of its forms now.
UNION SELECT record_key FROM places SEMI JOIN places_moved USING (address_id)
"""

# A paper names a child and her sponsor: what either of them is known by completes it.
_COMPLETED = """
CREATE OR REPLACE TEMP TABLE completed AS
WITH named AS (
    SELECT DISTINCT identity_id FROM identities SEMI JOIN places_looked_at USING (record_key)
), said AS (
    SELECT DISTINCT place.record_key, identity_id AS person, address_id, unit, building,
        house_number, street, zip
    FROM places_stated AS place JOIN identities USING (record_key)
    WHERE identity_id IN (SELECT identity_id FROM named)
)
SELECT partly.record_key, any_value(whole.address_id) AS address_id
FROM (FROM said SEMI JOIN places_looked_at USING (record_key)) AS partly
JOIN said AS whole ON partly.person = whole.person
 AND ((partly.house_number <> '' AND partly.unit IS NULL
       AND whole.unit IS NOT NULL AND whole.building = partly.building)
   OR (partly.house_number = '' AND whole.house_number <> ''
       AND whole.street = partly.street AND whole.zip = partly.zip
       AND (partly.unit IS NULL OR whole.unit = partly.unit)))
GROUP BY partly.record_key HAVING count(DISTINCT whole.address_id) = 1
"""

# The key is the door's too: a key has one id, which the next run inherits.
_PLACES_NOW = """
CREATE OR REPLACE TEMP TABLE places_now AS
WITH doors AS (
    SELECT address_id, min(address_key) AS address_key, min(line1) AS line1, min(unit) AS unit,
        min(city) AS city, min(state) AS state, min(zip) AS zip, min(building) AS building
    FROM places_stated SEMI JOIN completed USING (address_id) GROUP BY address_id
)
SELECT said.record_key, said.role,
    CASE WHEN doors.address_id IS NULL THEN said.address_key ELSE doors.address_key END
        AS address_key,
    coalesce(doors.address_id, said.address_id) AS address_id,
    CASE WHEN doors.address_id IS NULL THEN said.line1 ELSE doors.line1 END AS line1,
    CASE WHEN doors.address_id IS NULL THEN said.unit ELSE doors.unit END AS unit,
    CASE WHEN doors.address_id IS NULL THEN said.city ELSE doors.city END AS city,
    CASE WHEN doors.address_id IS NULL THEN said.state ELSE doors.state END AS state,
    CASE WHEN doors.address_id IS NULL THEN said.zip ELSE doors.zip END AS zip,
    CASE WHEN doors.address_id IS NULL THEN said.building ELSE doors.building END AS building
FROM (FROM places_stated SEMI JOIN places_looked_at USING (record_key)) AS said
LEFT JOIN completed USING (record_key) LEFT JOIN doors ON doors.address_id = completed.address_id
"""

_OTHERWISE = """
CREATE OR REPLACE TEMP TABLE places_otherwise AS
SELECT record_key, role
FROM (FROM places SEMI JOIN places_looked_at USING (record_key)) AS before
FULL JOIN places_now AS now USING (record_key, role)
WHERE before IS DISTINCT FROM now;
DELETE FROM places WHERE (record_key, role) IN (SELECT (record_key, role) FROM places_otherwise);
INSERT INTO places FROM places_now SEMI JOIN places_otherwise USING (record_key, role);
DROP TABLE places_now
"""
_ALL = "TRUNCATE places; INSERT INTO places FROM places_now; DROP TABLE places_now"


def complete_places(connection: DuckDBPyConnection, *, anew: bool = True) -> int:
    """Make `places` of `places_stated`: incomplete ones take the door their person is known at.

    Counts those. Without `anew`, only papers in `places_moved` are looked at, and those of whoever
    has others than before, which `identities_left` and `identities_taken` tell; and
    `places_otherwise(record_key, role)` are those that came out otherwise than before.
    """
    for statement in (_LOOKED_AT, _RECORDS_LOOKED_AT, _COMPLETED, _PLACES_NOW):
        connection.execute(statement)
    connection.execute(_ALL if anew else _OTHERWISE)
    return int(connection.execute("SELECT count(*) FROM completed").fetchall()[0][0])
