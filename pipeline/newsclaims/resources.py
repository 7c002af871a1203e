"""Where the files under ``models/`` lie: in the checkout, or inside the installed package."""

from __future__ import annotations

from functools import cache
from pathlib import Path


@cache
def models_dir() -> Path:
    """Folder of the rules, lexicons and weights that this version of the package came with."""
    package = Path(__file__).resolve().parent
    installed = package / "models"
    return installed if installed.is_dir() else package.parent.parent / "models"


@cache
def lexicon(name: str) -> frozenset[str]:
    """Entries of ``models/lexicons/NAME.txt``: one a line, as written; ``#`` begins a comment line."""
    lines = (models_dir() / "lexicons" / f"{name}.txt").read_text(encoding="utf-8").splitlines()
    return frozenset(line.strip() for line in lines if line.strip() and not line.startswith("#"))
