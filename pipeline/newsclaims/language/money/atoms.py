"""Single figures of money: a number with its scale and its currency, before any range or bound is read."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import cache

from newsclaims.language.money.currencies import Currencies, Unit
from newsclaims.language.money.denials import denied
from newsclaims.language.money.figures import Found
from newsclaims.language.money.numbers import (
    FIRST_WORDS,
    IN_WORDS,
    NUMERAL,
    amounts_table,
    in_words,
    last_scale,
    numeral,
    scale_pattern,
    scales,
)
from newsclaims.language.money.patterns import alternatives, open_end
from newsclaims.language.money.quotes import QUOTE, ends

_WORD_SCALES = {"hundred": 1e2, "thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12}
_WORD_SCALES |= {"lakh": 1e5, "crore": 1e7}
_MANY = {"dozen": 12.0, "score": 20.0, "ten": 10.0, "hundred": 1e2, "thousand": 1e3}
_DIGITS = {"four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10}
_RANKS = ("low", "mid", "middle", "high", "solid", "strong", "healthy", "hefty")


@cache
def _pattern(table: Currencies) -> re.Pattern[str]:
    """One expression for every way to write a figure, each with its own group names."""
    signs = alternatives(list(table.signs))
    codes = "|".join(sorted(table.codes))
    words = alternatives([w for w in table.words if w not in table.codes])
    adjectives = alternatives(sorted({adjective for adjective, _ in table.adjectives}))
    single = amounts_table()["single"]
    marks = "".join(re.escape(m) for m in table.marks if len(m) == 1)
    scale = scale_pattern()
    currency = rf"(?:(?i:(?P<adj{{n}}>{adjectives})[ -])?(?P<word{{n}}>(?i:{words})|{codes})(?![^\W_]))"
    many = "|".join(_MANY)
    large = "|".join(_WORD_SCALES)
    return re.compile(
        # "$5m", "US$ 1.2-billion", "EUR 5 million", "£5 million pounds", "$1,350 USD"
        rf"(?<![A-Za-z$£€])(?P<sign>{signs})[ ]?(?P<num1>(?:\d{{1,3}}(?: \d{{3}})+(?![\d,])|{NUMERAL}))"
        rf"(?P<scale1>{scale})?(?:[ ](?P<code1>(?:{codes})(?![^\W_])))?"
        # "1.8230/40 marks", "148.20/30"
        rf"|(?<![\w.,/$£€#])(?P<quote>{QUOTE})(?![\d/-]|\.\d)(?:[ -]?{currency.format(n=6)})?"
        # "30bn baht", "500 mln Canadian dlrs", "64.8 US cents", "4bn-euro"
        rf"|(?<![\w.,/$£€#])(?P<num2>{NUMERAL})(?P<scale2>{scale})?"
        rf"(?:[ -]?{currency.format(n=2)}|[ ]?(?P<mark>[{marks}])(?![ ]?\d)"
        r"|(?P<pence>[p¢c])(?![^\W_])|(?<=grand))"
        # "two million pounds", "half a million euros", "ninety-five grand"
        rf"|(?<![\w-])(?P<num3>(?i:{IN_WORDS}))(?:[ -]{currency.format(n=3)}|(?<=[ -]grand)(?![^\W_]))"
        # "hundreds of millions of dollars", "millions and millions of pesos"
        rf"|(?<![\w-])(?i:(?:(?P<many>{many})s(?:[ -](?:and|or|if[ -]not)[ -](?P<many2>{many})s)?[ ]of[ ])?"
        rf"(?P<vague>{large})s(?:[ ](?:and|upon|or)[ ](?:{large})s)?[ ](?:more[ ])?of[ ])"
        rf"{currency.format(n=4)}"
        # "a penny", "a symbolic franc"
        rf"|(?<![\w-])(?i:(?P<half>half[ ])?an?[ ](?:(?:{alternatives(single['adjectives'])})[ ])?"
        rf"(?P<one>{alternatives(single['units'])})){open_end()}"
        # "billion-dollar", "multi-million pound"
        rf"|(?<![\w-])(?i:(?:multi-?[ ]?)?(?P<multi>million|billion|trillion)s?)[ -]{currency.format(n=5)}"
        # "seven-figure", "low seven figures"
        rf"|(?<![\w-])(?i:(?:(?:{'|'.join(_RANKS)})[- ])?"
        rf"(?:to[- ](?:mid|high)[- ])?(?P<digits>{'|'.join(_DIGITS)}|[4-9]|10)[- ]figures?)(?![^\W_])"
    )


@cache
def _starts(table: Currencies) -> re.Pattern[str]:
    """Where a figure may begin: a match of nothing before all that the whole expression can begin with, whose many
    branches would take long to fail at every other letter."""
    number = r"[\d.½¼¾⅓⅔⅛⅜⅝⅞]"
    single = amounts_table()["single"]
    alone = [
        f"{article} {word}" for article in ("a", "an") for word in (*single["units"], *single["adjectives"])
    ]
    words = [*FIRST_WORDS, *alone, *_MANY, *_WORD_SCALES, *_DIGITS, *_RANKS, "to mid", "to high"]
    return re.compile(
        rf"(?<![A-Za-z])(?={number}|(?:{_by_first_letter(table.signs)})[ ]?{number}"
        rf"|(?:{_by_first_letter(words, 'i')})s?(?![^\W_])|[mM](?i:ulti))"
    )


def _by_first_letter(words: Iterable[str], flag: str = "") -> str:
    """An alternation, in upper case too if the flag is "i", that a wrong first letter fails at once."""
    first: dict[str, list[str]] = {}
    for word in words:
        first.setdefault(word[0], []).append(word[1:])
    return "|".join(
        rf"[{re.escape(letter)}{letter.upper() if flag else ''}](?{flag}:{alternatives(rest)})"
        for letter, rest in sorted(first.items())
    )


def scaled(text: str) -> float:
    """The factor of a scale word as it stands in the text, 1 for none."""
    return scales()[text.lower().strip(" -").replace("-", " ")] if text else 1.0


def atoms(text: str, table: Currencies) -> Iterator[Found]:
    """Every single figure of money, from left to right. ``text`` has been folded."""
    pattern, end = _pattern(table), 0
    for start in _starts(table).finditer(text):
        match = pattern.match(text, start.start()) if start.start() >= end else None
        if match is None:
            continue
        end = match.end()
        found = _read(match, table)
        if found is not None and not denied(found, text, table):
            yield found


def _read(match: re.Match[str], table: Currencies) -> Found | None:
    """The figure that a match is, or None where its word turns out to be none of money."""
    group = match.groupdict()
    start, end = match.span()
    if group["sign"]:
        unit = table.signs[group["sign"]]
        number, scale = numeral(group["num1"]), scaled(group["scale1"])
        if group["code1"] and (own := table.words[group["code1"]]):
            unit = own
        return Found(start, end, number * scale, number * scale, unit, number, scale)
    if group["quote"]:
        low, high = ends(group["quote"])
        quoted = table.unit(group["word6"], group["adj6"]) if group["word6"] else Unit(None)
        if quoted is None:
            return None
        return Found(start, end, low, high, quoted, low, ranged=True, quoted=True)
    if group["num2"]:
        number, scale = numeral(group["num2"]), scaled(group["scale2"])
        if group["pence"]:
            unit = Unit("pound" if group["pence"] == "p" else "dollar", parts=100)
        elif group["mark"]:
            unit = table.marks[group["mark"]]
        elif group["word2"]:
            named = table.unit(group["word2"], group["adj2"])
            if named is None:
                return None
            unit = named
        else:
            unit = Unit(None)
        value = number * scale / unit.parts
        return Found(start, end, value, value, unit, number, scale)
    if group["num3"]:
        value, vague = in_words(group["num3"])
        named = table.unit(group["word3"], group["adj3"]) if group["word3"] else Unit(None)
        if named is None or not value:
            return None
        value /= named.parts
        if group["word3"] and re.match(r"(?i)an?[ ](?:million|billion|trillion)-", match[0]):
            start += match[0].index(" ") + 1  # "a billion-dollar deal" is one of a billion or more
            return Found(start, end, value, None, named, 0.0, ranged=True)
        scale = last_scale(group["num3"])
        found = Found(
            start, end, value, None if vague else value, named, in_words(group["num3"])[0] / scale, scale
        )
        found.approximate = "couple" in group["num3"].lower()
        return found
    if group["digits"]:
        count = _DIGITS.get(group["digits"].lower()) or int(group["digits"])
        return Found(start, end, 10.0 ** (count - 1), 10.0**count - 1, Unit(None), 0.0, ranged=True)
    if group["one"]:
        unit = table.words[group["one"].lower()]
        value = (0.5 if group["half"] else 1.0) / unit.parts
        return Found(start, end, value, value, replace(unit, shy=False), 1.0, single=True)
    word, adjective = (group["word4"], group["adj4"]) if group["vague"] else (group["word5"], group["adj5"])
    named = table.unit(word, adjective)
    if named is None:
        return None
    least = _WORD_SCALES[(group["vague"] or group["multi"]).lower()] / named.parts
    least *= _MANY[group["many"].lower()] if group["many"] else 1.0
    return Found(start, end, least, None, named, 0.0, ranged=True)
