"""Numbers as news writes them: "1,250.5", "1-1/8", "10 000", "ninety-five", "half a million", "2.5bn"."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from typing import Any

from newsclaims.resources import models_dir

NUMERAL = (
    r"(?:\d+[- ]\d{1,2}/\d{1,2}|\d{1,2}/\d{1,2}|\d{1,3}(?:,\d{2,3})*,\d{3}(?:\.\d+)?|\d{1,3}(?:'\d{3})+"
    r"|\d+\.\d+|\d*[½¼¾⅓⅔⅛⅜⅝⅞]|\d+|\.\d+)"
)
"""A number in figures. Thousands may be grouped by comma, Indian groups included, or by apostrophe."""

_FRACTIONS = dict(
    zip("½¼¾⅓⅔⅛⅜⅝⅞", (1 / 2, 1 / 4, 3 / 4, 1 / 3, 2 / 3, 1 / 8, 3 / 8, 5 / 8, 7 / 8), strict=True)
)
_SMALL = {
    "one": 1.0,
    "two": 2.0,
    "three": 3.0,
    "four": 4.0,
    "five": 5.0,
    "six": 6.0,
    "seven": 7.0,
    "eight": 8.0,
}
_SMALL |= {"nine": 9.0, "ten": 10.0, "eleven": 11.0, "twelve": 12.0}
_SMALL |= {"thirteen": 13.0, "fourteen": 14.0, "fifteen": 15.0, "sixteen": 16.0, "seventeen": 17.0}
_SMALL |= {"eighteen": 18.0, "nineteen": 19.0, "twenty": 20.0, "thirty": 30.0, "forty": 40.0, "fifty": 50.0}
_SMALL |= {"sixty": 60.0, "seventy": 70.0, "eighty": 80.0, "ninety": 90.0}
_LARGE = {
    "hundred": 1e2,
    "thousand": 1e3,
    "grand": 1e3,
    "lakh": 1e5,
    "million": 1e6,
    "mln": 1e6,
    "crore": 1e7,
    "billion": 1e9,
    "bln": 1e9,
    "trillion": 1e12,
}
_PORTIONS = {
    "half": 0.5,
    "a half": 0.5,
    "one half": 0.5,
    "half of": 0.5,
    "quarter": 0.25,
    "a quarter": 0.25,
    "a quarter of": 0.25,
    "one quarter of": 0.25,
    "three quarters of": 0.75,
    "a couple of": 2.0,
    "couple of": 2.0,
    "a couple": 2.0,
}
VAGUE = ("several", "a few", "few", "many", "multiple")
"""Words before a scale word that say "more than one" and no more."""

_small = "|".join(sorted(_SMALL, key=len, reverse=True))
_large = "|".join(sorted(_LARGE, key=len, reverse=True))
_portions = "|".join(re.escape(p).replace(r"\ ", "[ -]") for p in sorted(_PORTIONS, key=len, reverse=True))
_behind_large = "|".join(f"(?<={word})" for word in sorted(_LARGE))
_joint = rf"(?:(?:{_behind_large})[ -]and[ -]|[ -])"
"""A hundred *and* ten is one number, four *and* five are two."""
_further = rf"(?:[ -]and[ -]a[ -](?:half|quarter)|{_joint}(?:a[ -]half|a[ -]quarter|{_small}|{_large}))"
IN_WORDS = (
    rf"(?:(?:{_portions})(?:[ -]an?)?[ -](?:{_large})"
    rf"|(?:{'|'.join(VAGUE)})[ -](?:{_large})(?:[ -](?:{_large}))?"
    rf"|(?:an?[ -](?:{_large})|(?:{_small})){_further}{{0,8}})"
)
"""A number in words, with its scale words; matched without regard to case."""
FIRST_WORDS = (
    *_PORTIONS,
    *VAGUE,
    *_SMALL,
    *(f"{article} {scale}" for article in ("a", "an") for scale in _LARGE),
)
"""The words that a match of :data:`IN_WORDS` may begin with."""


def numeral(text: str) -> float:
    """The value of a match of :data:`NUMERAL` or :data:`SMALL_WORD`."""
    if text.lower() in _SMALL:
        return _SMALL[text.lower()]
    text = text.replace(",", "").replace("'", "")
    if text[-1] in _FRACTIONS:
        return float(text[:-1] or 0) + _FRACTIONS[text[-1]]
    if "/" in text:
        whole, _, fraction = text.replace(" ", "-").rpartition("-")
        above, below = fraction.split("/")
        return float(whole or 0) + (float(above) / float(below) if float(below) else 0.0)
    return float(text.replace(" ", ""))


SMALL_WORD = rf"(?:{_small})"
"""One number word below a hundred, for the first half of "six to seven billion"."""


def last_scale(text: str) -> float:
    """The factor of the scale word that a match of :data:`IN_WORDS` ends with, 1 for none."""
    return _LARGE.get(re.split(r"[ -]", text.lower())[-1], 1.0)


def in_words(text: str) -> tuple[float, bool]:
    """The value of a match of :data:`IN_WORDS`, and whether it is vague ("several million": at least one)."""
    words = re.sub(r"[ -]+", " ", text.lower())
    vague = next((v for v in VAGUE if words.startswith(v + " ")), None)
    if vague:
        words = "one" + words[len(vague) :]
    start = 0.0
    for portion in sorted(_PORTIONS, key=len, reverse=True):
        if words.startswith(portion + " "):
            start, words = _PORTIONS[portion], words[len(portion) :]
            break
    total, current, scale = 0.0, start, 0.0
    words = words.replace("a half", "half").replace("a quarter", "quarter")
    for word in words.split():
        if word in _SMALL:
            current += _SMALL[word]
        elif word in ("half", "quarter"):
            share = 0.5 if word == "half" else 0.25
            if current or not scale:
                current += share
            else:
                total += share * scale  # "a million and a half"
        elif word == "hundred":
            current = (current or 1.0) * 100
        elif word in _LARGE:
            scale = _LARGE[word]
            total += (current or 1.0) * scale
            current = 0.0
    return total + current, vague is not None


@cache
def amounts_table() -> dict[str, Any]:
    """``models/lexicons/amounts.toml``: scale words, bounds, changes, periods, units."""
    return tomllib.loads((models_dir() / "lexicons" / "amounts.toml").read_text(encoding="utf-8"))


@cache
def scales() -> dict[str, float]:
    """Every scale word and letter in lower case, with its factor."""
    table = amounts_table()
    return {form: table["value"][name] for name, forms in table["scale"].items() for form in forms}


@cache
def scale_pattern() -> str:
    """A regular expression for a scale word: letters attach to the number, words may stand after a space."""
    forms = sorted(scales(), key=len, reverse=True)
    loose = [re.escape(f) for f in forms if len(f) > 1 and f != "mm"]
    tight = [f for f in forms if len(f) == 1 or f == "mm"]
    return rf"(?i:(?:[ -]?(?:{'|'.join(loose)})|{'|'.join(tight)}|[ ]m)(?![^\W_]))"
