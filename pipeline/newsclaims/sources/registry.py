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
    ".txt": "text:read",
    ".text": "text:read",
    ".md": "markdown:read",
    ".markdown": "markdown:read",
    ".html": "html:read",
    ".htm": "html:read",
    ".xhtml": "html:read",
    ".jsonl": "jsonl:read",
    ".ndjson": "jsonl:read",
    ".json": "json:read",
    ".csv": "csv:read",
    ".tsv": "csv:read",
    ".parquet": "parquet:read",
    ".pdf": "pdf:read",
    ".docx": "docx:read",
    ".eml": "eml:read",
    ".warc": "warc:read",
    ".gz": "compression:gz",
    ".tgz": "compression:gz",
    ".bz2": "compression:bz2",
    ".tbz": "compression:bz2",
    ".tbz2": "compression:bz2",
    ".xz": "compression:xz",
    ".txz": "compression:xz",
    ".zst": "compression:zst",
    ".tzst": "compression:zst",
    ".zip": "archives:zip",
    ".tar": "archives:tar",
}
"""Suffix → module of this package, and the reader in it."""


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
    module, _, function = BUILT_IN[suffix].partition(":")
    found: Reader = getattr(import_module(f"newsclaims.sources.{module}"), function)
    return found


@cache
def _foreign() -> dict[str, str]:
    """Suffix → name of the entry point of another package."""
    return {"." + entry.name.lstrip(".").lower(): entry.name for entry in entry_points(group=GROUP)}
