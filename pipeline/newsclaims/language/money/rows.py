"""Rows of results as wire services print them, which say the currency once: "Net 7,065,000 vs 5,812,000"."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from functools import cache

from newsclaims.language.money.currencies import Unit
from newsclaims.language.money.figures import Found
from newsclaims.language.money.numbers import NUMERAL, amounts_table, numeral, scale_pattern, scales

GROUPED = 1000.0
"""From here on a number without a scale word is a sum by itself."""


@cache
def _row() -> re.Pattern[str]:
    """ "LABEL NUMBER vs NUMBER", at the beginning of a line or sentence or behind a comma."""
    result = r"(?:(?:a[ ])?(?:profit|loss|credit|debit|gain|deficit|surplus)(?:[ ]of)?[ ])?"
    cell = rf"{result}{NUMERAL}{scale_pattern()}?(?:[ ][a-z]+)?"
    return re.compile(
        r"(?:^[ ]*(?:[-*•][ ]+)?|(?<=[.,;:][ ]))(?P<label>[A-Za-z][\w.&'/-]*(?:[ ][(]?[A-Za-z][\w.&'/()-]*){0,7})[ ]"
        rf"(?P<left>{cell})[ ](?:vs|versus)\.?[ ](?P<right>{cell})(?=[.,;]?(?:[ ]|$))",
        re.MULTILINE,
    )


@cache
def _cell() -> re.Pattern[str]:
    return re.compile(rf"(?P<num>{NUMERAL})(?P<scale>{scale_pattern()})?(?P<noun>[ ][a-z]+)?")


@cache
def _counted() -> re.Pattern[str]:
    """Words of labels whose numbers are no money."""
    return re.compile(rf"(?i)\b(?:{'|'.join(amounts_table()['row']['counted'])})\b")


def complete_rows(figures: list[Found], text: str) -> list[Found]:
    """Give the figures of rows their labels, and add those that leave out their currency. ``text`` has been folded."""
    unit = unit_of(figures)
    if unit is None:
        return figures
    added: list[Found] = []
    for row in _row().finditer(text):
        if _counted().search(row["label"]):
            continue
        label, scale = row.span("label"), 1.0
        for name in ("left", "right"):
            start, end = row.span(name)
            said = [f for f in figures if f.start < end and start < f.end]
            for figure in said:
                figure.label = label
                scale = figure.scale
            bare = _bare(row[name], start, unit, scale) if not said else None
            if bare is not None:
                bare.label, scale = label, bare.scale
                added.append(bare)
    return sorted([*figures, *added], key=lambda figure: figure.start)


@cache
def _heading() -> re.Pattern[str]:
    """A line that says what period the rows below it are of: "Nine mths", "Full year"."""
    row = amounts_table()["row"]
    return re.compile(
        rf"(?im)^[ ]*(?P<period>(?:(?:{'|'.join(row['which'])}|\d{{1,2}})[ ])?(?:{'|'.join(row['spans'])})\.?)[ ]*$"
    )


def head_rows(figures: list[Found], text: str) -> None:
    """Give the figures of rows below such a line its period, but for those that say how much there is on a day."""
    headings = [match.span("period") for match in _heading().finditer(text)]
    levels = frozenset(amounts_table()["row"]["levels"])
    for figure in figures:
        if figure.label is None or figure.period is not None:
            continue
        words = text[slice(*figure.label)].lower().split()
        above = [heading for heading in headings if heading[1] <= figure.label[0]]
        if above and levels.isdisjoint(words) and _rows_only(text[above[-1][1] : figure.label[0]]):
            figure.period = above[-1]


def _rows_only(between: str) -> bool:
    """Whether nothing but rows stands between a heading and a row."""
    lines = [line for line in between.split("\n") if line.strip(" -*")]
    return all(_row().match(line.strip()) for line in lines)


def unit_of(figures: list[Found]) -> Unit | None:
    """The unit that an article's figures leave out: the commonest of those that they say, whole."""
    units = Counter(replace(f.unit, parts=1) for f in figures if f.unit.noun or f.unit.code)
    return units.most_common(1)[0][0] if units else None


def _bare(cell: str, offset: int, unit: Unit, scale: float) -> Found | None:
    """The figure of a cell without a currency; nothing where its number counts something. A small number has the
    ``scale`` of the one that it is compared with."""
    match = _cell().search(cell)
    if match is None or (match["noun"] or " and").strip() not in amounts_table()["closed"]["words"]:
        return None
    number = numeral(match["num"])
    own = scales()[match["scale"].lower().strip(" -")] if match["scale"] else None
    if own is None and number < GROUPED and scale == 1.0:
        return None
    factor = own if own is not None else 1.0 if number >= GROUPED else scale
    value = number * factor
    end = match.start("noun") if match["noun"] else match.end()
    return Found(offset + match.start(), offset + end, value, value, unit, number, factor)
