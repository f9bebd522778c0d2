"""Pairwise and B-cubed agreement of two partitions, counted from contingency cells.

A cell is the records that share a person and an identity. Pairs are never listed: n records of
one person are n(n-1)/2 pairs, and a hub of thousands costs one row.
"""

from dataclasses import dataclass

from duckdb import DuckDBPyConnection


@dataclass(frozen=True)
class Agreement:
    """Pairs that truth has, that were found, and that are both."""

    true: int
    found: int
    right: int

    @property
    def precision(self) -> float:
        return self.right / self.found if self.found else 1.0

    @property
    def recall(self) -> float:
        return self.right / self.true if self.true else 1.0

    @property
    def f1(self) -> float:
        return 2 * self.right / (self.true + self.found) if self.true + self.found else 1.0


@dataclass(frozen=True)
class BCubed:
    """The mean over records of how pure and how complete each one's identity is."""

    precision: float
    recall: float

    @property
    def f1(self) -> float:
        together = self.precision + self.recall
        return 2 * self.precision * self.recall / together if together else 0.0


# Both tables hold (member, person_id, identity_id): a member nobody linked is its own identity.
_PAIRWISE = """
WITH cell AS (SELECT person_id, identity_id, count(*) AS n FROM judged GROUP BY ALL),
sized AS (
    SELECT (SELECT sum(n * (n - 1)) FROM cell) AS right_twice,
        (SELECT sum(n * (n - 1)) FROM (SELECT sum(n) AS n FROM cell GROUP BY person_id))
            AS true_twice,
        (SELECT sum(n * (n - 1)) FROM (SELECT sum(n) AS n FROM cell GROUP BY identity_id))
            AS found_twice
)
SELECT coalesce(true_twice, 0) // 2, coalesce(found_twice, 0) // 2, coalesce(right_twice, 0) // 2
FROM sized
"""

_B_CUBED = """
WITH cell AS (SELECT person_id, identity_id, count(*) AS n FROM judged GROUP BY ALL),
sized AS (
    SELECT n, sum(n) OVER (PARTITION BY identity_id) AS of_identity,
        sum(n) OVER (PARTITION BY person_id) AS of_person
    FROM cell
)
SELECT coalesce(sum(n * n / of_identity) / sum(n), 1), coalesce(sum(n * n / of_person) / sum(n), 1)
FROM sized
"""

# Pairs with one record in each table; within one table, the usual half of n(n-1).
_BY_TABLE_PAIR = """
WITH counted AS (
    SELECT 'true' AS what, person_id AS grouped, '' AS other, table_name, count(*) AS n
    FROM judged GROUP BY ALL
    UNION ALL
    SELECT 'found', identity_id, '', table_name, count(*) FROM judged GROUP BY ALL
    UNION ALL
    SELECT 'right', identity_id, person_id, table_name, count(*) FROM judged GROUP BY ALL
), paired AS (
    SELECT l.what, l.table_name AS one, r.table_name AS another,
        CASE WHEN l.table_name = r.table_name THEN l.n * (l.n - 1) // 2 ELSE l.n * r.n END AS pairs
    FROM counted l JOIN counted r
      ON l.what = r.what AND l.grouped = r.grouped AND l.other = r.other
     AND l.table_name <= r.table_name
)
SELECT one || '–' || another, coalesce(sum(pairs) FILTER (what = 'true'), 0)::BIGINT,
    coalesce(sum(pairs) FILTER (what = 'found'), 0)::BIGINT,
    coalesce(sum(pairs) FILTER (what = 'right'), 0)::BIGINT
FROM paired GROUP BY 1 ORDER BY 1
"""

# A pair belongs to a group when one of its records does: all pairs less those with none in it.
_BY_GROUP = """
WITH named AS (SELECT DISTINCT group_name FROM grouped),
counted AS (
    SELECT group_name, person_id, identity_id, count(*) AS n,
        count(*) FILTER (grouped.member IS NULL) AS outside
    FROM named CROSS JOIN judged LEFT JOIN grouped USING (group_name, member) GROUP BY ALL
), pairs AS (
    SELECT group_name, 'right' AS what, n, outside FROM counted
    UNION ALL SELECT group_name, 'true', sum(n), sum(outside) FROM counted
    GROUP BY group_name, person_id
    UNION ALL SELECT group_name, 'found', sum(n), sum(outside) FROM counted
    GROUP BY group_name, identity_id
), twice AS (
    SELECT group_name, what, sum(n * (n - 1) - outside * (outside - 1)) AS pairs
    FROM pairs GROUP BY ALL
)
SELECT group_name, coalesce(sum(pairs) FILTER (what = 'true'), 0)::BIGINT // 2,
    coalesce(sum(pairs) FILTER (what = 'found'), 0)::BIGINT // 2,
    coalesce(sum(pairs) FILTER (what = 'right'), 0)::BIGINT // 2
FROM twice GROUP BY 1 ORDER BY 1
"""


def pairwise(connection: DuckDBPyConnection) -> Agreement:
    """Agreement over all pairs of `judged(member, person_id, identity_id)`."""
    true, found, right = connection.execute(_PAIRWISE).fetchall()[0]
    return Agreement(int(true), int(found), int(right))


def b_cubed(connection: DuckDBPyConnection) -> BCubed:
    """B-cubed precision and recall (Bagga and Baldwin 1998) of `judged`."""
    precision, recall = connection.execute(_B_CUBED).fetchall()[0]
    return BCubed(float(precision), float(recall))


def by_table_pair(connection: DuckDBPyConnection) -> dict[str, Agreement]:
    """Agreement for each pair of tables, `judged` having a `table_name`."""
    return _by_part(connection, _BY_TABLE_PAIR)


def by_group(connection: DuckDBPyConnection) -> dict[str, Agreement]:
    """Agreement for each group in `grouped(group_name, member)`; groups may overlap."""
    return _by_part(connection, _BY_GROUP)


def _by_part(connection: DuckDBPyConnection, statement: str) -> dict[str, Agreement]:
    """A part without pairs, true or found, has no figures: nothing there could be right."""
    rows = connection.execute(statement).fetchall()
    return {name: Agreement(*pairs) for name, *pairs in rows if any(pairs)}
