"""Where sentences begin and end; ``token.sent`` walks through the sentence each time that it is asked."""

from __future__ import annotations

import re
from bisect import bisect_left

from spacy.tokens import Doc, Span, Token

Bounds = tuple[int, int]
SUBJECTS = ("nsubj", "nsubjpass")
"""The functions of a subject in the tree."""
SIGHT = 150
"""Tokens to either side of a figure in which its sentence is looked at: more than any usual sentence has."""

MARK = re.compile(r"^[ \t]*(?P<mark>[•▪●·‣*–—-]|\d{1,2}[:.]\d\d|\d{1,2}[.)])\s", re.MULTILINE)
"""What begins the item of a list or of a live report: a bullet, a number, a time of day."""


def sentence(token: Token) -> Bounds:
    """Indices of the first token of a token's sentence, and of the token behind it."""
    doc = token.doc
    known: list[Bounds] | None = doc.user_data.get("newsclaims_sentences")
    if known is None:
        known = doc.user_data["newsclaims_sentences"] = bounds(doc)
    return known[token.i]


def sentence_start(token: Token) -> int:
    return sentence(token)[0]


def in_sight(span: Span) -> Bounds:
    """The bounds of the sentence of some tokens, or of the part of an endless one that is near them."""
    start, end = sentence(span[0])[0], sentence(span[-1])[1]
    return max(start, span.start - SIGHT), min(end, span.end + SIGHT)


def bounds(doc: Doc) -> list[Bounds]:
    """The bounds of the sentence of each token."""
    ends = [(sent.start, sent.end) for sent in doc.sents]
    return [(start, end) for start, end in ends for _ in range(end - start)]


def paragraph_ends(doc: Doc) -> list[int]:
    """Indices of the tokens at which paragraphs end."""
    known: list[int] | None = doc.user_data.get("newsclaims_paragraphs")
    if known is None:
        known = [token.i for token in doc if token.is_space and "\n" in token.text]
        doc.user_data["newsclaims_paragraphs"] = known
    return known


def sentence_numbers(doc: Doc) -> list[int]:
    """For each token the number of its sentence, from 0."""
    known: list[int] | None = doc.user_data.get("newsclaims_sentence_numbers")
    if known is None:
        known = [number for number, sent in enumerate(doc.sents) for _ in range(len(sent))]
        doc.user_data["newsclaims_sentence_numbers"] = known
    return known


def paragraph(doc: Doc, i: int) -> int:
    """The number of the paragraph of a token, from 0."""
    return bisect_left(paragraph_ends(doc), i)


def items(doc: Doc) -> frozenset[int]:
    """The numbers of the paragraphs that are items of a list; a dash before one alone makes none."""
    known: frozenset[int] | None = doc.user_data.get("newsclaims_items")
    if known is None:
        starts = [doc[0], *(doc[i + 1] for i in paragraph_ends(doc) if i + 1 < len(doc))] if len(doc) else []
        marked = {match.start("mark") for match in MARK.finditer(doc.text)}
        found = frozenset(paragraph(doc, token.i) for token in starts if token.idx in marked)
        known = doc.user_data["newsclaims_items"] = found if len(found) > 1 else frozenset()
    return known


def across(doc: Doc, here: int, there: int) -> str:
    """How the paragraph of one token stands to that of another: the "same", or each an "item" or other "text"."""
    first, second, listed = paragraph(doc, here), paragraph(doc, there), items(doc)
    if first == second:
        return "same"
    return f"{'item' if first in listed else 'text'}:{'item' if second in listed else 'text'}"
