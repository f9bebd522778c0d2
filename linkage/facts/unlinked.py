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
    # EARM says that a child appeared or didn't, but not at which hearing.
    "EARM's words on an appearance name no hearing": """
SELECT count(*) FROM received_earm WHERE is_current AND appearance_status IS NOT NULL""",
}


def count_unlinked(connection: DuckDBPyConnection) -> dict[str, int]:
    """Reason → current records, where there are any; needs linkage's `identities`."""
    counted = {
        reason: int(connection.execute(statement).fetchall()[0][0])
        for reason, statement in _REASONS.items()
    }
    return {reason: count for reason, count in counted.items() if count}
