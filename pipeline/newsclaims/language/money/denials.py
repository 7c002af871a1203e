"""What looks like a figure of money and is none: a coin, a weight, a screen, a rapper.

``models/lexicons/no_money.toml`` says by which looks; a word that is a currency and an everyday one besides ("marks") is
money only where a scale, a place or the rest of the article bears it out.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from newsclaims.language.money.currencies import Currencies
from newsclaims.language.money.figures import Found
from newsclaims.language.money.numbers import amounts_table
from newsclaims.language.money.patterns import alternatives, open_end
from newsclaims.resources import models_dir

AROUND = 50
"""Characters to either side of a figure that are looked at."""
LARGE = 1e5
"""From here on pounds are hardly a weight."""
RATE = re.compile(r"\d+\.\d{2}")
"""Before a word that has everyday meanings, decimals tell that it means money: "1.94 marks"."""
FIELD = re.compile(r"\{([a-z]\w*(?:\.\w+)?)\}")


@dataclass(frozen=True, slots=True)
class Denial:
    """The looks of one thing that is no money: the expressions that have to match and those that must not, by where, and
    what its number must be like."""

    wanted: Mapping[str, re.Pattern[str]]
    unwanted: Mapping[str, re.Pattern[str]]
    largest: float | None = None
    number: float | None = None
    plain: bool = False
    single: bool = False
    parts: bool = False
    pounds: bool = False
    small: bool = False

    def holds(self, found: Found, texts: Mapping[str, str]) -> bool:
        """Whether a figure with these texts around it has these looks."""
        return (
            self.counts(found, texts["written"])
            and all(matches(where, pattern, texts) for where, pattern in self.wanted.items())
            and not any(matches(where, pattern, texts) for where, pattern in self.unwanted.items())
        )

    def counts(self, found: Found, written: str) -> bool:
        """Whether its number and its unit are as they must be."""
        return not (
            (self.plain and not (found.exact and found.scale == 1))
            or (self.largest is not None and found.number > self.largest)
            or (self.number is not None and found.number != self.number)
            or (self.single and not found.single)
            or (self.parts and found.unit.parts <= 1)
            or (self.pounds and not are_pounds(found, written))
            or (self.small and (found.scale > 1 or found.number >= LARGE))
        )


def matches(where: str, pattern: re.Pattern[str], texts: Mapping[str, str]) -> bool:
    if where == "written":
        return pattern.fullmatch(texts[where]) is not None
    return (pattern.match if where == "after" else pattern.search)(texts[where]) is not None


@cache
def denials() -> tuple[Denial, ...]:
    """All of ``models/lexicons/no_money.toml``."""
    path = models_dir() / "lexicons" / "no_money.toml"
    table = tomllib.loads(path.read_text(encoding="utf-8"))
    return tuple(denial(entry, table["shared"]) for entry in table["none"])


def denial(entry: Mapping[str, Any], shared: Mapping[str, str]) -> Denial:
    """A denial as it stands in the file."""
    patterns = {key: compiled(value, shared) for key, value in entry.items() if isinstance(value, str)}
    return Denial(
        {key: pattern for key, pattern in patterns.items() if not key.startswith("unless_")},
        {key.removeprefix("unless_"): p for key, p in patterns.items() if key.startswith("unless_")},
        **{key: value for key, value in entry.items() if key not in patterns},
    )


def compiled(pattern: str, shared: Mapping[str, str]) -> re.Pattern[str]:
    """An expression of the file, with what its braces stand for."""

    def meant(field: re.Match[str]) -> str:
        table, _, name = field[1].partition(".")
        if name:
            return alternatives(amounts_table()[table][name])
        return open_end() if table == "end" else shared[table]

    return re.compile(FIELD.sub(meant, pattern))


def denied(found: Found, text: str, table: Currencies) -> bool:
    """Whether something that looks like a figure of money is none."""
    written = text[found.start : found.end]
    texts = {
        "before": text[max(0, found.start - AROUND) : found.start],
        "written": written,
        "after": text[found.end : found.end + AROUND],
        "article": text,
    }
    if any(denial.holds(found, texts) for denial in denials()):
        return True
    doubtful = found.unit.shy and not are_pounds(found, written) and RATE.match(written) is None
    return doubtful and not speaks(found, text, table)


def are_pounds(found: Found, written: str) -> bool:
    """Whether a figure is one of pounds that may be a weight."""
    return found.unit.noun == "pound" and found.unit.code is None and "pound" in written.lower()


def speaks(found: Found, text: str, table: Currencies) -> bool:
    """Whether the article bears out a word that is also an everyday one: by a scale word, or by a country."""
    if found.scale > 1 or found.number >= 1e6:
        return True
    if found.unit.code is not None:
        place = table.places.get(found.unit.code)
        return bool(place and place.count(text))
    return found.unit.noun is not None and bool(table.speaks_for(found.unit.noun, text))
