"""The pairs that explain the identities: what was compared, what it weighed, what came of it."""

# ruff: noqa: S608 - names of our own tables and columns, never a value

from functools import partial

from duckdb import DuckDBPyConnection

from linkage.matching import STRONG_ENOUGH
from linkage.model.siblings import for_a_person
from linkage.roles import Role

_TABLE = """
CREATE TABLE IF NOT EXISTS pairs (left_key VARCHAR, right_key VARCHAR, role VARCHAR,
    match_weight DOUBLE, match_probability DOUBLE, decision VARCHAR, why VARCHAR,
    levels UTINYINT[], is_link BOOLEAN, not_plainly_one BOOLEAN, judgement VARCHAR,
    person_l BIGINT, person_r BIGINT, is_candidate BOOLEAN);
ALTER TABLE pairs ADD COLUMN IF NOT EXISTS is_candidate BOOLEAN;
ALTER TABLE pairs ADD COLUMN IF NOT EXISTS held_apart BOOLEAN;
ALTER TABLE pairs ADD COLUMN IF NOT EXISTS in_doubt BOOLEAN
"""

# Pairs that were weighed again, or that name a record as it no longer stands.
_NO_LONGER = """
DELETE FROM pairs WHERE role = '{role}'
    AND (person_l IN (SELECT person FROM renewed) OR person_r IN (SELECT person FROM renewed));
DELETE FROM pairs WHERE role = '{role}' AND (person_l, person_r) IN (
    SELECT (person_l, person_r) FROM pairs_known
    ANTI JOIN standing ON join_key_l = person_l AND join_key_r = person_r)
"""

# A pair the machine holds apart is never LINKED, and worth a person's look when all else agrees,
# or her number and birthday do (linkage/model/siblings.py, `for_a_person`).
# A pair linked by weight that ended in two clusters was refused as a bridge: to review as well.
# What a person has judged is settled, one way or the other, unless judgements contradict.
# Two of whom somebody was unsure may be linked through others: not by that word.
_DECIDED = f"""
WITH placed AS (
    SELECT compared.*, l.record_key AS one, r.record_key AS another, l.role,
        coalesce(cl.cluster = cr.cluster, false) AS together,
        {STRONG_ENOUGH} AS is_link, {{for_a_person}} AS for_a_person,
        said.verdict, said.judgement, said.conflict
    FROM {{compared}} AS compared
    JOIN {{people}} l ON l.person = join_key_l JOIN {{people}} r ON r.person = join_key_r
    LEFT JOIN clustered cl ON cl.person = join_key_l
    LEFT JOIN clustered cr ON cr.person = join_key_r
    LEFT JOIN judged_pairs said ON said.role = l.role
      AND said.left_key = least(l.record_key, r.record_key)
      AND said.right_key = greatest(l.record_key, r.record_key)
), decided AS (
    SELECT *, CASE
        WHEN verdict = 'SAME' THEN 'LINKED'
        WHEN verdict = 'DIFFERENT' AND conflict IS NULL THEN 'APART'
        WHEN together AND NOT held_apart AND match_weight >= $review THEN 'LINKED'
        WHEN together OR conflict IS NOT NULL OR match_weight >= $review
          OR (held_apart AND for_a_person) THEN 'REVIEW'
        ELSE 'APART' END AS decision
    FROM placed
)
SELECT * EXCLUDE (judgement), least(one, another) AS left_key, greatest(one, another) AS right_key,
    join_key_l AS person_l, join_key_r AS person_r, CASE
        WHEN decision = 'LINKED' THEN NULL
        WHEN conflict IS NOT NULL THEN 'IN_CONFLICT'
        WHEN verdict = 'DIFFERENT' THEN 'JUDGED_DIFFERENT'
        WHEN verdict = 'UNSURE' THEN 'JUDGED_UNSURE'
        WHEN held_apart THEN 'HELD_APART_BY_NAMES'
        WHEN in_doubt THEN 'IN_DOUBT'
        WHEN is_link THEN 'BRIDGE_REFUSED'
        WHEN decision = 'REVIEW' THEN 'IN_THE_BAND'
        ELSE 'BELOW_THE_BAND' END AS why,
    CASE WHEN decision = 'LINKED' AND verdict <> 'SAME' THEN NULL ELSE judgement END AS judgement
FROM decided
"""

_NEW = """
INSERT INTO pairs BY NAME
SELECT left_key, right_key, role, match_weight, match_probability, decision, why, levels, is_link,
    not_plainly_one, judgement, person_l, person_r, is_candidate, held_apart, in_doubt
FROM ({decided})
"""

# Of the many that stand few come out otherwise than before.
_OTHERWISE = """
UPDATE pairs
SET decision = now.decision, why = now.why, is_link = now.is_link, judgement = now.judgement
FROM (
    FROM ({decided})
    WHERE (decision, why, is_link, judgement)
        IS DISTINCT FROM (before.decision, before.why, before.is_link, before.judgement)
) AS now
WHERE pairs.role = now.role AND pairs.person_l = now.person_l AND pairs.person_r = now.person_r
"""

# Apart and far below the band: of no use to a reviewer, but never to be weighed again.
TOLD_FROM = -6.0
TOLD = (
    f"(pairs.match_weight >= {TOLD_FROM} OR pairs.decision <> 'APART'"
    " OR pairs.judgement IS NOT NULL)"
)


def keep_pairs_table(connection: DuckDBPyConnection) -> None:
    """Make `pairs`, empty, where it is not there yet; `left_key` < `right_key`."""
    connection.execute(_TABLE)


def write_pairs(connection: DuckDBPyConnection, role: Role, *, anew: bool = True) -> None:
    """Put what was just weighed into `pairs`, in place of what the same people had before.

    Without `anew` it needs what `linkage.matching.match` leaves, and `renewed(person)`: whose
    record is another now, or gone.
    """
    bands = role.bands
    from_bands = {"review": bands.review, "link": bands.link, "stay": bands.stay}
    decided = partial(
        _DECIDED.format,
        people=role.people if anew else "reached_people",
        for_a_person=for_a_person(role.model),
    )
    if anew:
        connection.execute("DELETE FROM pairs WHERE role = $role", {"role": role.name})
    else:
        connection.execute(_NO_LONGER.format(role=role.name))
        connection.execute(_OTHERWISE.format(decided=decided(compared="standing")), from_bands)
    connection.execute(_NEW.format(decided=decided(compared="weighed")), from_bands)
