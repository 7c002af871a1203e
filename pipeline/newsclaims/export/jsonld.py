"""``jsonld``: schema.org data, one document with an article, its claims, people and organisations each a
node.

Every claim is a schema.org Claim that appears in its article and is about people, organisations and
amounts; who works where is an EmployeeRole, as schema.org has it. Offsets, for which schema.org has no
words, use those of the W3C's Web Annotation vocabulary. The context is written out, so nothing need be
fetched to read the file.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from typing import Any

from newsclaims.export.formats import Notes, TextFormat
from newsclaims.export.parts import Entity, entities, spans
from newsclaims.export.tables import to_json
from newsclaims.export.webannotation import NAMESPACE, iri
from newsclaims.runs import Selection
from newsclaims.schema import Amount, Claim, Document, Money, Span

CONTEXT = {
    "@vocab": "http://schema.org/",
    "oa": "http://www.w3.org/ns/oa#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    "url": {"@type": "@id"},
    "start": {"@id": "oa:start", "@type": "xsd:nonNegativeInteger"},
    "end": {"@id": "oa:end", "@type": "xsd:nonNegativeInteger"},
    "exact": "oa:exact",
    "span": {"@id": f"{NAMESPACE}span", "@container": "@set"},
    "role": f"{NAMESPACE}role",
}
_TYPES = {"person": "Person", "organisation": "Organization", "group": "Thing", "party": "Thing"}


def _entity(entity: Entity, document: Document) -> dict[str, Any]:
    """A person or organisation within its article: one node however often it is named there."""
    sort = entity.kind if entity.kind in ("person", "organisation") else "thing"
    digest = hashlib.sha256(f"{document.id}\0{sort}\0{entity.key}".encode()).hexdigest()[:24]
    return {"@id": f"{NAMESPACE}entity:{digest}", "@type": _TYPES[entity.kind], "name": entity.name}


def _money(amount: Money) -> dict[str, Any]:
    found: dict[str, Any] = {
        "@type": "MonetaryAmount",
        "currency": amount.currency,
        "description": amount.text,
    }
    if amount.min is not None and amount.min == amount.max:
        return {**found, "value": amount.min}
    bounds = {"minValue": amount.min, "maxValue": amount.max}
    return {**found, **{name: value for name, value in bounds.items() if value is not None}}


def _role(claim: Claim, who: dict[str, dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """The posts that a claim gives a person, as values of the person's properties."""
    for slot, title, relation in (
        ("employer", "role", "worksFor"),
        ("destination", "role", "worksFor"),
        ("origin", "former_role", "alumniOf"),
    ):
        if slot in who:
            held = claim.arguments().get(title)
            post: dict[str, Any] = {"@type": "EmployeeRole", relation: {"@id": who[slot]["@id"]}}
            yield {relation: {**post, "roleName": held.called} if held else post}


def _span(role: str, span: Span) -> dict[str, Any]:
    found = {"@type": ["oa:TextPositionSelector", "oa:TextQuoteSelector"], "role": role}
    return {**found, "start": span.start, "end": span.end, "exact": span.text}


def _claim(claim: Claim, document: Document) -> Iterator[dict[str, Any]]:
    """The claim and the entities it is about."""
    who = {entity.slot: _entity(entity, document) for entity in entities(claim)}
    about: list[dict[str, Any]] = [{"@id": node["@id"]} for node in who.values()]
    for value in claim.arguments().values():
        if isinstance(value, Amount):
            about += [_money(value), *(_money(also) for also in value.also)]
    node: dict[str, Any] = {
        "@id": f"{NAMESPACE}claim:{claim.id}",
        "@type": "Claim",
        "identifier": claim.id,
        "additionalType": f"{NAMESPACE}{claim.type}",
        "text": claim.sentence.text,
        "description": str(claim),
        "appearance": {"@id": iri(document)},
        "about": about,
        "span": [_span(role, span) for role, span in spans(claim)],
    }
    if claim.attribution and (source := claim.attribution.source):
        node["creditText"] = source.called
    stated = {"certainty": claim.certainty, "confidence": claim.confidence, "rule": claim.rule}
    stated |= {name: getattr(claim, name) for name in claim.attributes}
    node["additionalProperty"] = [
        {"@type": "PropertyValue", "propertyID": name, "value": value} for name, value in stated.items()
    ]
    yield node
    for slot, entity in who.items():
        yield entity
        if slot == "person" and entity["@type"] == "Person" and claim.certainty == "asserted":
            yield from ({"@id": entity["@id"], **post} for post in _role(claim, who))


def _article(document: Document) -> dict[str, Any]:
    about = {
        "headline": document.title,
        "datePublished": document.date,
        "url": document.url,
        "identifier": document.id,
        "articleBody": document.text,
    }
    found = {name: value for name, value in about.items() if value is not None}
    return {"@id": iri(document), "@type": "NewsArticle", **found}


def _text(selection: Selection, notes: Notes) -> Iterator[str]:
    yield f'{{"@context":{to_json(CONTEXT)},"@graph":['
    comma = "\n"
    for document, claims in selection.articles():
        nodes = [_article(document), *(node for claim in claims for node in _claim(claim, document))]
        for node in {to_json(node): None for node in nodes}:
            yield comma + node
            comma = ",\n"
        unstated = sum(
            claim.certainty != "asserted" and claim.type in ("move", "employment") for claim in claims
        )
        if unstated:
            notes.add("{n} moves and jobs are not stated as fact; no worksFor is given for them", unstated)
    yield "\n]}\n"


JSONLD = TextFormat("jsonld", "schema.org as JSON-LD, for the web and knowledge graphs", _text)
