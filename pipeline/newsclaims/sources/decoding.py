"""Bytes to text: UTF-8, UTF-16 and UTF-32 by their mark, and for the rest the likeliest encoding."""

from __future__ import annotations

import codecs
import re

from newsclaims.sources.errors import BinaryError, EncodingError

SAMPLE = 64 * 1024
"""Bytes on which it is judged whether they are text, and in which encoding."""

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),  # before UTF-16, whose mark is the beginning of this one
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_CONTROL = re.compile(rb"[\x01-\x08\x0e-\x1a\x1c-\x1f\x7f]")


def marked(head: bytes) -> str | None:
    """The encoding that a byte order mark at the beginning tells."""
    return next((name for mark, name in _MARKS if head.startswith(mark)), None)


def is_binary(data: bytes) -> bool:
    """Whether bytes are no text: NULs without the mark of an encoding that has them, or many controls."""
    if marked(data) in ("utf-16", "utf-32"):
        return False
    head = data[:SAMPLE]
    return b"\0" in data or len(_CONTROL.findall(head)) > max(4, len(head) // 50)


def decode(data: bytes, declared: str | None = None) -> str:
    """The text of a whole file.

    Bytes that are UTF-8 but for a few, as when a file was cut off inside a letter, are read as UTF-8 with
    U+FFFD for those.

    Args:
        data: the bytes.
        declared: the encoding that something around them names; it is tried after UTF-8.

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
        if encoding.startswith("utf-8"):
            text = data.decode(encoding, "replace")
            lost = text.count("\ufffd")
            if sum(not char.isascii() for char in text) > 4 * lost:
                return text
        elif error.end >= len(data) - 1:
            return data.decode(encoding, "replace")
        else:
            message = f"begins as {encoding.upper()} and is not that at byte {error.start}"
            raise EncodingError(message) from None
    if declared:
        try:
            return data.decode(declared)
        except (LookupError, UnicodeError):
            pass
    return data.decode(guess(data), "replace")


def guess(data: bytes) -> str:
    """The likeliest encoding of bytes that are not UTF-8.

    Where most bytes are ASCII and the rest exist in Windows-1252, it is that: English text that is not UTF-8
    is nearly always in it, and its look-alikes read a pound sign as another letter.

    Raises:
        EncodingError: no encoding fits.
    """
    from charset_normalizer import from_bytes

    first = next((place for place, byte in enumerate(data) if byte > 127), 0)
    sample = data[max(0, first - SAMPLE // 2) :][:SAMPLE]
    if sum(byte > 127 for byte in sample) <= max(8, len(sample) // 8):
        try:
            data.decode("cp1252")
            return "cp1252"
        except UnicodeDecodeError:
            pass
    best = from_bytes(sample).best()
    if best is None:
        raise EncodingError("is in no encoding that could be told: convert it to UTF-8")
    return best.encoding
