"""Surface patterns over a sentence's chunks: people, organisations, roles, and the words between them.

A pattern is words separated by blanks::

    employer:ORG 's? role:ROLE ,? person:PERSON+

An element is a label, a word in lower case, or alternatives of them (``of|at``), each with ``?`` (may be missing) or,
for labels, ``+`` (a list: "A, B and C"). ``slot:`` before a label captures it. Parentheses group, ``...`` stands for
up to three other words, ``\\(`` is a bracket of the text. Labels are those of mentions (``PERSON ORG ROLE GROUP PLACE OTHER DATE``), and further
``NATION`` (a country or its adjective; ``PLACE`` is any other place), ``NUM`` (a number) and ``WORD`` (a common noun or
an adjective that no pattern names).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from spacy.tokens import Span, Token

from newsclaims.language.mentions import GROUP, MONEY, ORG, PERSON, PLACE, Mention, Mentions
from newsclaims.resources import lexicon

LABELS = {
    "PERSON": "P",
    "ORG": "O",
    "ROLE": "R",
    "PLACE": "L",
    "NATION": "A",
    "OTHER": "X",
    "DATE": "D",
    "GROUP": "G",
    "NUM": "N",
    "WORD": "w",
}
ANY = "\u00b7"
FUNCTION_WORDS = (
    ", . ; : ( ) - -- – — \" 's ' & the a an its his her their our and or but who which that is was as by now been also "
    "once of at for with in from to on over under after before into has have had will not"
).split()
ELEMENT = re.compile(r"^(?:(?P<slot>[a-z_]+):)?(?P<body>[^?+*]+|\?|\+)(?P<mark>[?+]?)$")


class PatternError(ValueError):
    """A pattern that cannot be read; the message says which element is at fault."""


class Vocabulary:
    """One character for every word that any pattern names, so that a sentence becomes a short string."""

    def __init__(self) -> None:
        self.codes: dict[str, str] = {}
        for word in FUNCTION_WORDS:
            self.code(word)
        self.function = "".join(map(re.escape, self.codes.values()))

    def code(self, word: str) -> str:
        return self.codes.setdefault(word, chr(0xE000 + len(self.codes)))

    def read(self, word: str) -> str:
        return self.codes.get(word, ANY)


def compile_pattern(pattern: str, words: Vocabulary) -> re.Pattern[str]:
    """The regular expression, over chunk characters, that a pattern means."""
    parts: list[str] = []
    for raw in pattern.split():
        if raw == "(":
            parts.append("(?:")
        elif raw in (")", ")?", ")*"):
            parts.append(")" + raw[1:])
        elif raw == "...":
            parts.append(f"[^{''.join(LABELS.values())}]{{0,3}}")
        else:
            parts.append(element(raw, words))
    try:
        return re.compile("".join(parts))
    except re.error as error:
        raise PatternError(f"{error} in pattern {pattern!r}") from None


def element(raw: str, words: Vocabulary) -> str:
    match = ELEMENT.match(raw)
    if match is None:
        raise PatternError(f"cannot read the element {raw!r}")
    slot, body, mark = match["slot"], match["body"], match["mark"]
    options = []
    for option in body.split("|"):
        if option.isupper() and option not in LABELS and len(option) > 2:
            raise PatternError(f"no label {option!r}; there are {', '.join(LABELS)}")
        options.append(LABELS.get(option) or re.escape(words.code(option.removeprefix("\\"))))
    one = options[0] if len(options) == 1 else f"[{''.join(options)}]"
    if body == "WORD":  # whether or not another pattern names it
        labels = "".join(code for name, code in LABELS.items() if name != "WORD")
        one = f"[^{labels}{ANY}{words.function}]"
    if mark == "+":
        comma, conj = re.escape(words.code(",")), re.escape(words.code("and"))
        one = f"{one}(?:{comma}?{conj}{one}|{comma}{one}(?=[{comma}{conj}]))*"
        mark = ""
    return f"(?P<{slot}>{one}){mark}" if slot else f"(?:{one}){mark}"


@dataclass(slots=True)
class Chunks:
    """A sentence as a string of one character a chunk, and what stands behind each character."""

    code: str
    starts: list[int]
    mentions: list[Mention | None]


def chunk(sent: Span, store: Mentions, words: Vocabulary) -> Chunks:
    """Cut a sentence into mentions and words. Where mentions overlap, the longest that starts first counts."""
    code: list[str] = []
    starts: list[int] = []
    found: list[Mention | None] = []
    i = sent.start
    while i < sent.end:
        token = sent.doc[i]
        here = [m for m in store.within(i, sent.end) if m.start == i and is_chunk(m)]
        mention = max(here, key=lambda m: m.end, default=None)
        if mention is not None:
            code.append(label_code(mention))
            found.append(mention)
            starts.append(i)
            i = mention.end
            continue
        i += 1
        if token.is_space or token.text == '"':
            continue
        if token.text in lexicon("honorifics") and store.at(i, PERSON):
            continue
        code.append(word_code(token, words))
        found.append(None)
        starts.append(token.i)
    return Chunks("".join(code), starts, found)


def is_chunk(mention: Mention) -> bool:
    """Whether a mention counts as one chunk: no group, no figure, no pronoun but "its"."""
    if mention.source == "pronoun":
        return mention.label == ORG and mention.text.lower() in ("its", "their", "our")
    return mention.label not in (GROUP, MONEY)


def label_code(mention: Mention) -> str:
    if mention.label == PLACE and is_nation(mention):
        return LABELS["NATION"]
    return LABELS.get(mention.label, ANY)


def is_nation(mention: Mention) -> bool:
    return mention.text in lexicon("nations") or mention.span[0].ent_type_ == "NORP"


def word_code(token: Token, words: Vocabulary) -> str:
    if token.like_num:
        return LABELS["NUM"]
    known = words.read(token.lower_)
    if known == ANY and token.pos_ in ("NOUN", "ADJ", "PROPN") and not token.is_punct:
        return LABELS["WORD"]
    return known


def matches(pattern: re.Pattern[str], chunks: Chunks) -> Iterator[tuple[int, dict[str, list[Mention]]]]:
    """For every place where the pattern matches: its first token, and what each slot captured."""
    for match in pattern.finditer(chunks.code):
        slots: dict[str, list[Mention]] = {}
        for slot in pattern.groupindex:
            a, b = match.span(slot)
            if a >= 0:
                slots[slot] = [m for m in chunks.mentions[a:b] if m is not None]
        yield chunks.starts[match.start()], slots
