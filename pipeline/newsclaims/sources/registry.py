"""Which reader reads which suffix.

A package may bring readers of its own by the entry point group ``newsclaims.readers``: the entry's name is
the suffix without its dot, its object a :data:`~newsclaims.sources.files.Reader`. It goes before a built-in
one.
"""

from __future__ import annotations

from functools import cache
from importlib import import_module
from importlib.metadata import entry_points

from newsclaims.sources.files import Reader

GROUP = "newsclaims.readers"

BUILT_IN = {
    ".txt": "text",
    ".text": "text",
    ".md": "markdown",
    ".markdown": "markdown",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
}
"""Suffix → module of this package whose ``read`` is the reader."""


@cache
def suffixes() -> frozenset[str]:
    """All suffixes that have a reader, with their dot, in lower case."""
    return frozenset(BUILT_IN) | frozenset(_foreign())


@cache
def reader(suffix: str) -> Reader:
    """The reader for a suffix out of :func:`suffixes`."""
    if suffix in _foreign():
        loaded: Reader = entry_points(group=GROUP)[_foreign()[suffix]].load()
        return loaded
    found: Reader = import_module(f"newsclaims.sources.{BUILT_IN[suffix]}").read
    return found


@cache
def _foreign() -> dict[str, str]:
    """Suffix → name of the entry point of another package."""
    return {"." + entry.name.lstrip(".").lower(): entry.name for entry in entry_points(group=GROUP)}
