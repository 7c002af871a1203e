"""Where the files under ``models/`` lie: in the checkout, or inside the installed package."""

from __future__ import annotations

import os
import tomllib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
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


class Lexicons:
    """The word lists of ``models/lexicons/``, with what a user's files (``NAME.txt``) add to them.

    Each pipeline has its own, and its components read them for as long as they run.
    """

    def __init__(self, files: Iterable[Path] = ()) -> None:
        self.files = tuple(files)
        self._read: dict[str, frozenset[str]] = {}

    def __getitem__(self, name: str) -> frozenset[str]:
        """Entries of ``NAME.txt``, read once."""
        if name not in self._read:
            added = [entries(file) for file in self.files if file.stem == name]
            self._read[name] = built_in(name).union(*added) if added else built_in(name)
        return self._read[name]

    @contextmanager
    def in_force(self) -> Iterator[None]:
        """Let ``lexicon`` read these until the block is left, in this thread and no other.

        The block is not to be left half-way: no generator may yield inside it.
        """
        token = _in_force.set(self)
        try:
            yield
        finally:
            _in_force.reset(token)


_in_force: ContextVar[Lexicons] = ContextVar("lexicons", default=Lexicons())  # noqa: B039  it only grows


def lexicons_in_force() -> Lexicons:
    """What ``lexicon`` reads here: the built-in lexicons outside all blocks."""
    return _in_force.get()


def lexicon(name: str) -> frozenset[str]:
    """Entries of ``models/lexicons/NAME.txt`` and of what adds to it in the lexicons that are in force."""
    return _in_force.get()[name]


@cache
def lexicon_names() -> frozenset[str]:
    return frozenset(file.stem for file in (models_dir() / "lexicons").glob("*.txt"))


@cache
def built_in(name: str) -> frozenset[str]:
    """Entries of ``models/lexicons/NAME.txt``."""
    return entries(models_dir() / "lexicons" / f"{name}.txt")


@cache
def word_kinds(name: str) -> dict[str, frozenset[str]]:
    """Kind -> its words, of ``models/lexicons/NAME.toml``."""
    data = tomllib.loads((models_dir() / "lexicons" / f"{name}.toml").read_text(encoding="utf-8"))
    return {kind: frozenset(words) for kind, words in data.items()}


def entries(file: Path) -> frozenset[str]:
    """What a lexicon lists: one entry a line; ``#`` begins a comment."""
    lines = map(str.strip, file.read_text(encoding="utf-8-sig").splitlines())
    return frozenset(line for line in lines if line and not line.startswith("#"))
