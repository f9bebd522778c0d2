"""Addresses that lack a part, completed by the person who lives there.

Forms drop the unit, sometimes the house number. By itself such an address is a place of its own:
the building, the street. But when the same person is known at exactly one door of that building
(or of that street, in that ZIP), it is that door that the form meant. Known at two: it stays as
it is, for nobody can say which.
"""

from duckdb import DuckDBPyConnection

_COMPLETED = """
CREATE OR REPLACE TEMP TABLE completed AS
WITH person_of_record AS (
    SELECT record_key, 'CHILD' || cluster AS person FROM child_identities
    UNION ALL SELECT record_key, 'SPONSOR' || cluster FROM sponsor_identities
), said AS (
    SELECT DISTINCT record_key, person, address_id, unit, building, house_number, street, zip
    FROM places JOIN person_of_record USING (record_key)
)
SELECT partly.record_key, any_value(whole.address_id) AS address_id
FROM said AS partly JOIN said AS whole ON partly.person = whole.person
 AND ((partly.house_number <> '' AND partly.unit IS NULL
       AND whole.unit IS NOT NULL AND whole.building = partly.building)
   OR (partly.house_number = '' AND whole.house_number <> ''
       AND whole.street = partly.street AND whole.zip = partly.zip
       AND (partly.unit IS NULL OR whole.unit = partly.unit)))
GROUP BY partly.record_key HAVING count(DISTINCT whole.address_id) = 1
"""

# The key is the door's too: a key has one id, which the next run inherits.
_TAKE_THE_DOOR = """
UPDATE places SET address_id = door.address_id, address_key = door.address_key,
    line1 = door.line1, unit = door.unit,
    city = door.city, state = door.state, zip = door.zip, building = door.building
FROM completed JOIN (
    SELECT address_id, min(address_key) AS address_key, any_value(line1) AS line1,
        any_value(unit) AS unit, any_value(city) AS city,
        any_value(state) AS state, any_value(zip) AS zip, any_value(building) AS building
    FROM places GROUP BY address_id) AS door USING (address_id)
WHERE completed.record_key = places.record_key
"""


def complete_places(connection: DuckDBPyConnection) -> int:
    """Let incomplete rows of `places` take the door their person is known at; count them.

    Needs `child_identities` and `sponsor_identities` (record_key, cluster).
    """
    connection.execute(_COMPLETED)
    connection.execute(_TAKE_THE_DOOR)
    connection.execute("ALTER TABLE places DROP COLUMN house_number")
    connection.execute("ALTER TABLE places DROP COLUMN street")
    return int(connection.execute("SELECT count(*) FROM completed").fetchall()[0][0])
