"""What could not be linked or placed, and why: counted, so that nobody takes it for complete."""

from duckdb import DuckDBPyConnection

_NAMELESS = """
SELECT count(*) FROM received_{table} AS received
WHERE is_current AND NOT EXISTS (
    SELECT 1 FROM identities WHERE identities.record_key = received.record_key
    AND role = 'CHILD')"""

_REASONS = {
    "EOIR cases without name and A-number describe nobody": _NAMELESS.format(table="eoir_case"),
    "EOIR proceedings of a case that describes nobody": _NAMELESS.format(table="eoir_proceeding"),
    "EOIR hearings of a case that describes nobody": _NAMELESS.format(table="eoir_schedule"),
    "worksheet rows without name and A-number describe nobody": _NAMELESS.format(table="worksheet"),
    "ORR contacts without name and A-number describe nobody": _NAMELESS.format(table="orr_contact"),
    "public ORR releases name nobody": """
SELECT count(*) FROM received_orr_public WHERE is_current""",
    "ORR releases to a sponsor who is not named": """
SELECT count(*) FROM received_orr_release
WHERE is_current AND coalesce(release_type, 'SPONSOR') = 'SPONSOR'
AND coalesce(sponsor_last_name, sponsor_first_name) IS NULL""",
    "PLANet rows without the day of a hearing": """
SELECT count(*) FROM received_planet WHERE is_current AND hearing_date IS NULL""",
}

# EARM says that a child appeared or didn't, but not at which hearing: see linkage.facts.hearings.
_UNPLACED = {
    "EARM's words on an appearance before which she has no hearing": """
SELECT count(*) FROM received_earm WHERE is_current AND appearance_status IS NOT NULL
AND record_key NOT IN (SELECT record_key FROM hearings_reported)""",
}


def count_unlinked(connection: DuckDBPyConnection) -> dict[str, int]:
    """Reason → current records, where there are any; needs linkage's `identities`."""
    return _counted(connection, _REASONS)


def count_unplaced(connection: DuckDBPyConnection) -> dict[str, int]:
    """The same for what only the facts show: needs `hearings_reported`."""
    return _counted(connection, _UNPLACED)


def _counted(connection: DuckDBPyConnection, reasons: dict[str, str]) -> dict[str, int]:
    counted = {
        reason: int(connection.execute(statement).fetchall()[0][0])
        for reason, statement in reasons.items()
    }
    return {reason: count for reason, count in counted.items() if count}
