"""What a pair weighs: what Splink says it weighs, and what its levels add up to."""

import logging

import pytest
from splink import DuckDBAPI, Linker

from linkage.backend import score, weights_of
from linkage.model.blocking import CHILD_RULES, SPONSOR_RULES, find_candidates
from linkage.model.frozen import load_models
from tests.linkage.a_world import a_world

MODELS = load_models()
ROLES = (("children", CHILD_RULES, MODELS.child), ("sponsors", SPONSOR_RULES, MODELS.sponsor))


@pytest.fixture(scope="module")
def world(tmp_path_factory):
    with a_world(tmp_path_factory.mktemp("world")) as connection:
        yield connection


def scored_by_splink(connection, people, model):
    engine = DuckDBAPI(connection)
    linker = Linker(
        engine.register(people, dataset_display_name=people),
        model,
        log_level=logging.ERROR,
        validate_settings=False,
    )
    linker.table_management.register_blocked_pairs_for_predict(engine.register("candidates"))
    predicted = linker.inference.predict().physical_name
    return connection.execute(
        f"SELECT person_l, person_r, match_weight, match_probability FROM {predicted} ORDER BY ALL"
    ).fetchall()


@pytest.mark.parametrize(("people", "rules", "model"), ROLES)
def test_a_pair_weighs_to_the_last_bit_what_splink_says(world, people, rules, model):
    find_candidates(world, people, rules)
    score(world, model, people, "candidates", "scored")
    ours = world.execute(
        "SELECT join_key_l, join_key_r, match_weight, match_probability FROM scored ORDER BY ALL"
    ).fetchall()
    assert len(ours) > 100
    assert ours == scored_by_splink(world, people, model)


@pytest.mark.parametrize(("people", "rules", "model"), ROLES)
def test_the_levels_of_a_pair_add_up_to_its_weight(world, people, rules, model):
    find_candidates(world, people, rules)
    score(world, model, people, "candidates", "scored")
    prior, weights = weights_of(model)
    rows = world.execute("SELECT match_weight, levels FROM scored").fetchall()
    for match_weight, levels in rows:
        said = sum(worth[level] for worth, level in zip(weights, levels, strict=True))
        assert prior + said == pytest.approx(match_weight, abs=1e-9)


def test_what_is_not_stated_is_the_first_level_and_weighs_nothing(world):
    find_candidates(world, "children", CHILD_RULES)
    score(world, MODELS.child, "children", "candidates", "scored")
    names = [comparison["output_column_name"] for comparison in MODELS.child["comparisons"]]
    place = names.index("a_number")
    rows = world.execute(
        f"SELECT levels[{place + 1}] = 0, l.a_number IS NULL OR r.a_number IS NULL FROM scored"
        " JOIN children l ON l.person = join_key_l JOIN children r ON r.person = join_key_r"
    ).fetchall()
    assert all(first == unstated for first, unstated in rows)
    assert {unstated for _, unstated in rows} == {True, False}
    _, weights = weights_of(MODELS.child)
    assert {worth[0] for worth in weights} == {0.0}
