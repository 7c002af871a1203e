"""The currencies of ``models/lexicons/currencies.toml``, and which one a shared word means in an article."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from newsclaims.resources import models_dir

DATELINE = re.compile(r"^[A-Z][A-Z .'-]{2,30}(?=,[^\n]{0,25} [-–—]|:| \(| ?[–—]| - )", re.MULTILINE)
"""A place in capitals that opens a report: "TORONTO — ", "MELBOURNE: ", "OTTAWA (Reuters)"."""
FILED = 3
"""How many other mentions of a country the place of a report outweighs."""
WIRE = re.compile(r"\bdlrs?\b|\d (?:mln|bln)\b")
"""The style of wires that count in United States dollars wherever they report from."""


@dataclass(frozen=True, slots=True)
class Unit:
    """What a currency word or sign says: a shared noun ("dollar"), or a code where it is explicit."""

    noun: str | None
    code: str | None = None
    parts: int = 1
    """How many of it make one unit of the currency: 100 for a cent."""
    shy: bool = False


@dataclass(frozen=True, slots=True)
class Addition:
    """A currency, or further words for one, that a user's file adds to the table.

    Attributes:
        code: its ISO 4217 code, or three capitals of the user's own.
        names: words for it as they stand after a number, plurals too.
        symbols: signs that stand before a number; those of one character that is no letter of English may follow it too.
        minor: words for its minor unit, plurals too.
        parts: how many minor units make one.
    """

    code: str
    names: tuple[str, ...] = ()
    symbols: tuple[str, ...] = ()
    minor: tuple[str, ...] = ()
    parts: int = 100


@dataclass(frozen=True)
class Noun:
    """A word for money that one or several currencies share."""

    name: str
    default: str
    shy: bool
    codes: tuple[str, ...]
    wired: tuple[str, ...] = ()
    """The currencies that wires mean by the bare word; all if it is empty."""


@dataclass(frozen=True)
class Places:
    """Words of an article that speak for a currency: its country, and what is there."""

    words: tuple[str, ...]
    expression: re.Pattern[str]

    @classmethod
    def of(cls, words: Iterable[str]) -> Places:
        longest_first = tuple(sorted(words, key=len, reverse=True))
        inner = "|".join(map(re.escape, longest_first))
        return cls(longest_first, re.compile(rf"(?<!\w)(?:{inner})(?!\w)"))

    def count(self, text: str) -> int:
        """How often an article has one of them."""
        # few articles have any, and to look for plain strings takes a small part of the expression's time
        return len(self.expression.findall(text)) if any(word in text for word in self.words) else 0


@dataclass(eq=False)
class Currencies:
    """All tables, compiled. ``signs`` stand before a number, ``words`` after it; the keys of ``words`` are in
    lower case but for codes, and ``places`` gives, for each code, the words of an article that speak for it.
    """

    signs: dict[str, Unit] = field(default_factory=dict)
    marks: dict[str, Unit] = field(default_factory=dict)
    words: dict[str, Unit] = field(default_factory=dict)
    adjectives: dict[tuple[str, str], str] = field(default_factory=dict)
    nouns: dict[str, Noun] = field(default_factory=dict)
    places: dict[str, Places] = field(default_factory=dict)
    years: dict[str, tuple[int, int]] = field(default_factory=dict)
    """First and last year of the currencies that have not always been."""
    codes: frozenset[str] = frozenset()
    english: frozenset[str] = frozenset()
    """Codes that are English words too."""

    def unit(self, word: str, adjective: str | None) -> Unit | None:
        """The unit of a word after a number, with the adjective before it ("Canadian dollars")."""
        lower = word.lower()
        found = self.words.get(word) or self.words.get(lower) or self.words.get(lower.replace("-", " "))
        if found is None or adjective is None or found.noun is None:
            return found
        code = self.adjectives.get((adjective.lower(), found.noun), found.code)
        return Unit(found.noun, code, found.parts)

    def speaks_for(self, noun: str, text: str) -> dict[str, int]:
        """How often the words of the article speak for each currency that the noun may mean; where it was filed counts
        more, but for the dollars of wires."""
        wire = noun == "dollar" and WIRE.search(text) is not None
        filed = "" if wire else "\n".join(DATELINE.findall(text))
        wired = self.nouns[noun].wired if wire else ()
        counts = {
            code: places.count(text) + FILED * places.count(filed)
            for code in wired or self.nouns[noun].codes
            if (places := self.places.get(code)) is not None
        }
        return {code: n for code, n in counts.items() if n}

    def resolve(self, noun: str, text: str, explicit: list[str]) -> str:
        """The currency that a shared noun means in an article.

        Args:
            noun: a noun of the table, not the dollar, which ``document.settle`` decides.
            text: the article.
            explicit: codes given outright elsewhere in the article ("Swiss francs"), which count threefold.
        """
        entry = self.nouns[noun]
        year = latest_year(text)
        codes = [
            c for c in entry.codes if self.years.get(c, (0, 0))[0] <= year <= self.years.get(c, (0, year))[1]
        ]
        if len(codes) < 2:
            return codes[0] if codes else entry.default
        votes = self.speaks_for(noun, text)
        for code in explicit:
            votes[code] = votes.get(code, 0) + 3
        return max(codes, key=lambda code: (votes.get(code, 0), code == entry.default))


def latest_year(text: str) -> int:
    """The latest year from 1950 to 2049 that the text names; the present where it names none, but 1987 where
    the text has the "mln" and "dlrs" of the wires of those days."""
    years = [int(y) for y in re.findall(r"(?<![\d$£€,.])(?:19[5-9]|20[0-4])\d(?![\d,])", text)]
    if years:
        return max(years)
    return 1987 if re.search(r"\d (?:mln|dlrs?|pct|cts)\b", text) else 2030


_added: list[Addition] = []


def use_currencies(additions: Iterable[Addition]) -> None:
    """Let these join the built-in currencies, instead of those that did before.

    It holds for this process, and for components made from now on: each keeps the table that it was made with.
    """
    _added[:] = additions
    currencies.cache_clear()


@cache
def currencies() -> Currencies:
    """The table, read once."""
    raw = tomllib.loads((models_dir() / "lexicons" / "currencies.toml").read_text(encoding="utf-8"))
    table = Currencies(codes=frozenset(raw["currency"]))
    table.english = frozenset(code for code, entry in raw["currency"].items() if entry.get("word"))
    for code, entry in raw["currency"].items():
        _add_currency(table, code, entry)
    for name, entry in raw["noun"].items():
        codes = tuple(c for c, e in raw["currency"].items() if name in e.get("nouns", ()))
        shy, wired = entry.get("shy", False), tuple(entry.get("wired", ()))
        _add_noun(table, Noun(name, entry["default"], shy, codes or (entry["default"],), wired), entry)
    for addition in _added:
        _add(table, addition)
    return table


def _add(table: Currencies, addition: Addition) -> None:
    """Enter what a user adds: its words and signs mean its currency, whatever they meant before."""
    code = addition.code
    known = table.words.get(code)
    noun = known.noun if known else None
    table.codes |= {code}
    table.words.setdefault(code, Unit(noun, code))
    table.signs.setdefault(code, Unit(noun, code))
    for name in addition.names:
        table.words[name.lower()] = Unit(noun, code)
    for name in addition.minor:
        table.words[name.lower()] = Unit(noun, code, parts=addition.parts)
    for sign in addition.symbols:
        letter = sign.isascii() and sign.isalpha()
        table.signs[sign] = Unit(noun, code, shy=letter and len(sign) == 1)
        if len(sign) == 1 and not letter:
            table.marks[sign] = Unit(noun, code)


def _add_currency(table: Currencies, code: str, entry: dict[str, Any]) -> None:
    noun = entry["nouns"][0] if entry.get("nouns") else None
    for sign in entry.get("signs", ()):
        table.signs[sign] = Unit(noun, code, shy=sign in entry.get("shy_signs", ()))
    if noun == "dollar":
        table.signs |= {f"{code}$": Unit(noun, code), f"{code} $": Unit(noun, code)}
    table.words[code] = Unit(noun, code, shy=code in table.english)
    if code not in table.english:
        table.signs.setdefault(code, Unit(noun, code))
    for word in entry.get("words", ()):
        table.words[word.lower()] = Unit(noun, code, shy=code in table.english)
    for adjective in entry.get("of", ()):
        for name in entry.get("nouns", ()):
            table.adjectives[adjective.lower(), name] = code
    if "until" in entry or "since" in entry:
        table.years[code] = entry.get("since", 0), entry.get("until", 9999)
    places = [*entry.get("of", ()), *entry.get("near", ())]
    if places:
        places += [place.upper() for place in places if len(place) > 3]  # datelines stand in capitals
        table.places[code] = Places.of(places)


def _add_noun(table: Currencies, noun: Noun, entry: dict[str, Any]) -> None:
    table.nouns[noun.name] = noun
    for form in entry["forms"]:
        table.words[form.lower()] = Unit(noun.name, shy=noun.shy)
    for sign in entry.get("signs", ()):
        table.signs[sign] = Unit(noun.name, shy=sign.isalpha() and len(sign) == 1)
    for mark in entry.get("marks", ()):
        table.marks[mark] = Unit(noun.name)
    for cent in entry.get("cents", ()):
        table.words[cent.lower()] = Unit(noun.name, parts=100)
