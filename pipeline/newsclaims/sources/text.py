"""``.txt``: the article's text is the file's text."""

from __future__ import annotations

from collections.abc import Iterator

from newsclaims.sources.decoding import decode
from newsclaims.sources.files import Item, SourceFile


def read(file: SourceFile) -> Iterator[Item]:
    yield file.article(decode(file.read_all(), file.charset))
