"""Who could be with whom at all: the components that links make, whatever holds people apart.

Most people's papers are all linked to each other, so one look at everybody's least neighbour
leaves hardly a link between two groups; only those few are followed in Python.
"""

from collections.abc import Iterable

from duckdb import DuckDBPyConnection

from linkage.clusters import cluster

_NEAREST = """
CREATE OR REPLACE TEMP TABLE nearest_linked AS
SELECT greatest(one, other) AS person, min(least(one, other)) AS near FROM {links}
WHERE one <> other GROUP BY ALL
"""

# A group is named by the least neighbour of those in it. Two groups meet where a link goes from
# one into the other, or where she who names a group is herself in another.
_BETWEEN = """
SELECT DISTINCT coalesce(l.near, one) AS left_group, coalesce(r.near, other) AS right_group
FROM {links} LEFT JOIN nearest_linked AS l ON l.person = one
LEFT JOIN nearest_linked AS r ON r.person = other
WHERE left_group <> right_group
UNION
SELECT DISTINCT above.near, groups.near FROM nearest_linked AS groups
JOIN nearest_linked AS above ON above.person = groups.near
"""

_GROUPS_OF = """
SELECT person, near FROM nearest_linked WHERE person IN (SELECT unnest($people::BIGINT[]))
"""

_COMPONENTS = """
CREATE OR REPLACE TEMP TABLE {into} AS
SELECT person, coalesce(met.component, near, person)::BIGINT AS component
FROM {people} LEFT JOIN nearest_linked USING (person)
LEFT JOIN (
    SELECT unnest($groups::BIGINT[]) AS met_group, unnest($components::BIGINT[]) AS component
) AS met ON met.met_group = coalesce(near, person)
"""


def find_components(
    connection: DuckDBPyConnection,
    people: str,
    links: str,
    into: str,
    same: Iterable[tuple[int, int]] = (),
) -> None:
    """Make `into(person, component)` for everybody in `people(person)`.

    `links` is a table of `one` and `other`; `same` are pairs that count as linked besides. A
    component bears the number of somebody in it.
    """
    connection.execute(_NEAREST.format(links=links))
    between = connection.execute(_BETWEEN.format(links=links)).fetchall()
    besides = list(same)
    of_person = _groups_of(connection, {person for pair in besides for person in pair})
    joined = cluster([*between, *((of_person[one], of_person[other]) for one, other in besides)])
    groups = sorted({group for pair in between for group in pair} | set(of_person.values()))
    connection.execute(
        _COMPONENTS.format(into=into, people=people),
        {"groups": groups, "components": [joined.of(group) for group in groups]},
    )


def _groups_of(connection: DuckDBPyConnection, people: set[int]) -> dict[int, int]:
    near = dict(connection.execute(_GROUPS_OF, {"people": sorted(people)}).fetchall())
    return {person: near.get(person, person) for person in people}
