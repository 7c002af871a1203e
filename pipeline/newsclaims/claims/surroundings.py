"""What stands around something in its sentence, as fitted models read it: words by their place, and telling words.

A mention counts as one word, its label, so that what is learned of one name holds for others.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice

from spacy.tokens import Doc

from newsclaims.language.mentions import (
    DATE,
    GROUP,
    MONEY,
    ORG,
    OTHER,
    PERSON,
    PLACE,
    ROLE,
    Mentions,
    mentions,
)
from newsclaims.language.sentences import sentence

NAMED = (PERSON, ORG, ROLE, PLACE, OTHER, GROUP, MONEY, DATE)
TELLING = ("NOUN", "VERB", "PROPN", "ADJ", "ADV")
"""Parts of speech whose words tell of a sentence's matter wherever they stand in it."""
REACH = 4
"""How many words to either side are told apart by their place."""
EDGE = "|"
"""Stands for the end of the sentence."""


def wording(name: str, doc: Doc, start: int, end: int) -> list[str]:
    """Features of the words beside a range of tokens, each with a name for what stands there."""
    store = mentions(doc)
    first, last = sentence(doc[start])
    left = list(islice(words(doc, store, range(start - 1, first - 1, -1)), REACH))
    right = list(islice(words(doc, store, range(end, last)), REACH))
    out = [f"{name}.between={left[0] if left else EDGE} {right[0] if right else EDGE}"]
    for side, found in (("left", left), ("right", right)):
        for place, word in enumerate(found, 1):
            out += [f"{name}.{side}.{place}={word}", f"{name}.{side}={word}"]
        out.append(f"{name}.{side}.two={' '.join(found[:2])}")
    return out


def words(doc: Doc, store: Mentions, places: Iterable[int]) -> Iterator[str]:
    """The words at the places in small letters, and once for each mention its label."""
    before = None
    for i in places:
        mention = store.at(i, *NAMED)
        if mention is None:
            if not doc[i].is_space:
                yield doc[i].lower_
        elif mention is not before:
            yield mention.label
        before = mention


def told(doc: Doc, i: int) -> list[str]:
    """Features of what the sentence of a token tells, in the order of its words."""
    store = mentions(doc)
    start, end = sentence(doc[i])
    return [
        f"told={token.lemma_.lower()}"
        for token in doc[start:end]
        if token.pos_ in TELLING and not token.is_stop and store.at(token.i, *NAMED) is None
    ]
