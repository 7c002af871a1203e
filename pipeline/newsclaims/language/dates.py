"""Dates: what the recogniser found, and the years that it took for mere numbers ("retired in 2023")."""

from __future__ import annotations

from collections.abc import Iterator

import numpy
from spacy.tokens import Doc, Span, Token

from newsclaims.language.mentions import DATE, Mention
from newsclaims.resources import lexicon

RECOGNISED = frozenset(("DATE", "TIME"))
BEFORE_A_YEAR = frozenset("in since by until till from before after during around of late early".split())
YEARS = range(1900, 2100)
UNITS = frozenset(
    "minute minutes hour hours day days week weeks month months year years season seasons decade decades".split()
)
MONTHS = frozenset(
    "jan feb mar apr may jun jul aug sep sept oct nov dec january february march april june july august september "
    "october november december".split()
)
ANCHORS = frozenset("ago later earlier from hence".split())
"""Words behind a length of time that make it a date: "two years ago"."""
RATES = frozenset(("a", "an", "per", "each", "every"))
"""Words before a unit of time that make it a rate or a length: "$3m a year", "for a week"."""
DASHES = frozenset(("-", "--", "–", "—"))
WITHIN = frozenset(("in", "within", "last", "next", "past"))


def dates(doc: Doc) -> Iterator[Mention]:
    """Every date of a document; lengths of time and ages are among them."""
    for ent in doc.ents:
        if (ent.label_ in RECOGNISED and not follows_given_name(ent)) or is_day(ent):
            yield Mention(doc, ent.start, ent.end, DATE, source="ner")
    for i in numpy.flatnonzero(doc.to_array("LENGTH") == 4).tolist():
        if i and doc[i - 1].lower_ in BEFORE_A_YEAR and is_year(doc[i]):
            yield Mention(doc, i, i + 1, DATE, source="year")


def part_dates(doc: Doc) -> None:
    """Part dates from the names that the recogniser took into one with them: behind the dash of a dateline ("March 3 -
    Acme Inc"), and before a length of time ("Acme 14 months ago")."""
    parted = [list(parts(ent)) for ent in doc.ents]
    if any(len(spans) > 1 or spans[0].end < ent.end for spans, ent in zip(parted, doc.ents, strict=True)):
        doc.ents = [span for spans in parted for span in spans]


def parts(ent: Span) -> Iterator[Span]:
    """The date and the name of an entity that may be both; the entity itself where it is one."""
    doc, dated = ent.doc, ent.label_ in RECOGNISED
    end, begin = date_end(ent) if dated else ent.end, date_begin(ent)
    if begin > ent.start:
        yield Span(doc, ent.start, begin, label="ORG" if dated else ent.label)
        yield Span(doc, begin, ent.end, label="DATE")
    else:
        yield ent if end == ent.end else Span(doc, ent.start, end, ent.label, kb_id=ent.kb_id)


def date_end(ent: Span) -> int:
    """Where a date ends: before a dash that a name follows."""
    dashes = (t.i for t in ent[1:-1] if t.text in DASHES and t.whitespace_ and t.nbor(-1).whitespace_)
    return next((i for i in dashes if ent.doc[i + 1].text[0].isupper()), ent.end)


def date_begin(ent: Span) -> int:
    """Where the length of time begins that ends an entity, behind words that can only be a name."""
    timed = len(ent) > 3 and ent[-1].lower_ in ANCHORS and ent[-2].lower_ in UNITS and ent[-3].like_num
    named = timed and any(map(str.isupper, ent[0].text)) and not ent[0].is_sent_start
    return ent.end - 3 if named and ent[0].lower_ not in MONTHS else ent.start


def is_day(ent: Span) -> bool:
    """Whether a name is a month and a number, whatever the recogniser took it for: "Aug 14" in a dateline."""
    return len(ent) == 2 and ent[1].is_digit and ent[0].lower_.rstrip(".") in MONTHS


def follows_given_name(ent: Span) -> bool:
    """Whether a word that the recogniser took for a date, and the language does not know, follows a given name."""
    i = ent.start
    return len(ent) == 1 and i > 0 and ent[0].is_oov and ent.doc[i - 1].text in lexicon("given_names")


def is_year(token: Token) -> bool:
    """Whether a number that the recogniser took for no date can be a year."""
    return token.text.isdecimal() and int(token.text) in YEARS and token.ent_type_ in ("", "CARDINAL")


def is_age(date: Mention) -> bool:
    """Whether what the recogniser took for a date is how old somebody is: "retired at 54", "a 22-year-old"."""
    words = date.span
    return words[-1].lower_ == "old" or (len(words) == 1 and words[0].is_digit and len(words[0]) < 3)


def says_when(date: Mention) -> bool:
    """Whether a date tells when something was, not how long it took or how old somebody is."""
    doc, words = date.doc, date.span
    if is_age(date):
        return False
    length = words[0].lower_ in RATES or any(t.like_num for t in words)
    if words[-1].lower_ not in UNITS or words[0].lower_ in WITHIN or not length:
        return True
    after = doc[date.end].lower_ if date.end < len(doc) else ""
    before = doc[date.start - 1].lower_ if date.start else ""
    return after in ANCHORS or before in WITHIN
