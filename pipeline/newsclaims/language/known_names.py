"""Well-known organisations of several words, found as they are written: "Sheffield Wednesday" is no day in Sheffield."""

from __future__ import annotations

from collections import defaultdict
from functools import lru_cache

from spacy.tokens import Doc

from newsclaims.language.mentions import ORG
from newsclaims.language.recognised import Candidate
from newsclaims.language.words import places
from newsclaims.resources import lexicon


@lru_cache(maxsize=8)
def by_first_word(names: frozenset[str]) -> dict[str, list[str]]:
    """First word -> the names of several words that begin with it, the longest first."""
    found: dict[str, list[str]] = defaultdict(list)
    for name in sorted(names, key=len, reverse=True):
        first, _, rest = name.partition(" ")
        if rest:
            found[first].append(name)
    return found


@lru_cache(maxsize=8)
def first_words(names: frozenset[str]) -> frozenset[str]:
    """The first words of the names of several words."""
    return frozenset(by_first_word(names))


def known_organisations(doc: Doc) -> list[Candidate]:
    """The well-known organisations of several words that a document names, in text order."""
    names = lexicon("organisations")
    known, text, end = by_first_word(names), doc.text, 0
    found: list[Candidate] = []
    for i in places(doc, first_words(names), "ORTH"):
        start = doc[i].idx
        for name in known[doc[i].text] if i >= end else ():
            span = doc.char_span(start, start + len(name)) if text.startswith(name, start) else None
            if span is not None:
                found.append(Candidate(span.start, span.end, ORG))
                end = span.end
                break
    return found


def with_known(doc: Doc, found: list[Candidate]) -> list[Candidate]:
    """Candidates, with well-known organisations in place of those that hold a part of them and no more."""
    known = known_organisations(doc)
    around = [k for k in known if not any(c.start <= k.start and k.end <= c.end for c in found)]
    apart = [c for c in found if not any(c.start < k.end and k.start < c.end for k in around)]
    return sorted([*apart, *around], key=lambda c: c.start)
