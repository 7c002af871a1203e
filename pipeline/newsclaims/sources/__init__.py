"""Bytes of any known format → articles, one after the other, in memory that does not grow.

>>> from newsclaims.sources import ReadOptions, read
>>> for item in read(["articles/", "more.jsonl.gz"], ReadOptions()):
...     print(item.id if isinstance(item, Article) else item.message)

What is wrong with an input becomes a :class:`~newsclaims.schema.Failure` in its place; nothing is raised. A
new format is a function that takes a :class:`SourceFile`, see ``registry.py``.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from newsclaims.schema import Article, Failure
from newsclaims.sources.files import Item, Reader, SourceFile
from newsclaims.sources.options import ReadOptions

__all__ = ["Article", "Failure", "Item", "ReadOptions", "Reader", "SourceFile", "read"]


def read(inputs: Sequence[str | Path], options: ReadOptions | None = None) -> Iterator[Article | Failure]:
    """The articles of the inputs, in the order given, and a failure in the place of each that gave none.

    Args:
        inputs: paths of files and folders, addresses such as ``s3://bucket/key``, ``-`` for standard input.
        options: names of fields and limits.

    Yields:
        Articles with ids that are unique in this call, and failures.
    """
    from newsclaims.sources.dispatch import articles
    from newsclaims.sources.errors import NoArticleError
    from newsclaims.sources.files import failure, printable
    from newsclaims.sources.unique import UniqueIds
    from newsclaims.sources.walk import files

    options = options or ReadOptions()
    ids = UniqueIds()
    for given in inputs:
        number = 0
        for file in files(given, options):
            for item in [file] if isinstance(file, Failure) else articles(file):
                number += 1
                if isinstance(item, Article):
                    place = f"{item.source}#{number}"
                    item = item.model_copy(update={"id": ids.claim(item.id, place)})
                yield item
        if not number:
            message = "is a folder without articles: no file in it can be read"
            yield failure(printable(str(given)), NoArticleError(message))
