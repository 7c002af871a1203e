"""When a figure holds: candidates for its period or date."""

from __future__ import annotations

import re
from collections.abc import Iterator

from spacy.tokens import Token

from newsclaims.language.dates import MONTHS, is_age
from newsclaims.language.mentions import DATE, MONEY, Mention, Mentions
from newsclaims.language.money.component import MoneyMention

PERIOD = re.compile(
    r"\b(?:(?:prior|last|this|year-ago|latest|first|second|third|fourth|1st|2nd|3rd|4th|six|nine|(?:19|20)\d\d)[ ])?"
    r"(?:qtrs?|mths|yrs?)\b|\b(?:first|second|third|fourth|opening|final)[ -](?:quarter|half)\b"
    r"|\b(?:today|tonight|yesterday)\b"
    r"|(?<=\b[Ii]n )(?:19|20)\d\d\b|\b(?:19|20)\d\d/(?:19|20)?\d\d\b|\b(?:end|mid)-(?:19|20)\d\d\b"
)
"""Periods that the recogniser of names does not know, or overlooks: "4th qtr", "1986/87", "second-quarter"."""
POINT = re.compile(
    r"\b(?:january|february|march|april|may|june|july|august|september|october|november|december|jan|feb|sept?|oct|nov|dec"
    r"|(?:mon|tues|wednes|thurs|fri|satur|sun)day|today|tonight|yesterday|tomorrow|now|morning|night|ago|earlier|before"
    r"|spring|summer|autumn|winter|christmas|(?:last|next|this|following) (?:week|month))\b",
    re.IGNORECASE,
)
YEAR = re.compile(
    r"^(?:(?:in|by|since|from|until|before) )?(?:\d{4}|(?:last|this|next) (?:year|season))$", re.IGNORECASE
)
RANGE = re.compile(
    r"\b(?:years?|months?|weeks?|quarter|half|to|ended|ending|through|over|per)\b", re.IGNORECASE
)
"""What tells a point of time, a year, which for pay is one, and a range of time."""
BOUNDING = frozenset("to ended ending through of".split())
"""Words between a range of time and the point of time that bounds it."""
DAY = re.compile(r"the|end|mid|of|\d{1,2}(?:st|nd|rd|th)?|\d{4}")
"""The words of a day beside the month."""
RATE = frozenset("annual annualised annualized yearly monthly weekly daily hourly quarterly".split())


def times(figure: MoneyMention, store: Mentions, sight: tuple[int, int]) -> Iterator[tuple[Mention, str]]:
    """What may be the time of a figure, with the way to each: the phrase after it, the dates in sight, the rate before its
    noun."""
    doc, span, phrase = figure.span.doc, figure.span, figure.period
    start, end = sight
    if phrase is not None:
        yield Mention(doc, phrase.start, phrase.end, DATE, source="money"), "phrase"
    for date in store.within(start, end, DATE):
        said = phrase is not None and phrase.start <= date.start < phrase.end
        if not (said or is_age(date) or store.at(date.start, MONEY)):
            yield lengthened(date), owner(date, figure, store)
    around = doc[start:end]
    for match in PERIOD.finditer(around.text):
        found = around.char_span(*match.span(), alignment_mode="expand")
        if found is not None and not any(store.within(found.start, found.end, DATE, MONEY)):
            date = Mention(doc, found.start, found.end, DATE, source="money")
            yield date, owner(date, figure, store)
    for token in doc[max(start, span.start - 6) : min(end, span.end + 3)]:
        if token.lower_ in RATE:
            yield Mention(doc, token.i, token.i + 1, DATE, source="money"), "rate"


def is_point(date: Mention, *, of_pay: bool) -> bool:
    """Whether the time of a figure is a point of time, a date, and no period: "in May", "a year ago", "on Monday"; what a
    year has brought is told by the year, what somebody was paid then has it for its date."""
    text = date.text
    if YEAR.match(text):
        return of_pay
    return POINT.search(text) is not None and (
        RANGE.search(text) is None
        or text.lower().endswith((" ago", " earlier", " before", " week", " month"))
    )


def owner(date: Mention, figure: MoneyMention, store: Mentions) -> str:
    """Whether a date stands right behind a figure ("$3m last year"), behind another one, or elsewhere in the sentence."""
    money = store.at(date.start - 1, MONEY) or store.at(date.start - 2, MONEY)
    return "sentence" if money is None else "behind" if money.value is figure else "behind.another"


def lengthened(date: Mention) -> Mention:
    """A date with the one that bounds it: "the three months" in "the three months to 31 December"."""
    doc, joint = date.doc, date.end
    if doc[joint - 1].lower_ in BOUNDING:  # the recogniser stopped behind it
        joint -= 1
    if joint + 1 >= len(doc) or doc[joint].lower_ not in BOUNDING:
        return date
    end = joint + 1
    while end < len(doc) and (of_day(doc[end]) or DAY.fullmatch(doc[end].lower_)):
        end += 1
    told = any(map(of_day, doc[joint + 1 : end]))
    return Mention(doc, date.start, end, DATE, source=date.source) if told else date


def of_day(token: Token) -> bool:
    """Whether a word names a month, or is of a date for the recogniser."""
    return token.ent_type_ == "DATE" or token.lower_.rstrip(".") in MONTHS
