"""Figures of money in raw text: ranges, lists that share a currency, conversions, bounds and periods.

Works on characters, apart from any tokeniser, so that spans are exact; each step takes the figures that the one
before it found, in text order, and joins or completes them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from newsclaims.language.money.atoms import OPEN_END, atoms, scaled
from newsclaims.language.money.currencies import Unit, currencies
from newsclaims.language.money.figures import Found
from newsclaims.language.money.numbers import NUMERAL, amounts_table, numeral, scale_pattern

_FOLDS = str.maketrans("’‘“”‐‑−\u00a0\u202f\u2009\u2007", "''\"\"---    ")

def fold(text: str) -> str:
    """The text with quotes, hyphens and spaces in their plain forms and wrapped lines joined, one to one."""
    folded = text.translate(_FOLDS)
    return re.sub(r"(?<=[^\n.!?:])\n(?=[a-z0-9])", " ", folded)


def scan(text: str) -> list[Found]:
    """All figures of money of a text, in text order, with every attribute but ``currency`` set."""
    folded = fold(text)
    figures = list(atoms(folded))
    if not figures:
        return []
    figures = _join_ranges(figures, folded)
    figures = _attach_conversions(figures, folded)
    figures = _complete_lists(figures, folded)
    for figure in figures:
        _read_surroundings(figure, folded)
    return figures


# Ranges


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    """The expressions that need the tables, by name."""
    table = amounts_table()

    def phrases(words: Iterable[str]) -> str:
        return "|".join(re.escape(w).replace(r"\ ", r"\s") for w in sorted(words, key=len, reverse=True))

    before = {kind: phrases(words) for kind, words in table["before"].items()}
    after = {kind: phrases(words) for kind, words in table["after"].items()}
    scale, units = scale_pattern(), phrases(table["period"]["units"])
    each = rf"(?:(?:[ ]|-)?(?:an?|per|each|every|/)(?:[ ]|-)?(?:full[ ])?(?:{units})|[ ,-]?[ ]?(?:{phrases(table['period']['adverbs'])}))(?![^\W_])"
    count = r"(?:\d+(?:\.\d+)?|an?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty|several|a[ ]few)"
    stretch = (
        rf"[ ](?:over|across|for|during|through|throughout|within)[ ](?:(?:the|his|her|their|its|a)[ ])?"
        rf"(?:(?:next|first|past|last|coming|following|previous|initial|total)[ ])?(?:of[ ])?"
        rf"(?:(?:up[ ]to|more[ ]than|at[ ]least|about)[ ])?(?:the[ ])?{count}(?:[ ]to[ ]{count})?[ -](?:\w+[ ])?(?:{units})(?:[ ]period)?"
        r"|[ ](?:through|until)[ ](?:the[ ]end[ ]of[ ])?(?:19|20)\d\d"
    )
    per = rf"[ ](?:an?|per|each)[ ]?(?:{phrases(table['unit']['words'])})\b|[ ]per[ ][a-z]+|[ ]?/[ ]?(?:bbl|lb|oz|kg|share|ton(?:ne)?)\b|[ ](?:{phrases(table['unit']['adverbs'])})\b"
    change = phrases(table["change"]["verbs"])
    any_bound = "|".join(before.values())
    return {
        "bare": re.compile(rf"(?P<num>{NUMERAL})(?P<scale>{scale})?"),
        "left": re.compile(
            rf"(?<![\w.,/$£€])(?P<num>{NUMERAL})(?P<scale>{scale})?[ ]?(?P<joint>-|–|to|or|and|(?:to|and)[ ](?:{any_bound}))[ ]?$"
        ),
        "gap": re.compile(
            rf"(?:{each})?(?:{per})?(?:[ ]?\([^()]{{1,40}}\))?[ ]?(?P<joint>-|–|—|to|and|through|or)[ ]?(?:(?:{any_bound})[ ])?"
        ),
        "list": re.compile(rf"(?<![\w.,/$£€-])(?P<num>{NUMERAL})(?P<scale>{scale})(?P<end>{OPEN_END})?"),
        "compare": re.compile(
            rf"(?:{each})?(?:{per})?,?[ ](?:instead[ ]of|vs\.?|versus|compared[ ](?:with|to)|against|(?:up|down)[ ]from|from)[ ]"
            rf"(?P<num>{NUMERAL})(?=[ ]?(?:[.,;)]|$|\n))"
        ),
        "between": re.compile(r"(?i:\bbetween)[ ](?:(?:about|around|roughly|some|an?|estimated)[ ])*$"),
        "spread": re.compile(rf"(?i:\b(?:{phrases(table['range']['words'])})\b)[^.;\n]{{0,30}}$"),
        "moved": re.compile(rf"(?i:\b(?:{change})\b)[^.;\n]{{0,60}}$"),
        "moving": re.compile(
            rf"(?i:\b(?:{change})(?:[ ](?:again|back|sharply|slightly|just|only|another|further|a|an|extra|record|by))*[ ]"
            rf"(?:(?:{any_bound})[ ])*)(?:an?[ ])?$"
        ),
        "by": re.compile(rf"(?i:\bby[ ](?:(?:{any_bound}|another|a|an|just|only|further)[ ])*)$"),
        "to": re.compile(rf"(?i:\bto[ ](?:(?:{any_bound}|a|an|just|only|record|high|low|of)[ ])*)$"),
        "from": re.compile(rf"(?i:\bfrom[ ](?:(?:{any_bound}|a|an|just|only)[ ])*)$"),
        "bound": re.compile(
            rf"(?<![\w-])(?i:(?P<max>{before['max']})|(?P<min>{before['min']})|(?P<near>{before['near']}))"
            r"[ ]?(?P<rest>(?:an?|the|\"|[ ]){0,3})$"
        ),
        "word_before": re.compile(r"([A-Za-z]+)[ ]$"),
        "tail": re.compile(
            rf"(?P<sep>[ ]?)(?:(?P<max>{after['max']})|(?P<min>{after['min']})|(?P<near>{after['near']}))(?![^\W_])", re.IGNORECASE
        ),
        "each": re.compile(each, re.IGNORECASE),
        "stretch": re.compile(stretch, re.IGNORECASE),
        "per": re.compile(per),
        "mark": re.compile(r"[ ](?:an?|per)?[ ]?(?:\w+[ ])?(?:mark|level|barrier|threshold)\b"),
        "conversion": re.compile(
            r"[ ]?(?P<bracket>[(\[])(?:(?:about|around|approximately|approx\.?|roughly|nearly|almost|some|or|over|equivalent to|equal to"
            r"|worth|currently|then|~|up to|more than|at the time)[ ]?)*$"
        ),
        "apposed": re.compile(
            r"(?:[ ](?:a|per)[ ]\w+)?,?[ ](?:or|which is|equivalent to|the equivalent of|equal to)[ ](?:(?:about|around|some|roughly|approximately|nearly)[ ])?$"
        ),
        "also": re.compile(r"[ ]?(?:[;,/]|or|and|=)[ ]?(?:(?:about|or|and|=|around)[ ])?$"),
    }


def _same_money(left: Unit, right: Unit) -> bool:
    return (left.noun, left.code, left.hundredth) == (right.noun, right.code, right.hundredth) or (
        left.noun is not None and left.noun == right.noun and None in (left.code, right.code)
    )


def _join_ranges(figures: list[Found], text: str) -> list[Found]:
    """Two figures, or a bare number and a figure, that are the ends of one range become one."""
    patterns = _patterns()
    joined: list[Found] = []
    for figure in figures:
        last = joined[-1] if joined else None
        # The one before last, too: "between 250 euros (£173) and 600 euros".
        if any(_pair(left, figure, text) for left in reversed(joined[-2:])):
            continue
        floor = last.end if last is not None else 0
        window = max(floor, figure.start - 40)
        if not figure.ranged and (match := patterns["left"].search(text[window : figure.start])):
            _extend_left(figure, match, window, text)
        joined.append(figure)
        if not figure.ranged:
            _extend_right(figure, text)
    return joined


def _pair(left: Found, right: Found, text: str) -> bool:
    """Join ``right`` to ``left`` where they are one range; whether they were."""
    gap = text[left.end : right.start]
    if left.ranged or right.ranged or len(gap) > 70 or not _same_money(left.unit, right.unit):
        return False
    match = _patterns()["gap"].fullmatch(gap)
    if match is None or left.high is None or right.high is None:
        return False
    low, scale = left.high, left.scale
    if left.scale == 1 and right.scale > 1 and left.number <= right.number:
        low, scale = left.number * right.scale, right.scale
    if not _is_range(left.start, match["joint"], low, right.high, text):
        return False
    left.low, left.high, left.end, left.scale, left.ranged = low, right.high, right.end, scale, True
    left.number = right.number
    left.unit = left.unit if left.unit.code else right.unit
    return True


def _is_range(start: int, joint: str, low: float, high: float, text: str) -> bool:
    """Whether two values around a joint word are the ends of a range, and not two facts or a change."""
    before = text[max(0, start - 90) : start].rpartition("\n")[2]
    between = _patterns()["between"].search(before)
    if joint == "and":
        return between is not None and not re.search(r"(?:difference|gap|split|choice)[ ]between[ ]\S*$", before) and low <= high
    if not low < high:
        return False
    if joint == "or":
        return False
    if joint in ("-", "–", "—") or between:
        return True
    if _patterns()["moving"].search(before):
        return False
    if _patterns()["from"].search(before):
        return bool(_patterns()["spread"].search(before)) or not _patterns()["moved"].search(before)
    return True


def _extend_left(figure: Found, match: re.Match[str], offset: int, text: str) -> None:
    """ "70 to 80 mln marks", "between 4 and 5 million dollars": the number before shares what follows."""
    scale = scaled(match["scale"]) if match["scale"] else figure.scale
    factor = 0.01 if figure.unit.hundredth else 1.0
    number = numeral(match["num"])
    if figure.number == 0 or figure.high is None or (1900 <= number <= 2049 and not match["scale"]):
        return
    if text[figure.start] in "$£€" and match["joint"] not in ("-", "–"):
        return  # "from 50 to $60": the sign would stand with the first
    low = number * scale * factor
    joint = match["joint"].split(" ")[0]
    start = offset + match.start()
    choice = joint == "or" and number + 1 == figure.number
    if choice or _is_range(start, joint, low, figure.high, text):
        figure.low, figure.start, figure.ranged = low, start, True


def _extend_right(figure: Found, text: str) -> None:
    """ "$8m to 12m", "$10-12 million", "between $40 and 50 a barrel": the second number shares the sign."""
    patterns = _patterns()
    gap = patterns["gap"].match(text, figure.end)
    if gap is None or figure.high is None or not re.match(r"\W", text[figure.start]):
        return
    bare = patterns["bare"].match(text, gap.end())
    if bare is None:
        return
    number, scale = numeral(bare["num"]), scaled(bare["scale"]) if bare["scale"] else 1.0
    tight = gap["joint"] in ("-", "–", "—")
    ends = re.compile(OPEN_END).match(text, bare.end())
    if not (bare["scale"] or tight or patterns["between"].search(text[max(0, figure.start - 40) : figure.start])):
        return
    if not (ends or tight) or re.match(r"[\w%]|[.,]\d", text[bare.end() : bare.end() + 2]):
        return
    if tight and not bare["scale"] and figure.scale > 1:
        return
    low = figure.high
    if figure.scale == 1 and scale > 1 and figure.number <= number:
        low = figure.number * scale
    if _is_range(figure.start, gap["joint"], low, number * scale, text):
        figure.low, figure.high, figure.end, figure.ranged = low, number * scale, bare.end(), True


# Lists and comparisons that give the currency once


def _complete_lists(figures: list[Found], text: str) -> list[Found]:
    """Add the figures that leave out their currency: "4.67 billion bolivars from 2.67 billion", "£5m, and 6m",
    "7.50 bolivars instead of 4.3". The quantity before must be money, or else it is the pattern of something counted."""
    patterns = _patterns()
    found: list[Found] = []
    taken = [(f.start, f.also[-1].end if f.also else f.end) for f in figures]
    bare = [m for m in patterns["list"].finditer(text) if not any(a < m.end() and m.start() < b for a, b in taken)]
    for item in sorted([*figures, *bare], key=lambda x: x.start if isinstance(x, Found) else x.start()):
        if isinstance(item, Found):
            found.append(item)
            continue
        counted = item["end"] is None
        model = found[-1] if found and not isinstance(found[-1], bool) else None
        if counted or model is None:
            found.append(_COUNTED)
            continue
        if model is _COUNTED or model.scale < 1e3 or not model.exact or _far(text, model.end, item.start()):
            found.append(_COUNTED)
            continue
        number, scale = numeral(item["num"]), scaled(item["scale"])
        value = number * scale
        found.append(Found(item.start(), item.end("scale"), value, value, model.unit, number, scale, elliptic=True))
    found = [figure for figure in found if figure is not _COUNTED]
    for figure in list(found):
        if figure.scale == 1 and figure.exact and figure.number and (match := patterns["compare"].match(text, figure.end)):
            number = numeral(match["num"])
            if 0.1 < number / figure.number < 10 and not 1900 <= number <= 2049:
                value = number * (0.01 if figure.unit.hundredth else 1.0)
                found.append(Found(match.start("num"), match.end("num"), value, value, figure.unit, number, elliptic=True))
    return sorted(found, key=lambda figure: figure.start)


_COUNTED = Found(0, 0, None, None, Unit(None), 0.0)
"""Stands, while lists are completed, for a number that counts something else than money."""


def _far(text: str, start: int, end: int) -> bool:
    """Whether a figure is too far back to lend its currency: another paragraph, or more than a long sentence."""
    gap = text[start:end]
    return len(gap) > 200 or "\n\n" in gap


# Conversions


def _attach_conversions(figures: list[Found], text: str) -> list[Found]:
    """Figures in other money in brackets after a figure go into its ``also``."""
    patterns = _patterns()
    kept: list[Found] = []
    for figure in figures:
        main = kept[-1] if kept else None
        if main is not None:
            last = main.also[-1] if main.also else main
            gap = text[last.end : figure.start]
            inside = bool(main.also) and patterns["also"].fullmatch(gap) is not None
            opened = not main.also and (
                re.fullmatch(r"[^.;()\n]{0,24}" + patterns["conversion"].pattern, gap) or patterns["apposed"].fullmatch(gap)
            )
            within = main.start < figure.start and figure.end <= main.end
            if (inside or opened or within) and not _same_money_strict(figure.unit, main.unit):
                main.also.append(figure)
                continue
        kept.append(figure)
    return kept


def _same_money_strict(left: Unit, right: Unit) -> bool:
    return (left.noun, left.code) == (right.noun, right.code) or None in (left.noun or left.code, right.noun or right.code)


# Bounds, motion, period


def _read_surroundings(figure: Found, text: str) -> None:
    before = text[max(0, figure.start - 70) : figure.start].rpartition("\n")[2]
    _read_bound_before(figure, before, text)
    end = _read_period(figure, text)
    _read_bound_after(figure, text, figure.end)
    if end != figure.end:
        _read_bound_after(figure, text, end)
    _read_motion(figure, before)
    for other in figure.also:
        if figure.low is None or figure.high is None:
            value = other.low if other.low is not None else other.high
            other.low = value if figure.low is not None else None
            other.high = value if figure.high is not None else None


def _read_bound_before(figure: Found, before: str, text: str) -> None:
    patterns = _patterns()
    for _ in range(3):
        match = patterns["bound"].search(before)
        if match is None:
            return
        marked = patterns["mark"].match(text, figure.end) or patterns["per"].match(text, figure.end)
        if "the" in match["rest"].split() and not marked:
            return
        if "a" in match["rest"].split() and not match["near"]:
            return
        if match["near"]:
            figure.approximate = True
        elif match["min"] and _quarrel(match["min"], before[: match.start()]):
            return
        elif figure.exact:
            figure.low, figure.high = (None, figure.high) if match["max"] else (figure.low, None)
            return
        else:
            return
        before = before[: match.start()]


def _quarrel(bound: str, before: str) -> bool:
    word = re.search(r"([A-Za-z]+)[ ]$", before)
    return bound.lower() == "over" and word is not None and word[1].lower() in amounts_table()["quarrel"]["words"]


def _read_bound_after(figure: Found, text: str, end: int) -> None:
    match = _patterns()["tail"].match(text, end)
    if match is None or not figure.exact:
        return
    if match["min"] in ("plus", "+") and (match["sep"] and match["min"] == "plus"):
        return  # "£5m plus bonuses"
    if match["near"]:
        figure.approximate = True
    elif match["max"]:
        figure.low = None
    else:
        figure.high = None


def _read_period(figure: Found, text: str) -> int:
    """Read "a share", "a week", "over four years" after the figure; where the last of them ends."""
    patterns = _patterns()
    end = figure.also[-1].end if figure.also else figure.end
    if figure.also and (closing := re.match(r"[ ]?[)\]]", text[end:])):
        end += closing.end()
    starts = [end] if end == figure.end else [figure.end, end]
    last = figure.end
    for start in starts:
        position = start
        for _ in range(3):
            if match := patterns["each"].match(text, position) or patterns["stretch"].match(text, position):
                begin = match.start() + len(match[0]) - len(match[0].lstrip(" ,-"))
                figure.period = (figure.period[0] if figure.period else begin, match.end())
            elif (match := patterns["per"].match(text, position)) and figure.per is None:
                figure.per = (match.start() + 1, match.end())
            else:
                break
            position = match.end()
            last = max(last, position)
    return last


def _read_motion(figure: Found, before: str) -> None:
    patterns = _patterns()
    if patterns["by"].search(before) and patterns["moved"].search(before):
        figure.motion = "change"
    elif patterns["moving"].search(before):
        figure.motion = "change"
    elif patterns["moved"].search(before):
        if patterns["from"].search(before):
            figure.motion = "from"
        elif patterns["to"].search(before):
            figure.motion = "level"


# The currency of each figure


def settle(figures: list[Found], text: str) -> None:
    """Set ``currency`` of every figure, and of its conversions, by what the article as a whole says."""
    dollar = _dollar(figures, text)
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
                known[noun] = currencies().resolve(noun, text, explicit.get(noun, []))
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
    main = max(counts, key=lambda c: counts[c]) if counts else _home(text)
    for figure in everything:
        figure.currency = figure.currency or main


def _settle_cents(figures: list[Found]) -> None:
    """ "20 cents" are of a dollar, but in an article of euros or rand alone they are of those."""
    cents = [f for f in figures if f.unit.noun == "dollar" and f.unit.hundredth and not f.unit.code]
    whole = {f.currency for f in figures if not f.unit.hundredth}
    if cents and not any(f.unit.noun == "dollar" and not f.unit.hundredth for f in figures):
        home = next((c for c in ("EUR", "ZAR") if c in whole), None)
        for figure in cents:
            figure.currency = home or figure.currency


def _home(text: str) -> str:
    """The currency of "a six-figure salary" where an article names no other money."""
    votes = currencies().speaks_for("pound", text).get("GBP", 0)
    return "GBP" if votes else "USD"


def _dollar(figures: list[Found], text: str) -> str:
    """Which dollar a bare "$" is: the United States' unless the article makes it another.

    It does so where "$" is converted to US dollars, where it says "in Canadian dollars", and where the first dollars
    it names are another country's and are not set against the bare ones.
    """
    dollars = [f for figure in figures for f in (figure, *figure.also) if f.unit.noun == "dollar" and not f.unit.hundredth]
    if all(f.unit.code is None for f in dollars):
        return "USD"
    pairs = [(a.unit, b.unit) for a in figures for b in a.also if a.unit.noun == b.unit.noun == "dollar"]
    against = {(y if x.code is None else x).code for x, y in pairs if (x.code is None) != (y.code is None)}
    if "USD" in against:
        votes = currencies().speaks_for("dollar", text)
        votes.pop("USD", None)
        return max(votes, key=lambda c: votes[c]) if votes else "USD"
    first = next((f.unit.code for f in dollars), None)
    return first if first and first != "USD" and first not in against else "USD"
