"""A forest of boosted decision trees over features that hold or do not: what judges frames, fillers and figures.

The trees are grown by ``benchmarks/forests.py`` and stored as plain numbers, so that reading them needs no library. No
tree is walked: a feature that holds rules out, in each tree, the leaves on the other side of the splits that ask for
it, and the first leaf that none of them rules out is where the walk would end (the QuickScorer of Lucchese et al.,
SIGIR 2015).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy
from numpy.typing import NDArray

from newsclaims.tables import Known

LEAVES = 64
"""How many leaves a tree may have: as many as a word of a mask has bits."""
FEW = 32
"""How many leaves half of such a word has bits for."""

NONE = numpy.zeros(0, dtype=numpy.int64)


@dataclass(frozen=True, eq=False)
class Forest:
    """Boosted trees; the sum of one leaf of each is the log-odds.

    Attributes:
        outputs: of how many things the trees speak by turns, each of the next: 1, or the number of classes.
        left: for each feature, by its number in the order in which the forest names them, and each tree a word in which
            bit n tells whether leaf n, from the left, may still be reached when the feature holds. Words are of 32 bits
            where no tree has more leaves: half as much to go through.
        value: log-odds of each leaf, ``LEAVES`` for each tree.
    """

    outputs: int
    left: NDArray[Any]
    value: NDArray[numpy.float64]

    def odds(self, rows: Sequence[Known], shared: Known = NONE) -> NDArray[numpy.float64]:
        """The log-odds of each row, given as the features that hold of it and those that hold of all, of which others than
        the forest's come behind them in number: a column for each output."""
        features, trees = self.left.shape
        reached = numpy.empty((len(rows), trees), dtype=self.left.dtype)
        for row, into in zip(rows, reached, strict=True):
            numpy.bitwise_and.reduce(self.left.take(row[row < features], axis=0), axis=0, out=into)
        if len(shared):
            reached &= numpy.bitwise_and.reduce(self.left.take(shared[shared < features], axis=0), axis=0)
        first = reached & (~reached + self.left.dtype.type(1))  # the lowest bit alone
        leaf = numpy.frexp(first.astype(numpy.float64))[1] - 1
        said = self.value[numpy.arange(trees) * LEAVES + leaf]
        by_round = said.reshape(len(rows), trees // self.outputs, self.outputs)
        summed: NDArray[numpy.float64] = by_round.sum(axis=1)
        return summed


def forest(stored: Mapping[str, Any]) -> Forest:
    """A forest from its stored form: for each tree its ``leaves`` from left to right and its ``splits``, three numbers
    each: the feature, and the leaves that are ruled out when it holds, the first and the one behind the last.

    Raises:
        ValueError: a tree has more leaves than ``LEAVES``.
    """
    features, trees = stored["features"], len(stored["leaves"])
    left = numpy.full((len(features) + 1, trees), ~numpy.uint64(0))
    value = numpy.zeros((trees, LEAVES))
    for tree, leaves in enumerate(stored["leaves"]):
        if len(leaves) > LEAVES:
            raise ValueError(f"tree {tree} has {len(leaves)} leaves; there is room for {LEAVES}")
        value[tree, : len(leaves)] = leaves
    owner = numpy.repeat(numpy.arange(trees), [len(splits) // 3 for splits in stored["splits"]])
    numbers = [number for splits in stored["splits"] for number in splits]
    feature, first, behind = numpy.array(numbers, dtype=numpy.int64).reshape(-1, 3).T
    one = numpy.uint64(1)
    ruled_out = (one << behind.astype(numpy.uint64)) - (one << first.astype(numpy.uint64))
    numpy.bitwise_and.at(left, (feature + 1, owner), ~ruled_out)
    few = max(map(len, stored["leaves"]), default=0) <= FEW
    return Forest(
        outputs=stored["outputs"],
        left=left.astype(numpy.uint32) if few else left,
        value=value.ravel(),
    )
