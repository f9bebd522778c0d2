"""`places`: the address each record names, resolved to a door with an id that lasts."""

from collections.abc import Collection, Mapping

from duckdb import DuckDBPyConnection

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

_PLACES = """
CREATE OR REPLACE TABLE places AS
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
ORDER BY said.record_key, said.role
"""


def resolve_places(
    connection: DuckDBPyConnection, previous: Mapping[str, str], ever_given: Collection[str] = ()
) -> int:
    """Make `places` from `stated` (linkage.cleaning), and count the doors.

    `previous` is address_key → address_id of the last published run, `ever_given` every
    address_id of any run. The columns house_number and
    street go when `complete_places` has used them.
    """
    define_street_words(connection)
    read_forms(connection)
    name_buildings(connection)
    connection.execute(_DOORS)
    doors = dict(connection.execute("SELECT address_key, door FROM doors").fetchall())
    ids = inherit(previous, doors, "address", ever_given)
    members = sorted(ids)
    connection.execute(
        "CREATE OR REPLACE TEMP TABLE address_ids AS"
        " SELECT unnest($members) AS member, unnest($ids) AS identity_id",
        {"members": members, "ids": [ids[member] for member in members]},
    )
    connection.execute(_PLACES)
    return len(set(doors.values()))
