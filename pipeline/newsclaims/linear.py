"""Linear models over features that hold or do not, as the weights files have them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy
from numpy.typing import NDArray

from newsclaims.tables import rows_of


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
        rows: feature -> its row of ``weights``, of which the first is nobody's.
        weights: what each feature adds to the log-odds of each class.
    """

    labels: tuple[str, ...]
    bias: NDArray[numpy.float64]
    rows: Mapping[str, int]
    weights: NDArray[numpy.float64]

    def shares(self, rows: Sequence[Iterable[str]]) -> NDArray[numpy.float64]:
        """For each row, given as the features that hold of it, the share of the probabilities that each class has when
        it is taken against the rest; they sum to 1."""
        odds = numpy.empty((len(rows), len(self.labels)))
        for row, into in zip(rows, odds, strict=True):
            numpy.add.reduce(rows_of(self.weights, self.rows, row), axis=0, out=into)
        chances = 1 / (1 + numpy.exp(-(odds + self.bias)))
        shares: NDArray[numpy.float64] = chances / chances.sum(axis=1, keepdims=True)
        return shares


def classes(stored: Mapping[str, Any]) -> Classes:
    """A model of classes from its stored form: ``bias`` by class, and for each feature in ``weights`` the numbers of
    classes (their places in ``bias``), each with its weight behind it."""
    labels = tuple(stored["bias"])
    table = numpy.zeros((len(stored["weights"]) + 1, len(labels)))
    for row, of in zip(table[1:], stored["weights"].values(), strict=True):
        row[of[::2]] = of[1::2]
    return Classes(
        labels=labels,
        bias=numpy.array(list(stored["bias"].values())),
        rows={feature: row for row, feature in enumerate(stored["weights"], 1)},
        weights=table,
    )
