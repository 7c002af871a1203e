"""Figures of money as the output has them."""

from __future__ import annotations

from newsclaims.language.money.currencies import Currencies, currencies
from newsclaims.language.money.document import settle
from newsclaims.language.money.figures import Found
from newsclaims.language.money.grammar import scan
from newsclaims.schema import Amount, Money


def find_figures(text: str, table: Currencies) -> list[Found]:
    """All figures of money of a text, in text order, with their currency."""
    figures = scan(text, table)
    settle(figures, text, table)
    return figures


def find_money(text: str) -> list[Amount]:
    """All figures of money of a text, in text order.

    >>> [(a.text, a.min, a.max, a.currency) for a in find_money("an offer of up to $300 million")]
    [('$300 million', None, 300000000.0, 'USD')]
    """
    return [amount(figure, text) for figure in find_figures(text, currencies())]


def amount(figure: Found, text: str) -> Amount:
    """The output's form of a figure."""
    also = [Money.model_validate(_money(other, text)) for other in figure.also]
    return Amount.model_validate({**_money(figure, text), "also": also})


def _money(figure: Found, text: str) -> dict[str, object]:
    return {
        "start": figure.start,
        "end": figure.end,
        "text": text[figure.start : figure.end],
        "min": _round(figure.low),
        "max": _round(figure.high),
        "currency": figure.currency,
        "approximate": figure.approximate,
    }


def _round(value: float | None) -> float | None:
    """The value without the dust of binary fractions (2.1 million is 2100000, not 2100000.0000000002)."""
    return None if value is None else float(f"{value:.12g}")
