"""The graph that ``graphml`` and ``cypher`` write.

A claim is a node with all that it says; edges run from it to the people, organisations and others in its
slots and to its article. Beside these, who left, joined or works for whom, and who pays whom, are direct
edges. People and organisations of one name are one node in the whole graph; groups and unnamed parties
belong to their article.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from newsclaims.export.parts import Entity, entities
from newsclaims.export.seen import Seen
from newsclaims.export.tables import claim_row, span_rows, to_json
from newsclaims.runs import Selection
from newsclaims.schema import Claim, Document

_DIRECT = {
    ("move", "person", "origin"): "left",
    ("move", "person", "destination"): "joined",
    ("employment", "person", "employer"): "works_for",
    ("pay", "payer", "recipient"): "pays",
    ("deal", "payer", "payee"): "pays",
    ("deal", "payer", "target"): "buys",
}


@dataclass(frozen=True, slots=True)
class Node:
    id: str
    kind: str
    properties: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Edge:
    id: str
    source: str
    target: str
    kind: str
    properties: dict[str, Any] = field(default_factory=dict)


def elements(selection: Selection) -> Iterator[Node | Edge]:
    """Nodes and edges; a node comes once, and before the edges that touch it."""
    with Seen() as seen:
        for document, claims in selection.articles():
            about = document.model_dump(exclude_none=True, exclude={"text", "id", "sha256"})
            yield Node(f"article:{document.id}", "article", {"name": document.title or document.id, **about})
            for claim in claims:
                yield from _claim(claim, document, selection.verdict(claim).state, seen)


def _claim(claim: Claim, document: Document, state: str, seen: Seen) -> Iterator[Node | Edge]:
    row = {k: v for k, v in claim_row(claim, document, state).items() if v is not None}
    node = Node(f"claim:{claim.id}", "claim", {"name": str(claim), **row, "spans": _spans(claim)})
    yield node
    yield Edge(f"{claim.id}:stated_in", node.id, f"article:{claim.doc}", "stated_in")
    ends: dict[str, str] = {}
    for entity in entities(claim):
        ends[entity.slot] = target = _id(entity, claim.doc)
        if seen.add(target):
            yield Node(target, entity.kind, {"name": entity.name})
        yield Edge(f"{claim.id}:{entity.slot}", node.id, target, entity.slot, {"text": entity.span.text})
    said = {"claim": claim.id, "certainty": claim.certainty, "confidence": claim.confidence}
    said |= {name: getattr(claim, name) for name in claim.attributes}
    for (kind, source, target), name in _DIRECT.items():
        if kind == claim.type and source in ends and target in ends:
            yield Edge(f"{claim.id}:{name}", ends[source], ends[target], name, said)


def _spans(claim: Claim) -> str:
    return to_json([{k: v for k, v in row.items() if k not in ("claim", "doc")} for row in span_rows(claim)])


def _id(entity: Entity, doc: str) -> str:
    scope = "" if entity.kind in ("person", "organisation") else f"{doc}:"
    return f"{entity.kind}:{scope}{entity.key}"
