"""One-to-one character folding before tokenisation.

spaCy's English models lose possessives and negations on curly apostrophes and glue words over no-break spaces.
Every character is replaced by exactly one other, so offsets into the folded text are offsets into the original.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc

FOLD = str.maketrans(
    {
        **dict.fromkeys("‘’‚‛ʼ′`´", "'"),
        **dict.fromkeys("“”„‟″«»", '"'),
        **dict.fromkeys("‐‑", "-"),
        **dict.fromkeys("\u00a0\u202f\u2007\u2009\u200a\u2002\u2003\u2005\u3000\t", " "),
        **dict.fromkeys("\u200b\ufeff\u00ad\u2028\u2029\r", " "),
    }
)


def fold(text: str) -> str:
    """The text with plain quotes, apostrophes, hyphens and spaces; as long as the original."""
    return text.translate(FOLD)


class FoldingTokenizer:
    """Wraps a pipeline's tokenizer: folds the text, and keeps the original as ``doc._.original``."""

    def __init__(self, inner: Any) -> None:
        self.inner = inner

    def __call__(self, text: str) -> Doc:
        doc: Doc = self.inner(fold(text))
        doc._.original = text
        return doc

    def pipe(self, texts: Iterable[str], **_: Any) -> Iterator[Doc]:
        return (self(text) for text in texts)

    def __getattr__(self, name: str) -> Any:
        if name == "inner":  # while unpickling there is no inner tokenizer to ask
            raise AttributeError(name)
        return getattr(self.inner, name)


def original(doc: Doc) -> str:
    """The text of the document before folding."""
    text: str | None = doc._.original
    return doc.text if text is None else text


def install(nlp: Language) -> None:
    """Make a pipeline fold typography before it tokenises."""
    if not isinstance(nlp.tokenizer, FoldingTokenizer):
        nlp.tokenizer = FoldingTokenizer(nlp.tokenizer)


Doc.set_extension("original", default=None, force=True)
