"""Grows forests of boosted trees, in the form that ``newsclaims.forest`` reads."""

from __future__ import annotations

import sys
from array import array
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import lightgbm
import numpy as np
from scipy.sparse import csr_matrix

ROUNDS = 120
"""Of boosting: as many trees for each output."""
GROWTH: dict[str, Any] = {
    "objective": "binary",
    "learning_rate": 0.08,
    "num_leaves": 63,
    "min_data_in_leaf": 15,
    "feature_fraction": 0.15,
    "lambda_l2": 5,
    "seed": 1,
    "deterministic": True,
    "force_row_wise": True,
    "num_threads": 2,
    "verbose": -1,
}
SEEN = 20
"""A feature must have been seen this often to split a tree."""


@dataclass
class Example:
    """Something to judge: its features, whether it is right, and the article it comes from."""

    article: int
    names: list[str]
    right: bool
    weight: float = 1.0


def table(rows: Sequence[Sequence[str]], seen: int) -> tuple[csr_matrix, list[str]]:
    """A matrix of the features that hold of each row, and the names of its columns, in the order of the alphabet."""
    number: dict[str, int] = {}
    found, ends = array("i"), array("q", [0])
    for row in rows:
        found.extend({number.setdefault(name, len(number)) for name in row})
        ends.append(len(found))
    matrix = csr_matrix((np.ones(len(found)), found, ends), (len(rows), len(number)))
    times = np.bincount(matrix.indices, minlength=len(number))
    named = sorted(name for name, column in number.items() if times[column] >= seen)
    return matrix[:, [number[name] for name in named]].sorted_indices(), named


def grow(
    rows: Sequence[Sequence[str]],
    answers: Sequence[int],
    weights: Sequence[float],
    outputs: int = 1,
    rounds: int = ROUNDS,
    **other: Any,
) -> dict[str, Any]:
    """A forest of rows of features with the number of each one's answer, in its stored form: 1 for yes and 0 for no, or
    with several ``outputs`` one of as many. ``other`` settings of its growth count before ``GROWTH``."""
    matrix, named = table(rows, SEEN)
    if not named:
        sys.exit(f"too few articles to fit on: no feature holds of {SEEN} examples")
    settings = GROWTH | ({"objective": "multiclass", "num_class": outputs} if outputs > 1 else {}) | other
    data = lightgbm.Dataset(matrix, answers, weight=weights)
    model = lightgbm.train(settings, data, rounds).dump_model()
    grown = [flat(tree["tree_structure"]) for tree in model["tree_info"]]
    used = sorted({feature for splits, _ in grown for feature in splits[::3]})
    number = {column: n for n, column in enumerate(used)}
    for splits, _ in grown:
        splits[::3] = [number[column] for column in splits[::3]]
    return {
        "outputs": outputs,
        "features": [named[column] for column in used],
        "splits": [splits for splits, _ in grown],
        "leaves": [leaves for _, leaves in grown],
    }


def flat(root: dict[str, Any]) -> tuple[list[int], list[float]]:
    """The splits and leaves of a tree, as ``newsclaims.forest`` wants them."""
    splits: list[int] = []
    leaves: list[float] = []

    def visit(node: dict[str, Any]) -> None:
        if "leaf_value" in node:
            leaves.append(round(node["leaf_value"], 4))
            return
        first = len(leaves)
        visit(node["left_child"])
        splits.extend((node["split_feature"], first, len(leaves)))
        visit(node["right_child"])

    visit(root)
    return splits, leaves
