"""Which format a file has: by its suffix, and by its content where the suffix lies or is unknown."""

from __future__ import annotations

import json
import re

from newsclaims.sources import registry
from newsclaims.sources.decoding import is_binary
from newsclaims.sources.errors import BinaryError, EmptyError, UnsupportedError
from newsclaims.sources.files import SourceFile

_MAGIC = (
    (re.compile(rb"PK(?:\x03\x04|\x05\x06)"), ".zip"),
    (re.compile(rb"\x1f\x8b\x08"), ".gz"),
    (re.compile(rb"BZh[1-9](?:1AY&SY|\x17rE8P\x90)"), ".bz2"),
    (re.compile(rb"\xfd7zXZ\0"), ".xz"),
    (re.compile(rb"[\x22-\x28]\xb5\x2f\xfd|[\x50-\x5f]\x2a\x4d\x18"), ".zst"),
    (re.compile(rb"(?s:.{257})ustar"), ".tar"),
    (re.compile(rb"PAR1"), ".parquet"),
    (re.compile(rb"(?s:.{0,1024}?)%PDF-\d"), ".pdf"),
    (re.compile(rb"WARC/\d"), ".warc"),
)
_WORD_FILE = re.compile(rb"word/(?:document|_rels|styles)|\[Content_Types\]\.xml")
_UNREAD = (
    (re.compile(rb"\{\\rtf"), "rich text (RTF)", "save it as .docx or .txt"),
    (
        re.compile(rb"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"),
        "an old Office file (.doc, .xls, .ppt)",
        "save it as .docx, .csv or .pdf",
    ),
    (
        re.compile(rb"PK\x03\x04(?s:.{26})mimetypeapplication/vnd\.oasis\.opendocument"),
        "an OpenDocument file",
        "save it as .docx, .csv or .pdf",
    ),
    (
        re.compile(rb"PK\x03\x04(?s:.{0,4096}?)xl/(?:workbook|worksheets|theme|_rels)"),
        "an Excel file",
        "save it as .csv",
    ),
    (
        re.compile(rb"PK\x03\x04(?s:.{0,4096}?)ppt/(?:presentation|slides|theme|_rels)"),
        "a PowerPoint file",
        "save it as .pdf",
    ),
)
"""Formats that are known and have no reader: how they begin, what they are, and the way out."""
_XML = re.compile(rb"(?:\xef\xbb\xbf)?\s*<\?xml\b")
_HTML = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]*>\s*)?(?:(?><!--.*?-->)\s*)*+<(?:!doctype\s+html|html)\b",
    re.I | re.S,
)
_MAIL_HEAD = re.compile(rb"(?:[A-Za-z][\w-]*:[ \t].*\r?\n(?:[ \t].*\r?\n)*){2,}\r?\n")
_MAIL_FIELD = re.compile(rb"^(?:From|Received|Return-Path|Message-ID|MIME-Version):", re.I | re.M)
_JSON_LINE = re.compile(rb'(?:\xef\xbb\xbf)?\s*\{\s*"(?:[^"\\\n]|\\.){0,200}"\s*:')
_JSON_LIST = re.compile(rb"(?:\xef\xbb\xbf)?\s*\[\s*\{\s*\"")

_CODE = frozenset({".css", ".js", ".mjs", ".map", ".svg"})
_MEDIA = frozenset(
    (
        *(".jpg", ".jpeg", ".png", ".gif", ".webp", ".ico", ".bmp", ".tif", ".tiff", ".heic", ".avif"),
        *(".mp3", ".m4a", ".wav", ".ogg", ".flac", ".mp4", ".m4v", ".mov", ".avi", ".mkv", ".webm"),
        *(".woff", ".woff2", ".ttf", ".otf", ".eot"),
    )
)
"""Files that come along with articles and hold none: saved pages bring them by the hundred."""


def suffix_of(file: SourceFile) -> str | None:
    """The suffix whose reader is to read the file; ``None`` for a file that is to be passed over.

    Raises:
        EmptyError: there are no bytes.
        BinaryError: no format is known for these bytes.
        UnsupportedError: the bytes are of a known format that has no reader.
    """
    dot = file.name.rfind(".")
    named = file.name[dot:].lower() if dot >= 0 else ""
    head = file.head()
    if named in registry.suffixes() - registry.BUILT_IN.keys():
        return named
    if not head:
        raise EmptyError("is empty")
    for pattern, kind, way_out in _UNREAD:
        if pattern.match(head):
            raise UnsupportedError(f"is {kind}, which has no reader: {way_out}")
    if found := _by_magic(head, named):
        return found
    if not file.sought and (named in _CODE or (named in _MEDIA and is_binary(head))):
        return None
    if is_binary(head):
        if named == ".tar":  # an old one, without its mark
            return named
        raise BinaryError(
            f"looks binary, and not like the {named} file it is called: damaged or of another format"
            if named in registry.suffixes()
            else "looks binary: it is no text, and no format that can be read"
        )
    return _by_text(head, named)


def _by_magic(head: bytes, named: str) -> str | None:
    found = next((suffix for pattern, suffix in _MAGIC if pattern.match(head)), None)
    if found == ".zip" and (named == ".docx" or _WORD_FILE.search(head[:4096])):
        return ".docx"
    return found


def _by_text(head: bytes, named: str) -> str:
    """The format of bytes that are text: that of the suffix, unless it is plainly another."""
    if _HTML.match(head):
        return named if named in (".xhtml", ".htm") else ".html"
    if _XML.match(head) and named not in (".html", ".htm", ".xhtml"):
        raise UnsupportedError("is XML, which has no reader: make HTML, text or JSON lines of it")
    if named in (".md", ".markdown", ".json", ".jsonl", ".ndjson", ".csv", ".tsv", ".eml"):
        return named
    if named in (".html", ".htm", ".xhtml") and b"<" in head:
        return named
    if (named == ".pdf" and b" obj" in head) or (named == ".warc" and b"WARC-" in head):
        return named  # damaged at its very beginning
    if _JSON_LINE.match(head):
        return ".jsonl" if _is_object(head.partition(b"\n")) else ".json"
    if _JSON_LIST.match(head):
        return ".json"
    if (
        named not in (".txt", ".text")
        and (fields := _MAIL_HEAD.match(head))
        and _MAIL_FIELD.search(fields[0])
    ):
        return ".eml"
    return ".txt"


def _is_object(parts: tuple[bytes, bytes, bytes]) -> bool:
    """Whether the first line is a whole JSON object, or too long to tell."""
    first, end, _ = parts
    if not end:
        return True
    try:
        return isinstance(json.loads(first.decode("utf-8-sig")), dict)
    except (ValueError, RecursionError):
        return False
