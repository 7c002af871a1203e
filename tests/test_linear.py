"""Linear models: what their stored form says."""

from __future__ import annotations

import pytest

from newsclaims.linear import classes, logistic
from newsclaims.tables import known, numbered

NUMBERS = numbered(["near", "quoted", "salary", "of"])


def test_weights_of_the_features_that_hold_add_up_to_the_log_odds() -> None:
    model = logistic({"bias": -1.0, "weights": {"near": 2.0, "quoted": -0.5}}, NUMBERS)
    assert model.odds(known(NUMBERS, ["near", "quoted", "of", "never seen"])) == 0.5


def test_classes_share_the_probability() -> None:
    stored = {"bias": {"pay": 0.0, "deal": 0.0}, "weights": {"salary": [0, 3.0, 1, -3.0], "of": []}}
    model = classes(stored, NUMBERS)
    ((pay, deal),) = model.shares([known(NUMBERS, ["salary", "of", "never seen"])])
    assert model.labels == ("pay", "deal")
    assert pay > 0.9
    assert pay + deal == pytest.approx(1)


def test_a_row_of_which_nothing_is_known_has_the_shares_of_the_biases() -> None:
    model = classes({"bias": {"pay": 2.0, "deal": 2.0}, "weights": {"salary": [0, 3.0]}}, NUMBERS)
    assert model.shares([known(NUMBERS, []), known(NUMBERS, ["salary"])])[0].tolist() == [0.5, 0.5]


def test_a_model_may_know_no_feature() -> None:
    model = classes({"bias": {"pay": 2.0, "deal": 2.0}, "weights": {}}, NUMBERS)
    assert model.shares([known(NUMBERS, ["salary"])])[0].tolist() == [0.5, 0.5]
