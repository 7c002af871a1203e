"""What a reader is given: one file, wherever it lies, and the way to make articles of its bytes."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterator
from typing import Any, BinaryIO

from newsclaims.schema import Article, Failure
from newsclaims.sources.errors import BombError, EmptyError, ReadError, TooLargeError
from newsclaims.sources.options import MIB, ReadOptions
from newsclaims.sources.streams import BUFFER, Meter, counted

_UNWRITABLE = re.compile("[\x00\ud800-\udfff]")
_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")


def clean(text: str) -> str:
    """The text as emitted, and as offsets count in it: ``\\r\\n`` and ``\\r`` become ``\\n``; NUL and lone
    surrogates, which many programs cannot store, become U+FFFD, one for one."""
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    return _UNWRITABLE.sub("\ufffd", text)


def printable(name: str) -> str:
    """A file's name on one line and in UTF-8: control characters and bytes that are no UTF-8 are escaped."""

    def escape(match: re.Match[str]) -> str:
        code = ord(match[0])
        if 0xDC80 <= code <= 0xDCFF:  # a byte of a name that is not UTF-8, as os.fsdecode hands it over
            return f"\\x{code - 0xDC00:02x}"
        return match[0].encode("unicode_escape", "surrogatepass").decode("ascii")

    return _CONTROL.sub(escape, name)


def failure(source: str, error: Exception) -> Failure:
    """The row for an input that gave no article."""
    message = " ".join(printable(str(error)).split()) or "cannot be read"
    line = error.line if isinstance(error, ReadError) else None
    return Failure(source=source, error=type(error).__name__, message=message[:300], line=line)


class SourceFile:
    """One file on its way to its reader.

    Attributes:
        id: id of the article if the file holds one; otherwise the beginning of its articles' ids.
        source: path or address, through archives: ``folder/archive.zip/inner.txt``.
        name: file name; its suffix proposes the reader.
        options: what the caller of ``read`` chose.
        depth: layers of archives and compression around it.
        sought: whether the caller named this very file; media files that were only met are passed over.
        url: address it was fetched from, if it was.
        charset: encoding that something around it declares, if it does.
        stream: its bytes, from the beginning, once inside ``with file:``.
    """

    def __init__(
        self,
        open_stream: Callable[[], Any],
        *,
        id: str,
        source: str,
        name: str,
        options: ReadOptions,
        meter: Meter | None = None,
        depth: int = 0,
        sought: bool = True,
        url: str | None = None,
        charset: str | None = None,
    ) -> None:
        self._open = open_stream
        self._raw: Any = None
        self._meter = meter or Meter(options)
        self.id = printable(id)
        self.source = printable(source)
        self.name = name
        self.options = options
        self.depth = depth
        self.sought = sought
        self.url = url
        self.charset = charset
        self.stream: io.BufferedReader

    def __enter__(self) -> SourceFile:
        if self.depth > self.options.max_depth:
            raise BombError(
                f"lies under more than {self.options.max_depth} layers of archives and compression"
            )
        self._raw = self._open()
        self.stream = counted(self._raw, self._meter.unpack if self.depth else self._meter.read)
        return self

    def __exit__(self, *_: object) -> None:
        self.stream.close()

    def head(self) -> bytes:
        """The first bytes, at most 64 KiB, without moving on."""
        return self.stream.peek(BUFFER)[:BUFFER]

    def read_all(self, limit: int | None = None) -> bytes:
        """All bytes.

        Raises:
            TooLargeError: there are more than ``limit``, by default ``options.max_article``.
        """
        option = "--max-article" if limit is None else "--max-file"
        limit = self.options.max_article if limit is None else limit
        data = self.stream.read(limit + 1)
        if len(data) > limit:
            raise TooLargeError(f"is larger than {limit / MIB:.4g} MB: {option} allows more")
        return data

    def random_access(self) -> BinaryIO:
        """The bytes as a stream that can seek: the file itself where it lies on a disk by itself, otherwise a
        copy in memory of at most ``options.max_file`` bytes."""
        if not self.depth and self._raw.seekable():
            stream: BinaryIO = self._raw
            self._meter.packed = stream.seek(0, io.SEEK_END)
            stream.seek(0)
            return stream
        return io.BytesIO(self.read_all(self.options.max_file))

    def unpack(self, count: int) -> None:
        """Say that ``count`` bytes come out of a layer that a library takes off by itself.

        Raises:
            BombError: that is more than the input may unpack to.
        """
        self._meter.unpack(count)

    def article(
        self,
        text: str,
        *,
        id: str | None = None,
        title: str | None = None,
        date: str | None = None,
        url: str | None = None,
        line: int | None = None,
    ) -> Article | Failure:
        """The article with this text, cleaned as :func:`clean` says; a failure where there is no text in it
        or too much. ``line`` is where in the file it stands, if its format has lines."""
        text = clean(text)
        if not text.strip("\ufeff \t\n\v\f\x85\xa0\u2028\u2029"):
            return failure(self.source, EmptyError("has no text", line))
        if len(text) > self.options.max_article:
            limit = self.options.max_article / MIB
            message = f"has an article of over {limit:.4g} million characters: --max-article allows more"
            return failure(self.source, TooLargeError(message, line))

        def line_of(value: str | None) -> str | None:
            return (" ".join(clean(value).split()) or None) if value else None

        return Article(
            id=printable(id) if id else self.id if line is None else f"{self.id}#{line}",
            text=text,
            title=line_of(title),
            date=line_of(date),
            url=line_of(url or self.url),
            source=self.source,
        )

    def unpacked(self, open_stream: Callable[[], Any], name: str) -> SourceFile:
        """The same file with one compression taken off."""
        return self._inner(
            open_stream, self.id, self.source, name, sought=self.sought, url=self.url, charset=self.charset
        )

    def member(self, open_stream: Callable[[], Any], path: str) -> SourceFile:
        """A file inside this one, which is an archive; ``path`` is its path there."""
        name = path.rsplit("/", 1)[-1]
        return self._inner(open_stream, f"{self.id}/{path}", f"{self.source}/{path}", name)

    def page(self, open_stream: Callable[[], Any], url: str, suffix: str, charset: str | None) -> SourceFile:
        """A page inside this file, which is a web archive."""
        source = f"{self.source}/{url}"
        return self._inner(open_stream, url, source, f"page{suffix}", url=url, charset=charset)

    def _inner(
        self,
        open_stream: Callable[[], Any],
        id: str,
        source: str,
        name: str,
        *,
        sought: bool = False,
        url: str | None = None,
        charset: str | None = None,
    ) -> SourceFile:
        return SourceFile(
            open_stream,
            id=id,
            source=source,
            name=name,
            options=self.options,
            meter=self._meter,
            depth=self.depth + 1,
            sought=sought,
            url=url,
            charset=charset,
        )


Item = Article | Failure | SourceFile
"""What a reader yields: articles, failures, and files inside its file, which are then read in their turn."""

Reader = Callable[[SourceFile], Iterator[Item]]
"""A reader takes an open file; what it raises becomes the file's failure."""
