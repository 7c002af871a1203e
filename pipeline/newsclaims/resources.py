"""Where the files under ``models/`` lie: in the checkout, or inside the installed package."""

from __future__ import annotations

import os
from collections.abc import Iterable
from functools import cache
from pathlib import Path


@cache
def models_dir() -> Path:
    """Folder of the rules, lexicons and weights that this version of the package came with.

    ``NEWSCLAIMS_MODELS`` in the environment names another one, to try other weights (``benchmarks/crossvalidate.py``).
    """
    if other := os.environ.get("NEWSCLAIMS_MODELS"):
        return Path(other)
    package = Path(__file__).resolve().parent
    installed = package / "models"
    return installed if installed.is_dir() else package.parent.parent / "models"


_added: list[Path] = []


def use_lexicons(files: Iterable[Path]) -> None:
    """Let these lexicons (``NAME.txt``) add to the built-in ones, instead of those that did before.

    It holds for this process, and for pipelines built from now on: components read lexicons when made.
    """
    _added[:] = files
    lexicon.cache_clear()


@cache
def lexicon(name: str) -> frozenset[str]:
    """Entries of ``models/lexicons/NAME.txt`` and of what adds to it: one a line; ``#`` begins a comment."""
    files = [models_dir() / "lexicons" / f"{name}.txt", *(file for file in _added if file.stem == name)]
    lines = [line.strip() for file in files for line in file.read_text(encoding="utf-8").splitlines()]
    return frozenset(line for line in lines if line and not line.startswith("#"))
