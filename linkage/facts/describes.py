"""Identities, and which record describes whom."""

# ruff: noqa: S608 - names of our own tables and columns

from duckdb import DuckDBPyConnection

from linkage.facts.wanted import want, want_facts
from linkage.unnamed import UNNAMED

# An id that nobody bears any more still leads to whoever bears it now.
_IDENTITIES = """
SELECT identity_id AS id FROM identities WHERE role = '{role}'
UNION SELECT id FROM ids_left WHERE kind = lower('{role}')"""

# Rounded, because a weight is a sum of floats and its last digits depend on the order of adding.
_DESCRIBES = """
SELECT people.record_key || '/v' || people.version AS record, identity_id AS identity,
    round(match_weight, 2) AS match_weight, model_version
FROM identities JOIN people USING (record_key, role)
WHERE role = '{role}'"""

# At the end of a release whose sponsor was expunged stands somebody of whom nothing is known.
_UNNAMED = f"""
UNION SELECT id FROM ({UNNAMED})"""
_UNNAMED_DESCRIBED = f"""
UNION ALL SELECT record, id, NULL, 'expunged' FROM ({UNNAMED})"""


def want_identities(connection: DuckDBPyConnection) -> None:
    """Make the anchors and the `describes_*` facts of children and sponsors."""
    for role, anchors, describes, others, others_described in (
        ("CHILD", "children", "describes_child", "", ""),
        ("SPONSOR", "sponsors", "describes_sponsor", _UNNAMED, _UNNAMED_DESCRIBED),
    ):
        want(connection, anchors, _IDENTITIES.format(role=role) + others)
        want_facts(connection, describes, _DESCRIBES.format(role=role) + others_described)
