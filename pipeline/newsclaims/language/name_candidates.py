"""Candidates for names: what the entity recogniser found, and what it missed."""

from __future__ import annotations

import re
from collections import Counter
from functools import lru_cache
from itertools import takewhile

from spacy.tokens import Doc, Span, Token

from newsclaims.language.dates import RECOGNISED
from newsclaims.language.known_names import with_known
from newsclaims.language.marked_names import with_marks
from newsclaims.language.mentions import ORG
from newsclaims.language.name_parts import joined
from newsclaims.language.recognised import (
    Candidate,
    before_rank,
    before_title,
    behind_title,
    covered,
    has_capital,
    is_inner_mark,
    is_long_title,
    is_paper,
    is_portfolio,
    opens_title,
    recognised,
    tells_purpose,
    trimmed,
)
from newsclaims.language.small_names import small_names
from newsclaims.language.words import places
from newsclaims.resources import lexicon

NEVER_A_NAME = frozenset({"MONEY", "PERCENT", "QUANTITY", "ORDINAL", "CARDINAL"})
LINKS = frozenset(("&", "-", "+", "of", "de", "van", "von", "der"))
"""What may stand within a name."""
SUFFIX_KEYS = frozenset(
    "inc corp corporation ltd llc llp plc co cos company ag sa nv gmbh limited group".split()
)


def all_candidates(doc: Doc) -> list[Candidate]:
    """Everything that may be a name, in text order."""
    found = joined(doc, candidates(doc))
    for finder in (find_wholes, find_repeats, common_organisations, small_names):
        new = finder(doc, found)
        within = covered(new)
        found = [c for c in found if not within.issuperset(range(c.start, c.end))] + new  # "Foreign ministry"
    return with_marks(doc, sorted(found, key=lambda c: c.start))


def candidates(doc: Doc) -> list[Candidate]:
    """Recognised names and the runs of capitals between them, in text order."""
    taken = [False] * len(doc)
    found = with_known(doc, list(recognised(doc)))
    bounds = [(c.start, c.end) for c in found]
    figures = (e for e in doc.ents if e.label_ in RECOGNISED or e.label_ in NEVER_A_NAME)
    bounds += [(behind_name(e), e.end) for e in figures if not is_numbered(e.text)]
    bounds += [(figure.span.start, figure.span.end) for figure in doc._.money]
    for start, end in bounds:
        taken[start:end] = [True] * (end - start)
    roles, not_names, honorifics = lexicon("role_heads"), lexicon("not_names"), lexicon("honorifics")
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
                and (doc[j].text in LINKS or tells_purpose(doc, j) or is_inner_mark(doc, i, j))
                and is_name_like(doc[j + 1])
            ):
                j += 2
            else:
                break
        start, end = trimmed(doc, i, j)
        if start == end:
            continue
        behind = behind_title(doc, start, end)
        if (behind, end) != (start + 1, start + 2) and doc[behind].text != "of":
            start = behind  # "Anchor Row" may well be a firm
        if start < end:
            end = before_title(doc, start, before_rank(doc, start, end))
            run = doc[start:end]
            proper = any(
                t.pos_ == "PROPN" or is_camel(t.text) or t.text in lexicon("organisations") or t.is_oov
                for t in run
            )
            plain = all(t.lower_ in roles or t.is_stop or t.text in honorifics for t in run)
            plain = plain and not is_paper(run[-1])
            plain = plain or is_long_title(doc, start, end) or run.text in lexicon("post_nominals")
            plain = plain or (end - start == 1 and opens_title(run[0])) or is_portfolio(doc, start, end)
            if proper and not plain and len(run.text) > 1 and run.text not in not_names:
                found.append(Candidate(start, end, None))
    return sorted(found, key=lambda c: c.start)


def behind_name(figure: Span) -> int:
    """Where a figure begins behind the name that the recogniser took into it: "fined *Halden £25,000*"."""
    if figure.label_ != "MONEY":
        return figure.start
    words = takewhile(lambda t: t.pos_ == "PROPN" and t.text.istitle() and not t.like_num, figure)
    return figure.start + sum(1 for _ in words)


def is_name_like(token: Token) -> bool:
    """Whether a token could belong to a name: capitals anywhere, and not just by standing first."""
    text = token.text
    if not (text[0].isalpha() or text[0].isdigit()) or not has_capital(text):
        return False
    if is_camel(text) or is_numbered(text) or (text in lexicon("organisations") and len(text) > 2):
        return True
    if token.is_sent_start and token.pos_ not in ("PROPN", "X") and text[0].isupper() and text[1:].islower():
        return token.is_oov and token.vocab.vectors_length > 0  # a word that the language does not know
    return (
        token.pos_ in ("PROPN", "NOUN", "ADJ", "X", "VERB", "ADV", "INTJ")
        and token.ent_type_ not in RECOGNISED
    )


def is_camel(text: str) -> bool:
    """Capitals inside a word that begins with a small letter: "coinQuay", "xAI"."""
    return text[0].islower() and has_capital(text[1:])


def is_numbered(text: str) -> bool:
    """A word with a capital behind a number: "9Rivers"."""
    word = text.lstrip("0123456789")
    return len(text) > len(word) > 3 and word.istitle()


def find_wholes(doc: Doc, found: list[Candidate]) -> list[Candidate]:
    """Mentions of names of several words of which only a part was seen, or nothing."""
    text, out = doc.text, []
    by_end = {i: c for c in found for i in range(c.start, c.end)}
    names = Counter(doc[c.start : c.end].text for c in found if c.end - c.start > 1)
    labels = {doc[c.start : c.end].text: c.label for c in found}
    for name, times in names.items():
        if text.count(name) == times:
            continue
        for match in re.finditer(re.escape(name), text):
            span = doc.char_span(*match.span())
            if span is None:
                continue
            there = {id(c): c for i in range(span.start, span.end) if (c := by_end.get(i)) is not None}
            if all(span.start <= c.start and c.end <= span.end for c in there.values()) and not any(
                (c.start, c.end) == (span.start, span.end) for c in there.values()
            ):
                out.append(Candidate(span.start, span.end, labels[name]))
    return out


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
    """ "government", "opposition" … where a job title follows within two words, but for those with a name or an owner
    before them: "Labour campaign manager", "Acme's local government adviser"."""
    roles, taken, nouns = lexicon("role_heads"), covered(found), lexicon("common_organisations")
    last = frozenset(noun.split()[-1] for noun in nouns)
    out = []
    for i in places(doc, last, "LOWER"):
        pair = doc[i - 1 : i + 1].text.lower()
        both = pair in nouns  # "central bank"
        start = i - 1 if both else i
        if pair in lexicon("role_modifiers") or (not both and doc[i].lower_ not in nouns):
            continue  # "local government minister": a field, and no employer
        titled = any(later.lower_ in roles for later in doc[i + 1 : i + 4] if not later.is_punct)
        if i not in taken and titled and not is_owned(doc, start, taken):
            out.append(Candidate(start, i + 1, ORG))
    return out


def is_owned(doc: Doc, i: int, taken: set[int]) -> bool:
    """Whether a name or a possessive stands before a noun, with nothing but adjectives and nouns between them."""
    before = i - 1
    while before >= 0 and before not in taken and doc[before].pos_ in ("ADJ", "NOUN"):
        before -= 1
    return before in taken or (before >= 0 and doc[before].tag_ in ("POS", "PRP$"))


@lru_cache(maxsize=4096)
def key_of(text: str) -> str:
    """What makes two surfaces the same name: case, a leading article, and a company suffix do not count."""
    words = text.casefold().replace("’", "'").split()
    while len(words) > 1 and words[0] == "the":
        words = words[1:]
    while len(words) > 1 and words[-1].strip(".,") in SUFFIX_KEYS:
        words = words[:-1]
    return " ".join(w.strip(".,") for w in words)
