"""A figure of money as the parts of the grammar hand it on: where it stands, its bounds, its unit."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from newsclaims.language.money.currencies import Unit

Motion = Literal["change", "from", "level"]
"""A figure's part in a change: how much, from where, to where."""

Extent = tuple[int, int]
"""Start and end in the text, in code points, end exclusive."""


@dataclass(slots=True)
class Found:
    """A figure of money in a text.

    Attributes:
        start, end: the figure with its currency and scale words, both ends of a range included.
        low, high: its bounds in units of the currency (cents are divided already); ``None`` where open.
        unit: what its currency word or sign says.
        number: the number as written, without its scale, by which ranges share one ("$10 to $12 million").
        scale: the factor of its scale word, 1 without one.
        currency: the ISO 4217 code, once the article is known.
        approximate: "about", "nearly".
        period: the phrase that says per what time or over what time ("a week", "over four years").
        per: the thing that the figure is the price of, where a phrase gives one ("a share", "per barrel").
        motion: its part in a change ("rose $1.64 to $47.10" is a change and a level).
        also: conversions of the same money.
        ranged: it has been read as a range.
        quoted: it is a rate to buy and one to sell.
        single: it is a unit by itself ("a pound").
        label: what the row of results says that it is ("Net").
    """

    start: int
    end: int
    low: float | None
    high: float | None
    unit: Unit
    number: float
    scale: float = 1.0
    currency: str = ""
    approximate: bool = False
    period: Extent | None = None
    per: Extent | None = None
    motion: Motion | None = None
    also: list[Found] = field(default_factory=list)
    ranged: bool = False
    quoted: bool = False
    single: bool = False
    label: Extent | None = None

    @property
    def exact(self) -> bool:
        return self.low is not None and self.low == self.high
