"""Whether claims of confidence c are right about c of the time."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

BINS = 10


@dataclass(frozen=True, slots=True)
class Bin:
    """Claims whose confidence lies between two bounds; the upper one belongs to the next bin."""

    low: float
    high: float
    claims: int
    confidence: float
    """Mean confidence."""
    right: float
    """Share of the claims that state a gold fact."""


@dataclass(frozen=True, slots=True)
class Reliability:
    """Bins that have claims, and the mean distance of confidence from share right, weighted by claims."""

    bins: list[Bin]
    expected_error: float

    def row(self) -> dict[str, Any]:
        return {
            "expected_calibration_error": round(self.expected_error, 4),
            "bins": [
                {
                    "low": one.low,
                    "high": one.high,
                    "claims": one.claims,
                    "confidence": round(one.confidence, 4),
                    "right": round(one.right, 4),
                }
                for one in self.bins
            ],
        }


def reliability(judged: Iterable[tuple[float, bool]], bins: int = BINS) -> Reliability:
    """Bin claims, given as confidence and whether right, into intervals of equal width."""
    groups: list[list[tuple[float, bool]]] = [[] for _ in range(bins)]
    for confidence, right in judged:
        groups[min(int(confidence * bins), bins - 1)].append((confidence, right))
    made = [
        Bin(
            low=number / bins,
            high=(number + 1) / bins,
            claims=len(group),
            confidence=sum(confidence for confidence, _ in group) / len(group),
            right=sum(right for _, right in group) / len(group),
        )
        for number, group in enumerate(groups)
        if group
    ]
    total = sum(one.claims for one in made)
    gap = sum(one.claims * abs(one.confidence - one.right) for one in made)
    return Reliability(made, gap / total if total else 0.0)
