"""Scales: numbers as features, by the edges that they pass."""

from __future__ import annotations

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
