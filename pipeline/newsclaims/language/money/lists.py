"""Figures in lists and comparisons that give the currency once: "4.67 billion bolivars from 2.67 billion"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from newsclaims.language.money.atoms import scaled
from newsclaims.language.money.currencies import Unit
from newsclaims.language.money.figures import Found
from newsclaims.language.money.numbers import amounts_table, numeral
from newsclaims.language.money.patterns import BEFORE, open_end, patterns, phrases
from newsclaims.language.money.rows import unit_of

NEAR = 200
"""So many characters from a figure a number may still share its currency."""


def complete_lists(figures: list[Found], text: str) -> list[Found]:
    """Add the figures that leave their currency out: in lists, as sums of what is money, and compared with one."""
    whole = unit_of(figures)
    sums = _sums(figures, whole, text) if whole is not None else ()
    found = sorted([*figures, *sums], key=lambda figure: figure.start)
    taken = _taken(found)
    counted = -1  # where the last number stands that counts something else than money
    for bare in patterns()["list"].finditer(text):
        if any(start < bare.end() and bare.start() < end for start, end in taken):
            continue
        model = max((f for f in found if f.end <= bare.start()), key=lambda f: f.end, default=None)
        unit = None
        if bare["end"] is not None and model and model.start >= counted and _lends(model, text, bare.start()):
            unit = model.unit
        elif bare["end"] is not None and _told(text, bare.start()):
            unit = whole
        if unit is None:
            counted = bare.start()
            continue
        number, scale = numeral(bare["num"]), scaled(bare["scale"])
        value = number * scale
        found.append(Found(bare.start(), bare.end("scale"), value, value, unit, number, scale))
    found.sort(key=lambda figure: figure.start)
    compared = [
        _compared(figure, following, text)
        for figure, following in zip(found, [*found[1:], None], strict=True)
    ]
    return sorted([*found, *(figure for figure in compared if figure)], key=lambda figure: figure.start)


def _lends(model: Found, text: str, start: int) -> bool:
    """Whether a figure can lend its currency to a number at ``start``: it has a scale word, and is near."""
    gap = text[model.end : start]
    sure = model.exact or (model.ranged and model.high is not None)
    return model.scale >= 1e3 and sure and len(gap) <= NEAR and "\n\n" not in gap


@cache
def _sum_words() -> str:
    return phrases(amounts_table()["sum"]["words"])


@cache
def _telling() -> re.Pattern[str]:
    """The part of a sentence before a number that says that it is money: "profit jumped by a third to "."""
    lead = phrases(amounts_table()["sum"]["before"])
    return re.compile(rf"(?i:\b(?:{_sum_words()})\b(?:[^.;\n]|\.(?=\d))*\b(?:{lead})[ ])$")


def _told(text: str, start: int) -> bool:
    """Whether the sentence speaks of money before a number that its verb leads to."""
    return _telling().search(text, max(0, start - NEAR), start) is not None


@cache
def _sum() -> re.Pattern[str]:
    """ "a loss of 161,000 in", "a bonus of 40,000": a sum in thousands, though without its currency."""
    grouped = r"\d{1,3}(?:,\d{3})+(?![.,]?\d)"
    return re.compile(rf"(?i:\b(?:{_sum_words()})[ ]of[ ])(?P<num>{grouped}){open_end()}")


def _sums(figures: list[Found], unit: Unit, text: str) -> Iterator[Found]:
    """The sums of what is always money, in the currency of the article."""
    taken = _taken(figures)
    for match in _sum().finditer(text):
        start, end = match.span("num")
        if not any(a < end and start < b for a, b in taken):
            value = numeral(match["num"])
            yield Found(start, end, value, value, unit, value)


def _taken(figures: list[Found]) -> list[tuple[int, int]]:
    """The stretches of figures with their conversions."""
    return [(f.start, max([f.end, *(other.end for other in f.also)])) for f in figures]


def _compared(figure: Found, following: Found | None, text: str) -> Found | None:
    """The plain number a plain figure is compared with: "7.50 bolivars instead of 4.3", "rose 15p to 590"."""
    expressions = patterns()
    if figure.scale != 1 or not figure.exact or not figure.number:
        return None
    match = expressions["compare"].match(text, figure.end)
    before = text[max(0, figure.start - BEFORE) : figure.start]
    leaves = expressions["from"].search(before) and expressions["moved"].search(before)
    if match is None and (leaves or expressions["moving"].search(before)):
        match = expressions["level"].match(text, figure.end)
    if match is None or (following is not None and match.end("num") > following.start):
        return None
    number = numeral(match["num"])
    alike = match.re is expressions["level"] or 0.1 < number / figure.number < 10
    if not alike or 1900 <= number <= 2049:
        return None
    value = number / figure.unit.parts
    return Found(match.start("num"), match.end("num"), value, value, figure.unit, number)
