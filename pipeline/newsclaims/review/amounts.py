"""Figures of money: read from a selection, and said in plain words."""

from __future__ import annotations

from typing import Any

from newsclaims.schema import Money

CURRENCIES = {
    "USD": "US dollars", "EUR": "euros", "GBP": "pounds", "JPY": "yen", "CNY": "yuan", "INR": "Indian rupees",
    "AUD": "Australian dollars", "CAD": "Canadian dollars", "NZD": "New Zealand dollars",
    "CHF": "Swiss francs",
    "HKD": "Hong Kong dollars", "SGD": "Singapore dollars", "KRW": "won", "BRL": "reais", "RUB": "roubles",
    "ZAR": "rand", "MXN": "Mexican pesos", "SEK": "Swedish kronor", "NOK": "Norwegian kroner",
    "DKK": "Danish kroner", "PLN": "zloty", "TRY": "Turkish lira", "ILS": "shekels", "SAR": "Saudi riyals",
    "AED": "UAE dirhams", "NGN": "naira", "KES": "Kenyan shillings", "THB": "baht", "IDR": "rupiah",
    "MYR": "ringgit", "PHP": "Philippine pesos", "TWD": "Taiwan dollars", "VND": "dong", "UAH": "hryvnia",
}  # fmt: skip

_AROUND = 10_000
"""Characters before and after a selection that its figure is read in: "$" may be settled far from it."""


def read_amount(text: str, start: int, end: int) -> dict[str, Any]:
    """The amount of a selection, read as the extraction reads money: with the words around it.

    Where no figure is found in it, its bounds stay open, for the reviewer to fill in.
    """
    from newsclaims.language.money import find_money  # heavy; `warm` has it loaded before it is needed

    base = max(0, start - _AROUND)
    figures = find_money(text[base : end + _AROUND])
    best = max(figures, key=lambda found: _overlap(found, start - base, end - base), default=None)
    span = {"start": start, "end": end, "text": text[start:end], "label": "MONEY"}
    if best is None or _overlap(best, start - base, end - base) <= 0:
        return {**span, "min": None, "max": None, "currency": "USD", "approximate": False, "also": []}
    read = best.model_dump(mode="json")
    for also in read["also"]:
        also["start"], also["end"] = also["start"] + base, also["end"] + base
    return {**read, **span}


def _overlap(found: Money, start: int, end: int) -> int:
    return min(found.end, end) - max(found.start, start)


def warm() -> None:
    """Load what reads money, so that the first amount that a reviewer selects does not wait for it."""
    import newsclaims.language.money  # noqa: F401


def number_words(value: float) -> str:
    """A number as a newspaper writes it: ``1500000`` is "1.5 million"."""
    for size, word in ((1e12, "trillion"), (1e9, "billion"), (1e6, "million")):
        if abs(value) >= size:
            return f"{value / size:,.6g} {word}" if value / size < 1e6 else f"{value:,.0f}"
    return f"{value:,.0f}" if value == int(value) else f"{value:,.2f}"


def amount_words(money: Money) -> str:
    """An amount in plain words: "up to 300 million US dollars", "about 10 million to 20 million euros"."""
    currency = CURRENCIES.get(money.currency, money.currency)
    low, high = money.min, money.max
    if low is None and high is None:
        return f"an open amount in {currency}"
    if low is not None and high is not None:
        figure = number_words(low) if low == high else f"{number_words(low)} to {number_words(high)}"
    else:
        figure = f"at least {number_words(low)}" if low is not None else f"up to {number_words(high or 0.0)}"
    return f"{'about ' if money.approximate else ''}{figure} {currency}"
