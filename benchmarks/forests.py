"""Grows forests of boosted trees and writes them as ``newsclaims.forest`` reads them."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import lightgbm
import numpy as np
from sklearn.feature_extraction import DictVectorizer

TREES = 120
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


def table(examples: Sequence[Example], seen: int) -> tuple[Any, list[str]]:
    """A matrix of the features that hold of each example, and the names of its columns."""
    vectorizer = DictVectorizer()
    matrix = vectorizer.fit_transform([dict.fromkeys(e.names, 1.0) for e in examples])
    kept = np.asarray((matrix > 0).sum(axis=0)).ravel() >= seen
    named = [n for n, k in zip(vectorizer.get_feature_names_out(), kept, strict=True) if k]
    return matrix[:, kept], named


def grow(examples: Sequence[Example], threshold: float, trees: int = TREES, **other: float) -> dict[str, Any]:
    """A forest of the examples, in its stored form; ``other`` settings of its growth count before ``GROWTH``."""
    matrix, named = table(examples, SEEN)
    data = lightgbm.Dataset(matrix, [float(e.right) for e in examples], weight=[e.weight for e in examples])
    model = lightgbm.train(GROWTH | other, data, trees).dump_model()
    grown = [flat(tree["tree_structure"]) for tree in model["tree_info"]]
    used = sorted({split[0] for tree in grown for split in tree["splits"]})
    number = {column: n for n, column in enumerate(used)}
    for tree in grown:
        tree["splits"] = [[number[column], *branches] for column, *branches in tree["splits"]]
    return {"threshold": threshold, "features": [named[column] for column in used], "trees": grown}


def flat(root: dict[str, Any]) -> dict[str, list[Any]]:
    """A tree as ``read_forests`` wants it."""
    splits: list[list[int]] = []
    leaves: list[float] = []

    def place(node: dict[str, Any]) -> int:
        if "leaf_value" in node:
            leaves.append(round(node["leaf_value"], 4))
            return -len(leaves)
        here = len(splits)
        splits.append([node["split_feature"]])
        splits[here] += [place(node["left_child"]), place(node["right_child"])]
        return here

    place(root)
    return {"splits": splits, "leaves": leaves}


def save_forests(file: Path, forests: dict[str, Any]) -> None:
    """Write forests, one a line."""
    lines = (f"{json.dumps(k)}:{json.dumps(v, separators=(',', ':'))}" for k, v in forests.items())
    file.write_text("{\n" + ",\n".join(lines) + "\n}\n", encoding="utf-8")
