"""Where the page itself ends a sentence: at line breaks, and so at headlines, bylines and list items, and behind the
dateline of an agency's report, whose place the parser would take for who says what stands behind it."""

from __future__ import annotations

import re

from spacy.language import Language
from spacy.tokens import Doc

PLACE = r"[A-Z][A-Z.'/-]+(?: (?:[A-Z][A-Z.'/-]+|de|del|la|of)){0,3}"
PART = r"[A-Z][\w.]*(?: [A-Z][\w.]*)?"
"""What says more of the place: "Ohio", "N.J."."""
DAY = r"[A-Z][a-z]{2,8}\.? \d{1,2}(?:, \d{4})?"
AGENCY = r"\([A-Z][^()\n]{1,25}\)"
DASH = r"(?: (?:--?|–) |(?: |(?<=[^-]))— ?)"
DATELINE = re.compile(rf"^[ ]*{PLACE}(?:, {PART})?(?:,? {DAY})?(?: {AGENCY})?{DASH}(?=[\"A-Z])", re.MULTILINE)
"""The place in capitals and the dash, with the date and the agency if they are told: "LEEDS, May 3 (Wire) - "."""


@Language.component("newsclaims_layout", assigns=["token.is_sent_start"])
def layout(doc: Doc) -> Doc:
    """Start a sentence after every line break and dateline, before the parser sees the text (it keeps such starts)."""
    told = {match.end() for match in DATELINE.finditer(doc.text)}
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
