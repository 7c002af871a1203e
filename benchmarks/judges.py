"""Fits the judges that ``newsclaims.judges`` reads."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from benchmarks.forests import Example, grow
from benchmarks.logistic import Penalty, fit, fit_classes

CLASSES = {"rounds": 60, "num_leaves": 31, "learning_rate": 0.1, "feature_fraction": 0.4}
"""How the forests of several answers grow: smaller, since there is a tree for each of them in every round."""

SHARE = 0.35
"""Share of a linear model in the log-odds, unless told otherwise."""

Row = tuple[list[str], str, float]
"""Features, the right answer, and how much both count."""


def fit_judge(
    examples: Sequence[Example], threshold: float, linear: Penalty | None = None, **growth: Any
) -> dict[str, Any] | None:
    """A judge of the examples, in its stored form; nothing where they are all alike."""
    rows, right = [e.names for e in examples], [e.right for e in examples]
    if len(set(right)) < 2:
        return None
    weights = [e.weight for e in examples]
    fitted = {"threshold": threshold, "forest": grow(rows, [int(r) for r in right], weights, **growth)}
    if linear is None:
        return fitted
    return fitted | {"linear": fit(rows, right, weights, linear), "share": SHARE}


def fit_jury(rows: Sequence[Row], linear: Penalty, share: float = SHARE, **growth: Any) -> dict[str, Any]:
    """A jury over the answers of the rows, in its stored form; ``growth`` counts before ``CLASSES``."""
    names, answers, weights = zip(*rows, strict=True)
    number = {label: n for n, label in enumerate(sorted(set(answers)))}
    numbers = [number[answer] for answer in answers]
    return {
        "forest": grow(names, numbers, list(weights), len(number), **CLASSES | growth),
        "linear": fit_classes(names, answers, weights, linear),
        "share": share,
    }
