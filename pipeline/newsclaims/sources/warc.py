"""``.warc``: the pages of a web archive, each under the address it was fetched from.

Answers that are no page (redirects, errors, pictures, scripts) are passed over. A page goes on to the reader
of its media type.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Any

from newsclaims.sources.files import Item, SourceFile

_SUFFIXES = {
    "text/html": ".html",
    "application/xhtml+xml": ".html",
    "text/plain": ".txt",
    "application/pdf": ".pdf",
}
_KINDS = ("response", "resource", "conversion")


def read(file: SourceFile) -> Iterator[Item]:
    for record in _records(file.stream):
        address = record.rec_headers.get_header("WARC-Target-URI")
        http = record.http_headers
        if record.rec_type not in _KINDS or not address or (http and http.get_statuscode() != "200"):
            continue
        declared = (http or record.rec_headers).get_header("Content-Type") or ""
        media, _, parameters = declared.lower().partition(";")
        if suffix := _SUFFIXES.get(media.strip()):
            charset = parameters.partition("charset=")[2].partition(";")[0].strip(" \"'") or None
            yield file.page(partial(_Content, record), address, suffix, charset)


def _records(stream: Any) -> Iterator[Any]:
    from warcio.archiveiterator import ArchiveIterator

    class Quiet(ArchiveIterator):  # type: ignore[misc]
        """Passes over what stands between two records, as its base does, but prints nothing about it."""

        def _consume_blanklines(self) -> tuple[bytes | None, int]:
            size = 0
            while line := self.reader.readline():
                if size and line.strip():
                    return line, size
                size += len(line)
            return None, size

    return iter(Quiet(stream))


class _Content:
    """The content of a record; closing it leaves the archive open.

    Compression that has a reader of its own is left on, so that it is counted when it is taken off.
    """

    def __init__(self, record: Any) -> None:
        from warcio.bufferedreaders import ChunkedDataReader

        http = record.http_headers
        if http and http.get_header("Content-Encoding") in ("gzip", "x-gzip", "zstd"):
            chunked = http.get_header("Transfer-Encoding") == "chunked"
            self.read = (ChunkedDataReader(record.raw_stream) if chunked else record.raw_stream).read
        else:
            self.read = record.content_stream().read

    def close(self) -> None:
        """The archive is closed by who opened it."""
