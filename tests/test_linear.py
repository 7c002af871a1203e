"""Linear models: what their stored form says."""

from __future__ import annotations

import pytest

from newsclaims.linear import Logistic, classes


def test_weights_of_the_features_that_hold_add_up_to_the_log_odds() -> None:
    model = Logistic(bias=-1.0, weights={"near": 2.0, "quoted": -0.5})
    assert model.odds(["near", "quoted", "never seen"]) == 0.5


def test_classes_share_the_probability() -> None:
    model = classes({"bias": {"pay": 0.0, "deal": 0.0}, "weights": {"salary": [0, 3.0, 1, -3.0], "of": []}})
    said = model.probabilities(["salary", "of", "never seen"])
    assert said["pay"] > 0.9
    assert sum(said.values()) == pytest.approx(1)


def test_what_there_is_more_of_counts_more() -> None:
    model = classes({"bias": {"PERSON": 0.5, "ORG": 0.0}, "weights": {"honorific": [0, 2.0]}})
    assert model.odds({"honorific": 2.0, "never seen": 1.0}) == {"PERSON": 4.5, "ORG": 0.0}
    assert model.odds({}) == {"PERSON": 0.5, "ORG": 0.0}
