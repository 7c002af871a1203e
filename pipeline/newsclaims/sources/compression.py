"""``.gz .bz2 .xz .zst`` around any other format: each takes one layer off and hands the file on."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from typing import Any

from newsclaims.sources.files import Item, SourceFile

_INNER = {".tgz": ".tar", ".tbz": ".tar", ".tbz2": ".tar", ".txz": ".tar", ".tzst": ".tar"}


def _without(file: SourceFile, opener: Callable[[], Any]) -> Iterator[Item]:
    stem, dot, suffix = file.name.rpartition(".")
    yield file.unpacked(opener, stem + _INNER.get(dot + suffix.lower(), "") if stem else file.name)


def gz(file: SourceFile) -> Iterator[Item]:
    import gzip

    return _without(file, lambda: gzip.GzipFile(fileobj=file.stream))


def bz2(file: SourceFile) -> Iterator[Item]:
    import bz2

    return _without(file, lambda: bz2.BZ2File(file.stream))


def xz(file: SourceFile) -> Iterator[Item]:
    import lzma

    return _without(file, lambda: lzma.LZMAFile(file.stream))


def zst(file: SourceFile) -> Iterator[Item]:
    if sys.version_info >= (3, 14):
        from compression.zstd import ZstdFile
    else:
        from backports.zstd import ZstdFile

    return _without(file, lambda: ZstdFile(file.stream))
