"""Where the page itself ends a sentence: at line breaks, and so at headlines, bylines and list items; behind the
dateline of an agency's report, whose place the parser would take for who says what follows; and between a headline and
the source that it notes ("Sources: Acme to buy Globex", "Acme to buy Globex - report")."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from spacy.language import Language
from spacy.tokens import Doc

from newsclaims.resources import lexicon

PLACE = r"[A-Z][A-Z.'/-]+(?: (?:[A-Z][A-Z.'/-]+|de|del|la|of)){0,3}"
PART = r"[A-Z][\w.]*(?: [A-Z][\w.]*)?"
"""What says more of the place: "Ohio", "N.J."."""
DAY = r"[A-Z][a-z]{2,8}\.? \d{1,2}(?:, \d{4})?"
AGENCY = r"(?:\([A-Z][^()\n]{1,25}\)|/[A-Z][^/\n]{1,25}/)"
DASH = r"(?: (?:--?|–) |(?: |(?<=[^-]))— ?)"
DATELINE = re.compile(
    rf"^[ ]*{PLACE}(?:, {PART})?(?:,? {DAY})?(?:(?: {AGENCY})?{DASH}|--{AGENCY}--)(?=[\"A-Z])", re.MULTILINE
)
"""The place in capitals and the dash, with the date and the agency if they are told: "LEEDS, May 3 (Wire) - ", and
"LEEDS, May 3, 2024 /Wire/ -- " or "LEEDS--(WIRE)--" over a firm's own news."""


@lru_cache(maxsize=8)
def tags(nouns: frozenset[str]) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """A source noted before a headline, and a mark with the source behind it."""
    noun = rf"(?i:{'|'.join(sorted(nouns))})s?"
    return (
        re.compile(rf"^{noun}: (?=[\"A-Z])", re.MULTILINE),
        re.compile(rf"(?<=\S)(?: (?:--?|–|—)|:) (?={noun}$)", re.MULTILINE),
    )


def starts(text: str) -> Iterator[int]:
    """Where sentences begin within lines."""
    before, behind = tags(lexicon("source_nouns"))
    for pattern in (DATELINE, before, behind):
        yield from (match.end() for match in pattern.finditer(text))


@Language.component("newsclaims_layout", assigns=["token.is_sent_start"])
def layout(doc: Doc) -> Doc:
    """Start a sentence after every line break and where else the page tells, before the parser sees the text (it keeps
    such starts)."""
    told = set(starts(doc.text))
    fresh = True
    for token in doc:
        if token.is_space:
            token.is_sent_start = False
            fresh = fresh or "\n" in token.text
            continue
        if fresh or token.idx in told:
            token.is_sent_start = True
            # a list item's bullet is part of its sentence, its first word does not begin another
            fresh = False
    return doc
