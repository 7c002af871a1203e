"""Who left where for where: a flow picture of two columns, employers left and employers joined."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

UNSTATED = ""
"""The end of a flow that its claims do not state."""

_GAP, _NODE = 15, 9  # pixels between two nodes of a column, and width of a node
_SHORT, _LONG = 19, 32  # letters of a name upon the ribbons, where two stand on one line, and beside them
_TALLEST, _THICKEST = 520, 16  # pixels of all ribbons together, and of one person or group


@dataclass(frozen=True, slots=True)
class Flow:
    """Moves from one employer to another of one certainty."""

    origin: str
    """Key of the employer; :data:`UNSTATED` where no claim says it."""
    destination: str
    certainty: str
    people: int
    """How many different people and groups are named."""
    said: str
    """The flow in words."""
    place: str
    """Id of the place in the page that holds its claims."""


def ranks(flows: Sequence[Flow]) -> tuple[list[str], list[str]]:
    """Both columns from top to bottom, so that few ribbons cross; what is not stated comes last."""
    sizes: dict[tuple[int, str], int] = defaultdict(int)
    beside: dict[tuple[int, str], list[tuple[tuple[int, str], int]]] = defaultdict(list)
    for flow in flows:
        left, right = (0, flow.origin), (1, flow.destination)
        sizes[left] += flow.people
        sizes[right] += flow.people
        if UNSTATED not in (flow.origin, flow.destination):
            beside[left].append((right, flow.people))
            beside[right].append((left, flow.people))
    columns = [sorted((n for n in sizes if n[0] == side), key=lambda n: (-sizes[n], n[1])) for side in (0, 1)]
    for turn in range(9):  # each column in turn goes to the mean place of what the other sends it
        place = {node: at for column in columns for at, node in enumerate(column)}
        side = (turn + 1) % 2

        def mean(
            node: tuple[int, str], place: dict[tuple[int, str], int] = place
        ) -> tuple[bool, bool, float]:
            others = beside[node]
            weight = sum(people for _, people in others)
            middle = (
                sum(place[other] * people for other, people in others) / weight if weight else place[node]
            )
            return node[1] == UNSTATED, not others, middle

        columns[side].sort(key=mean)
    return [name for _, name in columns[0]], [name for _, name in columns[1]]


def specification(flows: Sequence[Flow], names: dict[str, str], width: int) -> dict[str, Any]:
    """A Vega specification of the flows, ``width`` pixels wide.

    Args:
        names: what to write for the key of an employer.
    """
    left, right = ranks(flows)
    total = sum(flow.people for flow in flows)
    unit = min(_THICKEST, _TALLEST / max(total, 1))
    heights = [unit * total + _GAP * (len(column) - 1) for column in (left, right)]
    height = max(heights)
    inside = width < 600  # on a narrow page the names stand upon the ribbons
    margin = 0 if inside else round(width * 0.27)
    x0, x1 = margin + _NODE, width - margin - _NODE
    people: dict[tuple[str, str], int] = defaultdict(int)
    for flow in flows:
        people["left", flow.origin] += flow.people
        people["right", flow.destination] += flow.people
    nodes = [
        {
            "node": f"{side} {key}", "side": side, "rank": rank, "people": people[side, key],
            "top": (height - tall) / 2, "stated": key != UNSTATED,
            "name": f"{_short(names.get(key, 'not stated'), _SHORT if inside else _LONG)}  {people[side, key]}",
        }
        for side, column, tall in (("left", left, heights[0]), ("right", right, heights[1]))
        for rank, key in enumerate(column)
    ]  # fmt: skip
    ribbons = [
        {
            "from": f"left {flow.origin}", "to": f"right {flow.destination}", "people": flow.people,
            "certainty": flow.certainty, "stated": UNSTATED not in (flow.origin, flow.destination),
            "said": flow.said, "href": f"#{flow.place}",
            "origin": left.index(flow.origin), "destination": right.index(flow.destination),
        }
        for flow in flows
    ]  # fmt: skip
    return {
        "$schema": "https://vega.github.io/schema/vega/v5.json",
        "width": width,
        "height": height,
        "autosize": "none",
        "data": [_nodes(nodes, unit), _ribbons(ribbons, unit, x0, x1)],
        "marks": [_ribbon_marks(), _node_marks(x0, x1), _name_marks(x0, x1, inside)],
    }


def _short(name: str, longest: int) -> str:
    return name if len(name) <= longest else name[: longest - 1].rstrip() + "…"


def _nodes(values: list[dict[str, Any]], unit: float) -> dict[str, Any]:
    stack = {"type": "stack", "groupby": ["side"], "field": "people", "sort": {"field": "rank"}}
    return {
        "name": "nodes",
        "values": values,
        "transform": [
            {**stack, "as": ["n0", "n1"]},
            {"type": "formula", "as": "y0", "expr": f"datum.top + datum.n0 * {unit} + datum.rank * {_GAP}"},
            {"type": "formula", "as": "y1", "expr": f"datum.y0 + datum.people * {unit}"},
        ],
    }


def _ribbons(values: list[dict[str, Any]], unit: float, x0: int, x1: int) -> dict[str, Any]:
    middle = (x0 + x1) / 2

    def stack(end: str, order: str, into: str) -> dict[str, Any]:
        sort = {"field": [order, "certainty"]}
        return {
            "type": "stack", "groupby": [end], "field": "people", "sort": sort, "as": [into, f"{into}_end"]
        }  # fmt: skip

    return {
        "name": "ribbons",
        "values": values,
        "transform": [
            stack("from", "destination", "a"),
            stack("to", "origin", "b"),
            {"type": "lookup", "from": "nodes", "key": "node", "fields": ["from", "to"], "as": ["f", "t"]},
            {"type": "formula", "as": "ya", "expr": f"datum.f.y0 + datum.a * {unit}"},
            {"type": "formula", "as": "yb", "expr": f"datum.t.y0 + datum.b * {unit}"},
            {"type": "formula", "as": "h", "expr": f"max(1, datum.people * {unit} - 1)"},
            {
                "type": "formula",
                "as": "path",
                "expr": f"'M{x0},' + datum.ya + 'C{middle},' + datum.ya + ' {middle},' + datum.yb + ' {x1},'"
                f" + datum.yb + 'v' + datum.h + 'C{middle},' + (datum.yb + datum.h) + ' {middle},'"
                f" + (datum.ya + datum.h) + ' {x0},' + (datum.ya + datum.h) + 'Z'",
            },
        ],
    }


def _ribbon_marks() -> dict[str, Any]:
    firm = "datum.certainty == 'asserted'"
    return {
        "type": "path",
        "from": {"data": "ribbons"},
        "encode": {
            "enter": {
                "path": {"field": "path"},
                "fill": {"signal": "datum.stated ? 'var(--flow)' : 'var(--flow-open)'"},
                "fillOpacity": {"signal": f"{firm} ? 0.5 : 0.13"},
                "stroke": {"signal": "datum.stated ? 'var(--flow)' : 'var(--flow-open)'"},
                "strokeWidth": {"signal": f"{firm} ? 0 : 1.2"},
                "strokeDash": {"signal": "datum.certainty == 'hedged' ? [4, 3] : [1, 0]"},
                "href": {"field": "href"},
                "description": {"field": "said"},
            }
        },
    }


def _node_marks(x0: int, x1: int) -> dict[str, Any]:
    return {
        "type": "rect",
        "from": {"data": "nodes"},
        "encode": {
            "enter": {
                "x": {"signal": f"datum.side == 'left' ? {x0 - _NODE} : {x1}"},
                "width": {"value": _NODE},
                "y": {"field": "y0"},
                "y2": {"signal": "max(datum.y1 - 1, datum.y0 + 1)"},
                "fill": {"signal": "datum.stated ? 'var(--ink)' : 'var(--flow-open)'"},
                "aria": {"value": False},
            }
        },
    }


def _name_marks(x0: int, x1: int, inside: bool) -> dict[str, Any]:
    left, right = (x0 + 5, x1 - 5) if inside else (x0 - _NODE - 7, x1 + _NODE + 7)
    starts = "left" if inside else "right"
    return {
        "type": "text",
        "from": {"data": "nodes"},
        "encode": {
            "enter": {
                "x": {"signal": f"datum.side == 'left' ? {left} : {right}"},
                "y": {"signal": "(datum.y0 + datum.y1) / 2"},
                "align": {"signal": f"datum.side == '{starts}' ? 'left' : 'right'"},
                "baseline": {"value": "middle"},
                "text": {"field": "name"},
                "fontSize": {"value": 12 if inside else 13},
                "fontStyle": {"signal": "datum.stated ? 'normal' : 'italic'"},
                "fill": {"signal": "datum.stated ? 'var(--ink)' : 'var(--quiet)'"},
            }
        },
    }
