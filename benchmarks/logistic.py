"""Fits linear models, in the form that ``newsclaims.linear`` reads."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from sklearn.linear_model import LogisticRegression

from benchmarks.forests import table

DIGITS = 3


@dataclass(frozen=True)
class Penalty:
    """What keeps a linear model small.

    Attributes:
        inverse: inverse strength of the penalty on squared weights.
        seen: a feature must have been seen this often to have a weight.
        smallest: weights nearer to nothing than this are left out.
    """

    inverse: float
    seen: int = 4
    smallest: float = 0.02


def fit(
    rows: Sequence[Sequence[str]], right: Sequence[bool], weights: Sequence[float], penalty: Penalty
) -> dict[str, Any]:
    """A logistic model of what is right, in its stored form."""
    matrix, named = table(rows, penalty.seen)
    bias, of = column(matrix, right, weights, penalty)
    kept = {name: round(w, DIGITS) for name, w in zip(named, of, strict=True) if abs(w) > penalty.smallest}
    return {"bias": round(bias, DIGITS), "weights": kept}


def fit_classes(
    rows: Sequence[Sequence[str]], answers: Sequence[str], weights: Sequence[float], penalty: Penalty
) -> dict[str, Any]:
    """A model of the answers, each against the rest, in its stored form."""
    matrix, named = table(rows, penalty.seen)
    biases: dict[str, float] = {}
    by_feature: dict[str, dict[str, float]] = defaultdict(dict)
    for label in sorted(set(answers)):
        bias, of = column(matrix, [answer == label for answer in answers], weights, penalty)
        biases[label] = round(bias, DIGITS)
        for name, weight in zip(named, of, strict=True):
            if abs(weight) >= penalty.smallest:
                by_feature[name][label] = round(weight, DIGITS)
    return packed(biases, by_feature)


def column(
    matrix: Any, right: Sequence[bool], weights: Sequence[float], penalty: Penalty
) -> tuple[float, list[float]]:
    """The bias and the weights of the columns in a model of what is right."""
    matrix.indices, matrix.indptr = matrix.indices.astype(np.int32), matrix.indptr.astype(np.int32)
    model = LogisticRegression(C=penalty.inverse, solver="liblinear")
    model.fit(matrix, right, weights)
    return float(model.intercept_[0]), model.coef_[0].tolist()


def packed(bias: Mapping[str, float], weights: Mapping[str, Mapping[str, float]]) -> dict[str, Any]:
    """A model of classes as ``newsclaims.linear.classes`` reads it: ``bias`` by class, and for each feature the numbers
    of classes, in the order of the alphabet, each with its weight behind it."""
    number = {label: n for n, label in enumerate(sorted(bias))}
    rows = {
        feature: [part for label, weight in sorted(of.items()) for part in (number[label], weight)]
        for feature, of in weights.items()
        if of
    }
    return {"bias": dict(sorted(bias.items())), "weights": rows}
