"""Whose a child is to see: the office that has her file, the courts where she has a case.

No table that is delivered names a care provider; who else may see her is for people to open
(`graph.writes.grants`).
"""

from duckdb import DuckDBPyConnection

from linkage.facts.wanted import want, want_facts

# One fact however many of a source's records say it: of these the first, by its key.
_THEIRS = """
CREATE OR REPLACE TEMP TABLE theirs AS
WITH said AS (
    SELECT record_key, version, source, 'OFFICE' AS kind, an_office(field_office) AS code
    FROM received_earm WHERE is_current AND field_office IS NOT NULL
    UNION ALL
    SELECT record_key, version, source, 'DOCKET', a_docket(base_city_code)
    FROM received_eoir_proceeding WHERE is_current AND base_city_code IS NOT NULL
    UNION ALL
    SELECT record_key, version, source, 'DOCKET', a_docket(court)
    FROM received_planet WHERE is_current AND court IS NOT NULL
)
SELECT identity_id AS child, kind, code, source,
    min(said.record_key || '/v' || said.version) AS record
FROM said JOIN identities ON identities.record_key = said.record_key AND role = 'CHILD'
WHERE code IS NOT NULL
GROUP BY identity_id, kind, code, source"""

_SCOPES = """
SELECT DISTINCT lower(kind) || '/' || code AS id, kind, replace(code, '_', ' ') AS name
FROM theirs"""

_WITHIN = "SELECT child, lower(kind) || '/' || code AS scope, source, record FROM theirs"


def want_scopes(connection: DuckDBPyConnection) -> None:
    """Make `desired_scopes` and `desired_within`."""
    connection.execute(_THEIRS)
    want(connection, "scopes", _SCOPES)
    want_facts(connection, "within", _WITHIN)
