"""What a reviewer who knows the truth would say: of a made-up world, whose truth is a file.

In life a person decides what the machine leaves open. Whoever looks around a demo, or asks what its
figures come to once everything is decided, has no such person: here the truth answers for one.
"""

from dataclasses import dataclass
from pathlib import Path

import duckdb

from graph.errors import SponsorgraphError
from graph.vocabulary.evidence import Verdict
from graph.vocabulary.people import Role
from linkage.quoting import file_literal
from linkage.store import QUIET


@dataclass(frozen=True, slots=True)
class Answer:
    """A word on two records, by their keys."""

    role: Role
    left: str
    right: str
    verdict: Verdict
    reason: str


# Whose records truth knows, and where the last link put them.
_PLACED = """
CREATE TEMP TABLE placed AS
SELECT record_key, truth.role, person_id, identity_id
FROM (SELECT concat_ws('/', source, "table", record_id) AS record_key, role, person_id
      FROM read_csv($truth, header = true, all_varchar = true)) AS truth
JOIN last.identities USING (record_key, role)
WHERE role = $role
"""

# Of each two identities the two papers that weigh most; where one of them holds two people, of each
# two of those.
_WAITING = """
CREATE TEMP TABLE waiting AS
SELECT left_key, right_key, l.person_id, r.person_id AS other_person, l.identity_id,
    r.identity_id AS other_identity, pairs.match_weight
FROM last.pairs JOIN placed l ON l.record_key = left_key JOIN placed r ON r.record_key = right_key
WHERE pairs.role = $role AND decision = 'REVIEW'
QUALIFY row_number() OVER (
    PARTITION BY least(l.identity_id, r.identity_id), greatest(l.identity_id, r.identity_id),
        least(l.person_id, r.person_id), greatest(l.person_id, r.person_id)
    ORDER BY pairs.match_weight DESC, left_key, right_key) = 1
"""

# Of which the machine sees no pair worth a look: `report nta` says how many there are.
_LOOKED_UP = """
CREATE TEMP TABLE looked_up AS
WITH files AS (FROM placed WHERE starts_with(record_key, 'EARM/')),
notices AS (FROM placed WHERE starts_with(record_key, 'NTA/'))
SELECT min(files.record_key) AS left_key, any_value(person_id) AS person_id,
    min_by(files.identity_id, files.record_key) AS identity_id,
    any_value(notices.identity_id) AS other_identity
FROM notices ANTI JOIN files USING (identity_id) JOIN files USING (person_id)
GROUP BY notices.record_key
"""

# A word on one paper of each would not do: where a name holds two papers apart, the rest would go
# with the one or with the other.
_SAME = """
SELECT DISTINCT least(left_key, record_key), greatest(left_key, record_key)
FROM {found} AS found JOIN placed ON placed.person_id = found.person_id
    AND placed.identity_id IN (found.identity_id, other_identity) AND record_key <> left_key
ORDER BY ALL
"""
_SAME_IN_REVIEW = """(
    FROM waiting WHERE person_id = other_person AND identity_id <> other_identity)"""
_DIFFERENT = """
SELECT left_key, right_key FROM waiting WHERE person_id <> other_person
ORDER BY match_weight DESC, left_key, right_key
"""

IN_REVIEW = "a made-up reviewer, who knows the truth of this made-up world"
LOOKED_UP = "a notice without a file: a made-up reviewer found its child's, knowing the truth"


def answers_by_truth(linked: Path, truth: Path, role: Role) -> list[Answer]:
    """What the truth says of all that waits for review in one role, as the last link left it.

    That two identities are one child it says of all their papers; that they are two, of the two
    papers that weigh most. Of notices that were served, whose child has no file at EARM that they
    are linked to, it names a file. `truth` is the folder with `truth.csv`, `linked` what
    `linkage.publishing.runs.latest_linked` names.

    Raises:
        SponsorgraphError: there is no truth in the folder.
    """
    file = truth / "truth.csv" if truth.is_dir() else truth
    if not file.exists():
        raise SponsorgraphError(f"{file.name} is not in {file.parent}: name the folder that has it")
    with duckdb.connect() as connection:
        connection.execute(QUIET)
        connection.execute(f"ATTACH {file_literal(linked)} AS last (READ_ONLY)")
        connection.execute(_PLACED, {"truth": str(file), "role": role})
        connection.execute(_WAITING, {"role": role})
        connection.execute(_LOOKED_UP)
        # What joins comes first: whoever stops the reviewer has the figures all the same.
        said = (
            (_SAME.format(found=_SAME_IN_REVIEW), Verdict.SAME, IN_REVIEW),
            (_SAME.format(found="looked_up"), Verdict.SAME, LOOKED_UP),
            (_DIFFERENT, Verdict.DIFFERENT, IN_REVIEW),
        )
        told: dict[tuple[str, str], Answer] = {}
        for statement, verdict, reason in said:
            for left, right in connection.execute(statement).fetchall():
                told.setdefault((left, right), Answer(role, left, right, verdict, reason))
    return list(told.values())
