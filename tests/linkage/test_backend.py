"""What a pair weighs: what Splink says it weighs, and what its levels add up to."""

import pytest

from graph.errors import SponsorgraphError
from linkage.backend import score, weights_of
from linkage.model.blocking import CHILD_RULES, SPONSOR_RULES, find_candidates
from linkage.model.frozen import load_models
from linkage.splink_says import hold_to_splink, weigh_with_splink
from tests.linkage.a_world import a_world

MODELS = load_models()
ROLES = (("children", CHILD_RULES, MODELS.child), ("sponsors", SPONSOR_RULES, MODELS.sponsor))


@pytest.fixture(scope="module")
def world(tmp_path_factory):
    with a_world(tmp_path_factory.mktemp("world")) as connection:
        yield connection


def rows_of(connection, table):
    return connection.execute(
        f"SELECT join_key_l, join_key_r, match_weight, match_probability FROM {table} ORDER BY ALL"
    ).fetchall()


@pytest.mark.parametrize(("people", "rules", "model"), ROLES)
def test_a_pair_weighs_to_the_last_bit_what_splink_says(world, people, rules, model):
    find_candidates(world, people, rules)
    score(world, model, people, "candidates", "scored")
    weigh_with_splink(world, model, people, "candidates")
    assert len(rows_of(world, "scored")) > 100
    assert rows_of(world, "scored") == rows_of(world, "splink_says")


def test_a_model_that_splink_reads_otherwise_is_refused(world, monkeypatch):
    find_candidates(world, "children", CHILD_RULES)
    another = MODELS.child | {"probability_two_random_records_match": 0.5}
    monkeypatch.setattr(
        "linkage.splink_says.score",
        lambda connection, _, *tables: score(connection, another, *tables),
    )
    with pytest.raises(SponsorgraphError, match="the model is not written"):
        hold_to_splink(world, MODELS.child, "children")


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


@pytest.mark.parametrize(("people", "rules", "model"), ROLES)
def test_papers_that_say_alike_weigh_together_what_they_weigh_one_by_one(
    world, people, rules, model
):
    find_candidates(world, people, rules)
    score(world, model, people, "candidates", "together")
    world.execute(
        "CREATE OR REPLACE TEMP TABLE one_by_one AS SELECT join_key_l, join_key_r FROM candidates"
    )
    said, pairs = world.execute(
        "SELECT count(DISTINCT (said_l, said_r)), count(*) FROM candidates"
    ).fetchall()[0]
    assert 0 < said < pairs
    score(world, model, people, "one_by_one", "alone")
    assert world.execute("FROM together EXCEPT FROM alone").fetchall() == []
    assert world.execute("SELECT count(*) FROM alone").fetchall() == [(pairs,)]
