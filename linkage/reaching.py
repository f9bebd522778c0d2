"""Whom new evidence reaches, and what was weighed of them before and stands."""

from duckdb import DuckDBPyConnection

from linkage.backend import columns_read
from linkage.model.alike import columns_of
from linkage.model.blocking import find_candidates
from linkage.model.siblings import for_a_person, rules_of
from linkage.roles import Role
from linkage.weighing import read_of_one

# Whoever shares a candidate pair with somebody touched, and everybody linked to them or once
# linked to somebody touched.
_REACHED = """
CREATE OR REPLACE TEMP TABLE reached AS
WITH near AS (
    SELECT person FROM touched
    UNION SELECT join_key_l FROM candidates UNION SELECT join_key_r FROM candidates
), of_components AS (
    SELECT component FROM components JOIN near USING (person) WHERE role = $role
    UNION SELECT component FROM components_left WHERE role = $role
)
SELECT person FROM near
UNION SELECT person FROM components JOIN of_components USING (component) WHERE role = $role
"""

# What was weighed before and stands: pairs of people reached of whom nothing is new.
_STANDING = """
CREATE OR REPLACE TEMP TABLE reached_people AS
SELECT {columns} FROM {people} SEMI JOIN reached USING (person);
CREATE OR REPLACE TEMP TABLE pairs_known AS
SELECT person_l, person_r, match_weight, held_apart, in_doubt, not_plainly_one, is_link,
    is_candidate, {{decision: decision, why: why, is_link: is_link, judgement: judgement}} AS before
FROM pairs SEMI JOIN reached l ON l.person = person_l SEMI JOIN reached r ON r.person = person_r
WHERE role = '{role}';
CREATE OR REPLACE TEMP TABLE was_links AS
SELECT person_l, person_r FROM pairs_known WHERE is_link;
CREATE OR REPLACE TEMP TABLE of_the_renewed AS
SELECT person FROM renewed UNION SELECT person FROM touched;
CREATE OR REPLACE TEMP TABLE standing AS
SELECT before, pairs_known.person_l AS join_key_l, pairs_known.person_r AS join_key_r, match_weight,
    held_apart, in_doubt, not_plainly_one, is_link AS was_link,
    unsure_pairs.person_l IS NOT NULL AS unsure
FROM pairs_known LEFT JOIN unsure_pairs USING (person_l, person_r)
WHERE is_candidate AND pairs_known.person_l NOT IN (FROM of_the_renewed)
    AND pairs_known.person_r NOT IN (FROM of_the_renewed)
"""


def find_near(connection: DuckDBPyConnection, role: Role) -> int:
    """Candidates of the touched with all, and whom they reach with what was weighed before.

    Makes `candidates`, `reached(person)`, `reached_people`, `was_links` and `standing`; needs what
    `linkage.matching.match` needs of whoever is not matched anew.
    """
    candidates = find_candidates(connection, role.people, role.rules, touched="touched")
    connection.execute(_REACHED, {"role": role.name})
    columns = ", ".join(_columns_read(connection, role))
    connection.execute(_STANDING.format(people=role.people, role=role.name, columns=columns))
    return candidates


def _columns_read(connection: DuckDBPyConnection, role: Role) -> list[str]:
    """What is read of a person here: to fetch the rest of a few from among all takes longer."""
    columns = columns_of(connection, role.people)
    read = {"person", "role", "record_key", *columns_read(role.model, columns)}
    read |= set(read_of_one((*rules_of(role.model), for_a_person(role.model))))
    return [name for name in columns if name in read]
