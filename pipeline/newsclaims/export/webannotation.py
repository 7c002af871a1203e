"""``webannotation``: one W3C Web Annotation a line and claim, with a target for every span.

Each target has a text position selector (in code points, as the W3C has it) and a text quote selector. The
role of a target in its claim is the property ``role``, which the annotation's own context defines.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from newsclaims.export.formats import Notes, TextFormat
from newsclaims.export.parts import spans
from newsclaims.export.tables import to_json
from newsclaims.runs import Selection
from newsclaims.schema import Claim, Document, Span

NAMESPACE = "urn:newsclaims:"
CONTEXT = [
    "http://www.w3.org/ns/anno.jsonld",
    {"role": f"{NAMESPACE}role", "claim": {"@id": f"{NAMESPACE}claim", "@type": "@json"}},
]
_AROUND = 32
"""Characters of context on each side of a quote."""


def iri(document: Document) -> str:
    """What identifies an article: its address, or a URN made of its id."""
    from urllib.parse import quote

    return document.url or f"{NAMESPACE}document:{quote(document.id, safe='')}"


def _target(document: Document, role: str, span: Span) -> dict[str, Any]:
    return {
        "source": iri(document),
        "role": role,
        "selector": [
            {"type": "TextPositionSelector", "start": span.start, "end": span.end},
            {
                "type": "TextQuoteSelector",
                "exact": span.text,
                "prefix": document.text[max(0, span.start - _AROUND) : span.start],
                "suffix": document.text[span.end : span.end + _AROUND],
            },
        ],
    }


def _annotation(document: Document, claim: Claim, generator: str) -> dict[str, Any]:
    return {
        "@context": CONTEXT,
        "id": f"{NAMESPACE}claim:{claim.id}",
        "type": "Annotation",
        "motivation": "describing",
        "generator": {"id": f"{NAMESPACE}version:{generator}", "type": "Software", "name": "newsclaims"},
        "body": [
            {
                "type": "TextualBody",
                "value": str(claim),
                "format": "text/plain",
                "purpose": "describing",
            },
            {"type": "TextualBody", "value": claim.type, "format": "text/plain", "purpose": "tagging"},
        ],
        "target": [_target(document, role, span) for role, span in spans(claim)],
        "claim": claim.row(),
    }


def _text(selection: Selection, _notes: Notes) -> Iterator[str]:
    generator = str(selection.run.about.get("version", "unknown"))
    for document, claims in selection.articles():
        for claim in claims:
            yield to_json(_annotation(document, claim, generator)) + "\n"


WEBANNOTATION = TextFormat(
    "webannotation", "W3C Web Annotation (JSON-LD), one annotation a line and claim", _text
)
