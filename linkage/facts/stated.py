"""What single records say of a child: her transfer, her papers, relief, orders and contacts.

Each record is a statement of its own: two papers that give one Notice to Appear differing days are
both kept. What a record leaves out is left out; a record that says nothing of it states nothing.
"""

from duckdb import DuckDBPyConnection

from linkage.facts.wanted import want_facts

# `on` is a word of SQL's own, so it is quoted.
_TRANSFER = """
SELECT record_key, version, source, "table", as_of, 'transfer' AS slot,
    a_day(transferred_to_orr_date) AS "on", a_day(apprehension_date) AS apprehended_on,
    an_office(field_office) AS field_office
FROM received_earm
WHERE is_current
  AND coalesce(transferred_to_orr_date, apprehension_date, field_office) IS NOT NULL"""

# PLANet and the court's file each know the paper by their own dates only. EOIR's INPUT_DATE is the
# day on which the court entered what was filed.
_NOTICE = """
SELECT record_key, version, source, "table", as_of, 'nta' AS slot, issued_by,
    a_day(issued_date) AS issued_on, a_day(served_date) AS served_on, service_method,
    a_day(filed_date) AS filed_on
FROM received_nta WHERE is_current
UNION ALL
SELECT record_key, version, source, "table", as_of, 'nta', NULL, NULL, NULL, NULL,
    a_day(nta_filed_date)
FROM received_planet WHERE is_current AND nta_filed_date IS NOT NULL
UNION ALL
SELECT record_key, version, source, "table", as_of, 'nta', NULL, a_day(osc_date), NULL, NULL,
    a_day(input_date)
FROM received_eoir_proceeding
WHERE is_current AND coalesce(osc_date, input_date) IS NOT NULL"""

_RELIEF = """
SELECT record_key, version, source, "table", as_of, 'relief' AS slot,
    CASE form WHEN 'I-360' THEN 'SIJ' ELSE 'ASYLUM' END AS kind, a_day(filed_date) AS filed_on,
    status, a_day(decided_date) AS decided_on
FROM received_uscis_relief WHERE is_current AND form IS NOT NULL"""

# EOIR's file tells of any decision; only ABSENTIA says that it was an order, and of which kind.
_ORDER = """
SELECT record_key, version, source, "table", as_of, 'order' AS slot,
    a_day(final_order_date) AS "on", coalesce(upper(final_order_in_absentia) = 'Y', false)
        AS in_absentia, NULL AS court
FROM received_earm
WHERE is_current
  AND (final_order_date IS NOT NULL OR coalesce(upper(final_order_in_absentia) = 'Y', false))
UNION ALL
SELECT record_key, version, source, "table", as_of, 'order', a_day(comp_date), true,
    upper(base_city_code)
FROM received_eoir_proceeding WHERE is_current AND upper(absentia) = 'Y'"""

_CONTACT = """
SELECT record_key, version, source, "table", as_of, 'contact' AS slot, kind, leg,
    a_day(contact_date) AS "on", outcome
FROM received_orr_contact WHERE is_current"""

_SAID = {
    "transfer_stated_in": _TRANSFER,
    "nta_stated_in": _NOTICE,
    "relief_stated_in": _RELIEF,
    "order_stated_in": _ORDER,
    "contact_stated_in": _CONTACT,
}

# A court case's rows describe whom the case describes (linkage.identities).
_STATED = """
SELECT said.* EXCLUDE (record_key, version, source), said.source, identity_id AS child, agency,
    said.record_key || '/v' || version AS record, coalesce(known_from, said.as_of) AS known_from,
    sharing_class
FROM ({said}) AS said
JOIN identities ON identities.record_key = said.record_key AND role = 'CHILD'
JOIN agencies ON agencies.source = said.source
JOIN sharing_classes ON sharing_classes."table" = said."table"
LEFT JOIN known_since
  ON known_since.record_key = said.record_key AND known_since.slot = said.slot"""


def want_stated(connection: DuckDBPyConnection) -> None:
    """Make `desired_<kind>` for each kind of `graph.writes.stated`."""
    for kind, said in _SAID.items():
        want_facts(connection, kind, _STATED.format(said=said))
