"""Which format a file has: by its suffix, and by its content where the suffix lies."""

from __future__ import annotations

from newsclaims.sources import registry
from newsclaims.sources.files import SourceFile


def suffix_of(file: SourceFile) -> str | None:
    """The suffix whose reader is to read the file; ``None`` for a file that is to be passed over."""
    dot = file.name.rfind(".")
    suffix = file.name[dot:].lower() if dot >= 0 else ""
    if suffix in registry.suffixes():
        return suffix
    return ".jsonl" if file.head().lstrip().startswith(b"{") else ".txt"
