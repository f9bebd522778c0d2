"""Which pairs are worth comparing."""

import re

import pytest

from linkage.model.blocking import CHILD_RULES, SPONSOR_RULES, find_candidates
from tests.linkage.a_world import a_world

ROLES = (("children", CHILD_RULES), ("sponsors", SPONSOR_RULES))


@pytest.fixture(scope="module")
def world(tmp_path_factory):
    with a_world(tmp_path_factory.mktemp("world")) as connection:
        yield connection


def found(connection, where="true"):
    return set(
        connection.execute(
            f"SELECT join_key_l, join_key_r FROM candidates WHERE {where}"
        ).fetchall()
    )


@pytest.mark.parametrize(("people", "rules"), ROLES)
@pytest.mark.parametrize("every", [1, 7, 200])
def test_the_pairs_of_the_few_who_are_new_are_those_a_full_run_finds(world, people, rules, every):
    find_candidates(world, people, rules)
    world.execute(f"CREATE OR REPLACE TEMP TABLE new AS FROM {people} WHERE person % {every} = 0")
    of_the_new = "join_key_l IN (SELECT person FROM new) OR join_key_r IN (SELECT person FROM new)"
    expected = found(world, of_the_new)
    assert find_candidates(world, people, rules, touched="new") == len(expected) > 0
    assert found(world) == expected


@pytest.mark.parametrize(("people", "rules"), ROLES)
def test_nobody_touched_makes_no_pair(world, people, rules):
    world.execute(f"CREATE OR REPLACE TEMP TABLE nobody AS FROM {people} LIMIT 0")
    assert find_candidates(world, people, rules, touched="nobody") == 0


@pytest.mark.parametrize(("people", "rules"), ROLES)
def test_it_does_not_matter_which_of_two_comes_first(world, people, rules):
    find_candidates(world, people, rules)
    one_way = found(world)
    swapped = {
        name: re.sub(r"\b([lr])\.", lambda side: "lr"[side[1] == "l"] + ".", rule)
        for name, rule in rules.items()
    }
    find_candidates(world, people, swapped)
    assert found(world) == one_way


@pytest.mark.parametrize(("people", "rules"), ROLES)
def test_a_pair_found_by_several_rules_is_compared_once(world, people, rules):
    assert find_candidates(world, people, rules) == len(found(world))


@pytest.mark.parametrize(("people", "rules"), ROLES)
def test_the_pairs_found_are_those_that_the_rules_as_splink_takes_them_find(world, people, rules):
    find_candidates(world, people, rules)
    expected = set()
    for rule in rules.values():
        expected |= set(
            world.execute(
                f"SELECT l.person, r.person FROM {people} l JOIN {people} r"
                f" ON l.person < r.person AND {rule}"
            ).fetchall()
        )
    assert found(world) == expected


@pytest.mark.parametrize("people", ["children", "sponsors"])
def test_those_who_state_no_address_do_not_share_a_door(world, people):
    stated, of_a_door, doors = world.execute(
        "SELECT count(places.record_key), count(people.door), count(people.building)"
        f" FROM {people} AS people LEFT JOIN places_stated AS places USING (record_key, role)"
    ).fetchall()[0]
    assert 0 < stated == of_a_door == doors
    assert world.execute(f"SELECT count(*) > {stated} FROM {people}").fetchall()[0][0]
