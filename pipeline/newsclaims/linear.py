"""Linear models over features that hold or do not, as the weights files have them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any

import numpy
from numpy.typing import NDArray

from newsclaims.tables import Known


@dataclass(frozen=True, eq=False)
class Logistic:
    """A model of yes or no: log-odds are ``bias`` plus the weights of the features that hold, by their numbers."""

    bias: float
    weights: NDArray[numpy.float64]

    def odds(self, row: Known) -> float:
        """The log-odds of yes."""
        found: list[float] = self.weights.take(row).tolist()
        return self.bias + sum(found)


@dataclass(frozen=True, eq=False)
class Classes:
    """A linear model of several classes, each with a bias and weights of features.

    Attributes:
        labels: the classes, a column each.
        bias: log-odds of each class where no feature holds.
        weights: what each feature, by its number, adds to the log-odds of each class.
    """

    labels: tuple[str, ...]
    bias: NDArray[numpy.float64]
    weights: NDArray[numpy.float64]

    def shares(self, rows: Sequence[Known]) -> NDArray[numpy.float64]:
        """For each row, given as the features that hold of it, the share of the probabilities that each class has when
        it is taken against the rest; they sum to 1."""
        odds = numpy.empty((len(rows), len(self.labels)))
        for row, into in zip(rows, odds, strict=True):
            numpy.add.reduce(self.weights.take(row, axis=0), axis=0, out=into)
        chances = 1 / (1 + numpy.exp(-(odds + self.bias)))
        shares: NDArray[numpy.float64] = chances / chances.sum(axis=1, keepdims=True)
        return shares


def logistic(stored: Mapping[str, Any], numbers: Mapping[str, int]) -> Logistic:
    """A model of yes or no from its stored form, ``bias`` and ``weights`` by feature, given the features' numbers."""
    table = numpy.zeros(len(numbers) + 1)
    table[[numbers[feature] for feature in stored["weights"]]] = list(stored["weights"].values())
    return Logistic(stored["bias"], table)


def classes(stored: Mapping[str, Any], numbers: Mapping[str, int]) -> Classes:
    """A model of classes from its stored form, given the features' numbers: ``bias`` by class, and for each feature in
    ``weights`` the numbers of classes (their places in ``bias``), each with its weight behind it."""
    labels = tuple(stored["bias"])
    table = numpy.zeros((len(numbers) + 1, len(labels)))
    rows = [numbers[feature] for feature, of in stored["weights"].items() for _ in of[::2]]
    pairs = numpy.array(list(chain.from_iterable(stored["weights"].values()))).reshape(-1, 2)
    table[rows, pairs[:, 0].astype(numpy.int64)] = pairs[:, 1]
    return Classes(labels=labels, bias=numpy.array(list(stored["bias"].values())), weights=table)
