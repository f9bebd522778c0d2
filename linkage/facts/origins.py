"""Where a statement comes from: its agency, its sharing class, and since when it has been known."""

from duckdb import DuckDBPyConnection

from graph.shapes.evidence import CLASS_OF_TABLE
from graph.vocabulary.agencies import AGENCY_OF, Table

_AGENCIES = """
CREATE OR REPLACE TEMP TABLE agencies AS
SELECT unnest($sources) AS source, unnest($agencies) AS agency"""

_CLASSES = """
CREATE OR REPLACE TEMP TABLE sharing_classes AS
SELECT unnest($tables) AS "table", unnest($classes) AS sharing_class"""

# What a fact is read from. A delivery that changes something else in the record (a phone number)
# must not make a release look as if it had become known only then.
_READ_FROM: dict[tuple[Table, str], tuple[str, ...]] = {
    (Table.EARM, "address"): ("address", "city", "state", "zip", "address_reported_date"),
    (Table.EOIR_CASE, "address"): (
        *("alien_address", "alien_city", "alien_state", "alien_zipcode"),
        *("updated_city", "updated_state", "updated_zipcode", "address_changedon"),
    ),
    (Table.ORR_RELEASE, "address"): (
        *("sponsor_address", "sponsor_city", "sponsor_state", "sponsor_zip_code", "release_date"),
    ),
    (Table.ORR_RELEASE, "release"): (
        *("release_date", "release_type", "sponsor_last_name", "sponsor_first_name"),
        *("sponsor_category", "sponsor_relationship_to_uac"),
    ),
    (Table.ORR_CONTACT, "address"): ("address", "city", "state", "zip", "contact_date"),
    (Table.VOR, "address"): ("address", "city", "state", "zip", "release_date"),
    (Table.VOR, "release"): ("release_date", "sponsor_name", "sponsor_relationship"),
    (Table.NTA, "address"): ("address", "city", "state", "zip", "issued_date"),
    (Table.WORKSHEET, "address"): ("address", "city", "state", "zip", "hearing_date"),
    (Table.EOIR_PROCEEDING, "hearing"): (
        *("hearing_date", "base_city_code", "absentia", "comp_date"),
    ),
    (Table.EOIR_SCHEDULE, "hearing"): ("adj_date", "adj_rsn"),
    (Table.PLANET, "hearing"): ("hearing_date", "court", "appearance", "entered_date"),
    (Table.EARM, "hearing"): ("appearance_status", "appearance_entered_date"),
    (Table.EARM, "transfer"): (*("transferred_to_orr_date", "apprehension_date", "field_office"),),
    (Table.EARM, "order"): ("final_order_date", "final_order_in_absentia"),
    (Table.EOIR_PROCEEDING, "order"): ("absentia", "comp_date", "base_city_code"),
    (Table.EOIR_PROCEEDING, "nta"): ("osc_date", "input_date"),
    (Table.PLANET, "nta"): ("nta_filed_date",),
    (Table.NTA, "nta"): (
        *("issued_by", "issued_date", "served_date", "service_method", "filed_date"),
    ),
    (Table.USCIS_RELIEF, "relief"): ("form", "filed_date", "status", "decided_date"),
    (Table.ORR_CONTACT, "contact"): ("kind", "leg", "contact_date", "outcome"),
    (Table.WORKSHEET, "hearing"): ("hearing_date", "court", "appearance"),
}

# The first version since which the record has gone on saying what it says now.
_SINCE = """
WITH told AS (
    SELECT record_key, version, as_of, is_current, {words} AS words
    FROM received_{table}
    WHERE record_key IN (SELECT record_key FROM received_{table} WHERE version > 1)
), now AS (SELECT record_key, words FROM told WHERE is_current),
changed AS (
    SELECT record_key, max((as_of, version)) AS last
    FROM told JOIN now USING (record_key) WHERE told.words <> now.words GROUP BY record_key
)
SELECT record_key, '{slot}' AS slot, min(as_of) AS known_from
FROM told LEFT JOIN changed USING (record_key)
WHERE changed.last IS NULL OR (as_of, version) > changed.last
GROUP BY record_key"""


def trace_origins(connection: DuckDBPyConnection) -> None:
    """Make `agencies`, `sharing_classes`, and `known_since(record_key, slot, known_from)`.

    A record of one version is not in `known_since`: it is known from its own `as_of`.
    """
    connection.execute(
        _AGENCIES, {"sources": list(map(str, AGENCY_OF)), "agencies": list(AGENCY_OF.values())}
    )
    connection.execute(
        _CLASSES, {"tables": list(CLASS_OF_TABLE), "classes": list(CLASS_OF_TABLE.values())}
    )
    since = "\nUNION ALL\n".join(_since(*read) for read in _READ_FROM.items())
    connection.execute(f"CREATE OR REPLACE TEMP TABLE known_since AS {since}")


def _since(read: tuple[Table, str], columns: tuple[str, ...]) -> str:
    table, slot = read
    words = ", ".join(f"coalesce({column}, '')" for column in columns)
    return f"({_SINCE.format(words=f'concat_ws(chr(31), {words})', table=table, slot=slot)})"
