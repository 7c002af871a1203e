"""Work in portions of even size: long articles cut into pieces, pieces packed into batches."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator
from typing import Any

PIECE = 100_000
"""Characters that are analysed at once: more than any usual article, so that only giants are cut."""

BATCH = 50_000
"""Characters after which a batch is full: about a second of one worker's time. Much smaller ones do not fill the
networks' blocks; of much larger ones a kill costs more."""

_BREAKS = ("\n\n", "\n", ". ", " ")


def cut(text: str, limit: int = PIECE) -> Iterator[tuple[int, int]]:
    """Bounds of pieces of at most ``limit`` characters that together are the text.

    Each piece ends after the last paragraph that fits; where a paragraph alone is longer than half the limit,
    after a line, a sentence, a word or, at worst, anywhere.
    """
    start = 0
    while len(text) - start > limit:
        end = start + limit
        for mark in _BREAKS:
            at = text.rfind(mark, start + limit // 2, end)
            if at >= 0:
                end = at + len(mark)
                break
        yield start, end
        start = end
    yield start, len(text)


def shifted(row: dict[str, Any], by: int) -> dict[str, Any]:
    """The row of a claim found in a piece, as a claim of the whole article that the piece begins at ``by``.

    The id is made anew, since the same piece may stand twice in one article.
    """
    moved: dict[str, Any] = _moved(row, by)
    digest = hashlib.blake2b(f"{row['id']}+{by}".encode()).hexdigest()
    return {**moved, "id": digest[: len(row["id"])]}


def _moved(value: Any, by: int) -> Any:
    if isinstance(value, list):
        return [_moved(item, by) for item in value]
    if not isinstance(value, dict):
        return value
    moved = {key: _moved(item, by) for key, item in value.items()}
    if "start" in value and "end" in value:
        moved["start"] += by
        moved["end"] += by
    return moved


def packed[T](parts: Iterable[T], size: Callable[[T], int], full: int = BATCH) -> Iterator[list[T]]:
    """Parts in lists whose sizes add up to ``full`` or a little more; parts of no size fill lists of 500."""
    batch: list[T] = []
    weight = 0
    for part in parts:
        batch.append(part)
        weight += size(part)
        if weight >= full or len(batch) >= 500:
            yield batch
            batch, weight = [], 0
    if batch:
        yield batch
