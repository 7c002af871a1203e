"""``langextract``: one AnnotatedDocument a line, which LangExtract reads and its visualiser shows.

Each span is an extraction whose class is its role; the trigger's class is the claim type, and its
attributes say what the claim says. The extractions of a claim share a ``group_index``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from newsclaims.export.formats import Notes, TextFormat
from newsclaims.export.parts import span_row, spans
from newsclaims.export.tables import to_json
from newsclaims.runs import Selection
from newsclaims.schema import Claim


def _attributes(claim: Claim) -> dict[str, str]:
    """What the claim says, as LangExtract's attributes: strings."""
    said = {slot: value.called for slot, value in claim.arguments().items()}
    said |= {name: str(getattr(claim, name)) for name in claim.attributes}
    return {**said, "certainty": claim.certainty, "confidence": f"{claim.confidence:g}", "rule": claim.rule}


def _extractions(claims: Iterable[Claim]) -> Iterator[dict[str, Any]]:
    for group, claim in enumerate(claims):
        for role, span in spans(claim):
            details = {
                k: str(v) for k, v in span_row(role, span).items() if k not in ("start", "end", "text")
            }
            is_trigger = role == "trigger"
            yield {
                "extraction_class": claim.type if is_trigger else role,
                "extraction_text": span.text,
                "char_interval": {"start_pos": span.start, "end_pos": span.end},
                "alignment_status": "match_exact",
                "group_index": group,
                "description": None,
                "attributes": {"claim": claim.id, **details, **(_attributes(claim) if is_trigger else {})},
            }


def _text(selection: Selection, notes: Notes) -> Iterator[str]:
    for document, claims in selection.articles():
        extractions = [{**e, "extraction_index": n} for n, e in enumerate(_extractions(claims), start=1)]
        line = {"extractions": extractions, "text": document.text, "document_id": document.id}
        yield to_json(line) + "\n"
        if document.title or document.url or document.date:
            notes.add("titles, dates and addresses of {n} articles have no place there; their ids stand")


LANGEXTRACT = TextFormat(
    "langextract", "LangExtract: one AnnotatedDocument a line, for its visualiser", _text
)
