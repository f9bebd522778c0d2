"""Who was released to whom: ORR's word and that of the Verification of Release, each its own.

A child whose sponsor was expunged was released all the same: to somebody of whom nothing is known.
"""

# ruff: noqa: S608 - names of our own columns

from duckdb import DuckDBPyConnection

from linkage.facts.wanted import want_facts
from linkage.unnamed import unnamed_sponsor

_RELEASES = f"""
CREATE OR REPLACE TEMP TABLE releases AS
WITH said AS (
    SELECT record_key, version, source, "table", as_of, a_day(release_date) AS released_on,
        sponsor_relationship_to_uac AS relationship, sponsor_category AS category,
        coalesce(release_type, 'SPONSOR') AS release_type,
        {unnamed_sponsor("sponsor_last_name")} AS unnamed
    FROM received_orr_release WHERE is_current
    UNION ALL
    SELECT record_key, version, source, "table", as_of, a_day(release_date),
        sponsor_relationship, NULL, 'SPONSOR',
        {unnamed_sponsor("sponsor_name")}
    FROM received_vor WHERE is_current
)
SELECT said.*, child.identity_id AS child,
    coalesce(sponsor.identity_id, unnamed) AS sponsor
FROM said
JOIN identities AS child ON child.record_key = said.record_key AND child.role = 'CHILD'
LEFT JOIN identities AS sponsor
  ON sponsor.record_key = said.record_key AND sponsor.role = 'SPONSOR'
WHERE sponsor.identity_id IS NOT NULL OR unnamed <> ''"""

# The next release to somebody else ends this one, whichever paper tells of it.
_RELEASED_AGAIN = """
CREATE OR REPLACE TEMP TABLE released_again AS
SELECT this.record_key, min(next.released_on) AS until
FROM releases AS this JOIN releases AS next
  ON next.child = this.child AND next.sponsor <> this.sponsor
 AND next.released_on > this.released_on
GROUP BY this.record_key"""

_RELEASED_TO = """
SELECT child, sponsor, released_on, until, relationship,
    CASE WHEN upper(category) IN ('1', '2', '2A', '2B', '3')
         THEN 'CATEGORY_' || upper(category) END AS category,
    release_type, coalesce(known_from, as_of) AS known_from, source, agency,
    releases.record_key || '/v' || version AS record, sharing_class
FROM releases
JOIN agencies USING (source)
JOIN sharing_classes USING ("table")
LEFT JOIN known_since ON known_since.record_key = releases.record_key AND slot = 'release'
LEFT JOIN released_again AS again ON again.record_key = releases.record_key"""


def want_releases(connection: DuckDBPyConnection) -> None:
    """Make `desired_released_to`, and `released_again(record_key, until)` for the addresses."""
    connection.execute(_RELEASES)
    connection.execute(_RELEASED_AGAIN)
    want_facts(connection, "released_to", _RELEASED_TO)
