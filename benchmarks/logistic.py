"""Fits logistic models and writes them as ``newsclaims.linear`` reads them."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.linear_model import LogisticRegression

from benchmarks.forests import Example, table
from newsclaims.linear import Logistic

SEEN = 4
"""A feature must have been seen this often to have a weight."""
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


def save_logistic(file: Path, models: dict[str, Logistic | None]) -> None:
    """Write models, those that could be fitted."""
    data = {
        name: {
            "bias": round(m.bias, 3),
            "threshold": m.threshold,
            "weights": {k: round(w, 3) for k, w in sorted(m.weights.items())},
        }
        for name, m in models.items()
        if m is not None
    }
    save(file, data)


def save(file: Path, data: dict[str, Any]) -> None:
    file.write_text(json.dumps(data, indent=0, sort_keys=True, ensure_ascii=False) + "\n", encoding="utf-8")
