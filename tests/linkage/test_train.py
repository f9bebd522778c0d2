"""Training, and the card that says how good what was trained is."""

import json

from linkage.model.frozen import load_models
from linkage.train_on_demo import MEASURED_ON, train_on_demo


def test_a_card_says_what_was_measured_by_group_on_worlds_not_learnt_from(tmp_path):
    train_on_demo(tmp_path, "test", 120, [71])
    card = json.loads((tmp_path / "card.json").read_text())
    assert card["version"] == "test"
    assert [world["seed"] for world in card["measured"]] == [72, 73, 74]
    assert [(world["noise"], world["hidden"]) for world in card["measured"]] == list(MEASURED_ON)
    assert load_models(tmp_path).lexicon["MARIA"] > 0 > load_models(tmp_path).lexicon["LOPEZ"]
    for world in card["measured"]:
        assert world["child"]["f1"] > 0.9
        assert "no date of birth" in world["child"]["groups"]
        assert world["siblings_joined"] is not None
    assert card["bands"]["child"]["link"] > card["bands"]["child"]["review"]
