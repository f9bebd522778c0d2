"""A cluster that is plainly two children, by what only one child has: her number, her file.

Weights are added up pair by pair, and each pair of a cluster may link well while the whole is two
strangers: among 448,820 children 9 pairs were, of one given name and birthday or country, and of
A-numbers a figure apart. Numbers are issued in sequence, so a wrong figure often is another
child's number. What tells the two from one child with a slip on a paper is all her other papers:

- *Two numbers, each by two sources.* Papers that say of her what no stranger's do (surname and day
  of birth, ORR's own child, the day and the door of release) are of one body, whatever their
  numbers. Where two bodies have each a number of their own that two sources state, it is two
  children: a slip is one clerk's. One who is filed under her sister's number is one body.
- *Two files at EARM, of other days of apprehension and not of one number.* EARM has a file for each
  child, and who is apprehended again keeps her number.

Such papers are held apart by machine, and what is refused for it waits for a person.
"""

# ruff: noqa: S608 - names of our own tables, never a value

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from itertools import combinations, product
from typing import NamedTuple

from duckdb import DuckDBPyConnection

from linkage.clusters import Clusters

# Nearly all clusters have one number and one day at EARM; of those that have several nearly all
# have a slip. Papers are fetched of the few that are left.
_SEVERAL_NUMBERS = """
CREATE OR REPLACE TEMP TABLE several_numbers AS
WITH several AS (
    SELECT cluster FROM clustered JOIN {people} USING (person) GROUP BY cluster
    HAVING min(a_number) <> max(a_number)
), stated AS (
    SELECT cluster, a_number FROM clustered SEMI JOIN several USING (cluster)
    JOIN {people} USING (person) WHERE a_number IS NOT NULL
    GROUP BY ALL HAVING count(DISTINCT split_part(record_key, '/', 1)) > 1
)
FROM stated WHERE cluster IN (SELECT cluster FROM stated GROUP BY cluster HAVING count(*) > 1)
"""
_SEVERAL_DAYS = """
SELECT cluster FROM clustered
JOIN (FROM {people} WHERE starts_with(record_key, 'EARM/')) USING (person)
GROUP BY cluster HAVING min(entry_date) <> max(entry_date)
"""
_PAPERS = f"""
CREATE OR REPLACE TEMP TABLE doubted AS
SELECT cluster, people.* FROM clustered
SEMI JOIN (SELECT cluster FROM several_numbers UNION {_SEVERAL_DAYS}) USING (cluster)
JOIN {{people}} AS people USING (person)
"""

_NUMBERED = """
SELECT cluster, person, split_part(record_key, '/', 1), a_number, uac_id,
    release_date, door, CASE WHEN NOT birth_is_placeholder THEN date_of_birth END,
    [family_1, family_2]
FROM doubted WHERE a_number IS NOT NULL AND cluster IN (SELECT cluster FROM several_numbers)
ORDER BY cluster, person
"""

# Days that are a slip apart may be one (linkage/model/comparisons.py, ENTRY).
_OF_TWO_FILES = """
SELECT l.person, r.person FROM doubted l JOIN doubted r
ON l.cluster = r.cluster AND l.person < r.person
WHERE starts_with(l.record_key, 'EARM/') AND starts_with(r.record_key, 'EARM/')
    AND abs(l.entry_date - r.entry_date) > 3
    AND hamming(strftime(l.entry_date, '%Y-%m-%d'), strftime(r.entry_date, '%Y-%m-%d')) > 1
    AND NOT coalesce(l.a_number = r.a_number, false)
"""


def find_two_children(connection: DuckDBPyConnection, people: str) -> list[tuple[int, int]]:
    """Pairs of children's papers to hold apart, the lesser first, within clusters of `clustered`.

    `people` is a table of children's features, of all who are clustered.
    """
    connection.execute(_SEVERAL_NUMBERS.format(people=people))
    connection.execute(_PAPERS.format(people=people))
    numbered: dict[int, list[_Paper]] = defaultdict(list)
    for cluster, *stated in connection.execute(_NUMBERED).fetchall():
        numbered[cluster].append(_Paper(*stated))
    pairs = {pair for papers in numbered.values() for pair in _of_two_numbers(papers)}
    pairs.update(connection.execute(_OF_TWO_FILES).fetchall())
    return sorted(pairs)


class _Paper(NamedTuple):
    person: int
    source: str
    number: str
    uac_id: str | None
    released: date | None
    door: int | None
    born: date | None
    surnames: list[str | None]

    @property
    def her_own(self) -> list[tuple[object, ...]]:
        """What two papers of two children do not both say."""
        said: list[tuple[object, ...]] = [("born", self.born, name) for name in self.surnames]
        said += [("child", self.uac_id), ("released", self.released, self.door)]
        return [one for one in said if None not in one]


def _of_two_numbers(papers: list[_Paper]) -> Iterator[tuple[int, int]]:
    for one, other in combinations(_bodies(papers), 2):
        its, others = _stated_twice(one), _stated_twice(other)
        if its and others and not its & others:
            for left, right in product(one, other):
                yield min(left.person, right.person), max(left.person, right.person)


def _bodies(papers: list[_Paper]) -> list[list[_Paper]]:
    together = Clusters()
    said_first: dict[tuple[object, ...], int] = {}
    for paper in papers:
        for one in paper.her_own:
            together.join(said_first.setdefault(one, paper.person), paper.person)
    bodies: dict[int, list[_Paper]] = defaultdict(list)
    for paper in papers:
        bodies[together.of(paper.person)].append(paper)
    return list(bodies.values())


def _stated_twice(papers: list[_Paper]) -> set[str]:
    """The numbers that two sources state."""
    sources: dict[str, set[str]] = defaultdict(set)
    for paper in papers:
        sources[paper.number].add(paper.source)
    return {number for number, stated in sources.items() if len(stated) > 1}
