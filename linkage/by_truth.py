"""What a reviewer who knows the truth would say: of a made-up world, whose truth is a file.

In life a person decides what the machine leaves open. Whoever looks around a demo, or asks what its
figures come to once everything is decided, has no such person: here the truth answers for one.
"""

from dataclasses import dataclass
from pathlib import Path

import duckdb
from duckdb import DuckDBPyConnection

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

# One word on each two identities is enough, on the two records that weigh most; where one of them
# holds two people, one on each two of those.
_WAITING = """
SELECT left_key, right_key, l.person_id = r.person_id AS same
FROM last.pairs JOIN placed l ON l.record_key = left_key JOIN placed r ON r.record_key = right_key
WHERE pairs.role = $role AND decision = 'REVIEW'
QUALIFY row_number() OVER (
    PARTITION BY least(l.identity_id, r.identity_id), greatest(l.identity_id, r.identity_id),
        least(l.person_id, r.person_id), greatest(l.person_id, r.person_id)
    ORDER BY pairs.match_weight DESC, left_key, right_key) = 1
ORDER BY pairs.match_weight DESC, left_key, right_key
"""

# Of which the machine sees no pair worth a look: `report nta` says how many there are.
_NOTICES_WITHOUT_A_FILE = """
WITH files AS (FROM placed WHERE starts_with(record_key, 'EARM/')),
notices AS (FROM placed WHERE starts_with(record_key, 'NTA/'))
SELECT least(notices.record_key, min(files.record_key)) AS left_key,
    greatest(notices.record_key, min(files.record_key)) AS right_key
FROM notices ANTI JOIN files USING (identity_id) JOIN files USING (person_id)
GROUP BY notices.record_key ORDER BY ALL
"""

IN_REVIEW = "a made-up reviewer, who knows the truth of this made-up world"
LOOKED_UP = "a notice without a file: a made-up reviewer found its child's, knowing the truth"


def answers_by_truth(linked: Path, truth: Path, role: Role) -> list[Answer]:
    """What the truth says of all that waits for review in one role, as the last link left it.

    And of notices that were served, whose child has no file at EARM that they are linked to, it
    names a file. `truth` is the folder with `truth.csv`, `linked` what
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
        told = _on_what_waits(connection, role)
        known = {(one.left, one.right) for one in told}
        if role is Role.CHILD:
            found = connection.execute(_NOTICES_WITHOUT_A_FILE).fetchall()
            told += [
                Answer(role, left, right, Verdict.SAME, LOOKED_UP)
                for left, right in found
                if (left, right) not in known
            ]
    # What joins comes first: whoever stops the reviewer has the figures all the same.
    return sorted(told, key=lambda one: one.verdict is Verdict.DIFFERENT)


def _on_what_waits(connection: DuckDBPyConnection, role: Role) -> list[Answer]:
    waiting = connection.execute(_WAITING, {"role": role}).fetchall()
    return [
        Answer(role, left, right, Verdict.SAME if same else Verdict.DIFFERENT, IN_REVIEW)
        for left, right, same in waiting
    ]
