"""Judges: fitted models that say how probable an answer is, from the features that hold of what they are asked about.

Each is a forest, some with a linear model beside it over the same features, which has a share of the log-odds: the
forest sees what goes together, the linear model the rare word.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy
from numpy.typing import NDArray

from newsclaims.forest import Forest, forest
from newsclaims.linear import Classes, Logistic, classes, logistic
from newsclaims.tables import known, numbered
from newsclaims.weights import read_weights

SUREST = 1e-4
"""Nothing is taken for less probable than this, nor its contrary."""


@dataclass(frozen=True, eq=False)
class Judge:
    """Says how probable it is that something is right."""

    threshold: float
    """Probability below which what is judged is left out."""
    numbers: Mapping[str, int]
    """The features that it knows, those of the forest first, with their numbers."""
    forest: Forest
    linear: Logistic | None = None
    share: float = 0.0
    """Share of the linear model in the log-odds; the forest has the rest."""

    def odds(self, rows: Sequence[Sequence[str]], shared: Sequence[str] = ()) -> list[float]:
        """The log-odds that each row, given as the features that hold of it and those that hold of all, is right."""
        if not rows:
            return []
        holding, everywhere = [known(self.numbers, row) for row in rows], known(self.numbers, shared)
        grown: list[float] = self.forest.odds(holding, everywhere)[:, 0].tolist()
        if self.linear is None:
            return grown
        return [
            (1 - self.share) * of_forest + self.share * self.linear.odds(numpy.concatenate((row, everywhere)))
            for of_forest, row in zip(grown, holding, strict=True)
        ]

    def probabilities(self, rows: Sequence[Sequence[str]], shared: Sequence[str] = ()) -> list[float]:
        """How probable each row is right."""
        return [probability(odds) for odds in self.odds(rows, shared)]


@dataclass(frozen=True, eq=False)
class Jury:
    """Says how probable each of several answers is."""

    labels: tuple[str, ...]
    numbers: Mapping[str, int]
    """The features that it knows, those of the forest first, with their numbers."""
    forest: Forest
    linear: Classes
    share: float
    """Share of the linear model in the log-odds."""

    def probabilities(self, rows: Sequence[Sequence[str]]) -> list[dict[str, float]]:
        """For each row, given as the features that hold of it, answer -> its probability; they sum to 1."""
        if not rows:
            return []
        holding = [known(self.numbers, row) for row in rows]
        beside = numpy.log(self.linear.shares(holding))
        mixed = softmax((1 - self.share) * self.forest.odds(holding) + self.share * beside)
        return [dict(zip(self.labels, shares, strict=True)) for shares in mixed.tolist()]


def probability(odds: float) -> float:
    """The probability with such log-odds."""
    return 1 / (1 + math.exp(-odds))


def log_odds(probability: float) -> float:
    """The log-odds of a probability; no surer than ``SUREST`` either way."""
    p = min(max(probability, SUREST), 1 - SUREST)
    return math.log(p / (1 - p))


def softmax(odds: NDArray[numpy.float64]) -> NDArray[numpy.float64]:
    """Log-odds as probabilities that sum to 1 in each row."""
    grown = numpy.exp(odds - odds.max(axis=1, keepdims=True))
    shares: NDArray[numpy.float64] = grown / grown.sum(axis=1, keepdims=True)
    return shares


def likeliest(shares: Mapping[str, float]) -> str:
    """The answer with the largest share; of equal ones the last in the alphabet."""
    return max(shares, key=lambda label: (shares[label], label))


def judge(stored: Mapping[str, Any]) -> Judge:
    """A judge from its stored form."""
    linear, numbers = stored.get("linear"), numbers_in(stored)
    beside = logistic(linear, numbers) if linear is not None else None
    return Judge(stored["threshold"], numbers, forest(stored["forest"]), beside, stored.get("share", 0.0))


def jury(stored: Mapping[str, Any]) -> Jury:
    """A jury from its stored form."""
    numbers = numbers_in(stored)
    linear = classes(stored["linear"], numbers)
    return Jury(linear.labels, numbers, forest(stored["forest"]), linear, stored["share"])


def numbers_in(stored: Mapping[str, Any]) -> dict[str, int]:
    """The features of a stored model with their numbers: each is looked up once, for the forest and what is beside it."""
    linear = stored.get("linear")
    return numbered([*stored["forest"]["features"], *(linear["weights"] if linear is not None else ())])


def read_judges(name: str) -> dict[str, Judge]:
    """The judges of a file of weights, by name; none when the file is missing."""
    return {key: judge(stored) for key, stored in read_weights(name).items()}


def read_juries(name: str) -> dict[str, Jury]:
    """The juries of a file of weights, by name; none when the file is missing."""
    return {key: jury(stored) for key, stored in read_weights(name).items()}
