"""Names of which the entity recogniser saw parts, joined: "Jane" and "Doe-Roe", "Hyun" and "woo Doe", "Jane "Jay" Doe";
and those that it cut short, completed: "Doe and Co", "Hyun Sung-woo"."""

from __future__ import annotations

from spacy.tokens import Doc, Span

from newsclaims.language.mentions import ORG, PERSON, PLACE
from newsclaims.language.recognised import (
    Candidate,
    is_inner_mark,
    is_suffix,
    is_title,
    tells_purpose,
)
from newsclaims.language.words import places
from newsclaims.resources import lexicon, word_kinds

SYLLABLE = 4
"""Letters of a part of a given name with a hyphen."""
NICKNAMED = 5
"""Tokens of the shortest name with a nickname: the given name, quote, nickname, quote, surname."""
UNDECIDED = ""
"""The label of two halves of a name that the recogniser took for different things."""


def joined(doc: Doc, found: list[Candidate]) -> list[Candidate]:
    """Candidates, with those as one that are parts of one name: of a known organisation, or of a person."""
    out: list[Candidate] = []
    found = nicknamed(doc, found)
    names = (doc[c.start : c.end].text for c in found if c.label == PERSON)
    surnames = {name.split()[-1] for name in names if "-" in name}
    for c in found:
        if out and c.end <= out[-1].end:
            continue
        c = completed(doc, c)
        label = whole(doc, out[-1], c) if out else None
        if out and doc[out[-1].start : c.end].text in surnames:
            label = PERSON  # "Doe-Roe", behind "Jane Doe-Roe"
        if label is not None:
            c = Candidate(out.pop().start, c.end, label or None)
        out.append(c)
    return out


def completed(doc: Doc, c: Candidate) -> Candidate:
    """A candidate with the end of its name that the recogniser left out: "Doe and Co", "Hyun Sung-woo"."""
    if c.label in (PERSON, ORG, None) and (end := firm_end(doc, c.end)) > c.end:
        return Candidate(c.start, end, ORG)
    if c.label != PLACE and c.end - c.start == 2 and ends_in_syllables(doc, c.end):
        return Candidate(c.start, c.end + 2, PERSON)
    return c


def firm_end(doc: Doc, end: int) -> int:
    """Where the name of a firm ends if "and Co Ltd" or the like follows; the same place where nothing does."""
    kinds = word_kinds("name_parts")
    link, partners = doc[end : end + 1].text, doc[end + 1 : end + 2].text
    if link not in ("and", "&") or partners not in kinds["partners"]:
        return end
    return end + 3 if doc[end + 2 : end + 3].text in kinds["forms"] else end + 2


def ends_in_syllables(doc: Doc, end: int) -> bool:
    """Whether a name of two words ends in "Sung-woo", of which the last part stands in small letters."""
    first, link, last = doc[end - 1 : end], doc[end : end + 1], doc[end + 1 : end + 2]
    return (
        link.text == "-"
        and hyphenated_end(doc, end) > end
        and len(first.text) <= SYLLABLE
        and len(last.text) <= SYLLABLE
        and last.text.isalpha()
        and last.text.islower()
        and last.text not in word_kinds("name_parts")["compounding"]
    )


def nicknamed(doc: Doc, found: list[Candidate]) -> list[Candidate]:
    """Candidates, with one in place of those that are parts of a name with a nickname: "Jane "Jay" Doe"."""
    for i in places(doc, frozenset('"'), "ORTH"):
        parts = doc[max(i - 1, 0) : i + 4]  # Jane, ", Jay, ", Doe
        if len(parts) < NICKNAMED or parts[3].text != '"' or not parts[0].whitespace_ or parts[1].whitespace_:
            continue
        names = (parts[0], parts[2], parts[4])
        if all(t.text.istitle() for t in names) and not (is_suffix(parts[4]) or parts[4].ent_type_ == "DATE"):
            inside = [c for c in found if c.start < parts.end and parts.start < c.end]
            start = min([parts.start, *(c.start for c in inside)])
            end = max([hyphenated_end(doc, parts.end), *(c.end for c in inside)])
            rest = [c for c in found if c not in inside]
            found = sorted([*rest, Candidate(start, end, PERSON)], key=lambda c: c.start)
    return found


def hyphenated_end(doc: Doc, end: int) -> int:
    """Where a word ends whose first part ends there: "Jun-seo" is three tokens."""
    while (
        end + 1 < len(doc) and doc[end].text == "-" and not (doc[end - 1].whitespace_ or doc[end].whitespace_)
    ):
        end += 2
    return end


def whole(doc: Doc, a: Candidate, b: Candidate) -> str | None:
    """The label of what two candidates are together, or that it is undecided; nothing when they are two names."""
    first, link, second = doc[a.start : a.end], doc[a.end : b.start], doc[b.start : b.end]
    if not link:
        if doc[a.start : b.end].text in lexicon("organisations"):
            return ORG
        surname = a.label == PERSON and b.label in (PERSON, None) and is_capitalised_word(second)
        given = b.label == PERSON and is_capitalised_word(first) and not is_title(first[0])
        if surname or (given and is_double(second.text)):  # "Jane", "Doe-Roe"
            return PERSON
        return UNDECIDED if a.label != b.label and is_unknown(first) and is_unknown(second) else None
    if len(link) == 1 and b.label != PERSON and is_inner_mark(doc, a.start, a.end):
        return ORG if b.label == ORG or second[0].text in word_kinds("name_parts")["houses"] else UNDECIDED
    if len(link) == 1 and tells_purpose(doc, a.end) and b.label != PERSON:
        return None if second.text in lexicon("organisations") else ORG
    if hyphenated_end(doc, a.end) == a.end:
        return None
    if len(link) == 1:  # "Jane Doe", "Roe"
        return PERSON if a.label == PERSON and len(first) > 1 and is_capitalised_word(second) else None
    syllables = len(link) == 2 and len(first[-1]) <= SYLLABLE and len(link[1]) <= SYLLABLE
    lower = syllables and link[1].text.islower() and link[1].tag_ in ("NN", "NNP")  # "Hyun", "woo Sethi"
    return PERSON if lower and is_capitalised_word(first) else None


def is_capitalised_word(span: Span) -> bool:
    return len(span) == 1 and span.text.istitle()


def is_unknown(span: Span) -> bool:
    """Whether a name is one word with a capital that neither the language nor a lexicon knows: one half of a name."""
    if not is_capitalised_word(span) or not span[0].is_oov or is_suffix(span[0]) or is_title(span[0]):
        return False
    return span.vocab.vectors_length > 0 and not any(
        span.text in lexicon(name) for name in ("organisations", "nations", "places")
    )


def is_double(text: str) -> bool:
    """Whether a name is one word with a hyphen."""
    return "-" in text and " " not in text
