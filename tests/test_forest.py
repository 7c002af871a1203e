"""Forests of boosted trees: what their stored form says, and that all rows together fare as each alone."""

from __future__ import annotations

import json
import math
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsclaims.claims.confidence import fitted
from newsclaims.forest import LEAVES, forest, read_forests

STORED = {
    "threshold": 0.5,
    "features": ["quoted", "person.label=PERSON"],
    "trees": [
        # is it quoted? then -0.5; else whether a person fills the slot decides
        {"splits": [[0, 1, -1], [1, -2, -3]], "leaves": [-0.5, 0.25, 2.0]},
        {"splits": [], "leaves": [0.125]},
    ],
}


def odds(tree: dict[str, Any], row: set[str], features: list[str]) -> float:
    """What one tree says of a row, a step at a time."""
    at = 0 if tree["splits"] else -1
    while at >= 0:
        column, absent, present = tree["splits"][at]
        at = present if features[column] in row else absent
    return float(tree["leaves"][~at])


def test_the_leaves_reached_add_up_to_the_log_odds() -> None:
    said = forest(STORED).probabilities(
        [{"person.label=PERSON"}, {"quoted"}, set(), {"a feature of no tree"}]
    )
    expected = [1 / (1 + math.exp(-x)) for x in (2.125, -0.375, 0.375, 0.375)]
    assert [round(p, 12) for p in said] == [round(p, 12) for p in expected]


def test_no_rows_have_no_probabilities() -> None:
    assert forest(STORED).probabilities([]) == []


def test_a_tree_with_more_leaves_than_bits_is_refused() -> None:
    splits = [[0, n + 1, ~n] for n in range(LEAVES)]
    splits[-1][1] = ~LEAVES
    grown = {"splits": splits, "leaves": [0.0] * (LEAVES + 1)}
    with pytest.raises(ValueError, match=f"tree 0 has {LEAVES + 1} leaves"):
        forest({"threshold": 0.5, "features": ["quoted"], "trees": [grown]})


def test_a_missing_file_holds_no_forests(tmp_path: Path) -> None:
    assert read_forests(tmp_path / "frames.json") == {}


def test_a_file_holds_forests_by_name(tmp_path: Path) -> None:
    (tmp_path / "frames.json").write_text(json.dumps({"move": STORED}))
    assert read_forests(tmp_path / "frames.json")["move"].threshold == 0.5


@st.composite
def trees(draw: st.DrawFn, columns: int = 6) -> dict[str, Any]:
    """A tree grown by splitting leaves at random."""
    splits: list[list[int]] = []
    leaves = [draw(st.floats(-3, 3))]
    for _ in range(draw(st.integers(0, 12))):
        leaf = draw(st.integers(0, len(leaves) - 1))
        here = len(splits)
        for split in splits:
            split[1:] = [here if branch == ~leaf else branch for branch in split[1:]]
        splits.append([draw(st.integers(0, columns - 1)), ~leaf, ~len(leaves)])
        leaves.append(draw(st.floats(-3, 3)))
    return {"splits": splits, "leaves": leaves}


@given(st.lists(trees(), min_size=1, max_size=4), st.lists(st.sets(st.sampled_from("abcdef")), max_size=5))
def test_all_rows_together_fare_as_each_alone(grown: list[dict[str, Any]], rows: list[set[str]]) -> None:
    features = list("abcdef")
    said = forest({"threshold": 0.5, "features": features, "trees": grown}).probabilities(rows)
    alone = [1 / (1 + math.exp(-sum(odds(tree, row, features) for tree in grown))) for row in rows]
    assert all(math.isclose(a, b, abs_tol=1e-12) for a, b in zip(said, alone, strict=True))


def test_the_shipped_forests_judge_moves_and_employments() -> None:
    assert set(fitted()) == {"move", "employment"}
    for grown in fitted().values():
        (nothing_known,) = grown.probabilities([[]])
        assert 0 < nothing_known < 1
