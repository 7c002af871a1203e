"""Linear models over features that hold or do not, as the weights files have them."""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy
from numpy.typing import NDArray


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


@dataclass(frozen=True, eq=False)
class Classes:
    """A linear model of several classes, each with a bias and weights of features.

    Attributes:
        labels: the classes, a column each.
        bias: log-odds of each class where no feature holds.
        rows: feature -> its row of ``weights``.
        weights: what each feature adds to the log-odds of each class.
    """

    labels: tuple[str, ...]
    bias: NDArray[numpy.float64]
    rows: Mapping[str, int]
    weights: NDArray[numpy.float64]

    def odds(self, features: Mapping[str, float]) -> dict[str, float]:
        """Class -> its log-odds, given how much of each feature there is."""
        known = [(row, much) for name, much in features.items() if (row := self.rows.get(name)) is not None]
        rows, amounts = ([row for row, _ in known], [much for _, much in known])
        odds = self.bias + numpy.array(amounts) @ self.weights[rows]
        return dict(zip(self.labels, odds.tolist(), strict=True))

    def probabilities(self, names: Iterable[str]) -> dict[str, float]:
        """Class -> its share of the probabilities, each class taken against the rest; they sum to 1."""
        holds = [row for row in map(self.rows.get, names) if row is not None]
        shares = 1 / (1 + numpy.exp(-(self.bias + self.weights[holds].sum(axis=0))))
        return dict(zip(self.labels, (shares / shares.sum()).tolist(), strict=True))


def classes(stored: Mapping[str, Any]) -> Classes:
    """A model of classes from its stored form: ``bias`` by class, and for each feature in ``weights`` the numbers of
    classes (their places in ``bias``), each with its weight behind it."""
    labels = tuple(stored["bias"])
    table = numpy.zeros((len(stored["weights"]), len(labels)))
    for row, of in zip(table, stored["weights"].values(), strict=True):
        row[of[::2]] = of[1::2]
    return Classes(
        labels=labels,
        bias=numpy.array(list(stored["bias"].values())),
        rows={feature: row for row, feature in enumerate(stored["weights"])},
        weights=table,
    )


def read_classes(file: Path) -> dict[str, Classes]:
    """Name -> model of classes, from a weights file; none when the file is missing."""
    if not file.is_file():
        return {}
    data = json.loads(file.read_text(encoding="utf-8"))
    return {name: classes(stored) for name, stored in data.items()}


def likeliest(shares: Mapping[str, float]) -> str:
    """The class with the largest share; of equal ones the last in the alphabet."""
    return max(shares, key=lambda label: (shares[label], label))
