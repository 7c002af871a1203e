"""A forest of boosted decision trees over features that hold or do not: what judges frames, antecedents and credit.

The trees are grown by ``benchmarks/forests.py`` and stored as plain numbers, so that reading them needs no library. No
tree is walked: a feature that holds rules out, in each tree, the leaves on the other side of the splits that ask for
it, and the first leaf that none of them rules out is where the walk would end (the QuickScorer of Lucchese et al.,
SIGIR 2015).
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy
from numpy.typing import NDArray

LEAVES = 64
"""How many leaves a tree may have: as many as a word of a mask has bits."""


@dataclass(frozen=True, eq=False)
class Forest:
    """Boosted trees; the sum of one leaf of each is the log-odds.

    Attributes:
        threshold: probability below which what is judged is left out.
        columns: feature -> its row of ``left``.
        left: for each feature and tree a word in which bit n tells whether leaf n, from the left, may still be reached
            when the feature holds.
        value: log-odds of each leaf, ``LEAVES`` for each tree.
    """

    threshold: float
    columns: dict[str, int]
    left: NDArray[numpy.uint64]
    value: NDArray[numpy.float64]

    def probabilities(self, rows: Sequence[Iterable[str]]) -> list[float]:
        """How probable each row, given as the features that hold of it, is right."""
        return [float(p) for p in 1 / (1 + numpy.exp(-self.odds(rows)))]

    def odds(self, rows: Sequence[Iterable[str]]) -> NDArray[numpy.float64]:
        """The log-odds that each row is right."""
        trees = self.left.shape[1]
        reached = numpy.empty((len(rows), trees), dtype=numpy.uint64)
        for row, into in zip(rows, reached, strict=True):
            holds = [column for column in map(self.columns.get, row) if column is not None]
            numpy.bitwise_and.reduce(self.left[holds], axis=0, out=into)
        first = reached & (~reached + numpy.uint64(1))  # the lowest bit alone
        leaf = numpy.frexp(first.astype(numpy.float64))[1] - 1
        summed: NDArray[numpy.float64] = self.value[numpy.arange(trees) * LEAVES + leaf].sum(axis=1)
        return summed


def read_forests(file: Path) -> dict[str, Forest]:
    """Name -> forest, from a weights file; none when the file is missing.

    A tree stands there as ``splits``, each a feature's number and where it leads when the feature does not hold and when
    it does, and ``leaves``. A number below 0 leads to a leaf: -1 to the first.
    """
    if not file.is_file():
        return {}
    data = json.loads(file.read_text(encoding="utf-8"))
    return {name: forest(stored) for name, stored in data.items()}


def forest(stored: dict[str, Any]) -> Forest:
    """A forest from its stored form.

    Raises:
        ValueError: a tree has more leaves than ``LEAVES``.
    """
    features, trees = stored["features"], stored["trees"]
    left = [[(1 << LEAVES) - 1] * len(trees) for _ in features]
    value = numpy.zeros(len(trees) * LEAVES)
    for number, tree in enumerate(trees):
        leaves = ruled_out(tree["splits"], number, left)
        if len(leaves) > LEAVES:
            raise ValueError(f"tree {number} has {len(leaves)} leaves; there is room for {LEAVES}")
        value[number * LEAVES : number * LEAVES + len(leaves)] = [tree["leaves"][leaf] for leaf in leaves]
    return Forest(
        threshold=stored["threshold"],
        columns={name: number for number, name in enumerate(features)},
        left=numpy.array(left, dtype=numpy.uint64).reshape(len(features), len(trees)),
        value=value,
    )


def ruled_out(splits: list[list[int]], tree: int, left: list[list[int]]) -> list[int]:
    """The leaves of a tree from left to right; what each split rules out is taken from ``left``."""
    leaves: list[int] = []

    def visit(node: int) -> None:
        if node < 0:
            leaves.append(~node)
            return
        feature, without, holds = splits[node]
        first = len(leaves)
        visit(without)
        left[feature][tree] &= ~((1 << len(leaves)) - (1 << first))
        visit(holds)

    visit(0 if splits else -1)
    return leaves
