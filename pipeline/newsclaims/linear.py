"""Linear models over features that hold or do not, as the weights files have them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy
from numpy.typing import NDArray


@dataclass(frozen=True)
class Logistic:
    """A model of yes or no: log-odds are ``bias`` plus the weights of the features that hold."""

    bias: float = 0.0
    weights: Mapping[str, float] = field(default_factory=dict)

    def odds(self, features: Iterable[str]) -> float:
        """The log-odds of yes."""
        return self.bias + sum(filter(None, map(self.weights.get, features)))


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
