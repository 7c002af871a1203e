"""``graphml``: the graph of people, organisations and claims for Gephi, yEd, Cytoscape and networkx."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from newsclaims.export.formats import Notes, TextFormat
from newsclaims.export.graph import Node, elements
from newsclaims.export.tables import Column, claim_columns
from newsclaims.runs import Selection

_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_RETURN = {"\r": "&#13;"}
"""Written as it stands, a parser would read it as a line feed."""
_TYPES = {"text": "string", "integer": "long", "real": "double", "boolean": "boolean"}


def _keys(selection: Selection) -> Iterator[tuple[str, str, str]]:
    """Element, name and type of every property that a node or an edge may have."""
    node = {c.name: c for c in claim_columns(selection.kinds) if c.name != "id"}
    node |= {
        n: Column(n)
        for n in ("node_type", "name", "title", "date", "url", "source", "spans")
        if n not in node
    }
    edge = [
        Column("edge_type"),
        Column("text"),
        Column("claim"),
        Column("certainty"),
        Column("confidence", "real"),
    ]
    edge += [Column(name) for name in dict.fromkeys(a for kind in selection.kinds for a in kind.attributes)]
    yield from (("node", "claim_id", "string"), *(("node", c.name, _TYPES[c.kind]) for c in node.values()))
    yield from (("edge", c.name, _TYPES[c.kind]) for c in {c.name: c for c in edge}.values())


def _text(selection: Selection, notes: Notes) -> Iterator[str]:
    def clean(value: Any) -> str:
        if isinstance(value, bool):
            return "true" if value else "false"
        text, replaced = _NOT_XML.subn("\ufffd", str(value))
        if replaced:
            notes.add("{n} control characters cannot stand in XML; U+FFFD stands in their place", replaced)
        return text

    def data(element: str, properties: dict[str, Any]) -> str:
        return "".join(
            f"<data key={quoteattr(f'{element}.{name}')}>{escape(clean(value), _RETURN)}</data>"
            for name, value in properties.items()
        )

    def attribute(value: str) -> str:
        return quoteattr(clean(value), _RETURN)

    yield '<?xml version="1.0" encoding="UTF-8"?>\n<graphml xmlns="http://graphml.graphdrawing.org/xmlns">\n'
    for element, name, kind in _keys(selection):
        key = f'id={quoteattr(f"{element}.{name}")} for="{element}" attr.name={quoteattr(name)}'
        yield f'<key {key} attr.type="{kind}"/>\n'
    yield '<graph id="claims" edgedefault="directed">\n'
    for item in elements(selection):
        sort = "node_type" if isinstance(item, Node) else "edge_type"
        properties = {sort: item.kind, **item.properties}
        if isinstance(item, Node):
            if "id" in properties:
                properties["claim_id"] = properties.pop("id")
            yield f"<node id={attribute(item.id)}>{data('node', properties)}</node>\n"
        else:
            ends = f"source={attribute(item.source)} target={attribute(item.target)}"
            yield f"<edge id={attribute(item.id)} {ends}>{data('edge', properties)}</edge>\n"
    yield "</graph>\n</graphml>\n"


GRAPHML = TextFormat(
    "graphml", "graphs in Gephi, yEd, Cytoscape, networkx: people, organisations, claims", _text
)
