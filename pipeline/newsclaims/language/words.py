"""Finds the tokens that have one of many words, by the numbers that spaCy has for words.

To look at each token of an article in Python costs more than all that is then done with the few that count. spaCy's
arrays hold every token's words as numbers, among which a sorted array of numbers is found at once.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import numpy
from spacy.strings import get_string_id
from spacy.tokens import Doc


@lru_cache(maxsize=128)
def numbers(words: frozenset[str]) -> Any:
    """The numbers of words, as a sorted array."""
    return numpy.array(sorted(map(get_string_id, words)), dtype=numpy.uint64)


def places(doc: Doc, words: frozenset[str], *attributes: str) -> list[int]:
    """Indices of the tokens of which one of the attributes ("LOWER", "LEMMA", "ORTH") is one of the words, in order."""
    if not words or not len(doc):
        return []
    wanted = numbers(words)
    table: Any = doc.to_array(list(attributes)).reshape(len(doc), -1)
    found = wanted[numpy.searchsorted(wanted[:-1], table)] == table
    indices: list[int] = numpy.flatnonzero(found.any(axis=1)).tolist()
    return indices


def is_written(doc: Doc, word: str) -> bool:
    """Whether some token is written like a word, letter by letter."""
    orths: Any = doc.to_array("ORTH")
    return bool((orths == get_string_id(word)).any())
