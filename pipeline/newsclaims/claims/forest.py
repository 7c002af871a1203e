"""A forest of boosted decision trees over features that hold or do not: what judges frames.

The trees are grown by ``benchmarks/fit_people.py`` and stored as plain numbers, so that reading them needs no library.
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
        column: the column that each node asks for; a leaf asks for one where nothing ever holds.
        below: for each node two nodes, where its feature does not hold and where it does; a leaf leads to itself.
        value: log-odds of each node, 0 but for leaves.
        roots: the first node of each tree.
        depth: steps from any root to any leaf, at most.
    """

    threshold: float
    columns: dict[str, int]
    column: NDArray[numpy.int32]
    below: NDArray[numpy.int32]
    value: NDArray[numpy.float64]
    roots: NDArray[numpy.int32]
    depth: int

    def probabilities(self, rows: Sequence[Iterable[str]]) -> list[float]:
        """How probable each row, given as the features that hold of it, is right."""
        holds = numpy.zeros((len(rows), len(self.columns) + 1), dtype=numpy.int32)
        for number, row in enumerate(rows):
            holds[number, [c for c in map(self.columns.get, row) if c is not None]] = 1
        numbers = numpy.arange(len(rows))[:, None]
        at = numpy.repeat(self.roots[None, :], len(rows), axis=0)
        for _ in range(self.depth):
            at = self.below[at, holds[numbers, self.column[at]]]
        odds = self.value[at].sum(axis=1)
        return [float(p) for p in 1 / (1 + numpy.exp(-odds))]


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
    features, nowhere = stored["features"], len(stored["features"])
    column: list[int] = []
    below: list[tuple[int, int]] = []
    value: list[float] = []
    roots: list[int] = []
    depth = 0
    for tree in stored["trees"]:
        first, leaf = len(column), len(column) + len(tree["splits"])
        roots.append(first)
        reached = [0] * len(tree["splits"])
        for number, (feature, *branches) in enumerate(tree["splits"]):
            column.append(feature)
            below.append((*(first + b if b >= 0 else leaf + ~b for b in branches),))
            value.append(0.0)
            for branch in branches:
                if branch >= 0:
                    reached[branch] = reached[number] + 1
        depth = max([depth, *(steps + 1 for steps in reached)])
        for number, odds in enumerate(tree["leaves"], leaf):
            column.append(nowhere)
            below.append((number, number))
            value.append(odds)
    return Forest(
        threshold=stored["threshold"],
        columns={name: number for number, name in enumerate(features)},
        column=numpy.array(column, dtype=numpy.int32),
        below=numpy.array(below, dtype=numpy.int32).reshape(-1, 2),
        value=numpy.array(value),
        roots=numpy.array(roots, dtype=numpy.int32),
        depth=depth,
    )
