"""Sources that are noted without a verb: "Sources: Acme to buy Globex", "Acme to buy Globex - report", and the paper in
brackets behind an item of gossip."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Doc, Span, Token

from newsclaims.language.words import places
from newsclaims.resources import lexicon

MARKS = frozenset(("-", "--", "–", "—", ":"))
BRACKET = frozenset("(")
ENDS = frozenset(('"', ".", "?", "!"))
ASIDES = frozenset((",", "-", "–", "—"))
"""Marks before what is added to the name of a paper: "(Evening Post - in Spanish)"."""
LONGEST_TAG = 3
"""Tokens of a source at the end of a headline."""
LONGEST_NAME = 6
"""Tokens of a name in brackets."""


def noted(doc: Doc) -> Iterator[Span]:
    """The sources noted at headlines and behind items, in no certain order."""
    nouns = lexicon("source_nouns")
    yield from (doc[i : i + 1] for i in places(doc, nouns, "LOWER", "LEMMA") if opens(doc[i]))
    for i in places(doc, MARKS, "ORTH"):
        tag = closing(doc, i)
        if tag is not None and (tag[-1].lower_ in nouns or tag[-1].lemma_.lower() in nouns):
            yield tag
    for i in places(doc, BRACKET, "ORTH"):
        name = bracketed(doc, i)
        if name is not None:
            yield name


def opens(token: Token) -> bool:
    """Whether a noun stands before the colon of a headline: "Report: Acme to buy Globex"."""
    doc, i = token.doc, token.i
    return begins_line(doc, i) and i + 2 < len(doc) and doc[i + 1].text == ":" and not doc[i + 2].is_space


def begins_line(doc: Doc, i: int) -> bool:
    return i == 0 or "\n" in doc[i - 1].text


def ends_line(doc: Doc, i: int) -> bool:
    """Whether a line or the text ends before a token."""
    return i >= len(doc) or "\n" in doc[i].text


def closing(doc: Doc, mark: int) -> Span | None:
    """The few words between a mark and the end of its line."""
    ends = range(mark + 2, min(mark + 2 + LONGEST_TAG, len(doc) + 1))
    end = next((i for i in ends if ends_line(doc, i)), None)
    if end is None or begins_line(doc, mark) or not (doc[mark].text == ":" or doc[mark - 1].whitespace_):
        return None
    words = doc[mark + 1 : end]
    return None if any(t.is_punct for t in words) else words


def bracketed(doc: Doc, mark: int) -> Span | None:
    """The name that stands alone in brackets at the end of a line, behind a sentence: "(Evening Post)"."""
    before = next((doc[i] for i in range(mark - 1, -1, -1) if not doc[i].is_space), None)
    if before is None or before.text not in ENDS:
        return None
    end = next(
        (i for i in range(mark + 2, min(mark + 2 + LONGEST_NAME, len(doc))) if doc[i].text == ")"), None
    )
    if end is None or not ends_line(doc, end + 1):
        return None
    last = next((i for i in range(mark + 2, end) if doc[i].text in ASIDES), end)
    words = doc[mark + 1 : last]
    return words if words[0].text[0].isupper() and words[-1].text[0].isupper() else None
