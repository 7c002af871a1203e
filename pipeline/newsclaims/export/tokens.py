"""Tokens whose bounds agree with every span, for tools that count spans in tokens."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

_TOKEN = re.compile(r"\w+|[^\w\s]|[^\S ]+| +")


@dataclass(frozen=True, slots=True)
class Tokens:
    """A text cut into tokens.

    Attributes:
        starts: where each token begins, in code points.
        words: their texts; joined, with a space where ``spaces`` has one, they are the whole text.
        spaces: whether a single space that belongs to no token follows.
    """

    starts: list[int]
    words: list[str]
    spaces: list[bool]

    def covering(self, start: int, end: int) -> tuple[int, int]:
        """First and last token of one of the spans."""
        return bisect_left(self.starts, start), bisect_left(self.starts, end) - 1


def tokenise(text: str, spans: Iterable[tuple[int, int]]) -> Tokens:
    """Words, punctuation marks and runs of white space, cut further at the bounds of the spans.

    As in spaCy, the first space after a token belongs to it, unless a span begins or ends with that space.
    """
    stretches = list(spans)
    bounds = {0, len(text)}.union(*stretches)
    for match in _TOKEN.finditer(text):
        bounds.update(match.span())
    ordered = sorted(bounds)
    kept = {start for start, _ in stretches} | {end - 1 for _, end in stretches}
    starts: list[int] = []
    words: list[str] = []
    spaces: list[bool] = []
    for start, end in pairwise(ordered):
        piece = text[start:end]
        if piece[0] == " " and words and not spaces[-1] and not words[-1].isspace() and start not in kept:
            spaces[-1] = True
            start, piece = start + 1, piece[1:]
        if piece:
            starts.append(start)
            words.append(piece)
            spaces.append(False)
    return Tokens(starts, words, spaces)
