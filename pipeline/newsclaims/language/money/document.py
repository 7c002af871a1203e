"""Which currency each figure of an article is in."""

from __future__ import annotations

import re

from newsclaims.language.money.currencies import WIRE, Currencies
from newsclaims.language.money.figures import Found

BRITISH = re.compile(
    r"\b(?:per cent|pc|(?:lab|fav|col|harb|rum|neighb)our\w*|programmes?|centres?|licences?|cheques?|metres?|"
    r"\w+[aeiklnrt]is(?:ed|ing|ation)|mum|defence|offence|travell\w+|cancelled|counsell\w+)\b"
)
"""Spellings that no American editor leaves."""


def settle(figures: list[Found], text: str, table: Currencies) -> None:
    """Set ``currency`` of every figure, and of its conversions, by what the article as a whole says."""
    if not figures:
        return
    dollar = _dollar(figures, text, table)
    everything = [f for figure in figures for f in (figure, *figure.also)]
    explicit: dict[str, list[str]] = {}
    for figure in everything:
        if figure.unit.code and figure.unit.noun:
            explicit.setdefault(figure.unit.noun, []).append(figure.unit.code)
    known: dict[str, str] = {}
    for figure in everything:
        noun = figure.unit.noun
        if figure.unit.code:
            figure.currency = figure.unit.code
        elif noun == "dollar":
            figure.currency = dollar
        elif noun is not None:
            if noun not in known:
                known[noun] = table.resolve(noun, text, explicit.get(noun, []))
            figure.currency = known[noun]
    _settle_cents(everything)
    for figure in figures:
        for other in figure.also:
            if other.currency == figure.currency == dollar and figure.unit.code and other.unit.code is None:
                other.currency = "USD"
    counts: dict[str, int] = {}
    for figure in figures:
        if figure.currency:
            counts[figure.currency] = counts.get(figure.currency, 0) + 1
    main = max(counts, key=lambda c: counts[c]) if counts else _home(text, table)
    for figure in everything:
        figure.currency = figure.currency or main


def _settle_cents(figures: list[Found]) -> None:
    """ "20 cents" are of a dollar, but in an article of Australian dollars, euros or rand alone they are of those."""
    cents = [f for f in figures if f.unit.noun == "dollar" and f.unit.parts > 1 and not f.unit.code]
    whole = {f.currency for f in figures if f.unit.parts == 1}
    dollars = {f.unit.code for f in figures if f.unit.noun == "dollar" and f.unit.parts == 1}
    if cents and (not dollars or (len(dollars) == 1 and None not in dollars)):
        home = next(iter(dollars), None) or next((c for c in ("EUR", "ZAR") if c in whole), None)
        for figure in cents:
            figure.currency = home or figure.currency


def _home(text: str, table: Currencies) -> str:
    """The currency of "a six-figure salary" where an article names no other money."""
    votes = table.speaks_for("pound", text).get("GBP", 0)
    return "GBP" if votes else "USD"


def _dollar(figures: list[Found], text: str, table: Currencies) -> str:
    """Which dollar a bare "$" is: the United States' unless the article makes it another.

    It does so where "$" is converted to US dollars, where it writes "US$" of others and is from another country, where
    the first dollars it names are those of another country and are not set against the bare ones, and where it is all
    about another country and names neither its dollars outright nor, if all its dollars are bare, any other money.
    """
    every = [f for figure in figures for f in (figure, *figure.also)]
    dollars = [f for f in every if f.unit.noun == "dollar" and f.unit.parts == 1]
    codes = {f.unit.code for f in dollars}
    if None not in codes:
        return "USD"
    bare = codes == {None}
    if bare and not all(f.unit.noun in ("dollar", None) for f in every):
        return "USD"
    votes = table.speaks_for("dollar", text)
    american = votes.pop("USD", 0)
    home = max(votes, key=lambda code: votes[code], default="USD")
    wire = WIRE.search(text) is not None
    enough = 4 if wire else 2 if len(BRITISH.findall(text)) > 1 else 3
    sure = votes.get(home, 0) >= max(enough, 2 * american + 1)
    if bare or (sure and home not in codes):
        return home if sure else "USD"
    pairs = [(a.unit, b.unit) for a in figures for b in a.also if a.unit.noun == b.unit.noun == "dollar"]
    against = {(y if x.code is None else x).code for x, y in pairs if (x.code is None) != (y.code is None)}
    if "USD" in against or ("USD" in codes and votes.get(home, 0) > american):
        return home
    first = dollars[0].unit.code
    told = sum(f.unit.code == first for f in dollars)
    abroad = wire and votes.get(first or "", 0) <= told
    if first in (None, "USD") or first in against or abroad:
        return "USD"
    return home if votes.get(home, 0) > 2 * votes.get(first, 0) else first
