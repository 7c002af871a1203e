"""A forest of boosted decision trees over features that hold or do not: what judges frames and antecedents.

The trees are grown by ``benchmarks/forests.py`` and stored as plain numbers, so that reading them needs no library.
All rows of a document go through all trees together, a level of the trees at a time.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy
from numpy.typing import NDArray


@dataclass(frozen=True, eq=False)
class Forest:
    """Boosted trees; the sum of one leaf of each is the log-odds.

    Attributes:
        threshold: probability below which what is judged is left out.
        columns: feature -> its column.
        column: the column that each node asks for; of a leaf, one past the last.
        below: two nodes for each, where its feature does not hold and where it does.
        value: log-odds of each node, 0 but for leaves.
        roots: the first node of each tree.
    """

    threshold: float
    columns: dict[str, int]
    column: NDArray[numpy.intp]
    below: NDArray[numpy.intp]
    value: NDArray[numpy.float64]
    roots: NDArray[numpy.intp]

    def probabilities(self, rows: Sequence[Iterable[str]]) -> list[float]:
        """How probable each row, given as the features that hold of it, is right."""
        return [float(p) for p in 1 / (1 + numpy.exp(-self.odds(rows)))]

    def odds(self, rows: Sequence[Iterable[str]]) -> NDArray[numpy.float64]:
        """The log-odds that each row is right."""
        width, trees = len(self.columns) + 1, len(self.roots)
        holds = numpy.zeros((len(rows), width), dtype=numpy.intp)
        for number, row in enumerate(rows):
            holds[number, [c for c in map(self.columns.get, row) if c is not None]] = 1
        facts = holds.ravel()
        first = numpy.repeat(
            numpy.arange(len(rows)) * width, trees
        )  # where the facts of each walk's row begin
        at = numpy.tile(self.roots, len(rows))
        walking = numpy.arange(len(at))
        while len(walking):  # all walks that have not reached a leaf, a step at a time
            node = at[walking]
            column = self.column[node]
            inner = column < width - 1
            walking, node, column = walking[inner], node[inner], column[inner]
            at[walking] = self.below[2 * node + facts[first[walking] + column]]
        summed: NDArray[numpy.float64] = self.value[at].reshape(len(rows), trees).sum(axis=1)
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
    """A forest from its stored form."""
    features = stored["features"]
    column: list[int] = []
    below: list[int] = []
    value: list[float] = []
    roots: list[int] = []
    for tree in stored["trees"]:
        first, leaf = len(column), len(column) + len(tree["splits"])
        roots.append(first)
        for feature, *branches in tree["splits"]:
            column.append(feature)
            below += (first + b if b >= 0 else leaf + ~b for b in branches)
        column += [len(features)] * len(tree["leaves"])
        below += [leaf] * (2 * len(tree["leaves"]))
        value += [0.0] * len(tree["splits"]) + tree["leaves"]
    return Forest(
        threshold=stored["threshold"],
        columns={name: number for number, name in enumerate(features)},
        column=numpy.array(column, dtype=numpy.intp),
        below=numpy.array(below, dtype=numpy.intp),
        value=numpy.array(value),
        roots=numpy.array(roots, dtype=numpy.intp),
    )
