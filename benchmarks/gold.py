"""What the scripts that fit models are called with: gold files, how many folds to measure on, and whether to write."""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import Any

from threadpoolctl import threadpool_limits  # type: ignore[import-untyped]

REAL = 2.0
"""How much an article from the news counts against one that was written to be annotated, which says more of people."""
WRITTEN = "written for"
"""The ``source`` of an article that was written to be annotated says for what."""


def importance(article: dict[str, Any]) -> float:
    """How much an article counts when models are fitted."""
    return 1.0 if WRITTEN in str(article.get("source")) else REAL


def arguments(description: str | None, folds: int) -> tuple[list[dict[str, Any]], argparse.Namespace]:
    """The articles of the gold files named on the command line, and the options ``folds`` and ``write``.

    From then on a matrix product has one thread: more of them, for small products, only wait for each other.
    """
    threadpool_limits(1, user_api="blas")
    parser = argparse.ArgumentParser(
        description=description, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("gold", nargs="+", type=Path)
    parser.add_argument("--folds", type=int, default=folds, help="0: fit, and measure nothing")
    parser.add_argument("--write", action="store_true", help="write the weights, fitted on all articles")
    options = parser.parse_args()
    lines = (line for file in options.gold for line in file.open(encoding="utf-8"))
    return [json.loads(line) for line in lines if line.strip()], options
