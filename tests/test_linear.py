"""Linear models: what their stored form says."""

from __future__ import annotations

import json
import math
from pathlib import Path

import pytest

from newsclaims.linear import Logistic, classes, likeliest, read_classes, read_logistic


def test_weights_of_the_features_that_hold_add_up_to_the_log_odds() -> None:
    model = Logistic(bias=-1.0, weights={"near": 2.0, "quoted": -0.5})
    assert model.odds(["near", "quoted", "never seen"]) == 0.5
    assert model.probability(["near"]) == pytest.approx(1 / (1 + math.exp(-1.0)))


def test_classes_share_the_probability() -> None:
    model = classes({"bias": {"pay": 0.0, "deal": 0.0}, "weights": {"salary": [0, 3.0, 1, -3.0], "of": []}})
    said = model.probabilities(["salary", "of", "never seen"])
    assert said["pay"] > 0.9
    assert sum(said.values()) == pytest.approx(1)


def test_what_there_is_more_of_counts_more() -> None:
    model = classes({"bias": {"PERSON": 0.5, "ORG": 0.0}, "weights": {"honorific": [0, 2.0]}})
    assert model.odds({"honorific": 2.0, "never seen": 1.0}) == {"PERSON": 4.5, "ORG": 0.0}
    assert model.odds({}) == {"PERSON": 0.5, "ORG": 0.0}


def test_a_file_holds_models_by_name_and_a_missing_one_none(tmp_path: Path) -> None:
    file = tmp_path / "slots.json"
    assert read_logistic(file) == {}
    file.write_text(json.dumps({"move.role": {"bias": 1, "threshold": 0.5, "weights": {"near": 2}}}))
    assert read_logistic(file)["move.role"].odds(["near"]) == 3


def test_a_file_of_classes_tells_the_likeliest_by_name(tmp_path: Path) -> None:
    file = tmp_path / "factuality.json"
    assert read_classes(file) == {}
    stored = {"bias": {"current": 0.2, "former": 0.0}, "weights": {"said=former": [1, 1.0]}}
    file.write_text(json.dumps({"employment": stored}))
    model = read_classes(file)["employment"]
    assert likeliest(model.probabilities(["said=former"])) == "former"
    assert likeliest(model.probabilities([])) == "current"
