"""Rates as dealers quote them, to buy and to sell: "1.8230/40 marks", "148.20/30", "147.90/148.00 yen"."""

from __future__ import annotations

from newsclaims.language.money.currencies import Unit
from newsclaims.language.money.figures import Found

QUOTE = r"\d{1,4}\.\d{2,4}(?:/|-(?=\d{2,4}(?![\d.])))(?:\d{1,4}\.)?\d{2,4}"
"""Two rates, of which the second mostly gives its last digits only."""
ALIKE = 1.25
"""Rates of one pair of currencies lie no farther apart in one article."""


def ends(written: str) -> tuple[float, float]:
    """The two rates of a quote."""
    low, _, rest = written.replace("-", "/").partition("/")
    if "." in rest:
        return float(low), float(rest)
    high = float(low[: -len(rest)] + rest) if len(rest) <= len(low.partition(".")[2]) else float(low)
    step = 10.0 ** (len(rest) - len(low.partition(".")[2]))
    return float(low), high if high >= float(low) else round(high + step, 6)


def lend_to_quotes(figures: list[Found]) -> list[Found]:
    """Give a quote that leaves its currency out that of a like rate before it, else of one behind it; without any, it
    is dropped."""
    out: list[Found] = []
    for number, figure in enumerate(figures):
        if figure.quoted and figure.unit == Unit(None):
            others = [*reversed(out), *figures[number + 1 :]]
            like = next((f for f in others if _alike(f, figure)), None)
            if like is None:
                continue
            figure.unit = like.unit
        out.append(figure)
    return out


def _alike(other: Found, quote: Found) -> bool:
    if other.unit == Unit(None) or other.scale != 1 or other.high is None or quote.high is None:
        return False
    return 1 / ALIKE <= other.high / quote.high <= ALIKE
