"""The counts of a run."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from newsclaims.batch.worker import Found


@dataclass(slots=True)
class Tally:
    """What a run has done so far. ``words`` and ``seconds`` are of the articles extracted now."""

    articles: int = 0
    kept: int = 0
    extracted: int = 0
    removed: int = 0
    words: int = 0
    claims: Counter[str] = field(default_factory=Counter)
    failures: Counter[str] = field(default_factory=Counter)
    seconds: float = 0.0
    complete: bool = False

    def add(self, found: Found, *, article: bool, now: bool) -> None:
        self.claims += found.claims
        if found.error:
            self.failures[found.error] += 1
        elif article:
            self.articles += 1
            self.kept += not now
            self.extracted += now
            self.words += found.words if now else 0

    def row(self) -> dict[str, Any]:
        """The counts as plain data."""
        return {
            "articles": self.articles,
            "extracted_now": self.extracted,
            "kept": self.kept,
            "claims": sum(self.claims.values()),
            "claims_by_type": dict(sorted(self.claims.items())),
            "failures": sum(self.failures.values()),
            "failures_by_error": dict(sorted(self.failures.items())),
            "words": self.words,
            "seconds": round(self.seconds, 3),
        }
