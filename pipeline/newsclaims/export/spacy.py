"""``spacy``: DocBin files whose documents keep every span, for training and for spaCy pipelines.

``doc.spans["sc"]`` (the key that spaCy's span categoriser takes) holds all spans: the label is the role, or
the claim type for a trigger, and ``span.id_`` is the claim's id. ``doc.user_data["newsclaims"]`` holds the
article without its text, and its claims. Tokens are cut at every span's bounds, so that no span is lost or
shifted.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import batched
from pathlib import Path
from typing import TYPE_CHECKING

from newsclaims.export.formats import FileFormat, Notes
from newsclaims.export.parts import spans
from newsclaims.export.tokens import tokenise
from newsclaims.runs import Selection
from newsclaims.schema import Claim, Document

if TYPE_CHECKING:
    from spacy.tokens import Doc
    from spacy.vocab import Vocab

KEY = "sc"
_SHARD = 500
"""Articles in each file of a folder."""


def to_doc(vocab: Vocab, document: Document, claims: Iterable[Claim]) -> Doc:
    """An article with its claims' spans as a spaCy document."""
    from spacy.tokens import Doc, Span, SpanGroup

    parts = [(claim, role, span) for claim in claims for role, span in spans(claim)]
    tokens = tokenise(document.text, ((span.start, span.end) for _, _, span in parts))
    doc = Doc(vocab, words=tokens.words, spaces=tokens.spaces)
    marked = []
    for claim, role, span in parts:
        first, last = tokens.covering(span.start, span.end)
        label = claim.type if role == "trigger" else role
        marked.append(Span(doc, first, last + 1, label=label, span_id=claim.id))
    doc.spans[KEY] = SpanGroup(doc, name=KEY, spans=marked)
    about = document.model_dump(exclude_none=True, exclude={"text"})
    doc.user_data["newsclaims"] = {"document": about, "claims": [claim.row() for claim in claims]}
    return doc


def _write(selection: Selection, path: Path, notes: Notes) -> None:
    from spacy.tokens import DocBin
    from spacy.vocab import Vocab

    def save(articles: Iterable[tuple[Document, list[Claim]]], file: Path) -> None:
        vocab = Vocab()
        store = DocBin(attrs=["ORTH", "SPACY"], store_user_data=True)
        for document, claims in articles:
            store.add(to_doc(vocab, document, claims))
        store.to_disk(file)

    if path.is_dir():
        for number, some in enumerate(batched(selection.articles(), _SHARD)):
            save(some, path / f"{number:05}.spacy")
    else:
        save(selection.articles(), path)
        notes.add(
            f"one file is built in memory; name a folder with -o to get files of {_SHARD} articles each"
        )


def _is_folder(path: Path) -> bool:
    return path.is_dir() or not path.suffix


SPACY = FileFormat(
    "spacy", "spaCy: DocBin with doc.spans, for training or review in Python", _write, folder=_is_folder
)
