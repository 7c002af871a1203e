"""Linear models over features that hold or do not, as the weights files have them."""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path


@dataclass(frozen=True)
class Logistic:
    """A model of yes or no: log-odds are ``bias`` plus the weights of the features that hold."""

    bias: float = 0.0
    threshold: float = 0.0
    """Probability from which on the answer counts as yes."""
    weights: dict[str, float] = field(default_factory=dict)

    def odds(self, features: Iterable[str]) -> float:
        """The log-odds of yes."""
        return self.bias + sum(filter(None, map(self.weights.get, features)))

    def probability(self, features: Iterable[str]) -> float:
        return 1 / (1 + math.exp(-self.odds(features)))


def read_logistic(file: Path) -> dict[str, Logistic]:
    """Name -> model, from a weights file; none when the file is missing."""
    if not file.is_file():
        return {}
    data = json.loads(file.read_text(encoding="utf-8"))
    return {name: Logistic(m["bias"], m["threshold"], m["weights"]) for name, m in data.items()}


@dataclass(frozen=True)
class Classes:
    """A model of several classes, one against the rest: each class has a bias and weights of features."""

    bias: Mapping[str, float]
    weights: Mapping[str, Mapping[str, float]]
    """Feature -> class -> weight."""

    def probabilities(self, names: Iterable[str]) -> dict[str, float]:
        """Class -> its share of the probabilities, which sum to 1."""
        odds = dict(self.bias)
        for weights in filter(None, map(self.weights.get, names)):
            for label, weight in weights.items():
                odds[label] += weight
        shares = {label: 1 / (1 + math.exp(-value)) for label, value in odds.items()}
        total = sum(shares.values())
        return {label: share / total for label, share in shares.items()}
