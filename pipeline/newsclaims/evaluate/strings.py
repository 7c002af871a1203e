"""When two strings name the same thing, and two figures the same money."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Any

IDLE = frozenset(["the", "a", "an", "its", "his", "her", "their", "s", "mr", "mrs", "ms", "dr", "sir"])
"""Words that tell nothing apart."""

LEGAL_FORMS = frozenset(
    ["inc", "corp", "corporation", "ltd", "llc", "plc", "co", "company", "sa", "ag", "nv", "gmbh", "limited"]
)

OVERLAP = 0.6
"""Share of common words (Dice's coefficient) from which on two strings are the same."""

TOLERANCE = 0.01
"""Relative difference within which two figures are the same."""

_WORD = re.compile(r"[\w$€£¥%&.+-]*\w[\w%&+]*|[$€£¥]")


@lru_cache(maxsize=100_000)
def words(text: str) -> tuple[str, ...]:
    """The words that tell a name, folded; without articles, titles, possessives and the legal form."""
    folded = unicodedata.normalize("NFKC", text).casefold().replace("’", "'")
    folded = folded.replace("'s ", " ").rstrip("'").removesuffix("'s")
    kept = [word for found in _WORD.findall(folded) if (word := found.strip(".")) not in IDLE]
    while len(kept) > 1 and kept[-1] in LEGAL_FORMS:
        kept.pop()
    return tuple(kept)


def same(left: str, right: str) -> bool:
    """Whether two strings are the same name or phrase.

    They are when they agree word for word, when one is the other shortened with the other's last word kept
    ("Musk", "Elon Musk"), or when they share most of their words.
    """
    a, b = words(left), words(right)
    if not a or not b:
        return left.strip().casefold() == right.strip().casefold()
    if a == b:
        return True
    longer, shorter = (a, b) if len(a) >= len(b) else (b, a)
    few, many = sorted((set(a), set(b)), key=len)
    if few <= many and longer[-1] in few:
        return True
    common = len(set(longer) & set(shorter))
    return 2 * common / (len(few) + len(many)) >= OVERLAP


def offered(filler: Any) -> list[str]:
    """The strings that a slot of an extracted claim offers: its full name, then what stands in the text."""
    if filler is None:
        return []
    if isinstance(filler, str):
        return [filler]
    return [text for text in dict.fromkeys((filler.get("name"), filler.get("text"))) if text]


def near(a: float, b: float) -> bool:
    return abs(a - b) <= TOLERANCE * max(abs(a), abs(b), 1e-9)


def same_money(given: dict[str, Any] | None, wanted: dict[str, Any] | None) -> bool:
    """Whether some bound of the figure is a bound of the wanted one, or of one of its conversions."""
    if not given or not wanted:
        return False
    if any(same_money(given, conversion) for conversion in wanted.get("also") or ()):
        return True
    currencies = {figure["currency"] for figure in (given, wanted) if figure.get("currency")}
    return len(currencies) < 2 and any(near(a, b) for a in _bounds(given) for b in _bounds(wanted))


def same_bounds(given: dict[str, Any], wanted: dict[str, Any]) -> bool:
    """Whether both bounds agree, open ones included."""
    return all(_same_bound(given.get(side), wanted.get(side)) for side in ("min", "max"))


def _same_bound(a: float | None, b: float | None) -> bool:
    if a is None or b is None:
        return a is b
    return near(a, b)


def _bounds(figure: dict[str, Any]) -> list[float]:
    return [bound for side in ("min", "max") if (bound := figure.get(side)) is not None]
