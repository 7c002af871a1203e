"""Figures of money: read from a selection, and said in plain words."""

from __future__ import annotations

import re
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
_SIGNS = {
    "us$": "USD", "a$": "AUD", "c$": "CAD", "nz$": "NZD", "hk$": "HKD", "s$": "SGD", "r$": "BRL", "$": "USD",
    "£": "GBP", "€": "EUR", "¥": "JPY", "₹": "INR", "₩": "KRW", "₽": "RUB", "₺": "TRY", "₪": "ILS",
    "₴": "UAH", "rs": "INR", "dollar": "USD", "euro": "EUR", "pound": "GBP", "sterling": "GBP", "yen": "JPY",
    "yuan": "CNY", "rupee": "INR", "franc": "CHF", "won": "KRW", "rand": "ZAR", "rouble": "RUB",
}  # fmt: skip
_SCALES = {
    "k": 1e3, "thousand": 1e3, "lakh": 1e5, "m": 1e6, "mn": 1e6, "mln": 1e6, "million": 1e6, "crore": 1e7,
    "b": 1e9, "bn": 1e9, "bln": 1e9, "billion": 1e9, "t": 1e12, "tn": 1e12, "trillion": 1e12,
}  # fmt: skip
_NUMBER = re.compile(
    rf"(\d[\d,]*(?:\.\d+)?)(?:[\s\u00a0-]*({'|'.join(sorted(_SCALES, key=len, reverse=True))})s?\b)?", re.I
)
_SIGN = re.compile("|".join(re.escape(sign) for sign in sorted(_SIGNS, key=len, reverse=True)), re.I)
_CODE = re.compile(r"\b[A-Z]{3}\b")
_AT_MOST = re.compile(r"\b(up to|at most|no more than|as much as|less than|under|below)\s*$", re.I)
_AT_LEAST = re.compile(r"\b(at least|more than|over|above|no less than|upwards of)\s*$", re.I)
_ABOUT = re.compile(r"\b(about|around|nearly|almost|roughly|some|approximately)\s*$", re.I)


def read_amount(text: str, start: int, end: int) -> dict[str, Any]:
    """An amount from a selection of the text, as far as its figures, its sign and the words before it tell.

    What cannot be read stays open, for the reviewer to fill in.
    """
    figure, before = text[start:end], text[max(0, start - 20) : start]
    found = [
        (float(number.replace(",", "")), scale.lower()) for number, scale in _NUMBER.findall(figure) if number
    ]
    last_scale = next((scale for _, scale in reversed(found) if scale), "")
    values = [number * _SCALES.get(scale or last_scale, 1.0) for number, scale in found[:2]]
    low, high = (min(values), max(values)) if values else (None, None)
    if _AT_MOST.search(before):
        low = None
    elif _AT_LEAST.search(before):
        high = None
    code, sign = _CODE.search(figure), _SIGN.search(figure)
    currency = code.group() if code and code.group() in CURRENCIES else None
    currency = currency or (_SIGNS[sign.group().lower()] if sign else "USD")
    return {
        "start": start, "end": end, "text": figure, "label": "MONEY", "min": low, "max": high,
        "currency": currency, "approximate": bool(_ABOUT.search(before)), "also": [],
    }  # fmt: skip


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
