"""The figure of money in a selection."""

from __future__ import annotations

from typing import Any

from newsclaims.schema import Money

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
