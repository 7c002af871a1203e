"""Lines of a file of any size, each decoded by itself, so that memory holds one line and no more."""

from __future__ import annotations

import codecs
import io
from collections.abc import Iterator
from typing import Any

from newsclaims.sources.decoding import decode, guess, marked
from newsclaims.sources.errors import ReadError, TooLargeError
from newsclaims.sources.files import SourceFile
from newsclaims.sources.options import MIB


class _Recoded(io.RawIOBase):
    """A raw stream of UTF-8 over one in another encoding."""

    def __init__(self, inner: Any, encoding: str) -> None:
        self._inner = inner
        self._decoder = codecs.getincrementaldecoder(encoding)("replace")
        self._ready = b""

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        view = memoryview(buffer).cast("B")
        while not self._ready:
            chunk = self._inner.read(len(view))
            self._ready = self._decoder.decode(chunk, final=not chunk).encode("utf-8", "replace")
            if not chunk:
                break
        count = min(len(view), len(self._ready))
        view[:count], self._ready = self._ready[:count], self._ready[count:]
        return count


def lines(file: SourceFile) -> Iterator[tuple[int, str | ReadError]]:
    """Each line with its number from 1; an error in place of one that is too long, binary, or in no known
    encoding. Only ``\\n`` ends a line, as JSON lines and CSV have it; it stays at the end."""
    limit = file.options.max_article
    stream: Any = file.stream
    encoding = marked(file.head())
    if encoding in ("utf-16", "utf-32"):
        stream = io.BufferedReader(_Recoded(stream, encoding))
    elif encoding:
        stream.read(len(codecs.BOM_UTF8))
    fallback: str | None = None
    number = 0
    while data := stream.readline(limit + 1):
        number += 1
        if len(data) > limit:
            while data and not data.endswith(b"\n"):
                data = stream.readline(limit)
            yield (
                number,
                TooLargeError(
                    f"has a line longer than {limit / MIB:.4g} MB: --max-article allows more", number
                ),
            )
            continue
        try:
            yield number, data.decode()
        except UnicodeDecodeError:
            try:
                fallback = fallback or guess(data)
                yield number, decode(data, fallback)
            except ReadError as error:
                error.line = number
                yield number, error
