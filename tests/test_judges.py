"""Judges: a forest and a linear model over the same features, and the files that they are read from."""

from __future__ import annotations

import gzip
import json
import math
from pathlib import Path
from typing import Any

import pytest

from newsclaims.claims.confidence import first_judges, last_judges, slot_judges
from newsclaims.claims.frames import PLACES
from newsclaims.judges import judge, jury, likeliest, read_judges, read_juries


def stump(feature: str, *said: tuple[float, float]) -> dict[str, Any]:
    """A forest of one tree for each output: what it says when the feature does not hold, and when it does."""
    return {
        "outputs": len(said),
        "features": [feature],
        "splits": [[0, 0, 1] for _ in said],
        "leaves": [list(pair) for pair in said],
    }


ALONE = {"threshold": 0.4, "forest": stump("near", (-1.0, 2.0))}
BESIDE = ALONE | {"linear": {"bias": 0.0, "weights": {"rare": 4.0}}, "share": 0.25}
TENSES = {
    "forest": stump("said=former", (1.0, -1.0), (-1.0, 1.0)),
    "linear": {"bias": {"current": 0.0, "former": 0.0}, "weights": {"ex": [0, -5.0, 1, 5.0]}},
    "share": 0.5,
}


@pytest.fixture
def models(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of models with two files of weights."""
    monkeypatch.setattr("newsclaims.weights.models_dir", lambda: tmp_path)
    (tmp_path / "weights").mkdir()
    for name, stored in (("slots", {"move.role": ALONE}), ("factuality", {"employment": TENSES})):
        (tmp_path / "weights" / f"{name}.json.gz").write_bytes(gzip.compress(json.dumps(stored).encode()))
    return tmp_path


def test_a_forest_judges_alone_or_with_a_linear_model_beside_it() -> None:
    assert judge(ALONE).odds([["near"], []]) == [2.0, -1.0]
    assert judge(BESIDE).odds([["near", "rare"]]) == [0.75 * 2.0 + 0.25 * 4.0]
    assert judge(ALONE).probabilities([["near"]]) == [pytest.approx(1 / (1 + math.exp(-2.0)))]
    assert judge(BESIDE).probabilities([]) == []


def test_a_jury_shares_the_probability_among_the_answers() -> None:
    tenses = jury(TENSES)
    held, gone, rare = tenses.probabilities([[], ["said=former"], ["ex"]])
    assert (likeliest(held), likeliest(gone), likeliest(rare)) == ("current", "former", "former")
    assert sum(held.values()) == pytest.approx(1)


def test_files_hold_judges_and_juries_by_name_and_a_missing_one_none(models: Path) -> None:
    assert models.is_dir()
    assert read_judges("slots")["move.role"].threshold == 0.4
    assert read_juries("factuality")["employment"].labels == ("current", "former")
    assert read_judges("frames") == {}


def test_the_shipped_judges_know_people_and_what_fills_their_slots() -> None:
    assert set(first_judges()) == set(last_judges()) == {"move", "employment"}
    assert {f"move.{slot}" for slot in PLACES if slot != "employer"} < set(slot_judges())
    for judges in (first_judges(), last_judges()):
        for one in judges.values():
            (nothing_known,) = one.probabilities([[]])
            assert 0 < nothing_known < 1
