"""Figures of money in raw text: ranges, lists that share a currency, conversions, bounds and periods.

Works on characters, apart from any tokeniser, so that spans are exact; each step takes the figures that the
one before it found, in text order, and joins or completes them.
"""

from __future__ import annotations

import re
from math import isfinite

from newsclaims.language.money.atoms import atoms, scaled
from newsclaims.language.money.currencies import Currencies, Unit
from newsclaims.language.money.figures import Found
from newsclaims.language.money.lists import complete_lists
from newsclaims.language.money.numbers import numeral
from newsclaims.language.money.patterns import BEFORE, open_end, patterns
from newsclaims.language.money.quotes import lend_to_quotes
from newsclaims.language.money.rows import complete_rows, head_rows
from newsclaims.language.money.surroundings import read_surroundings, share_periods

_FOLDS = str.maketrans("’‘“”‐‑−\u00a0\u202f\u2009\u2007", "''\"\"---    ")


def fold(text: str) -> str:
    """The text with quotes, hyphens and spaces in their plain forms and wrapped lines joined, one to one."""
    folded = text.translate(_FOLDS)
    return re.sub(r"(?<=[^\n.!?:])\n(?=[a-z0-9])", " ", folded)


def scan(text: str, table: Currencies) -> list[Found]:
    """All figures of money of a text, in text order, with every attribute but ``currency`` set."""
    folded = fold(text)
    figures = [figure for figure in atoms(folded, table) if isfinite(figure.high or figure.low or 0.0)]
    figures = lend_to_quotes(figures)
    if not figures:
        return []
    figures = _join_ranges(figures, folded)
    figures = _attach_conversions(figures, folded)
    figures = complete_rows(complete_lists(figures, folded), folded)
    for figure in figures:
        read_surroundings(figure, folded)
    share_periods(figures, folded)
    head_rows(figures, folded)
    return figures


# Ranges

CLOSE = 1.6
"""A change "by $4m to $5m" is somewhere between these; where the second is larger, it is the level reached."""


def _same_money(left: Unit, right: Unit) -> bool:
    return (left.noun, left.code, left.parts) == (right.noun, right.code, right.parts) or (
        left.noun is not None and left.noun == right.noun and None in (left.code, right.code)
    )


def _join_ranges(figures: list[Found], text: str) -> list[Found]:
    """Two figures, or a bare number and a figure, that are the ends of one range become one."""
    expressions = patterns()
    joined: list[Found] = []
    for figure in figures:
        last = joined[-1] if joined else None
        # The one before last, too: "between 250 euros (£173) and 600 euros".
        if any(_pair(left, figure, text) for left in reversed(joined[-2:])):
            continue
        floor = last.end if last is not None else 0
        window = max(floor, figure.start - 40)
        if not figure.ranged and (match := expressions["left"].search(text[window : figure.start])):
            _extend_left(figure, match, window, text)
        joined.append(figure)
        if not figure.ranged:
            _extend_right(figure, text)
    return joined


def _pair(left: Found, right: Found, text: str) -> bool:
    """Join ``right`` to ``left`` where they are one range; whether they were."""
    gap = text[left.end : right.start]
    if left.ranged or right.ranged or len(gap) > 70 or not _same_money(left.unit, right.unit):
        return False
    match = patterns()["gap"].fullmatch(gap)
    if match is None or left.high is None or right.high is None:
        return False
    low, scale = left.high, left.scale
    if left.scale == 1 and right.scale > 1 and left.number <= right.number:
        low, scale = left.number * right.scale, right.scale
    if not _is_range(left.start, match["joint"], low, right.high, text):
        return False
    left.low, left.high, left.end, left.scale, left.ranged = low, right.high, right.end, scale, True
    left.number = right.number
    left.unit = left.unit if left.unit.code else right.unit
    return True


def _is_range(start: int, joint: str, low: float, high: float, text: str) -> bool:
    """Whether two values around a joint word are the ends of a range, and not two facts or a change."""
    before = text[max(0, start - BEFORE) : start].rpartition("\n")[2]
    between = patterns()["between"].search(before)
    if joint == "and":
        return between is not None and not patterns()["apart"].search(before) and low <= high
    if not low < high:
        return False
    if joint == "or":
        return False
    if joint in ("-", "–", "—") or between:
        return True
    if patterns()["by"].search(before):
        return high <= CLOSE * low
    if any(patterns()[name].search(before) for name in ("moving", "shares")):
        return False
    if patterns()["up or"].search(before):
        return False
    if patterns()["from"].search(before):
        return bool(patterns()["spread"].search(before)) or not patterns()["moved"].search(before)
    if patterns()["listed"].search(before):  # "Acme rose 5p to 310p, Globex 3p to 99p"
        return high <= CLOSE * low
    return True


def _extend_left(figure: Found, match: re.Match[str], offset: int, text: str) -> None:
    """ "70 to 80 mln marks", "between 4 and 5 million dollars": the number before shares what follows."""
    scale = scaled(match["scale"]) if match["scale"] else figure.scale
    number = numeral(match["num"])
    if figure.number == 0 or figure.high is None or (1900 <= number <= 2049 and not match["scale"]):
        return
    if text[figure.start] in "$£€" and match["joint"] not in ("-", "–"):
        return  # "from 50 to $60": the sign would stand with the first
    low = number * scale / figure.unit.parts
    joint = match["joint"].split(" ")[0]
    start = offset + match.start()
    choice = joint == "or" and number + 1 == figure.number
    if choice or _is_range(start, joint, low, figure.high, text):
        figure.low, figure.start, figure.ranged = low, start, True


def _extend_right(figure: Found, text: str) -> None:
    """ "$8m to 12m", "$10-12 million", "between $40 and 50 a barrel": the second number shares the sign."""
    expressions = patterns()
    gap = expressions["gap"].match(text, figure.end)
    if gap is None or figure.high is None or not re.match(r"\W", text[figure.start]):
        return
    bare = expressions["bare"].match(text, gap.end())
    if bare is None:
        return
    number, scale = numeral(bare["num"]), scaled(bare["scale"]) if bare["scale"] else 1.0
    tight = gap["joint"] in ("-", "–", "—")
    ends = re.compile(open_end()).match(text, bare.end())
    if not (
        bare["scale"]
        or tight
        or expressions["between"].search(text[max(0, figure.start - 40) : figure.start])
    ):
        return
    if not (ends or tight) or re.match(r"[\w%]|[.,]\d", text[bare.end() : bare.end() + 2]):
        return
    if tight and not bare["scale"] and figure.scale > 1:
        return
    low = figure.high
    if figure.scale == 1 and scale > 1 and figure.number <= number:
        low = figure.number * scale
    if _is_range(figure.start, gap["joint"], low, number * scale, text):
        figure.low, figure.high, figure.end, figure.ranged = low, number * scale, bare.end(), True


# Conversions


def _attach_conversions(figures: list[Found], text: str) -> list[Found]:
    """Figures in other money in brackets after a figure go into its ``also``."""
    expressions = patterns()
    kept: list[Found] = []
    for figure in figures:
        main = kept[-1] if kept else None
        if main is not None:
            gap = text[max(main.end, main.also[-1].end if main.also else 0) : figure.start]
            inside = bool(main.also) and expressions["also"].fullmatch(gap) is not None
            opened = (not main.also or main.also[-1].end < main.end) and (
                expressions["bracket"].fullmatch(gap) or expressions["apposed"].fullmatch(gap)
            )
            within = main.start < figure.start and figure.end <= main.end
            if (inside or opened or within) and not _same_money_strict(figure.unit, main.unit):
                main.also.append(figure)
                continue
        kept.append(figure)
    return kept


def _same_money_strict(left: Unit, right: Unit) -> bool:
    return (left.noun, left.code) == (right.noun, right.code) or None in (
        left.noun or left.code,
        right.noun or right.code,
    )
