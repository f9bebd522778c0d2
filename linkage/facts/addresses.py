"""Addresses, and what each record says of who lives there since when.

Each record that names an address is one statement of its own: that two agencies give the same
address is corroboration, and that they give different ones is worth seeing.
"""

from duckdb import DuckDBPyConnection

from linkage.facts.wanted import want, want_facts

_ADDRESSES = """
SELECT address_id AS id, min(line1) AS line1, min(unit) AS unit, min(city) AS city,
    min(state) AS state, min(zip) AS zip, NULL AS county, min(building) AS building,
    lower(strip_accents(concat_ws(' ', min(line1), min(unit), min(city), min(state), min(zip))))
        AS search_text
FROM places GROUP BY address_id
UNION ALL BY NAME
SELECT id FROM (FROM ids_left WHERE kind = 'address') ANTI JOIN places ON address_id = id"""

# The day an address was reported is the paper's own where it has one. A court's first address is
# as old as the case, a worksheet's as the hearing it was noted at: without a day of its own, an
# old address must not pass for the latest.
# EOIR's street line goes with ALIEN_CITY, as its name says. UPDATED_CITY has no street, so it is no
# address to be found at; but where it names another place, the first one ended that day.
_PAPERS = """
CREATE OR REPLACE TEMP TABLE address_papers AS
WITH opened AS (
    SELECT source, idncase, min(coalesce(a_day(input_date), a_day(osc_date))) AS day
    FROM received_eoir_proceeding WHERE is_current GROUP BY source, idncase
)
SELECT record_key, version, source, "table", as_of, 'ENFORCEMENT_FILE' AS kind,
    a_day(address_reported_date) AS said_on, NULL::DATE AS ended_on
FROM received_earm WHERE is_current
UNION ALL
SELECT record_key, version, source, "table", as_of,
    'COURT_FILE', opened.day, CASE WHEN {elsewhere} THEN a_day(address_changedon) END
FROM received_eoir_case LEFT JOIN opened USING (source, idncase) WHERE is_current
UNION ALL
SELECT record_key, version, source, "table", as_of, 'RELEASE', a_day(release_date), NULL
FROM received_orr_release WHERE is_current
UNION ALL
SELECT record_key, version, source, "table", as_of, 'VERIFICATION_OF_RELEASE', a_day(release_date),
    NULL
FROM received_vor WHERE is_current
UNION ALL
SELECT record_key, version, source, "table", as_of, 'NOTICE_TO_APPEAR',
    coalesce(a_day(issued_date), a_day(served_date), a_day(filed_date)), NULL
FROM received_nta WHERE is_current
UNION ALL
SELECT record_key, version, source, "table", as_of, 'CALL_CONFIRMED', a_day(contact_date), NULL
FROM received_orr_contact WHERE is_current
UNION ALL
SELECT record_key, version, source, "table", as_of, 'WORKSHEET',
    CASE WHEN a_day(hearing_date) <= as_of THEN a_day(hearing_date) END, NULL
FROM received_worksheet WHERE is_current"""

# A ZIP may differ by a clerk's slip alone.
_ELSEWHERE = "lower(updated_city) != lower(alien_city)"

# A child released again, to somebody else, no longer lives at the first release's address. The
# sponsor still does, as far as anybody said.
_LIVES_AT = """
SELECT identity_id AS person, address_id AS address, kind, said_on AS valid_from,
    coalesce(moved.until, ended_on) AS valid_until,
    coalesce(said_on, known_from, paper.as_of) AS reported_on,
    coalesce(known_from, paper.as_of) AS known_from, source, agency,
    places.record_key || '/v' || version AS record, sharing_class
FROM places
JOIN identities USING (record_key, role)
JOIN address_papers AS paper USING (record_key)
JOIN agencies USING (source)
JOIN sharing_classes USING ("table")
LEFT JOIN known_since ON known_since.record_key = places.record_key AND slot = 'address'
LEFT JOIN released_again AS moved ON moved.record_key = places.record_key AND role = 'CHILD'
WHERE role = '{role}'"""


def want_addresses(connection: DuckDBPyConnection) -> None:
    """Make `desired_addresses` and the `*_lives_at` facts; needs `released_again` (releases)."""
    connection.execute(_PAPERS.format(elsewhere=_ELSEWHERE))
    want(connection, "addresses", _ADDRESSES)
    for role, kind in (("CHILD", "child_lives_at"), ("SPONSOR", "sponsor_lives_at")):
        want_facts(connection, kind, _LIVES_AT.format(role=role))
