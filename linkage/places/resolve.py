"""`places`: the address each record names, resolved to a door with an id that lasts."""

from duckdb import DuckDBPyConnection

from linkage.lineage import events_between
from linkage.lineages import keep_lineage, keep_lineage_tables, lineage_of
from linkage.places.buildings import name_buildings
from linkage.places.forms import read_forms
from linkage.places.words import define_street_words
from linkage.resolve import inherit

# A door is a building and a unit. Without its unit an address is the building's, not some
# flat's: it is a place of its own, which says "somewhere in this house".
_DOORS = """
CREATE OR REPLACE TEMP TABLE doors AS
SELECT address_key, any_value(building || '|' || coalesce(unit, '')) AS door
FROM stated_addresses JOIN buildings USING (building_key) GROUP BY address_key
"""

_PLACES_STATED = """
CREATE OR REPLACE TEMP TABLE places_read AS
SELECT said.record_key, said.role, said.address_key, ids.identity_id AS address_id,
    trim(house.house_number || ' ' || house.street) AS line1, said.unit,
    coalesce(named.city, house.city) AS city, house.state, house.zip, buildings.building,
    house.house_number, house.street
FROM stated_addresses AS said
JOIN buildings USING (building_key)
JOIN building_forms AS house ON house.building_key = buildings.building
JOIN address_ids AS ids ON ids.member = said.address_key
LEFT JOIN (SELECT building, max(trim(city_said)) AS city
           FROM stated_addresses JOIN buildings USING (building_key) GROUP BY building) AS named
    ON named.building = buildings.building
"""

# Places as stated, before a person's other papers complete them.
_TABLES = """
CREATE TABLE IF NOT EXISTS places_stated (record_key VARCHAR, role VARCHAR, address_key VARCHAR,
    address_id VARCHAR, line1 VARCHAR, unit VARCHAR, city VARCHAR, state VARCHAR, zip VARCHAR,
    building VARCHAR, house_number VARCHAR, street VARCHAR);
CREATE TABLE IF NOT EXISTS places (record_key VARCHAR, role VARCHAR, address_key VARCHAR,
    address_id VARCHAR, line1 VARCHAR, unit VARCHAR, city VARCHAR, state VARCHAR, zip VARCHAR,
    building VARCHAR)
"""

_BEFORE = """
CREATE OR REPLACE TEMP TABLE places_before AS
FROM places_stated SEMI JOIN numbers_said USING (house_number)
"""

_IDS_BEFORE = "SELECT DISTINCT address_key, address_id FROM places_before"

_MOVED = """
CREATE OR REPLACE TEMP TABLE places_moved AS
SELECT DISTINCT record_key, role, address_id FROM (
    SELECT record_key, role, unnest([before.address_id, now.address_id]) AS address_id
    FROM places_before AS before FULL JOIN places_read AS now USING (record_key, role)
    WHERE before IS DISTINCT FROM now
) WHERE address_id IS NOT NULL;
DELETE FROM places_stated WHERE (record_key, role) IN (SELECT (record_key, role) FROM places_moved);
INSERT INTO places_stated FROM places_read SEMI JOIN places_moved USING (record_key, role)
"""

# Of a link of everything, all have moved: to look for those that have not takes a quarter of it.
_ALL_MOVED = """
CREATE OR REPLACE TEMP TABLE places_moved AS
SELECT record_key, role, address_id FROM places_read;
TRUNCATE places_stated;
INSERT INTO places_stated FROM places_read
"""

_DOOR_OF = """
SELECT address_key, door FROM doors"""


def resolve_places(connection: DuckDBPyConnection, run: int = 1, *, anew: bool = True) -> int:
    """Make `places_stated` of `stated` (linkage.cleaning), and count the doors looked at.

    Without `anew` only what `changed(record_key)` concerns is looked at. Leaves
    `places_moved(record_key, role, address_id)`: whose place is another now, what it was and is.
    """
    define_street_words(connection)
    keep_lineage_tables(connection)
    connection.execute(_TABLES)
    read_forms(connection)
    name_buildings(connection)
    connection.execute(_DOORS)
    _give_ids(connection, run)
    connection.execute(_PLACES_STATED)
    connection.execute(_ALL_MOVED if anew else _MOVED)
    return int(connection.execute("SELECT count(DISTINCT door) FROM doors").fetchall()[0][0])


def _give_ids(connection: DuckDBPyConnection, run: int) -> None:
    """Make `address_ids(member, identity_id)`: a form's door, by the id that lasts."""
    connection.execute(_BEFORE)
    previous = dict(connection.execute(_IDS_BEFORE).fetchall())
    doors = dict(connection.execute(_DOOR_OF).fetchall())
    lineage = lineage_of(connection, "address")
    ids = inherit(previous, doors, "address", lineage)
    events = events_between(previous, ids)
    keep_lineage(connection, "address", lineage, lineage.after(previous, ids, run, events))
    members = sorted(ids)
    connection.execute(
        "CREATE OR REPLACE TEMP TABLE address_ids AS"
        " SELECT unnest($members::VARCHAR[]) AS member, unnest($ids::VARCHAR[]) AS identity_id",
        {"members": members, "ids": [ids[member] for member in members]},
    )
