"""``cypher``: the graph of people, organisations and claims as statements for Neo4j and its kin.

The statements merge by id, so that loading a file twice, or the files of several runs, gives one graph.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import batched
from typing import Any

from newsclaims.export.formats import Notes, TextFormat
from newsclaims.export.graph import Edge, Node, elements
from newsclaims.runs import Selection

_BATCH = 1_000
"""Nodes and edges in each run of statements."""
_ESCAPES = {"\\": "\\\\", "'": "\\'", "\n": "\\n", "\r": "\\r", "\t": "\\t"}
_SPECIAL = re.compile(r"[\\'\x00-\x1f\x7f\u2028\u2029]")


def literal(value: Any) -> str:
    """A value as Cypher writes it; text can break out of its quotes by no character."""
    match value:
        case bool():
            return "true" if value else "false"
        case int() | float():
            return repr(value)
        case dict():
            return "{" + ", ".join(f"{_name(k)}: {literal(v)}" for k, v in value.items()) + "}"
        case list():
            return "[" + ", ".join(map(literal, value)) + "]"
        case _:
            return "'" + _SPECIAL.sub(lambda m: _ESCAPES.get(m[0], f"\\u{ord(m[0]):04x}"), str(value)) + "'"


def _name(name: str) -> str:
    return "`" + name.replace("`", "``") + "`" if not re.fullmatch(r"[A-Za-z_]\w*", name, re.ASCII) else name


def _nodes(kind: str, nodes: Iterable[Node]) -> str:
    rows = [{"id": node.id, "properties": node.properties} for node in nodes]
    return (
        f"UNWIND {literal(rows)} AS row MERGE (n:Newsclaims {{id: row.id}})"
        f" SET n += row.properties SET n.id = row.id SET n:{_name(kind.capitalize())};\n"
    )


def _edges(kind: str, edges: Iterable[Edge]) -> str:
    rows = [{"id": e.id, "source": e.source, "target": e.target, "properties": e.properties} for e in edges]
    return (
        f"UNWIND {literal(rows)} AS row"
        " MATCH (a:Newsclaims {id: row.source}) MATCH (b:Newsclaims {id: row.target})"
        f" MERGE (a)-[r:{_name(kind.upper())} {{id: row.id}}]->(b) SET r += row.properties;\n"
    )


def _text(selection: Selection, _notes: Notes) -> Iterator[str]:
    yield "CREATE CONSTRAINT newsclaims_id IF NOT EXISTS FOR (n:Newsclaims) REQUIRE n.id IS UNIQUE;\n"
    for some in batched(elements(selection), _BATCH):
        nodes: dict[str, list[Node]] = {}
        edges: dict[str, list[Edge]] = {}
        for item in some:
            if isinstance(item, Node):
                claim_id = {"claim": item.properties["id"]} if "id" in item.properties else {}
                properties = {k: v for k, v in item.properties.items() if k != "id"} | claim_id
                nodes.setdefault(item.kind, []).append(Node(item.id, item.kind, properties))
            else:
                edges.setdefault(item.kind, []).append(item)
        yield from (_nodes(kind, group) for kind, group in nodes.items())
        yield from (_edges(kind, group) for kind, group in edges.items())


CYPHER = TextFormat(
    "cypher", "Neo4j, Memgraph and other Cypher databases: people, organisations, claims", _text
)
