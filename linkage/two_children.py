"""A cluster that is plainly two children, by what only one child has: her number, her file.

Weights are added up pair by pair, and each pair of a cluster may link well while the whole is two
strangers: among 448,820 children 9 pairs were, of one given name and birthday or country, and of
A-numbers a figure apart. Numbers are issued in sequence, so a wrong figure often is another
child's number. What tells the two from one child with a slip on a paper is all her other papers:

- *Two numbers, each by two sources.* A slip is one clerk's. Two sources do not make the same one,
  so each number is somebody's. It is still one child where a paper under one number and a paper
  under the other agree on what a stranger does not share: surname and day of birth, ORR's own
  child, the day and the door of release. So it is with one who is filed under her sister's number.
- *Two files at EARM, of other days of apprehension and not of one number.* EARM has a file for each
  child, and who is apprehended again keeps her number.

Such papers are held apart by machine, and what is refused for it waits for a person.
"""

# ruff: noqa: S608 - names of our own tables, never a value

from duckdb import DuckDBPyConnection

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

_OF_TWO_NUMBERS = """
WITH papers AS (
    FROM doubted SEMI JOIN several_numbers USING (cluster, a_number)
), crossed AS (
    SELECT l.cluster, l.person AS one, r.person AS other, l.a_number AS its, r.a_number AS others,
        coalesce(l.uac_id = r.uac_id, false)
        OR coalesce(l.release_date = r.release_date AND l.door = r.door, false)
        OR coalesce(l.date_of_birth = r.date_of_birth AND NOT l.birth_is_placeholder, false)
            AND list_has_any([l.family_1, l.family_2], list_filter([r.family_1, r.family_2],
                lambda name: name IS NOT NULL)) AS is_hers
    FROM papers l JOIN papers r ON l.cluster = r.cluster AND l.a_number < r.a_number
)
SELECT least(one, other), greatest(one, other) FROM crossed
QUALIFY NOT bool_or(is_hers) OVER (PARTITION BY cluster, its, others)
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
    pairs = connection.execute(f"{_OF_TWO_NUMBERS} UNION {_OF_TWO_FILES} ORDER BY ALL").fetchall()
    return [(one, other) for one, other in pairs]
