"""Names of which the entity recogniser saw parts, joined: "Jane" and "Doe-Roe", "Hyun" and "woo Doe", "Jane "Jay" Doe";
and those that it cut short, completed: "Doe and Co", "Hyun Sung-woo"."""

from __future__ import annotations

from spacy.tokens import Doc, Span, Token

from newsclaims.language.mentions import ORG, OTHER, PERSON, PLACE
from newsclaims.language.recognised import (
    NORP,
    Candidate,
    is_inner_mark,
    is_institution,
    is_paper,
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
    if c.label != NORP and doc[c.end - 1].whitespace_ and doc[c.end : c.end + 1].text in forms():
        return Candidate(c.start, c.end + 1, ORG)  # "Halden Re"
    if c.label != PLACE and c.end - c.start == 2 and ends_in_syllables(doc, c.end):
        return Candidate(c.start, c.end + 2, PERSON)
    return c


def firm_end(doc: Doc, end: int) -> int:
    """Where the name of a firm ends if "and Co Ltd" or the like follows; the same place where nothing does."""
    link, partners = doc[end : end + 1].text, doc[end + 1 : end + 2].text
    if link not in ("and", "&") or partners not in word_kinds("name_parts")["partners"]:
        return end
    return end + 3 if doc[end + 2 : end + 3].text in forms() else end + 2


def forms() -> frozenset[str]:
    """The legal forms of firms."""
    return word_kinds("name_parts")["forms"]


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
    link = doc[a.end : b.start]
    if not link:
        return side_by_side(doc, a, b)
    return linked(doc, a, b) if len(link) == 1 else in_syllables(doc, a, b)


def side_by_side(doc: Doc, a: Candidate, b: Candidate) -> str | None:
    """The label of two candidates between which nothing stands."""
    first, second = doc[a.start : a.end], doc[b.start : b.end]
    if doc[a.start : b.end].text in lexicon("organisations"):
        return ORG
    if a.label != NORP and b.label != PERSON and second[-1].text in forms():
        return ORG  # "Halden", "Tolvane Inc"
    if a.label == ORG and b.label == PLACE and is_elsewhere(second):
        return ORG  # "Acme", "UK"
    if a.label == PERSON and b.label in (PERSON, None) and is_capitalised_word(second):
        return PERSON
    if b.label == PERSON and (is_given(a, first, second) or is_half(first, second)):
        return PERSON
    if a.label == PLACE and b.label in (None, ORG) and is_institution(second[-1]):
        return ORG  # "Leeds", "County Court"
    if b.label != PERSON and first.text in word_kinds("name_parts")["clubs"] and second.text[0].isupper():
        return ORG
    if a.label in (None, OTHER) and is_part(first):
        if b.label == ORG:
            return ORG
        if b.label == PERSON and is_capitalised_word(second):
            return UNDECIDED
    if a.label == ORG and b.label in (None, OTHER) and (is_paper(second[-1]) or is_suffix(second[-1])):
        return ORG  # "Inland", "Courier"
    return UNDECIDED if a.label != b.label and is_unknown(first) and is_unknown(second) else None


def linked(doc: Doc, a: Candidate, b: Candidate) -> str | None:
    """The label of two candidates between which one token stands."""
    first, link, second = doc[a.start : a.end], doc[a.end], doc[b.start : b.end]
    kinds = word_kinds("name_parts")
    if b.label != PERSON and is_inner_mark(doc, a.start, a.end):
        return ORG if b.label == ORG or second[0].text in kinds["houses"] else UNDECIDED
    if tells_purpose(doc, a.end) and b.label != PERSON:
        return None if second.text in lexicon("organisations") else ORG
    if link.text == "of" and a.label == ORG and b.label == PLACE and is_seated(first[-1]):
        return ORG  # "Supreme Court", "Halden"
    if link.text in kinds["particles"]:  # "Jane do Rego", "ACME do Brasil"
        return a.label if a.label in (PERSON, ORG) else b.label if b.label == PERSON else UNDECIDED
    if link.text == "(" and ")" in second.text and is_suffix(second[-1]):
        return ORG  # "Acme (Holdings) Ltd"
    if link.text in ("and", "&") and b.label in (None, ORG, PERSON) and are_partners(doc, a, b):
        return ORG
    if hyphenated_end(doc, a.end) == a.end:
        return None
    if a.label == ORG and is_suffix(second[-1]):
        return ORG  # "Acme-Tolvane Group"
    if a.label != PERSON and b.label is None and is_part(first) and is_capitalised_word(second):
        return None if is_elsewhere(second) else ORG if a.label == ORG else UNDECIDED  # "Tolvane-Chalmers"
    given = a.label == PERSON or first[0].text in lexicon("given_names")
    return PERSON if given and len(first) > 1 and is_capitalised_word(second) else None  # "Jane Doe", "Roe"


def is_seated(word: Token) -> bool:
    """Whether a word ends the names of bodies that are told apart by their places: "the Reserve Bank of Halden"."""
    kinds = word_kinds("name_parts")
    return word.text in kinds["bodies"] or word.text in word_kinds("name_contexts")["institutions"]


def in_syllables(doc: Doc, a: Candidate, b: Candidate) -> str | None:
    """Whether two candidates are "Hyun" and "woo Doe" of "Hyun-woo Doe"."""
    first, link, second = doc[a.start : a.end], doc[a.end : b.start], doc[b.start : b.end]
    if hyphenated_end(doc, a.end) == a.end:
        return None
    syllables = len(link) == 2 and len(first[-1]) <= SYLLABLE and len(link[1]) <= SYLLABLE
    lower = syllables and link[1].text.islower() and link[1].tag_ in ("NN", "NNP")
    return PERSON if lower and second and is_capitalised_word(first) else None


def is_given(a: Candidate, first: Span, second: Span) -> bool:
    """Whether one word is the given name of the person behind it, which the recogniser cut off."""
    given = lexicon("given_names")
    if a.label == ORG or not is_capitalised_word(first) or is_title(first[0]) or is_elsewhere(first):
        return False
    return second[0].text not in given and (first.text in given or (a.label is None and is_unknown(first)))


def is_half(first: Span, second: Span) -> bool:
    """Whether a word stands before a surname of two: "Jane", "Doe-Roe"."""
    return is_capitalised_word(first) and not is_title(first[0]) and is_double(second.text)


def are_partners(doc: Doc, a: Candidate, b: Candidate) -> bool:
    """Whether two surnames with "and" between them are a firm, as what stands beside them shows: "Doe and Roe" before
    "economist" or behind "house"; "Doe, Roe and Poe Inc"."""
    first, second = doc[a.start : a.end], doc[b.start : b.end]
    if is_elsewhere(first) or is_elsewhere(second):
        return False
    if is_suffix(second[-1]):
        return "," in first.text
    if not (is_capitalised_word(first) and is_capitalised_word(second)):
        return False
    behind, before = doc[b.end : b.end + 1], doc[max(a.start - 1, 0) : a.start]
    return behind.text in word_kinds("name_parts")["desks"] or before.text in lexicon("org_nouns")


def is_elsewhere(span: Span) -> bool:
    """Whether a name is that of a well-known organisation, nation or place."""
    return any(span.text in lexicon(name) for name in ("organisations", "nations", "places"))


def is_capitalised_word(span: Span) -> bool:
    return len(span) == 1 and span.text.istitle()


def is_part(span: Span) -> bool:
    """Whether one word with a capital is no name by itself but the first of the name behind it: "Led", "Zeppelin"."""
    word = span[0]
    if not is_capitalised_word(span) or is_title(word) or is_elsewhere(span):
        return False
    return word.lower_ not in lexicon("role_modifiers") and (not word.is_sent_start or word.is_oov)


def is_unknown(span: Span) -> bool:
    """Whether a name is one word with a capital that neither the language nor a lexicon knows: one half of a name."""
    if not is_capitalised_word(span) or not span[0].is_oov or is_suffix(span[0]) or is_title(span[0]):
        return False
    return span.vocab.vectors_length > 0 and not is_elsewhere(span)


def is_double(text: str) -> bool:
    """Whether a name is one word with a hyphen."""
    return "-" in text and " " not in text
