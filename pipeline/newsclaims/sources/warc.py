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
    from warcio.archiveiterator import ArchiveIterator

    for record in ArchiveIterator(file.stream):
        address = record.rec_headers.get_header("WARC-Target-URI")
        http = record.http_headers
        if record.rec_type not in _KINDS or not address or (http and http.get_statuscode() != "200"):
            continue
        declared = (http or record.rec_headers).get_header("Content-Type") or ""
        media, _, parameters = declared.lower().partition(";")
        if suffix := _SUFFIXES.get(media.strip()):
            charset = parameters.partition("charset=")[2].strip(" \"';") or None
            yield file.page(partial(_Content, record), address, suffix, charset)


class _Content:
    """The decoded content of a record; closing it leaves the archive open."""

    def __init__(self, record: Any) -> None:
        self.read = record.content_stream().read

    def close(self) -> None:
        """The archive is closed by who opened it."""
