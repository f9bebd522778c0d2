"""One role's people to clusters: candidates, weights, bands, clusters.

All of them, or only whoever new evidence reaches: people touched by it, and everybody whom links
bring together with them or did before. Nobody else's cluster can come out otherwise, so both ways
give the same clusters.
"""

# ruff: noqa: S608 - names of our own tables and columns, never a value

from collections.abc import Iterable
from dataclasses import dataclass, field

from duckdb import DuckDBPyConnection

from linkage.clusters import Clusters, cluster
from linkage.components import find_components
from linkage.judgements import NO_VERDICTS, Verdicts
from linkage.model.alike import forget_alike
from linkage.model.blocking import find_candidates
from linkage.reaching import find_near
from linkage.roles import Role
from linkage.two_children import find_two_children
from linkage.weighing import let_links_stay, weigh

# Pairs that ended in one cluster without having been candidates: they are weighed too, so that
# brothers who met through a third record are seen, and every link can be explained. Most clusters
# have all their pairs, which is sooner counted than looked up.
# Where all are together who were so in the round before, all were weighed in it.
_UNWEIGHED = """
CREATE OR REPLACE TEMP TABLE brought_together AS
FROM clustered WHERE cluster IN (
    SELECT now.cluster FROM clustered AS now LEFT JOIN clustered_before AS before USING (person)
    WHERE before.cluster IS DISTINCT FROM now.cluster);
CREATE OR REPLACE TEMP TABLE unweighed AS
WITH compared_within AS (
    SELECT l.cluster, count(*) AS pairs
    FROM candidates JOIN brought_together l ON l.person = join_key_l
    JOIN brought_together r ON r.person = join_key_r AND r.cluster = l.cluster
    GROUP BY l.cluster
), incomplete AS (
    SELECT cluster FROM brought_together LEFT JOIN compared_within USING (cluster)
    GROUP BY cluster, pairs HAVING count(*) * (count(*) - 1) // 2 > coalesce(pairs, 0)
), of_these AS (
    FROM brought_together SEMI JOIN incomplete USING (cluster)
)
SELECT l.person AS join_key_l, r.person AS join_key_r
FROM of_these l JOIN of_these r ON l.cluster = r.cluster AND l.person < r.person
ANTI JOIN candidates ON candidates.join_key_l = l.person AND candidates.join_key_r = r.person
"""

# What was a link stays one at a lower weight than what would become one: a pair near the line must
# not part and meet again with every delivery.
STRONG_ENOUGH = """((match_weight >= $link OR (match_weight >= $stay AND was_link))
    AND NOT held_apart AND NOT in_doubt AND NOT unsure)"""

# All that is known of those matched: what was weighed now, and what stands from before.
_COMPARED = """
CREATE OR REPLACE TEMP VIEW compared AS
SELECT join_key_l, join_key_r, match_weight, held_apart, in_doubt, not_plainly_one, was_link, unsure
FROM weighed
"""
_AND_STANDING = "UNION ALL BY NAME SELECT * EXCLUDE (before) FROM standing"

# All that would be joined if nothing held anybody apart.
_STRONG_LINKS = f"""
CREATE OR REPLACE TEMP TABLE strong_links AS
SELECT join_key_l AS one, join_key_r AS other FROM compared WHERE {STRONG_ENOUGH}
"""

# Only where links might bring the two together: most pairs held apart never meet.
_APART = """
SELECT join_key_l, join_key_r FROM compared
JOIN linked_at_all l ON l.person = join_key_l
JOIN linked_at_all r ON r.person = join_key_r AND r.component = l.component
WHERE held_apart OR match_weight < $firmly_apart
ORDER BY ALL
"""

# Where nobody is held apart the order of links does not matter, and components are clusters. The
# rest are one in fifty.
_CONTESTED = """
CREATE OR REPLACE TEMP TABLE contested AS
SELECT person, component FROM linked_at_all WHERE component IN (
    SELECT component FROM linked_at_all WHERE person IN (SELECT unnest($apart::BIGINT[])))
"""

# Plain names first, however heavy the rest: a boy whose paper has his twin's A-number and his own
# name misspelt has found himself by then, and his twin is refused.
_LINKS = f"""
SELECT join_key_l, join_key_r FROM compared SEMI JOIN contested ON person = join_key_l
WHERE {STRONG_ENOUGH}
ORDER BY not_plainly_one, match_weight DESC, join_key_l, join_key_r
"""

_NOBODY_CLUSTERED = """
CREATE OR REPLACE TEMP TABLE clustered (person BIGINT, cluster BIGINT)
"""

_CLUSTERED = """
DROP TABLE IF EXISTS clustered_before;
ALTER TABLE clustered RENAME TO clustered_before;
CREATE TEMP TABLE clustered AS
SELECT person, coalesce(found.cluster, component)::BIGINT AS cluster
FROM linked_at_all LEFT JOIN
    (SELECT unnest($people::BIGINT[]) AS person, unnest($named::BIGINT[]) AS cluster) AS found
USING (person)
"""

_WAS_LINKS = """
CREATE OR REPLACE TEMP TABLE was_links AS
SELECT person_l, person_r FROM pairs WHERE role = $role AND is_link
"""


@dataclass(frozen=True)
class Matched:
    """Counts of one role's matching; the tables `weighed` and `clustered` hold the rest."""

    candidates: int
    linked: int
    refused: int


def match(
    connection: DuckDBPyConnection,
    role: Role,
    verdicts: Verdicts = NO_VERDICTS,
    *,
    anew: bool = True,
) -> Matched:
    """Make `weighed`, `linked_at_all(person, component)` and `clustered(person, cluster)`.

    `weighed` has every pair compared: its weight and levels, and what speaks against a link. With
    `anew` everybody is matched; without, only those whom `touched(person)` reaches, which needs
    `components(person, role, component)`, `components_left(component, role)` and
    `renewed(person)`, whose record is another now. What was a link
    before is in the table `pairs` (linkage/pairs.py).
    """
    _keep_unsure(connection, verdicts)
    if anew:
        people = role.people
        connection.execute(_WAS_LINKS, {"role": role.name})
        candidates = find_candidates(connection, people, role.rules)
    else:
        people = "reached_people"
        candidates = find_near(connection, role)
    matching = _Matching(connection, role, people, verdicts, anew)
    refused = matching.until_settled()
    linked = connection.execute(
        f"SELECT count(*) FROM compared WHERE {STRONG_ENOUGH}", matching.link
    ).fetchall()[0][0]
    return Matched(candidates, linked, refused)


@dataclass(frozen=True)
class _Matching:
    """One role's pairs and clusters, until no two meet who were not compared, or are two children.

    `two_children` are pairs that their cluster's other papers tell apart (linkage/two_children.py).
    """

    connection: DuckDBPyConnection
    role: Role
    people: str
    verdicts: Verdicts
    anew: bool
    two_children: set[tuple[int, int]] = field(default_factory=set)

    @property
    def link(self) -> dict[str, float]:
        return {"link": self.role.bands.link, "stay": self.role.bands.stay}

    def until_settled(self) -> int:
        """Weigh and cluster; the number of links refused."""
        weigh(self.connection, self.role.model, self.people, "candidates")
        forget_alike(self.connection)
        let_links_stay(self.connection, self.role.bands)
        self.connection.execute(_COMPARED + ("" if self.anew else _AND_STANDING))
        if not self.anew:
            self.connection.execute(
                "INSERT INTO candidates SELECT join_key_l, join_key_r FROM standing"
            )
        self.connection.execute(_NOBODY_CLUSTERED)
        self._find_components()
        clusters = self._cluster()
        # It ends: each round weighs pairs that were not weighed, or holds some apart that were not.
        while self._weigh_who_met() or self._tell_two_children_apart():
            clusters = self._cluster()
        return len(clusters.refused)

    def _weigh_who_met(self) -> bool:
        """Whether there are any who met without having been compared."""
        self.connection.execute(_UNWEIGHED)
        if not self.connection.execute("SELECT 1 FROM unweighed LIMIT 1").fetchall():
            return False
        weigh(self.connection, self.role.model, self.people, "unweighed")
        let_links_stay(self.connection, self.role.bands)
        self.connection.execute("INSERT INTO candidates BY NAME FROM unweighed")
        return True

    def _tell_two_children_apart(self) -> bool:
        """Whether a cluster is plainly two children's."""
        if self.role.name != "CHILD":
            return False
        found = set(find_two_children(self.connection, self.people)) - self.two_children
        self.two_children.update(found)
        return bool(found)

    def _find_components(self) -> None:
        """Once for all rounds: who is weighed later is in one cluster, and so in one of these."""
        self.connection.execute(_STRONG_LINKS, self.link)
        find_components(
            *(self.connection, self.people, "strong_links", "linked_at_all", self.verdicts.same)
        )

    def _cluster(self) -> Clusters:
        on, same, never = self.connection, self.verdicts.same, self.verdicts.never
        firmly = {"firmly_apart": self.role.bands.firmly_apart}
        apart = [*on.execute(_APART, firmly).fetchall(), *sorted(self.two_children)]
        held = sorted({person for pair in (*apart, *never) for person in pair})
        on.execute(_CONTESTED, {"apart": held})
        links = on.execute(_LINKS, self.link).fetchall()
        clusters = cluster(links, apart, same=same, never=never)
        people = [row[0] for row in on.execute("SELECT person FROM contested").fetchall()]
        on.execute(
            _CLUSTERED, {"people": people, "named": [clusters.of(person) for person in people]}
        )
        return clusters


def _keep_unsure(connection: DuckDBPyConnection, verdicts: Verdicts) -> None:
    left, right = _apart(verdicts.unsure)
    connection.execute(
        "CREATE OR REPLACE TEMP TABLE unsure_pairs AS"
        " SELECT unnest($left::BIGINT[]) AS person_l, unnest($right::BIGINT[]) AS person_r",
        {"left": left, "right": right},
    )


def _apart(pairs: Iterable[tuple[int, int]]) -> tuple[list[int], list[int]]:
    listed = list(pairs)
    return [left for left, _ in listed], [right for _, right in listed]
