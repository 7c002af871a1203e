"""What the reader yields, numbered and made ready for its result."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from newsclaims.batch.pieces import cut
from newsclaims.batch.worker import Found, Piece
from newsclaims.schema import Article, Document, Failure


@dataclass(slots=True)
class Item:
    """The ``number``-th thing that the reader yielded: an article, or a failure in the place of one.

    Attributes:
        digest: of all that decides the item's lines but for the pipeline.
        line: the article's line in ``documents.jsonl``; empty for a failure.
    """

    number: int
    digest: str
    article: Article | None
    unread: Failure | None = None
    line: bytes = field(default=b"", repr=False)

    @classmethod
    def of(cls, number: int, read: Article | Failure) -> Item:
        if isinstance(read, Article):
            try:
                line = json.dumps(Document.of(read).row(), ensure_ascii=False).encode() + b"\n"
                return cls(number, hashlib.sha256(line).hexdigest(), read, None, line)
            except UnicodeEncodeError as error:
                message = f"holds a character that cannot be written ({error.reason}); repair the input"
                source = (read.source or read.id).encode("utf-8", "backslashreplace").decode()
                read = Failure(source=source, error="EncodingError", message=message)
        digest = hashlib.sha256(json.dumps(read.row()).encode()).hexdigest()
        return cls(number, digest, None, read)

    @property
    def source(self) -> str | None:
        """Where it was read from."""
        origin = self.article or self.unread
        return origin.source if origin else None

    def failure(self, found: Found) -> Failure | None:
        """Why there are no claims of this item, or None where there is a result."""
        if self.unread or not self.article or not found.error:
            return self.unread
        source = self.article.source or self.article.id
        return Failure(source=source, error=found.error, message=found.message)

    def pieces(self) -> Iterator[Piece]:
        """The article in portions that can be analysed at once."""
        assert self.article
        for start, end in cut(self.article.text):
            text = self.article.text[start:end]
            yield Piece(self.article.model_copy(update={"text": text}), start)


def without(read: Iterable[Article | Failure], folder: Path | None) -> Iterator[Article | Failure]:
    """What is read, but for files in the folder: results that lie within the input are no input."""
    inside = f"{folder.resolve()}{os.sep}" if folder else None
    for thing in read:
        if not inside or not thing.source or not os.path.realpath(thing.source).startswith(inside):
            yield thing


@dataclass(slots=True)
class Part:
    """A piece of an item, or the whole of one whose result is there already."""

    item: Item
    piece: Piece | None = None
    found: Found | None = None
    last: bool = True

    def size(self) -> int:
        """Characters that a worker has to read for it."""
        return len(self.piece.article.text) if self.piece else 0


def parts(item: Item, found: Found | None) -> Iterator[Part]:
    """The item's parts; a single one without a piece where its result is known."""
    if found or not item.article:
        yield Part(item, found=found or Found(error=item.unread.error if item.unread else None))
        return
    waiting: Piece | None = None
    for piece in item.pieces():
        if waiting:
            yield Part(item, waiting, last=False)
        waiting = piece
    yield Part(item, waiting)


def joined(answers: Iterable[tuple[Part, Found | None]]) -> Iterator[tuple[Item, Found]]:
    """Whole items again: the results of an item's parts put together. One failed piece fails its article."""
    whole = Found()
    for part, answer in answers:
        found = part.found or answer
        assert found
        whole.lines += found.lines
        whole.claims += found.claims
        whole.words += found.words
        whole.known = found.known
        if found.error and not whole.error:
            whole.error, whole.message = found.error, found.message
        if part.last:
            yield part.item, whole
            whole = Found()
