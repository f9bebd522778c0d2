"""Hearings: a child, a court and a day; and each source's word on what happened there."""

from duckdb import DuckDBPyConnection

from linkage.facts.wanted import want, want_facts
from linkage.resolve import inherit

# A court case's rows describe whom the case describes (linkage.identities). An in-absentia
# order is an order, with its own day: it is no report that somebody failed to appear
# (REQUIREMENTS.md §7.3).
_SAID = """
CREATE OR REPLACE TEMP TABLE hearings_said AS
WITH courts AS (
    SELECT source, idnproceeding, any_value(upper(base_city_code)) AS court
    FROM received_eoir_proceeding WHERE is_current GROUP BY source, idnproceeding
), child_of AS (
    SELECT record_key, identity_id AS child FROM identities WHERE role = 'CHILD'
)
SELECT record_key, version, source, "table", as_of, child, courts.court,
    a_day(adj_date) AS day, upper(cal_type) AS calendar_type, adj_time_start AS time,
    CASE WHEN adj_rsn = '11' THEN 'FAILED_TO_APPEAR'
         WHEN adj_rsn IS NOT NULL THEN 'CONTINUED'
         WHEN a_day(adj_date) > as_of THEN 'SCHEDULED'
         ELSE 'NOTHING_ENTERED' END AS appearance,
    NULL::DATE AS entered_on, false AS in_absentia, NULL::DATE AS order_date
FROM received_eoir_schedule JOIN child_of USING (record_key)
LEFT JOIN courts USING (source, idnproceeding)
WHERE is_current AND adj_date IS NOT NULL
UNION ALL
SELECT record_key, version, source, "table", as_of, child, upper(base_city_code),
    a_day(hearing_date), NULL, NULL,
    CASE WHEN a_day(hearing_date) > as_of THEN 'SCHEDULED' ELSE 'NOTHING_ENTERED' END,
    NULL, coalesce(upper(absentia) = 'Y', false),
    CASE WHEN upper(absentia) = 'Y' THEN a_day(comp_date) END
FROM received_eoir_proceeding JOIN child_of USING (record_key)
WHERE is_current AND hearing_date IS NOT NULL
UNION ALL
SELECT record_key, version, source, "table", as_of, child, upper(court),
    a_day(hearing_date), NULL, NULL,
    CASE WHEN appearance IN ('APPEARED', 'FAILED_TO_APPEAR', 'CONTINUED') THEN appearance
         ELSE 'NOTHING_ENTERED' END,
    a_day(entered_date), false, NULL
FROM received_planet JOIN child_of USING (record_key)
WHERE is_current AND hearing_date IS NOT NULL
UNION ALL
SELECT record_key, version, source, "table", as_of, child, upper(court),
    a_day(hearing_date), NULL, NULL,
    CASE WHEN upper(appearance) IN ('APPEARED', 'Y', 'YES', 'PRESENT') THEN 'APPEARED'
         WHEN upper(appearance) IN ('FAILED_TO_APPEAR', 'FAILED TO APPEAR', 'FTA', 'N', 'NO',
                                    'NO SHOW', 'NO-SHOW', 'ABSENT') THEN 'FAILED_TO_APPEAR'
         WHEN upper(appearance) IN ('CONTINUED', 'CONT', 'RESET') THEN 'CONTINUED'
         ELSE 'NOTHING_ENTERED' END,
    NULL, false, NULL
FROM received_worksheet JOIN child_of USING (record_key)
WHERE is_current AND hearing_date IS NOT NULL"""

# A child is in one court on one day. A worksheet's own word for the court, or none at all, is
# taken for the court that EOIR or PLANet names that day, when they name just one.
_PLACED = """
CREATE OR REPLACE TEMP TABLE hearings_placed AS
WITH coded AS (
    SELECT child, day, min(court) AS court FROM hearings_said
    WHERE "table" <> 'worksheet' AND court IS NOT NULL
    GROUP BY child, day HAVING count(DISTINCT court) = 1
)
SELECT said.* EXCLUDE (court),
    CASE WHEN said.court IS NULL OR said."table" = 'worksheet'
         THEN coalesce(coded.court, said.court) ELSE said.court END AS court
FROM hearings_said AS said LEFT JOIN coded USING (child, day)"""

# What is clustered is a record's word on a court and a day, so that the court and the day of a
# hearing never change: a record that names another day speaks of another hearing.
_MEMBERS = """
SELECT concat_ws('|', record_key, coalesce(court, ''), day) AS member,
    concat_ws('|', child, coalesce(court, ''), day) AS hearing
FROM hearings_placed"""

_TABLE = """
CREATE TABLE IF NOT EXISTS hearing_ids (record_key VARCHAR, member VARCHAR, hearing VARCHAR)"""

# Of the records that are looked at.
_BEFORE = """
SELECT member, hearing FROM hearing_ids
WHERE record_key IN (SELECT record_key FROM identities)"""

_NO_LONGER = """
DELETE FROM hearing_ids WHERE record_key IN (SELECT record_key FROM identities)"""

_IDS = """
INSERT INTO hearing_ids
WITH given AS (SELECT unnest($members::VARCHAR[]) AS member, unnest($ids::VARCHAR[]) AS hearing)
SELECT array_to_string(string_split(member, '|')[:-3], '|'), member, hearing FROM given"""

_REPORTED = """
CREATE OR REPLACE TEMP TABLE hearings_reported AS
SELECT placed.*, hearing
FROM hearings_placed AS placed JOIN hearing_ids
  ON member = concat_ws('|', placed.record_key, coalesce(court, ''), day)"""

# EARM says that she appeared or did not, and not at which hearing: its word is tied to her latest
# hearing on or before the day of its entry (of the extract, where it has no such day). That is
# derived, and `AppearanceReport.derived` says so. A word before which she has no hearing is counted
# (linkage.facts.unlinked) and tied to none. It is tied last, so that no hearing is made by it or
# takes its id from it.
_TIED = """
INSERT INTO hearings_reported BY NAME
WITH entered AS (
    SELECT record_key, version, source, "table", as_of, identity_id AS child,
        appearance_status AS appearance, a_day(appearance_entered_date) AS entered_on
    FROM received_earm JOIN identities USING (record_key)
    WHERE is_current AND role = 'CHILD' AND appearance_status IS NOT NULL
), latest AS (
    SELECT entered.record_key, max(day) AS day
    FROM entered JOIN hearings_reported AS known
      ON known.child = entered.child AND day <= coalesce(entered.entered_on, entered.as_of)
    GROUP BY entered.record_key
)
SELECT entered.*, latest.day, false AS in_absentia, known.court, known.hearing
FROM entered JOIN latest USING (record_key)
JOIN (
    SELECT child, day, min_by(court, hearing) AS court, min(hearing) AS hearing
    FROM hearings_reported GROUP BY child, day
) AS known ON known.child = entered.child AND known.day = latest.day"""

_HEARINGS = """
SELECT hearing AS id, any_value(court) AS court, any_value(day) AS date,
    min(calendar_type) AS calendar_type, min(time) AS time
FROM hearings_reported GROUP BY hearing"""

_REPORTS = """
SELECT hearings_reported.record_key || '/v' || version AS record, hearing, appearance,
    source, agency, entered_on, coalesce(known_from, as_of) AS known_from,
    in_absentia, order_date, sharing_class
FROM hearings_reported
JOIN agencies USING (source)
JOIN sharing_classes USING ("table")
LEFT JOIN known_since
  ON known_since.record_key = hearings_reported.record_key AND slot = 'hearing'"""


def want_hearings(connection: DuckDBPyConnection) -> None:
    """Make hearings, whose they are and what is reported.

    Keeps `hearing_ids(record_key, member, hearing)`, from which the next link inherits.
    """
    connection.execute(_SAID)
    connection.execute(_PLACED)
    connection.execute(_TABLE)
    previous = dict(connection.execute(_BEFORE).fetchall())
    ids = inherit(previous, dict(connection.execute(_MEMBERS).fetchall()), "hearing")
    connection.execute(_NO_LONGER)
    members = sorted(ids)
    connection.execute(_IDS, {"members": members, "ids": [ids[member] for member in members]})
    connection.execute(_REPORTED)
    connection.execute(_TIED)
    want(connection, "hearings", _HEARINGS)
    want_facts(connection, "has_hearing", "SELECT DISTINCT child, hearing FROM hearings_reported")
    want_facts(connection, "reports", _REPORTS)
