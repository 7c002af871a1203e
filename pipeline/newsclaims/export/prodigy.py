"""``prodigy``: one article a line with tokens, spans and relations, for ``spans.manual`` and
``rel.manual``.

The trigger's label is the claim type, every other span's is its role; spans overlap where claims do. A
relation runs from the trigger to each other span. The claims themselves travel under ``claims``, which
Prodigy keeps.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from newsclaims.export.formats import Notes, TextFormat
from newsclaims.export.parts import spans
from newsclaims.export.tables import to_json
from newsclaims.export.tokens import Tokens, tokenise
from newsclaims.runs import Selection
from newsclaims.schema import Claim, Document


def _tokens(tokens: Tokens) -> list[dict[str, Any]]:
    return [
        {"text": word, "start": start, "end": start + len(word), "id": number, "ws": space}
        for number, (start, word, space) in enumerate(
            zip(tokens.starts, tokens.words, tokens.spaces, strict=True)
        )
    ]


def _task(document: Document, claims: list[Claim]) -> dict[str, Any]:
    parts = [(claim, role, span) for claim in claims for role, span in spans(claim)]
    tokens = tokenise(document.text, ((span.start, span.end) for _, _, span in parts))
    marked: list[dict[str, Any]] = []
    relations: list[dict[str, Any]] = []
    trigger: dict[str, Any] = {}
    for claim, role, span in parts:
        first, last = tokens.covering(span.start, span.end)
        label = claim.type if role == "trigger" else role
        mark = {"start": span.start, "end": span.end, "token_start": first, "token_end": last, "label": label}
        marked.append({**mark, "text": span.text, "claim": claim.id})
        if role == "trigger":
            trigger = mark
        else:
            ends = {"head": trigger["token_end"], "child": last, "head_span": trigger, "child_span": mark}
            relations.append({**ends, "label": role, "claim": claim.id})
    meta = {"document": document.id, "title": document.title, "url": document.url, "date": document.date}
    return {
        "text": document.text,
        "tokens": _tokens(tokens),
        "spans": marked,
        "relations": relations,
        "meta": {key: value for key, value in meta.items() if value},
        "claims": [claim.row() for claim in claims],
    }


def _text(selection: Selection, _notes: Notes) -> Iterator[str]:
    for document, claims in selection.articles():
        yield to_json(_task(document, claims)) + "\n"


PRODIGY = TextFormat("prodigy", "Prodigy: one article a line with tokens, spans and relations", _text)
