"""Files of JSON lines, and what the scripts that fit models are called with."""

from __future__ import annotations

import argparse
import gzip
import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from threadpoolctl import threadpool_limits  # type: ignore[import-untyped]

REAL = 2.0
"""How much an article from the news counts against one that was written to be annotated, which says more of people."""
WRITTEN = "written for"
"""The ``source`` of an article that was written to be annotated says for what."""


def read(file: Path) -> list[dict[str, Any]]:
    """The rows of a file of JSON lines, which may be compressed. Only ``\\n`` ends a line: texts hold other breaks."""
    raw = file.read_bytes()
    lines = (gzip.decompress(raw) if file.suffix == ".gz" else raw).split(b"\n")
    return [json.loads(line) for line in lines if line.strip()]


def write(file: Path, rows: Iterable[dict[str, Any]]) -> Path:
    file.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")
    return file


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
    return [article for file in options.gold for article in read(file)], options
