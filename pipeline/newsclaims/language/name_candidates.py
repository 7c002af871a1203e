"""Candidates for names: what the entity recogniser found, repaired, and what it missed."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

import numpy
from spacy.tokens import Doc, Token

from newsclaims.language.dates import RECOGNISED
from newsclaims.language.mentions import ORG, OTHER, PERSON, PLACE
from newsclaims.language.words import places
from newsclaims.resources import lexicon

NER_LABEL = {
    "PERSON": PERSON,
    "ORG": ORG,
    "GPE": PLACE,
    "LOC": PLACE,
    "FAC": PLACE,
    "NORP": "NORP",
    "PRODUCT": OTHER,
    "WORK_OF_ART": OTHER,
    "EVENT": OTHER,
    "LAW": OTHER,
    "LANGUAGE": OTHER,
}
NEVER_A_NAME = frozenset({"MONEY", "PERCENT", "QUANTITY", "ORDINAL", "CARDINAL"})
WORDS_BEFORE_NAMES = frozenset("the a an this that his her its their our my ex".split())
SUFFIX_KEYS = frozenset(
    "inc corp corporation ltd llc llp plc co cos company ag sa nv gmbh limited group".split()
)


SYLLABLE = 4
"""Letters of a part of a given name with a hyphen."""
RANKS = frozenset(
    "acting assistant chief deputy executive interim junior managing senior shadow vice".split()
)
"""Words that begin a title of more words than one."""
STAFFS = frozenset(("administration", "campaign"))
"""Nouns that make an organisation of the name before them: "the Reagan administration"."""


@dataclass(slots=True)
class Candidate:
    start: int
    end: int
    label: str | None  # what the recogniser said


def all_candidates(doc: Doc) -> list[Candidate]:
    """Everything that may be a name, in text order."""
    found = joined(doc, candidates(doc))
    for finder in (find_repeats, common_organisations, lower_case_names):
        found += finder(doc, found)
    return sorted(found, key=lambda c: c.start)


def candidates(doc: Doc) -> list[Candidate]:
    """Recognised names, repaired, and the runs of capitals between them, in text order."""
    taken = [False] * len(doc)
    found: list[Candidate] = []
    roles, not_names, honorifics = lexicon("role_heads"), lexicon("not_names"), lexicon("honorifics")
    for ent in doc.ents:
        label = NER_LABEL.get(ent.label_)
        if label is None and ent.text in lexicon("organisations"):
            label = ORG  # "3M", taken for a length
        if label == "NORP" and ent.text in lexicon("organisations"):
            label = ORG  # "Tory", a party
        if label is None:
            if ent.label_ in RECOGNISED or ent.label_ in NEVER_A_NAME:
                for i in range(ent.start, ent.end):
                    taken[i] = True
            continue
        for start, end in pieces(doc, ent.start, ent.end, label):
            # a title that the recogniser took into the name: "Chief Executive Jane Doe"
            while (
                end - start > 1
                and is_title(doc[start])
                and not (label == ORG and doc[start].text == "General")
            ):
                start += 1
            if doc[start].lower_ == "of" and end - start > 1:
                start += 1  # "Bishop of Durham"
            # and a rank before the title: "Tory Shadow" Chancellor
            while end - start > 1 and end < len(doc) and is_title(doc[end]) and doc[end - 1].lower_ in RANKS:
                end -= 1
            # a title behind the name: "Home Office Minister" is the Home Office
            while (
                label == ORG
                and end - start > 1
                and doc[end - 1].lower_ in roles
                and not is_suffix(doc[end - 1])
                and doc[start].text not in lexicon("given_names")
            ):
                end -= 1
            if label == OTHER and is_long_title(doc, start, end):
                continue
            text = doc[start:end].text
            if text in not_names or not (has_capital(text) or any(map(str.isdigit, text))):
                continue
            if label != ORG and end < len(doc) and doc[end].lower_ in STAFFS:
                end, label = end + 1, ORG
            found.append(Candidate(start, end, label))
            for i in range(start, end):
                taken[i] = True
    small = doc.to_array("IS_LOWER").tolist()
    j = 0
    for i in range(len(doc)):
        if i < j or taken[i] or small[i] or not is_name_like(doc[i]):
            continue
        j = i + 1
        while j < len(doc) and not taken[j]:
            if is_name_like(doc[j]) and not doc[j].is_sent_start:
                j += 1
            elif (
                j + 1 < len(doc)
                and not taken[j + 1]
                and (doc[j].text in ("&", "-", "+") or doc[j].text in ("of", "de", "van", "von", "der"))
                and is_name_like(doc[j + 1])
            ):
                j += 2
            else:
                break
        start, end = trimmed(doc, i, j)
        if start < end:
            run = doc[start:end]
            proper = any(
                t.pos_ == "PROPN" or is_camel(t.text) or t.text in lexicon("organisations") or t.is_oov
                for t in run
            )
            plain = all(t.lower_ in roles or t.is_stop or t.text in honorifics for t in run)
            plain = plain or is_long_title(doc, start, end)
            if proper and not plain and len(run.text) > 1 and run.text not in not_names:
                found.append(Candidate(start, end, None))
    return sorted(found, key=lambda c: c.start)


def joined(doc: Doc, found: list[Candidate]) -> list[Candidate]:
    """Candidates, with those as one that are parts of one name: of a known organisation, or of a person."""
    out: list[Candidate] = []
    for c in found:
        label = whole(doc, out[-1], c) if out else None
        if label is not None:
            c = Candidate(out.pop().start, c.end, label)
        out.append(c)
    return out


def whole(doc: Doc, a: Candidate, b: Candidate) -> str | None:
    """The label of what two candidates are together; nothing when they are two names."""
    if a.end == b.start:
        if doc[a.start : b.end].text in lexicon("organisations"):
            return ORG
        surname = b.label in (PERSON, None) and b.end == b.start + 1 and doc[b.start].text.istitle()
        return PERSON if a.label == PERSON and surname else None
    if (a.end, b.start - a.end) != (a.start + 1, 2) or b.label not in (PERSON, PLACE, None):
        return None
    first, hyphen, second = doc[a.start : b.start]  # "Hyun-woo", of which the recogniser saw half
    close = not first.whitespace_ and hyphen.text == "-" and not hyphen.whitespace_
    short = len(first) <= SYLLABLE and len(second) <= SYLLABLE and second.tag_ in ("NN", "NNP")
    return PERSON if close and short and first.text.istitle() and second.text.islower() else None


def pieces(doc: Doc, start: int, end: int, label: str | None) -> list[tuple[int, int]]:
    """A recognised span, cut at line breaks and behind possessives ("Elon Musk's xAI" is two names)."""
    cuts = [start]
    for i in range(start, end):
        if (doc[i].is_space and "\n" in doc[i].text) or (
            doc[i].text in ("'s", "'") and i + 1 < end and any(c.isupper() for c in doc[i + 1].text)
        ):
            cuts.append(i + 1)
        elif start < i < end - 1 and doc[i].dep_ == "prep" and doc[i].head.pos_ == "VERB":
            cuts.append(i + 1)  # "left Microsoft for Google"
    bounds = [trimmed(doc, a, b, label) for a, b in pairwise([*cuts, end])]
    return [(a, b) for a, b in bounds if a < b]


def trimmed(doc: Doc, start: int, end: int, label: str | None = PERSON) -> tuple[int, int]:
    """Bounds of a name without determiners, honorifics, possessives and stray punctuation at its ends."""
    honorifics = lexicon("honorifics") if label == PERSON else ()
    while start < end and (
        doc[start].lower_ in WORDS_BEFORE_NAMES
        or doc[start].is_punct
        or doc[start].is_space
        or (doc[start].text in honorifics and start + 1 < end)
    ):
        start += 1
    if label == PERSON and end - start > 1 and doc[end - 1].text in lexicon("post_nominals"):
        end -= 1
    while end > start and (
        doc[end - 1].is_space
        or doc[end - 1].text in ("'s", "'", "’s")
        or doc[end - 1].pos_ == "ADP"
        or (doc[end - 1].is_punct and doc[end - 1].text not in (".", ")", "!", "+"))
    ):
        end -= 1
    return start, end


def is_name_like(token: Token) -> bool:
    """Whether a token could belong to a name: capitals anywhere, and not just by standing first."""
    text = token.text
    if not (text[0].isalpha() or text[0].isdigit()) or not has_capital(text):
        return False
    if is_camel(text) or (text in lexicon("organisations") and len(text) > 2):
        return True
    if token.is_sent_start and token.pos_ not in ("PROPN", "X") and text[0].isupper() and text[1:].islower():
        return token.is_oov and token.vocab.vectors_length > 0  # a word that the language does not know
    return (
        token.pos_ in ("PROPN", "NOUN", "ADJ", "X", "VERB", "ADV", "INTJ")
        and token.ent_type_ not in RECOGNISED
    )


def has_capital(text: str) -> bool:
    return any(map(str.isupper, text))


def is_camel(text: str) -> bool:
    """Capitals inside a word that begins with a small letter: "coinQuay", "xAI"."""
    return text[0].islower() and has_capital(text[1:])


def is_title(token: Token) -> bool:
    """Whether a token is a job title with a capital."""
    return token.lower_ in lexicon("role_heads") and token.lower_ != token.text


def is_long_title(doc: Doc, start: int, end: int) -> bool:
    """Whether a range of tokens is a job title with capitals and its field: "Head of Sales"."""
    return end - start > 2 and is_title(doc[start]) and doc[start + 1].text == "of"


def is_suffix(token: Token) -> bool:
    return token.text in lexicon("org_suffixes")


def covered(found: list[Candidate]) -> set[int]:
    """Indices of the tokens that stand in a candidate."""
    return {i for c in found for i in range(c.start, c.end)}


def find_repeats(doc: Doc, found: list[Candidate]) -> list[Candidate]:
    """Single-word mentions of known names where the recogniser and the capitals rule saw nothing."""
    known: set[str] = set()
    for c in found:
        if c.label == "PERSON":
            known.add(doc[c.end - 1].text)
        if c.end - c.start == 1:
            known.add(doc[c.start].text)
    taken = covered(found)
    words = frozenset(word for word in known if len(word) > 2 and has_capital(word))
    return [Candidate(i, i + 1, None) for i in places(doc, words, "ORTH") if i not in taken]


def common_organisations(doc: Doc, found: list[Candidate]) -> list[Candidate]:
    """ "government", "opposition" … where a job title follows within two words, but for "Labour campaign manager"."""
    roles, taken = lexicon("role_heads"), covered(found)
    return [
        Candidate(i, i + 1, ORG)
        for i in places(doc, lexicon("common_organisations"), "LOWER")
        if taken.isdisjoint((i - 1, i))
        and any(later.lower_ in roles for later in doc[i + 1 : i + 4] if not later.is_punct)
    ]


def lower_case_names(doc: Doc, found: list[Candidate]) -> list[Candidate]:
    """Words in small letters that the language does not know and the article repeats: "quayside has hired"."""
    plain = doc.to_array(["IS_ALPHA", "IS_LOWER"]).all(axis=1) & (doc.to_array("LENGTH") > 4)
    strange = [
        t
        for t in (doc[i] for i in numpy.flatnonzero(plain).tolist())
        if t.is_oov and t.pos_ in ("NOUN", "PROPN")
    ]
    times, taken = Counter(t.text for t in strange), covered(found)
    return [
        Candidate(t.i, t.i + 1, None)
        for t in strange
        if t.i not in taken and times[t.text] > 1 and t.text == t.lemma_ and t.vocab.vectors_length
    ]


@lru_cache(maxsize=4096)
def key_of(text: str) -> str:
    """What makes two surfaces the same name: case, a leading article, and a company suffix do not count."""
    words = text.casefold().replace("’", "'").split()
    while len(words) > 1 and words[0] == "the":
        words = words[1:]
    while len(words) > 1 and words[-1].strip(".,") in SUFFIX_KEYS:
        words = words[:-1]
    return " ".join(w.strip(".,") for w in words)
