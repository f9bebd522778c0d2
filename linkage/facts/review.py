"""What explains identities, and what waits for a person's eyes."""

# ruff: noqa: S608 - conditions of our own

import json
from typing import Any

from duckdb import DuckDBPyConnection

from linkage.backend import weights_of
from linkage.facts.wanted import want, want_facts
from linkage.judgements import Heeded
from linkage.model.features import NUMBER
from linkage.model.thresholds import Bands
from linkage.pairs import TOLD

# Who failed to appear, for the queue: a wrong identity sends her notice to the wrong house.
_FAILED = """
CREATE TABLE IF NOT EXISTS failed_to_appear (child VARCHAR);
DELETE FROM failed_to_appear WHERE {concerned};
INSERT INTO failed_to_appear
SELECT DISTINCT child FROM hearings_reported WHERE appearance = 'FAILED_TO_APPEAR' AND {concerned}
"""

# A table by itself: the engine then knows how few they are before it joins the pairs to them.
_MEMBERS = f"""
CREATE OR REPLACE TEMP TABLE identities_listed AS
SELECT identity_id, list_sort(list(record_key)) AS records, any_value(model_version) AS model
FROM identities ANTI JOIN followers USING (record_key)
WHERE role = '{{role}}' GROUP BY identity_id HAVING count(*) > 1;
CREATE OR REPLACE TEMP TABLE members AS
SELECT identity_id, {NUMBER.format(key="record_key || '#{role}'")} AS person, i FROM (
    SELECT identity_id, unnest(records) AS record_key, generate_subscripts(records, 1) - 1 AS i
    FROM identities_listed)
"""

# Pairs within an identity, in the order in which clustering took them; founders stand alone.
_EVIDENCE = """
WITH told AS (
    SELECT l.identity_id, pairs.*, least(l.i, r.i) AS i, greatest(l.i, r.i) AS j
    FROM pairs JOIN members l ON l.person = person_l
    JOIN members r ON r.person = person_r AND r.identity_id = l.identity_id
    WHERE pairs.role = '{role}'
), written AS (
    SELECT identity_id, CASE WHEN judgement IS NOT NULL AND decision = 'LINKED'
            THEN printf('%d %d SAME %s', i, j, judgement)
            ELSE printf('%d %d %.6f %s', i, j, match_weight, array_to_string(levels, ',')) END
            AS pair,
        (judgement IS NULL OR decision <> 'LINKED', NOT is_link, not_plainly_one, -match_weight,
         person_l, person_r) AS place
    FROM told
), gathered AS (
    SELECT identity_id, list(pair ORDER BY place) AS pairs FROM written GROUP BY identity_id
)
SELECT identity_id AS identity, model AS model_version, records, coalesce(pairs, []) AS pairs
FROM identities_listed LEFT JOIN gathered USING (identity_id)
"""

# What a decision would change: a conflict first, then a child who failed to appear, then a child
# who would have two sponsors; then by how many records would change identity.
_PAIRS = f"""
WITH asked AS (FROM pairs WHERE decision <> 'LINKED' AND {TOLD}),
named AS (SELECT left_key AS record_key FROM asked UNION SELECT right_key FROM asked),
versions AS (FROM current_records SEMI JOIN named USING (record_key)),
known AS (FROM identities SEMI JOIN named USING (record_key)),
theirs AS (FROM identities SEMI JOIN known USING (identity_id)),
sized AS (SELECT identity_id, count(*) AS records FROM theirs GROUP BY identity_id),
sponsors AS (
    SELECT child.identity_id AS child, list_sort(list(DISTINCT sponsor.identity_id)) AS sponsors
    FROM theirs AS child JOIN identities AS sponsor USING (record_key)
    WHERE child.role = 'CHILD' AND sponsor.role = 'SPONSOR' GROUP BY child.identity_id
), placed AS (
    SELECT asked.*, l.identity_id AS one, r.identity_id AS another,
        vl.version AS version_l, vr.version AS version_r, l.model_version
    FROM asked
    JOIN known l ON l.record_key = left_key AND l.role = asked.role
    JOIN known r ON r.record_key = right_key AND r.role = asked.role
    JOIN versions vl ON vl.record_key = left_key
    JOIN versions vr ON vr.record_key = right_key
), staked AS (
    SELECT placed.*,
        why = 'IN_CONFLICT' AS conflict,
        one IN (FROM failed_to_appear) OR another IN (FROM failed_to_appear) AS failed,
        coalesce(len(sl.sponsors) > 0 AND len(sr.sponsors) > 0
            AND NOT list_has_any(sl.sponsors, sr.sponsors), false) AS two_sponsors,
        CASE WHEN one = another THEN 0 ELSE least(nl.records, nr.records) END AS moved
    FROM placed
    JOIN sized nl ON nl.identity_id = one JOIN sized nr ON nr.identity_id = another
    LEFT JOIN sponsors sl ON sl.child = one LEFT JOIN sponsors sr ON sr.child = another
)
SELECT role, left_key, right_key, left_key || '/v' || version_l AS left_record,
    right_key || '/v' || version_r AS right_record,
    round(match_weight, 6) AS match_weight, round(match_probability, 9) AS match_probability,
    levels::INTEGER[] AS levels, decision, why,
    4 * conflict::INTEGER + 2 * failed::INTEGER + two_sponsors::INTEGER AS stake,
    list_filter([CASE WHEN conflict THEN 'CONFLICT' END,
                 CASE WHEN failed THEN 'FAILED_TO_APPEAR' END,
                 CASE WHEN two_sponsors THEN 'TWO_SPONSORS' END],
        lambda stake: stake IS NOT NULL) AS stakes,
    moved, model_version
FROM staked
"""

_HEEDED = """
SELECT unnest($judgements::VARCHAR[]) AS judgement, unnest($conflicts::VARCHAR[]) AS conflict"""


def want_evidence(connection: DuckDBPyConnection) -> None:
    """Make `desired_child_evidence` and `desired_sponsor_evidence`."""
    for role, kind in (("CHILD", "child_evidence"), ("SPONSOR", "sponsor_evidence")):
        connection.execute(_MEMBERS.format(role=role))
        want_facts(connection, kind, _EVIDENCE.format(role=role))


def keep_failed_to_appear(connection: DuckDBPyConnection, *, anew: bool) -> None:
    """Bring `failed_to_appear(child)` up to the hearings just stated."""
    concerned = "true" if anew else "child IN (SELECT identity_id FROM ids_affected)"
    connection.execute(_FAILED.format(concerned=concerned))


def want_pairs(connection: DuckDBPyConnection) -> None:
    """Make `desired_candidate_pairs`; needs everybody's `pairs` and `identities`."""
    want_facts(connection, "candidate_pairs", _PAIRS)


def want_heeded(connection: DuckDBPyConnection, heeded: Heeded) -> None:
    """Make `desired_heeded_judgements`."""
    ids = [one.id for one in heeded.judgements]
    connection.execute(
        f"CREATE OR REPLACE TEMP TABLE heeded AS {_HEEDED}",
        {"judgements": ids, "conflicts": [heeded.conflict.get(one) for one in ids]},
    )
    want_facts(connection, "heeded_judgements", "FROM heeded")


def want_models(
    connection: DuckDBPyConnection, version: str, models: dict[str, tuple[dict[str, Any], Bands]]
) -> None:
    """Make `desired_linkage_models`: what each level of each comparison is worth, by role."""
    told = {role: weights_text(model, bands) for role, (model, bands) in models.items()}
    connection.execute(
        "CREATE OR REPLACE TEMP TABLE models_told AS"
        " SELECT $version || '/' || role AS id, $version AS version, role, weights"
        " FROM (SELECT unnest($roles) AS role, unnest($weights) AS weights)",
        {"version": version, "roles": list(told), "weights": list(told.values())},
    )
    want(connection, "linkage_models", "FROM models_told")


def weights_text(model: dict[str, Any], bands: Bands) -> str:
    """The weights as the graph keeps them, which `graph.explanation.weights` reads."""
    prior, worth = weights_of(model)
    comparisons = [
        {
            "name": comparison["output_column_name"],
            "levels": [
                {"label": level["label_for_charts"], "bits": bits}
                for level, bits in zip(comparison["comparison_levels"], of_levels, strict=True)
            ],
        }
        for comparison, of_levels in zip(model["comparisons"], worth, strict=True)
    ]
    told = {"prior": prior, "link": bands.link, "review": bands.review, "apart": bands.firmly_apart}
    return json.dumps(told | {"comparisons": comparisons})
