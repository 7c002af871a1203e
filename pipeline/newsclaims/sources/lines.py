"""Lines of a file of any size, each decoded by itself, so that memory holds one line and no more."""

from __future__ import annotations

import codecs
import io
from collections.abc import Iterator
from typing import Any

from newsclaims.sources.decoding import guess, marked
from newsclaims.sources.errors import EncodingError, ReadError, TooLargeError
from newsclaims.sources.files import SourceFile
from newsclaims.sources.options import MIB


class _Recoded(io.RawIOBase):
    """A raw stream of UTF-8 over one in another encoding."""

    def __init__(self, inner: Any, encoding: str) -> None:
        self._inner = inner
        self._decoder = codecs.getincrementaldecoder(encoding)()
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
    """Each line with its number from 1 and its end; an error in place of one that is too long, or in no known
    encoding. ``\\n`` alone ends a line here, as JSON lines and CSV have it."""
    limit = file.options.max_article
    stream: Any = file.stream
    encoding = marked(file.head()) or "utf-8"
    if encoding in ("utf-16", "utf-32"):
        stream, encoding = io.BufferedReader(_Recoded(stream, encoding)), "utf-8"
    elif encoding == "utf-8-sig":
        stream.read(len(codecs.BOM_UTF8))
        encoding = "utf-8"
    number = 0
    while data := stream.readline(limit + 1):
        number += 1
        if len(data) > limit:
            while data and not data.endswith(b"\n"):
                data = stream.readline(limit)
            yield number, TooLargeError(f"line is longer than {limit / MIB:.4g} MB", number)
            continue
        try:
            yield number, data.decode(encoding)
        except UnicodeDecodeError:
            try:
                encoding = guess(data)
            except EncodingError as error:
                yield number, EncodingError(str(error), number)
            else:
                yield number, data.decode(encoding, "replace")
