"""Why two records are one person's or not: any two, weighed afresh as the last link left them.

What the graph keeps are the pairs that were compared and weighed enough. Here the engine, with the
models of that link, compares two records whatever they are, and says how they never met.
"""

# ruff: noqa: S608 - names of our own tables and columns, never a value

import re
import time
from dataclasses import dataclass, field
from pathlib import Path

import duckdb
from duckdb import DuckDBPyConnection

from graph.errors import UsageError
from graph.explanation.outcome import Explained, Outcome, decided
from graph.explanation.steps import Pair, steps, way
from graph.explanation.weights import Weighed, weigh
from graph.vocabulary.evidence import PairReason
from linkage.facts.review import weights_text
from linkage.model.blocking import CHILD_RULES, SPONSOR_RULES
from linkage.model.frozen import load_models
from linkage.model.nearly import finding, nearly_finding
from linkage.pairs import keep_pairs_table, write_pairs
from linkage.publishing.runs import latest_linked
from linkage.quoting import file_literal
from linkage.roles import Role
from linkage.store import QUIET
from linkage.weighing import let_links_stay
from linkage.weighing import weigh as weigh_pairs

# A record's id has its version behind its key.
_A_VERSION = re.compile(r"^([^/]+/[^/]+/.+)/v\d+$")

# The two as they stood, what was decided on them before, and where they ended.
_THE_TWO = """
CREATE TABLE {people} AS
FROM last.{people} SEMI JOIN asked ON record_key IN (asked.left_key, asked.right_key);
CREATE TABLE judged_pairs AS
FROM last.judgements_heeded SEMI JOIN asked USING (role, left_key, right_key);
CREATE TABLE was_links AS
SELECT person_l, person_r FROM last.pairs SEMI JOIN asked USING (role, left_key, right_key)
WHERE is_link;
CREATE TABLE unsure_pairs AS SELECT l.person AS person_l, r.person AS person_r
FROM judged_pairs JOIN {people} l ON true JOIN {people} r ON l.person < r.person
WHERE verdict = 'UNSURE';
CREATE TABLE clustered AS
SELECT person, (md5_number_lower(identity_id) >> 1)::BIGINT AS cluster
FROM {people} JOIN last.identities USING (record_key, role)
"""

_STANDING = """
SELECT identity_id, model_version, followers.record_key IS NOT NULL
FROM last.identities LEFT JOIN last.followers USING (record_key)
WHERE record_key = $record AND role = $role
"""

# In the order in which clustering took them (linkage/facts/review.py).
_JOINED = """
SELECT left_key, right_key FROM last.pairs
JOIN last.identities l ON l.record_key = left_key AND l.role = pairs.role
JOIN last.identities r ON r.record_key = right_key AND r.role = pairs.role
WHERE pairs.role = $role AND l.identity_id = $identity AND r.identity_id = $identity
  AND decision = 'LINKED'
ORDER BY judgement IS NULL, NOT is_link, not_plainly_one, -pairs.match_weight, person_l, person_r
"""


@dataclass(frozen=True)
class Why:
    """Two records weighed afresh. `found_by` is the blocking rule that makes them a candidate.

    `identities` are those that the last link has the two under, `nearly` are rules that lack one
    condition only, where none finds them.
    """

    explained: Explained
    run: int
    identities: tuple[str, str]
    found_by: str | None = None
    nearly: list[str] = field(default_factory=list)
    # From two known records to their weight.
    seconds: float = 0.0


def why(home: Path, left: str, right: str, role_name: str) -> Why:
    """Weigh two records, by their keys, in one role, as the last link of `home` left them.

    Raises:
        UsageError: a record is not known in that role, or both are one.
        SponsorgraphError: nothing was linked yet, or its models are gone.
    """
    left, right = sorted(_A_VERSION.sub(r"\1", key) for key in (left, right))
    if left == right:
        raise UsageError("These are one record: name two.")
    last = latest_linked(home)
    with duckdb.connect() as connection:
        connection.execute(QUIET)
        connection.execute("SET threads = 1")
        connection.execute(f"ATTACH {file_literal(last)} AS last (READ_ONLY)")
        asked = _Asked(connection, home, (left, right), role_name)
        return asked.answer(int(last.parent.name))


@dataclass(frozen=True)
class _Asked:
    """Two records of which somebody asks; `last` is attached."""

    connection: DuckDBPyConnection
    home: Path
    keys: tuple[str, str]
    role_name: str

    def answer(self, run: int) -> Why:
        (one, version, follows), (another, _, also) = map(self._standing, self.keys)
        together, both = one == another, (one, another)
        if follows or also:
            return Why(_followed(together=together, version=version), run, both)
        role = self._role(version)
        self._bring(role)
        began = time.monotonic()
        found_by = self._find(role)
        weight, levels, why_not, decision, is_link = self._weigh(role)
        seconds = time.monotonic() - began
        weighed = weigh(weights_text(role.model, role.bands), levels)
        if together:
            judged = self._judged() == "SAME"
            through = [] if is_link or judged else self._way(one)
            explained = Explained(
                *(Outcome.LINKED, None, weight, weighed, version, judged), through=through
            )
            return Why(explained, run, both, found_by, seconds=seconds)
        if found_by is None and self._judged() is None:
            nearly = nearly_finding(self.connection, role.people, role.rules)
            return Why(_never_met(weight, weighed, version), run, both, None, nearly, seconds)
        reason = PairReason(why_not) if why_not else None
        explained = Explained(decided(decision), reason, weight, weighed, version)
        return Why(explained, run, both, found_by, seconds=seconds)

    def _standing(self, record: str) -> tuple[str, str, bool]:
        found = self.connection.execute(_STANDING, {"record": record, "role": self.role_name})
        rows = found.fetchall()
        if not rows:
            raise UsageError(
                f"No current record {record} is about a {self.role_name.lower()} in the last link:"
                " a key looks like EARM/earm/17, and `--role` says whom it is about."
            )
        identity, version, follows = rows[0]
        return identity, version, follows

    def _role(self, version: str) -> Role:
        models = load_models(self.home / "models", version)
        if self.role_name == "CHILD":
            return Role("CHILD", "children", CHILD_RULES, models.child, models.child_bands)
        return Role("SPONSOR", "sponsors", SPONSOR_RULES, models.sponsor, models.sponsor_bands)

    def _bring(self, role: Role) -> None:
        left, right = self.keys
        self.connection.execute(
            "CREATE TABLE asked AS SELECT ? AS left_key, ? AS right_key, ? AS role",
            [left, right, role.name],
        )
        self.connection.execute(_THE_TWO.format(people=role.people))
        keep_pairs_table(self.connection)

    def _find(self, role: Role) -> str | None:
        """The first rule that finds the two; `candidates` has them in any case."""
        self.connection.execute(
            "CREATE OR REPLACE TEMP TABLE candidates AS"
            " SELECT l.person AS join_key_l, r.person AS join_key_r"
            f" FROM {role.people} l JOIN {role.people} r ON l.person < r.person"
        )
        return next(finding(self.connection, role.people, role.rules), None)

    def _weigh(self, role: Role) -> tuple[float, list[int], str | None, str, bool]:
        """Weight, levels, what speaks against a link, decision, whether the pair links by itself.

        By the statements that a link has them from.
        """
        on = self.connection
        weigh_pairs(on, role.model, role.people, "candidates")
        let_links_stay(on, role.bands)
        write_pairs(on, role)
        return on.execute(
            "SELECT match_weight, levels, why, decision, is_link FROM pairs"
        ).fetchall()[0]

    def _judged(self) -> str | None:
        found = self.connection.execute("SELECT verdict FROM judged_pairs").fetchall()
        return found[0][0] if found else None

    def _way(self, identity: str) -> list[str]:
        rows = self.connection.execute(_JOINED, {"role": self.role_name, "identity": identity})
        pairs = (Pair(left, right, None, None, None) for left, right in rows.fetchall())
        return way(steps(pairs), *self.keys)


def _followed(*, together: bool, version: str) -> Explained:
    if together:
        return Explained(Outcome.LINKED, None, None, None, version, follows_its_case=True)
    return Explained(
        *(Outcome.NOT_COMPARED_HERE, None, None, None, version),
        never_met="Not linked: a row of a court case goes where its case goes, and is compared"
        " with nothing. Ask about its case's own record.",
    )


def _never_met(weight: float, weighed: Weighed | None, version: str) -> Explained:
    return Explained(
        *(Outcome.NOT_COMPARED_HERE, None, weight, weighed, version),
        never_met="Not linked: never a candidate, because no blocking rule finds these two. What"
        " they would weigh all the same:",
    )
