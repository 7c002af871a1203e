"""Amounts of one currency on a logarithmic axis: points, bars between bounds, and open bounds as open."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from newsclaims.wording import number_words

_LANE, _HEAD, _TAIL, _SIDE, _EDGE, _AXIS = 15, 24, 30, 150, 16, 24
"""Pixels: height of a lane, a row's name above its lanes, an open end, names beside lanes, the rim, and the
height of the axis."""
_TALL = 5
"""Rows from which on the axis stands above them as well."""
_LANES = 9
"""Lanes that a row may take; what finds no room in them is counted."""


@dataclass(frozen=True, slots=True)
class Sum:
    """Claims with the same amount in the same row."""

    row: str
    look: str
    """Custom property of the page that holds the colour of the claim type."""
    low: float | None
    high: float | None
    certainty: str
    approximate: bool
    many: int
    claims: tuple[int, ...]
    """Numbers of the claims, as many as a link should hold."""
    said: str


@dataclass(frozen=True, slots=True)
class Scale:
    """A specification for Vega, and how many amounts found no room in it."""

    specification: dict[str, Any]
    left_out: int


def drawable(low: float | None, high: float | None) -> bool:
    """Whether an amount has a place on a logarithmic axis: a bound, and none below what an axis can hold."""
    bounds = [bound for bound in (low, high) if bound is not None]
    return bool(bounds) and all(bound > 0 for bound in bounds)


def specify(sums: Sequence[Sum], rows: Iterable[str], width: int) -> Scale:
    """The picture of amounts (all :func:`drawable`), ``width`` pixels wide, ``rows`` from top to bottom."""
    beside = width > 600
    left = _SIDE if beside else 0
    bounds = [bound for money in sums for bound in (money.low, money.high) if bound is not None]
    lowest, highest = math.log10(min(bounds)), math.log10(max(bounds))
    first = math.floor(lowest)
    last = max(math.ceil(highest), first + 1)
    axis_start = left + _EDGE + (_TAIL if any(money.low is None for money in sums) else 0)
    axis_end = width - _EDGE - (_TAIL if any(money.high is None for money in sums) else 0)

    def at(value: float) -> float:
        return axis_start + (math.log10(value) - first) / (last - first) * (axis_end - axis_start)

    marks: list[dict[str, Any]] = []
    names: list[dict[str, Any]] = []
    rows = list(rows)
    start = _AXIS if len(rows) >= _TALL else 0
    top, left_out = start, 0
    for row in rows:
        laid, lost = _lay([money for money in sums if money.row == row], at)
        left_out += lost
        lanes = 1 + max((lane for _, lane in laid), default=0)
        head = 8 if beside else _HEAD
        middle = top + (head + lanes * _LANE / 2 if beside else 13)
        names.append({"name": row, "y": middle, "line": top})
        for money, lane in laid:
            marks.append(_place(money, at) | {"y": top + head + lane * _LANE + _LANE / 2})
        top += head + lanes * _LANE + 8
    every = math.ceil((last - first) / (9 if beside else 4))
    ticks = [10.0**power for power in range(first, last + 1, every)]
    return Scale(
        {
            "$schema": "https://vega.github.io/schema/vega/v5.json",
            "width": width,
            "height": top + _AXIS,
            "autosize": "none",
            "data": [
                {"name": "sums", "values": marks},
                *_forms(),
                {"name": "rows", "values": names},
                {"name": "ticks", "values": [{"x": at(tick), "name": tick_words(tick)} for tick in ticks]},
            ],
            "marks": [*_frame(left, width, start, top), *_amounts()],
        },
        left_out,
    )


def tick_words(value: float) -> str:
    """A power of ten as briefly as an axis wants it: ``1000000`` is "1m"."""
    for size, word in ((1e12, "tn"), (1e9, "bn"), (1e6, "m"), (1e3, "k")):
        if value >= size:
            return f"{value / size:,.0f}{word}"
    return number_words(value)


def _lay(sums: Sequence[Sum], at: Callable[[float], float]) -> tuple[list[tuple[Sum, int]], int]:
    """Each amount with the first lane that is free where it stands, and how many found none."""
    free = [-math.inf] * _LANES
    laid, lost = [], 0
    for money in sorted(sums, key=lambda money: (_extent(money, at), money.said)):
        start, end = _extent(money, at)
        lane = next((lane for lane, until in enumerate(free) if until <= start), None)
        if lane is None:
            lost += 1
            continue
        free[lane] = end + 3
        laid.append((money, lane))
    return laid, lost


def _extent(money: Sum, at: Callable[[float], float]) -> tuple[float, float]:
    known = [at(bound) for bound in (money.low, money.high) if bound is not None]
    start, end = min(known) - 6, max(known) + 6
    return start - (_TAIL if money.low is None else 0), end + (_TAIL if money.high is None else 0)


def _place(money: Sum, at: Callable[[float], float]) -> dict[str, Any]:
    low = at(money.low) if money.low is not None else None
    high = at(money.high) if money.high is not None else None
    exact = money.low is not None and money.low == money.high
    start = low if low is not None else (high or 0) - _TAIL
    end = high if high is not None else (low or 0) + _TAIL
    return {
        "x": start, "x2": end, "up": high is None,
        "form": "point" if exact else "open" if low is None or high is None else "bar",
        "look": money.look, "certainty": money.certainty,
        "approximate": money.approximate, "many": money.many, "said": money.said,
        "href": "#claims=" + ",".join(str(number) for number in money.claims),
    }  # fmt: skip


def _frame(left: int, width: int, top: int, bottom: int) -> list[dict[str, Any]]:
    def text(data: str, **how: Any) -> dict[str, Any]:
        return {
            "type": "text",
            "from": {"data": data},
            "encode": {"enter": {"text": {"field": "name"}, **how}},
        }

    line = {"stroke": {"value": "var(--line)"}, "aria": {"value": False}}
    return [
        {"type": "rule", "from": {"data": "ticks"}, "encode": {"enter": {
            "x": {"field": "x"}, "y": {"value": top}, "y2": {"value": bottom}, **line}}},
        {"type": "rule", "from": {"data": "rows"}, "encode": {"enter": {
            "x": {"value": 0}, "x2": {"value": width}, "y": {"field": "line"}, **line}}},
        *(text("ticks", x={"field": "x"}, y={"value": y}, align={"value": "center"}, fontSize={"value": 12},
               fill={"value": "var(--quiet)"}) for y in ([top - 8] if top else []) + [bottom + 16]),
        text("rows", x={"value": 0}, y={"field": "y"}, baseline={"value": "middle"}, fontSize={"value": 13},
             fill={"value": "var(--ink)"}, limit={"value": left - 6 if left else width}),
    ]  # fmt: skip


_DASH = {"signal": "datum.certainty == 'hedged' ? [3, 2] : [1, 0]"}
_FILL = {"signal": "datum.certainty == 'asserted' ? 'var(--' + datum.look + ')' : 'var(--ground)'"}
_STROKE = {"signal": "datum.certainty == 'negated' ? 'var(--quiet)' : 'var(--' + datum.look + ')'"}
_LINK = {"href": {"field": "href"}, "description": {"field": "said"}}
_CROSS = "M-0.7,-0.7L0.7,0.7M0.7,-0.7L-0.7,0.7"


def _forms() -> list[dict[str, Any]]:
    """The data of each form of mark: ``points``, ``bars`` between two bounds, ``opens`` with one."""
    return [
        {
            "name": f"{form}s",
            "source": "sums",
            "transform": [{"type": "filter", "expr": f"datum.form == '{form}'"}],
        }
        for form in ("point", "bar", "open")
    ]


def _amounts() -> list[dict[str, Any]]:
    """Points, bars, and bounds whose open end is a line that goes on as an arrow."""
    line = {"stroke": _STROKE, "strokeDash": _DASH, **_LINK}
    ends = "datum.up ? datum.x2 : datum.x"
    return [
        {"type": "rect", "from": {"data": "bars"}, "encode": {"enter": {
            "x": {"field": "x"}, "x2": {"signal": "max(datum.x2, datum.x + 4)"},
            "yc": {"field": "y"}, "height": {"value": 7}, "cornerRadius": {"value": 2},
            "fill": _FILL, "strokeWidth": {"value": 1.4}, **line}}},
        {"type": "path", "from": {"data": "opens"}, "encode": {"enter": {
            "x": {"signal": "datum.up ? datum.x : datum.x2"}, "y": {"field": "y"},
            "path": {"signal": f"'M0,-6V6M0,0H' + (datum.up ? {_TAIL} : -{_TAIL})"},
            "strokeWidth": {"value": 2}, **line}}},
        {"type": "symbol", "from": {"data": "opens"}, "encode": {"enter": {
            "x": {"signal": ends}, "y": {"field": "y"}, "size": {"value": 42},
            "shape": {"signal": "datum.up ? 'triangle-right' : 'triangle-left'"},
            "fill": _FILL, "stroke": _STROKE, "strokeWidth": {"value": 1.2}, "aria": {"value": False}}}},
        {"type": "symbol", "from": {"data": "points"}, "encode": {"enter": {
            "x": {"field": "x"}, "y": {"field": "y"},
            "size": {"signal": "min(64 + 16 * (datum.many - 1), 150)"},
            "shape": {"signal": f"datum.certainty == 'negated' ? '{_CROSS}' :"
                " datum.approximate ? 'diamond' : 'circle'"},
            "fill": _FILL, "strokeWidth": {"value": 1.6}, **line}}},
    ]  # fmt: skip
