"""Surface patterns over a sentence's chunks: people, organisations, roles, and the words between them.

A pattern is words separated by blanks::

    employer:ORG 's? role:ROLE ,? person:PERSON+

An element is a label (``PERSON ORG ROLE GROUP PLACE OTHER DATE NUM``), a word in lower case, or alternatives of them
(``of|at``), each with ``?`` (may be missing) or, for labels, ``+`` (a list: "A, B and C"). ``slot:`` before a label
captures it. Parentheses group, ``...`` stands for up to three other words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from spacy.tokens import Span

from newsclaims.language.mentions import GROUP, Mention, Mentions

LABELS = {
    "PERSON": "P",
    "ORG": "O",
    "ROLE": "R",
    "PLACE": "L",
    "OTHER": "X",
    "DATE": "D",
    "GROUP": "G",
    "NUM": "N",
}
ANY = "\u00b7"
ELEMENT = re.compile(r"^(?:(?P<slot>[a-z_]+):)?(?P<body>[^?+*]+|\?|\+)(?P<mark>[?+]?)$")


class PatternError(ValueError):
    """A pattern that cannot be read; the message says which element is at fault."""


class Vocabulary:
    """One character for every word that any pattern names, so that a sentence becomes a short string."""

    def __init__(self) -> None:
        self.codes: dict[str, str] = {}

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
        options.append(LABELS.get(option) or re.escape(words.code(option)))
    one = options[0] if len(options) == 1 else f"[{''.join(options)}]"
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
        here = [
            m
            for m in store.within(i, sent.end)
            if m.start == i and m.label != GROUP and m.source != "pronoun"
        ]
        mention = max(here, key=lambda m: m.end, default=None)
        if mention is not None:
            code.append(LABELS.get(mention.label, ANY))
            found.append(mention)
            starts.append(i)
            i = mention.end
            continue
        i += 1
        if token.is_space or token.text == '"':
            continue
        code.append("N" if token.like_num else words.read(token.lower_))
        found.append(None)
        starts.append(token.i)
    return Chunks("".join(code), starts, found)


def matches(pattern: re.Pattern[str], chunks: Chunks) -> Iterator[tuple[int, dict[str, list[Mention]]]]:
    """For every place where the pattern matches: its first token, and what each slot captured."""
    for match in pattern.finditer(chunks.code):
        slots: dict[str, list[Mention]] = {}
        for slot in pattern.groupindex:
            a, b = match.span(slot)
            if a >= 0:
                slots[slot] = [m for m in chunks.mentions[a:b] if m is not None]
        yield chunks.starts[match.start()], slots
