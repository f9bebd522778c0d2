"""Who could be with whom at all."""

import duckdb
from hypothesis import given, settings
from hypothesis import strategies as st

from linkage.clusters import cluster
from linkage.components import find_components

PEOPLE = 12
pairs = st.lists(st.tuples(st.integers(0, PEOPLE - 1), st.integers(0, PEOPLE - 1)), max_size=14)


def grouped(of):
    groups: dict[int, set[int]] = {}
    for person in range(PEOPLE):
        groups.setdefault(of(person), set()).add(person)
    return sorted(map(sorted, groups.values()))


@settings(max_examples=150, deadline=None)
@given(links=pairs, same=pairs)
def test_components_are_what_following_every_link_by_hand_gives(links, same):
    with duckdb.connect() as connection:
        connection.execute(f"CREATE TABLE people AS SELECT range AS person FROM range({PEOPLE})")
        connection.execute("CREATE TABLE links (one BIGINT, other BIGINT)")
        if links:
            connection.executemany("INSERT INTO links VALUES (?, ?)", links)
        find_components(connection, "people", "links", "found", same)
        found = dict(connection.execute("FROM found").fetchall())
    assert grouped(found.get) == grouped(cluster([*links, *same]).of)
    assert set(found) == set(range(PEOPLE))
    assert all(component == found[component] for component in found.values())
