"""Scales: numbers as features, by the edges that they pass; and the largest of numbers, but for one's own."""

from __future__ import annotations

import math
from bisect import bisect_left
from dataclasses import dataclass
from functools import cache, lru_cache

EDGES = (0, 1, 2, 4, 8, 16)
"""Of small numbers."""


@dataclass(frozen=True, eq=False, slots=True)
class Scale:
    """Edges by which a number becomes several features."""

    edges: tuple[float, ...]

    def passed(self, name: str, number: float) -> tuple[str, ...]:
        """A feature for each edge that a number passes."""
        return steps(name, self)[: bisect_left(self.edges, number)]


@lru_cache(maxsize=16384)  # some names hold words of the text
def steps(name: str, scale: Scale) -> tuple[str, ...]:
    """The features of all edges of a scale."""
    return tuple(f"{name}>{edge}" for edge in scale.edges)


def bucket(number: float, edges: tuple[float, ...] = EDGES) -> str:
    """The first edge that a number does not pass, in words."""
    return words(edges)[bisect_left(edges, number)]


@cache
def words(edges: tuple[float, ...]) -> tuple[str, ...]:
    """What ``bucket`` may say."""
    return (*(f"<={edge}" for edge in edges), "more")


@dataclass(slots=True)
class Most:
    """The largest of the numbers of several owners, and the largest of those of all but one of them."""

    largest: float = -math.inf
    """Of all of them."""
    _owner: object = None
    """Whose it is."""
    _second: float = -math.inf
    """The largest of all others."""

    def add(self, owner: object, number: float) -> None:
        """Take in a number of somebody, who may have more of them."""
        if owner == self._owner:
            self.largest = max(self.largest, number)
        elif number > self.largest:
            self._owner, self.largest, self._second = owner, number, self.largest
        else:
            self._second = max(self._second, number)

    def beside(self, owner: object) -> float:
        """The largest number of all but an owner; minus infinity where nobody else has one."""
        return self._second if owner == self._owner else self.largest
