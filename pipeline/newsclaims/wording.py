"""Amounts of money in plain words."""

from __future__ import annotations

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
