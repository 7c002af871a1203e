"""Bytes to text: UTF-8, UTF-16 and UTF-32 by their mark, and for the rest the likeliest encoding."""

from __future__ import annotations

import codecs
import re

from newsclaims.sources.errors import BinaryError, EncodingError

SAMPLE = 128 * 1024
"""Bytes on which an unknown encoding is judged."""

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),  # before UTF-16: its mark begins with that of UTF-16
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_CONTROL = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
_C1 = re.compile("[\x80-\x84\x86-\x9f]")


def marked(head: bytes) -> str | None:
    """The encoding that a byte order mark at the beginning tells."""
    return next((name for mark, name in _MARKS if head.startswith(mark)), None)


def is_binary(head: bytes) -> bool:
    """Whether bytes are no text: NULs without the mark of an encoding that has them, or many controls."""
    if marked(head) in ("utf-16", "utf-32"):
        return False
    return b"\0" in head or len(_CONTROL.findall(head)) > len(head) // 50


def decode(data: bytes) -> str:
    """The text of a whole file.

    Raises:
        BinaryError: the bytes look binary.
        EncodingError: no encoding fits.
    """
    if is_binary(data):
        raise BinaryError("looks binary: it is no text, and no format that can be read")
    encoding = marked(data) or "utf-8"
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        if encoding != "utf-8":
            raise EncodingError(
                f"begins as {encoding.removesuffix('-sig').upper()} and breaks at byte {error.start}"
            ) from None
    return data.decode(guess(data), "replace")


def guess(data: bytes) -> str:
    """The likeliest encoding of bytes that are not UTF-8.

    Windows-1252 goes before its neighbours where it reads the bytes as they do: it is what English text that
    is not UTF-8 was nearly always written in, and the others make another currency of a pound sign.

    Raises:
        EncodingError: no encoding fits.
    """
    from charset_normalizer import from_bytes

    best = from_bytes(data[:SAMPLE]).best()
    if best is None:
        raise EncodingError("is in no encoding that could be told: convert it to UTF-8")
    return best.encoding
