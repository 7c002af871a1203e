"""Where the page itself ends a sentence: at line breaks, and so at headlines, bylines and list items."""

from __future__ import annotations

from spacy.language import Language
from spacy.tokens import Doc


@Language.component("newsclaims_layout", assigns=["token.is_sent_start"])
def layout(doc: Doc) -> Doc:
    """Start a sentence after every line break, before the parser sees the text (it keeps such starts)."""
    fresh = True
    for token in doc:
        if token.is_space:
            token.is_sent_start = False
            fresh = fresh or "\n" in token.text
            continue
        if fresh:
            token.is_sent_start = True
            # a list item's bullet is part of its sentence, its first word does not begin another
            fresh = False
    return doc
