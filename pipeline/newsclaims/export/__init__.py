"""Claims in the formats of other tools: one small module a format, found by name in :mod:`.registry`."""

from newsclaims.export.formats import FileFormat, Format, Notes, TextFormat
from newsclaims.export.registry import export, find, names

__all__ = ["FileFormat", "Format", "Notes", "TextFormat", "export", "find", "names"]
