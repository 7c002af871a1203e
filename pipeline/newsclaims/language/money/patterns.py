"""The expressions of the grammar that are built from ``models/lexicons/amounts.toml``."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from newsclaims.language.money.numbers import NUMERAL, SMALL_WORD, amounts_table, scale_pattern

BEFORE = 130
"""Characters before a figure in which its sentence may tell a bound, a range or a change."""


def phrases(words: Iterable[str]) -> str:
    """An alternation of phrases, the longest first."""
    return "|".join(re.escape(w).replace(r"\ ", r"\s") for w in sorted(words, key=len, reverse=True))


def alternatives(words: Iterable[str]) -> str:
    """The same, where a hyphen may stand for a space."""
    return "|".join(re.escape(w).replace(r"\ ", "[ -]") for w in sorted(words, key=len, reverse=True))


@cache
def open_end() -> str:
    """Looks ahead for the end of a phrase, so that the number before it counts nothing that follows."""
    closed = phrases(amounts_table()["closed"]["words"])
    return rf"(?=[ ]?(?:[.,;:)\]!?\"'—–]|$|\n|--)|[ ](?:{closed})\b)"


@cache
def _bound() -> str:
    """Any phrase that bounds the figure after it."""
    return "|".join(phrases(words) for words in amounts_table()["before"].values())


@cache
def _each() -> str:
    """ "a week", "per year", "annually"; but not in "a year earlier"."""
    period = amounts_table()["period"]
    return (
        rf"(?:(?:[ ]|-)?(?:an?|per|each|every|/)(?:[ ]|-)?(?:full[ ])?(?:{phrases(period['units'])})"
        rf"|[ ,-]?[ ]?(?:{phrases(period['adverbs'])}))(?![^\W_])(?![ ](?:earlier|ago|before|later|from[ ]now))"
    )


@cache
def _stretch() -> str:
    """ "over four years", "across her first two years", "through 2028"."""
    count = (
        r"(?:\d+(?:\.\d+)?|an?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty"
        r"|several|a[ ]few)"
    )
    return (
        r"[ ](?:over|across|for|during|through|throughout|within)[ ](?:(?:the|his|her|their|its|a)[ ])?"
        r"(?:(?:next|first|past|last|coming|following|previous|initial|total)[ ])?(?:of[ ])?"
        r"(?:(?:up[ ]to|more[ ]than|at[ ]least|about)[ ])?(?:the[ ])?"
        rf"{count}(?:[ ]to[ ]{count})?[ -](?:\w+[ ])?"
        rf"(?:{phrases(amounts_table()['period']['units'])})(?:[ ]period)?"
        r"|[ ](?:through|until)[ ](?:the[ ]end[ ]of[ ])?(?:19|20)\d\d"
    )


@cache
def _per() -> str:
    """ "a share", "per barrel", "apiece"."""
    unit = amounts_table()["unit"]
    return (
        rf"[ ](?:an?|per|each)[ ]?(?:{phrases(unit['words'])})\b|[ ]per[ ][a-z]+"
        rf"|[ ]?/[ ]?(?:bbl|lb|oz|kg|share|ton(?:ne)?)\b|[ ](?:{phrases(unit['adverbs'])})\b"
    )


@cache
def patterns() -> dict[str, re.Pattern[str]]:
    """All expressions by name. Those that end in ``$`` are for the text before a figure, others for after."""
    return {
        name: re.compile(pattern)
        for name, pattern in (_ranges() | _changes() | _bounds() | _conversions()).items()
    }


def _ranges() -> dict[str, str]:
    table, scale, each, per = amounts_table(), scale_pattern(), _each(), _per()
    number = rf"(?P<num>{NUMERAL}|(?i:{SMALL_WORD}))"
    return {
        "bare": rf"(?P<num>{NUMERAL})(?P<scale>{scale})?",
        "left": rf"(?<![\w.,/$£€]){number}(?P<scale>{scale})?[ ]?"
        rf"(?P<joint>-|–|to|or|and|(?:to|and)[ ](?:{_bound()}))[ ]?$",
        "gap": rf"(?:{each})?(?:{per})?(?:[ ]?\([^()]{{1,40}}\))?[ ]?"
        rf"(?P<joint>-|–|—|to|and|through|or)[ ]?(?:(?:{_bound()})[ ])?",
        "list": rf"(?<![\w.,/$£€-]){number}(?P<scale>{scale})(?P<end>{open_end()})?",
        "level": rf",?[ ]to[ ](?P<num>{NUMERAL})(?![.,]?\d){open_end()}",
        "compare": rf"(?:{each})?(?:{per})?,?[ ](?:instead[ ]of|vs\.?|versus|compared[ ](?:with|to)"
        rf"|against|after(?=[ ]\d+\.\d)|(?:up[ ]|down[ ])?from)"
        rf"(?:[ ](?:\w+'s|the|an?|its)(?:[ ](?:{phrases(table['level']['words'])}))*(?:[ ](?:of|at))?)?"
        rf"[ ](?P<num>{NUMERAL})(?![.,]?\d){open_end()}",
        "between": r"(?i:\bbetween)[ ](?:(?:about|around|roughly|some|an?|estimated)[ ])*$",
        "apart": r"(?i:difference|gap|split|choice|divided|gulf)[ ]between[ ]\S*$",
        "spread": rf"(?i:\b(?:{phrases(table['range']['words'])})\b)(?:[^.;\n]|\.(?=\d)){{0,30}}$",
    }


def _changes() -> dict[str, str]:
    table, bound = amounts_table()["change"], rf"(?:(?:{_bound()})[ ])*"
    motion, transfer = phrases(table["motion"]), phrases(table["transfer"])
    step = r"(?:[ ](?:again|back|sharply|slightly|just|only|another|further|a|an|extra|record|by))*[ ]"
    whose = r"(?:last[ ]|this[ ]|the[ ])?\w+'s"
    leading = rf"{_bound()}|an?|another|just|only|further|record|high|low|of|average|total|estimated|{whose}"
    lead = rf"(?:(?:{leading})[ ])*$"
    return {
        "moved": rf"(?i:\b(?:{motion}|{transfer})\b)(?:[^.;\n]|\.(?=\d)){{0,90}}$",
        "moving": rf"(?i:\b(?:{motion}){step}{bound})(?:an?[ ])?$",
        "reaching": rf"(?i:\b(?:{motion})[ ](?:\w+[ ])?(?:{phrases(table['reached'])})[ ])$",
        "shifting": rf"(?i:\b(?:{transfer}){step}{bound})(?:an?[ ])?$",
        "shares": rf"(?i:\b(?:gain|lose|lost|shed|add|put[ ]on|slip)\w*{step}{bound})$",
        "onward": r"(?:,[^.;\n]{1,30},)?[ ](?:to|from)[ ](?:\w+[ ]){0,3}[$£€]?\d",
        "up or": r"(?i:\b(?:up|down)\b[^.;\n]{0,30}\d%?,?(?:[ ](?:pct|per[ ]?cent))?,?[ ]or[ ])$",
        "listed": rf"(?i:\b(?:{motion})\b)[^.;\n]{{0,30}}\d\S*[ ]to[ ]\S?\d\S*[ ](?:[^.;\n]|\.(?=\d)){{0,60}}$",
        "by": rf"(?i:\bby[ ]{lead})",
        "to": rf"(?i:(?<!\bup[ ])\bto[ ]{lead})",
        "from": rf"(?i:\bfrom[ ]{lead})",
    }


def _bounds() -> dict[str, str]:
    table = amounts_table()
    before, after = (
        {kind: rf"(?P<{kind}>{phrases(words)})" for kind, words in table[side].items()}
        for side in ("before", "after")
    )
    return {
        "bound": rf"(?<![\w-])(?i:{'|'.join(before.values())})"
        r"[ ]?(?P<rest>(?:an?|the|\"|[ ]){0,3})$",
        "tail": rf"(?i:(?P<sep>[ ]?)(?:{'|'.join(after.values())}))(?![^\W_])",
        "turned": rf"(?i:(?:\b(?:{phrases(table['turned']['by'])})|n't)\b"
        rf"(?![^.]*\b(?:{phrases(table['turned']['unless'])})\b)(?:[ ][\w'-]+){{0,6}}[ ])$",
        "climbing": rf"(?i:\b(?:{phrases(table['unbound']['motion'])})[ ])$",
        "going": rf"(?i:\b(?:{phrases(table['unbound']['up to'])})[ ])$",
        "open": open_end(),
        "mark": r"[ ](?:an?|per)?[ ]?(?:\w+[ ])?(?:mark|level|barrier|threshold)\b",
        "each": rf"(?i:{_each()})",
        "stretch": rf"(?i:{_stretch()})",
        "per": _per(),
    }


def _conversions() -> dict[str, str]:
    about = r"about|around|approximately|approx\.?|roughly|nearly|almost|some"
    equal = r"the equivalent of|equivalent to|equal to"
    return {
        "bracket": rf"[^.;()\n]{{0,24}}[(\[](?:(?:{about}|or|over|{equal}|worth|currently|then|~|up to"
        r"|more than|at the time)[ ]?)*$",
        "apposed": rf"(?:[ ](?:a|per)[ ]\w+)?,?[ ](?:or|which is|{equal})[ ](?:(?:{about})[ ])?$",
        "also": r"[ ]?(?:[;,/]|or|and|=)[ ]?(?:(?:about|or|and|=|around)[ ])?$",
    }
