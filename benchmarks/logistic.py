"""Fits logistic models and writes them as ``newsclaims.linear`` reads them."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression

from benchmarks.forests import Example, table
from newsclaims.linear import Logistic

SEEN = 4
"""A feature must have been seen this often to have a weight."""
DIGITS = 2
"""Of the weights of classes, which are many."""
SMALLEST = 0.005
"""Weights nearer to nothing than this are left out of the files."""


def fit(
    examples: Sequence[Example],
    penalty: float,
    threshold: float = 0.5,
    seen: int = SEEN,
    smallest: float = SMALLEST,
) -> Logistic | None:
    """A logistic model of the examples; nothing where they are all alike.

    ``penalty`` is the inverse strength of the penalty on squared weights.
    """
    right = [e.right for e in examples]
    if len(set(right)) < 2:
        return None
    matrix, named = table(examples, seen)
    matrix.indices, matrix.indptr = matrix.indices.astype(np.int32), matrix.indptr.astype(np.int32)
    model = LogisticRegression(C=penalty, solver="liblinear")
    model.fit(matrix, right, [e.weight for e in examples])
    weights = {n: float(w) for n, w in zip(named, model.coef_[0], strict=True) if abs(w) > smallest}
    return Logistic(float(model.intercept_[0]), threshold, weights)


Row = tuple[list[str], str, float]
"""Features, a label, and how much both count."""


def fit_classes(rows: Sequence[Row], penalty: float, seen: int, smallest: float) -> dict[str, Any]:
    """A model of the labels, each against the rest, as the weights file has it."""
    times = Counter(name for names, _, _ in rows for name in names)
    vectorizer = DictVectorizer()
    matrix = vectorizer.fit_transform(
        [{name: 1.0 for name in names if times[name] >= seen} for names, _, _ in rows]
    )
    matrix.indices, matrix.indptr = matrix.indices.astype(np.int32), matrix.indptr.astype(np.int32)
    counts = [count for _, _, count in rows]
    bias: dict[str, float] = {}
    weights: dict[str, dict[str, float]] = defaultdict(dict)
    for label in sorted({label for _, label, _ in rows}):
        model = LogisticRegression(C=penalty, solver="liblinear")
        model.fit(matrix, [mine == label for _, mine, _ in rows], counts)
        bias[label] = round(float(model.intercept_[0]), 3)
        for name, weight in zip(vectorizer.get_feature_names_out(), model.coef_[0], strict=True):
            if abs(weight) >= smallest:
                weights[str(name)][label] = round(float(weight), DIGITS)
    return packed(bias, weights)


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


def save_logistic(file: Path, models: dict[str, Logistic | None]) -> None:
    """Write models, those that could be fitted."""
    data = {
        name: {
            "bias": round(m.bias, 3),
            "threshold": m.threshold,
            "weights": {k: round(w, 3) for k, w in m.weights.items()},
        }
        for name, m in models.items()
        if m is not None
    }
    save(file, data)


def save(file: Path, models: Mapping[str, Mapping[str, Any]]) -> None:
    """Write models by name, a feature a line."""
    written = ",\n".join(f"{dumps(name)}:{model_text(model)}" for name, model in sorted(models.items()))
    file.write_text(f"{{\n{written}\n}}\n", encoding="utf-8")


def model_text(model: Mapping[str, Any]) -> str:
    """A model as JSON, with each feature on a line of its own."""
    head = ",".join(
        f"{dumps(key)}:{dumps(value)}" for key, value in sorted(model.items()) if key != "weights"
    )
    rows = ",\n".join(f"{dumps(feature)}:{dumps(of)}" for feature, of in sorted(model["weights"].items()))
    return f'{{{head},"weights":{{\n{rows}\n}}}}'


def dumps(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
