"""One file → its articles and failures: finds the reader, and lets no error out."""

from __future__ import annotations

import logging
from collections.abc import Iterator

from newsclaims.schema import Article, Failure
from newsclaims.sources import registry
from newsclaims.sources.errors import (
    DamagedError,
    EncodingError,
    MissingPackageError,
    NoArticleError,
    NotFoundError,
    ReadError,
    TooLargeError,
    UnreadableError,
    UnsupportedError,
)
from newsclaims.sources.files import SourceFile, failure
from newsclaims.sources.sniff import suffix_of

log = logging.getLogger(__name__)

for _library in ("charset_normalizer", "htmldate", "pypdf", "trafilatura", "warcio"):
    # They report every oddity of a file, to the terminal by default; we say once what came of it.
    logging.getLogger(_library).setLevel(logging.CRITICAL)


def articles(file: SourceFile) -> Iterator[Article | Failure]:
    """What the file holds, in its order; at least one item, a failure where there is no article in it."""
    empty = True
    try:
        with file:
            suffix = suffix_of(file)
            if suffix is None:
                return
            for item in registry.reader(suffix)(file):
                for found in articles(item) if isinstance(item, SourceFile) else (item,):
                    empty = False
                    yield found
            if empty:
                raise NoArticleError("holds no article")
    except Exception as error:
        log.debug("%s", file.source, exc_info=True)
        yield failure(file.source, explained(error))


def explained(error: Exception) -> ReadError:
    """The error of a library as one of ours, in words that say what to think of the file."""
    if isinstance(error, ReadError):
        return error
    match error:
        case ImportError():
            package = error.name or str(error)
            return MissingPackageError(
                f"needs the package {package}, which is not installed: pip install {package}"
            )
        case FileNotFoundError() | NotADirectoryError():
            return NotFoundError("does not exist")
        case OSError(errno=int()):
            return UnreadableError(f"cannot be read: {error.strerror or error}")
        case NotImplementedError():
            return UnsupportedError(f"cannot be read: {error}")
        case UnicodeError():
            return EncodingError(f"is not in the encoding that it should be in ({error})")
        case MemoryError():
            return TooLargeError("is too large for the memory of this machine")
        case RecursionError():
            return DamagedError("is damaged: nested too deeply")
        case AttributeError() | TypeError() | LookupError() | AssertionError():  # a parser lost its way
            return DamagedError("is damaged or cut off")
    return DamagedError(f"is damaged or cut off ({error or type(error).__name__})")
