"""Surface patterns over a sentence's chunks: people, organisations, roles, and the words between them.

A pattern is words separated by blanks::

    employer:ORG 's? role:ROLE ,? person:PERSON+

An element is a label, a word in lower case, or alternatives of them (``of|at``), each with ``?`` (may be
missing) or, for labels, ``+`` (a list: "A, B and C"). ``slot:`` before a label captures it. Parentheses
group, ``...`` stands for up to three other words but no possessive mark, ``^`` for the beginning of the sentence,
``\\(`` is a bracket of the text. Labels
are those of mentions (``PERSON ORG ROLE PLACE OTHER DATE``), and further ``NATION`` (a country or its adjective;
``PLACE`` is any other place), ``NUM`` (a number) and ``WORD`` (a common noun or an adjective).
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from spacy.tokens import Span, Token

from newsclaims.language.mentions import (
    DATE,
    GROUP,
    MONEY,
    NOUN,
    ORG,
    PERSON,
    PLACE,
    Mention,
    Mentions,
    is_peer,
)
from newsclaims.language.name_evidence import is_acronym
from newsclaims.resources import lexicon

LABELS = {
    "PERSON": "P",
    "ORG": "O",
    "ROLE": "R",
    "PLACE": "L",
    "NATION": "A",
    "OTHER": "X",
    "DATE": "D",
    "NUM": "N",
    "WORD": "w",
}
OF_MENTIONS = frozenset(letter for label, letter in LABELS.items() if label not in ("NUM", "WORD"))
"""Characters that only mentions have."""
CAPTURED = frozenset(LABELS) - {"NUM", "WORD"}
"""Labels that a slot may capture: what is no mention fills none."""
UNSEEN = (GROUP, MONEY, NOUN)
"""Labels of paths that no chunk of a sentence has."""
ANY = "\u00b7"
FUNCTION_WORDS = (
    ", . ; : ( ) - -- – — \" 's ' & the a an its his her their our and or but who which that is was as by "
    "now been also once of at for with in from to on over under after before into has have had will not he she"
)
OWN_NOUN, OWN_OTHER, OWN_LAST = 0xF0000, 0x100000, 0x10FFFF
"""Where the codes begin of words that only a user's patterns name: as a noun or adjective, and as others."""
OWN_NOUNS = f"{chr(OWN_NOUN)}-{chr(OWN_OTHER - 1)}"
OWN_OTHERS = f"{chr(OWN_OTHER)}-{chr(OWN_LAST)}"
ELEMENT = re.compile(r"^(?:(?P<slot>[a-z_]+):)?(?P<body>[^?+*]+|\?|\+)(?P<mark>[?+]?)$")


class PatternError(ValueError):
    """A pattern that cannot be read; the message says which element is at fault."""


class Vocabulary:
    """One character for every word that any pattern names, so that a sentence becomes a short string.

    A word that only a user's pattern names (``own``) must mean to the built-in patterns what it meant before:
    a ``WORD`` where it is a noun or an adjective, and an unnamed word elsewhere. So it has two codes.
    """

    def __init__(self) -> None:
        self.codes: dict[str, str] = {}
        self.own_codes: dict[str, int] = {}
        self.own = False
        for word in FUNCTION_WORDS.split():
            self.code(word)
        self.function = "".join(map(re.escape, self.codes.values()))

    def code(self, word: str) -> str:
        """The characters that a word of a pattern matches."""
        if word in self.codes:
            return self.codes[word]
        if self.own:
            number = self.own_codes.setdefault(word, len(self.own_codes))
            return chr(OWN_NOUN + number) + chr(OWN_OTHER + number)
        return self.codes.setdefault(word, chr(0xE000 + len(self.codes)))

    def read(self, word: str, nominal: bool) -> str:
        """The character of a word in a sentence; ``nominal``: it is a common noun, an adjective or a name."""
        if word in self.codes:
            return self.codes[word]
        if word in self.own_codes:
            return chr((OWN_NOUN if nominal else OWN_OTHER) + self.own_codes[word])
        return LABELS["WORD"] if nominal else ANY


@dataclass(frozen=True)
class Pattern:
    """A checked pattern.

    ``needs`` are sets of characters of each of which a sentence must hold one, the rarest first: they are
    looked at before the regular expression, which is compiled when a sentence first passes them.
    """

    source: str
    expression: str
    slots: tuple[str, ...]
    needs: tuple[frozenset[str], ...]

    @cached_property
    def regex(self) -> re.Pattern[str]:
        return re.compile(self.expression)

    def may_match(self, letters: set[str]) -> bool:
        """Whether a sentence of these chunk characters can match at all."""
        return all(not letters.isdisjoint(need) for need in self.needs)

    def may_match_labels(self, letters: frozenset[str]) -> bool:
        """Whether a sentence can match at all whose mentions can be chunks of these characters."""
        return all(not letters.isdisjoint(need) for need in self.needs if need <= OF_MENTIONS)


def compile_pattern(pattern: str, words: Vocabulary) -> Pattern:
    """Read a pattern of which all macros have been replaced."""
    parts: list[str] = []
    slots: list[str] = []
    needs: list[frozenset[str]] = []
    must = [False]  # for the whole and each open group, whether something in it must be there
    for raw in pattern.split():
        if raw == "(":
            parts.append("(?:")
            must.append(False)
        elif raw in (")", ")?", ")*"):
            parts.append(")" + raw[1:])
            inner = must.pop()
            if not must:
                raise PatternError(
                    f"{raw!r} closes a group that was not opened; a bracket of the text is \\)"
                )
            must[-1] |= inner and raw == ")"
        elif raw == "^":
            parts.append(raw)
        elif raw == "...":
            parts.append(f"[^{''.join(LABELS.values())}{OWN_NOUNS}{words.code("'s")}]{{0,3}}")
        else:
            read = element(raw, words)
            parts.append(read.expression)
            if read.slot in slots:
                raise PatternError(f"the slot {read.slot!r} is captured twice")
            slots += [read.slot] if read.slot else []
            needs += [read.letters] if read.letters and len(must) == 1 else []
            must[-1] |= read.must
    if len(must) > 1:
        raise PatternError("a group is not closed: write ) or )? or )*")
    if not slots:
        raise PatternError("no slot is captured: write one as in person:PERSON")
    if not must[0]:
        raise PatternError(
            "all of it may be missing, so it would match everywhere: let one element have no ?"
        )
    needs.sort(key=lambda letters: rarity(letters, words))
    return Pattern(pattern, "".join(parts), tuple(slots), tuple(dict.fromkeys(needs)))


def rarity(letters: frozenset[str], words: Vocabulary) -> int:
    """Smaller for what fewer sentences hold: named words, then function words and labels."""
    common = set(words.function) | set(LABELS.values())
    return len(letters) + 100 * len(letters & common)


@dataclass(frozen=True, slots=True)
class Element:
    """An element of a pattern.

    Attributes:
        letters: it must find one of them; none where it may be missing, or may find any noun.
        must: it cannot be missing.
    """

    expression: str
    slot: str | None
    letters: frozenset[str]
    must: bool


def element(raw: str, words: Vocabulary) -> Element:
    """Read one element."""
    match = ELEMENT.match(raw)
    if match is None:
        raise PatternError(f"cannot read the element {raw!r}")
    slot, body, mark = match["slot"], match["body"], match["mark"]
    options = body.split("|")
    for option in options:
        if option in UNSEEN:
            raise PatternError(f"{raw!r}: patterns see no {option}; a slot that it fills has a path")
        if not option:
            raise PatternError(f"{raw!r} has an empty alternative")
    letters = frozenset("".join(LABELS.get(option) or word_letters(option, words) for option in options))
    if slot and not CAPTURED.issuperset(options):
        raise PatternError(f"{raw!r} captures nothing: a slot takes {', '.join(sorted(CAPTURED))}")
    inside = "".join(map(re.escape, sorted(letters)))
    if body == "WORD":  # whether or not another pattern names it
        labels = "".join(code for name, code in LABELS.items() if name != "WORD")
        inside = f"^{labels}{ANY}{OWN_OTHERS}{words.function}"
    elif "WORD" in options:
        inside += OWN_NOUNS
    one = f"[{inside}]"
    if mark == "+":
        if not all(option in LABELS for option in options):
            raise PatternError(f"{raw!r}: only labels make lists; repeat words by a group, ( ... )*")
        comma, conj = re.escape(words.code(",")), re.escape(words.code("and"))
        last = one + (own_place(words) if body == "PERSON" else "")
        one = f"{one}(?:{comma}?{conj}{last}|{comma}{one}(?=[{comma}{conj}]))*"
    must = mark != "?"
    sure = must and "WORD" not in options
    mark = "" if mark == "+" else mark
    expression = f"(?P<{slot}>{one}){mark}" if slot else f"(?:{one}){mark}"
    return Element(expression, slot, letters if sure else frozenset(), must)


def own_place(words: Vocabulary) -> str:
    """What does not follow the last of several people, who else has a place alone: "Acme's Jane Doe and Tom Hale *of
    Globex*"."""
    of, the = (re.escape("".join(map(words.code, some))) for some in (("of", "at", "from"), ("the",)))
    places = "".join(LABELS[label] for label in ("ORG", "OTHER", "PLACE"))
    return f"(?![{of}]{the}?[{places}])"


def word_letters(word: str, words: Vocabulary) -> str:
    """The characters of a word; a misspelt label is a fault."""
    if word.isupper() and word.isalpha() and len(word) > 1:
        near = difflib.get_close_matches(word, LABELS, 1)
        hint = f"do you mean {near[0]}?" if near else f"there are {', '.join(LABELS)}"
        raise PatternError(f"no label {word!r}; {hint} (words of the text are written in lower case)")
    if word != word.lower():
        raise PatternError(f"{word!r} never matches: words of the text are written in lower case")
    return words.code(word.removeprefix("\\"))


@dataclass(slots=True)
class Chunks:
    """A sentence as a string of one character a chunk, and what stands behind each character."""

    code: str
    starts: list[int]
    mentions: list[Mention | None]
    letters: set[str] = field(init=False)

    def __post_init__(self) -> None:
        self.letters = set(self.code)


def chunk(sent: Span, store: Mentions, words: Vocabulary) -> Chunks:
    """Cut a sentence into mentions and words. Of mentions that overlap, the longest counts."""
    code: list[str] = []
    starts: list[int] = []
    found: list[Mention | None] = []
    doc, i, end = sent.doc, sent.start, sent.end
    honorifics, letters = lexicon("honorifics"), lexicon("post_nominals")
    behind_title = [LABELS["ROLE"], words.codes[","]]
    longest: dict[int, Mention] = {}
    for mention in store.within(i, end):
        if is_chunk(mention) and not is_before_name(mention, store):
            longest.setdefault(mention.start, mention)
    while i < end:
        if i in longest:
            mention = longest[i]
            if code[-2:] == behind_title and mention.text in honorifics and store.at(mention.end, PERSON):
                i = mention.end  # "its president, Captain Jane Doe"
                continue
            code.append(label_code(mention))
            found.append(mention)
            starts.append(i)
            i = mention.end
            continue
        token = doc[i]
        if token.text == "(" and found and (behind := behind_acronym(i, found[-1], longest)):
            i = behind
            continue
        if token.lower_ == "of" and found and (behind := behind_seat(i, found[-1], longest)):
            i = behind
            continue
        i += 1
        text = token.text
        if text == '"' or token.is_space or (text in honorifics and store.at(i, PERSON)):
            continue
        if text in letters or (text == "," and i < end and doc[i].text in letters):
            continue
        code.append(word_code(token, words))
        found.append(None)
        starts.append(i - 1)
    return Chunks("".join(code), starts, found)


def behind_acronym(i: int, name: Mention | None, mentions: Mapping[int, Mention]) -> int:
    """The token behind the brackets that open at one, if they hold nothing but the acronym of the name before them ("the
    Harrow Task Force (*HTF*)"); else 0."""
    short = mentions.get(i + 1)
    if name is None or short is None or name.end != i or name.entity is None:
        return 0
    if short.entity is not name.entity and not is_acronym(short.text, name.text):
        return 0
    closed = short.end < len(short.doc) and short.doc[short.end].text == ")"
    return short.end + 1 if closed else 0


def behind_seat(i: int, name: Mention | None, mentions: Mapping[int, Mention]) -> int:
    """The token behind the place that a peer's title has with the name before it ("Lord Orme *of Harrow*"); else 0."""
    if name is None or name.label != PERSON or name.end != i or not is_peer(name):
        return 0
    doc, end = name.doc, i + 1
    while end < len(doc) and doc[end].text.istitle() and end not in mentions:
        end += 1
    return end if end > i + 1 else 0


def is_chunk(mention: Mention) -> bool:
    """Whether a mention counts as one chunk: no group, no figure, no age, no pronoun but "its", no title for its holder."""
    if mention.source == "title" and mention.label == PERSON:
        return False
    if mention.label == DATE and mention.text.isdigit() and len(mention.text) < 4:
        return False  # "Jane Doe, 52, the chief executive of Acme" gives her age, a number
    if mention.source == "pronoun":
        return mention.label == ORG and mention.text.lower() in ("its", "their", "our")
    return mention.label not in (GROUP, MONEY)


def is_before_name(description: Mention, store: Mentions) -> bool:
    """Whether a description stands before the name of what it means: "*the chip maker* Acme"."""
    if description.source != "description":
        return False
    return any(
        m.label == description.label and m.source != "description" for m in store.starting(description.end)
    )


def label_code(mention: Mention) -> str:
    if mention.label == PLACE and is_nation(mention):
        return LABELS["NATION"]
    return LABELS.get(mention.label, ANY)


def letters_of(labels: frozenset[str]) -> frozenset[str]:
    """The characters that mentions with these labels may have as chunks."""
    either = {LABELS["PLACE"], LABELS["NATION"]} if PLACE in labels else frozenset[str]()
    return frozenset(LABELS[label] for label in labels if label in LABELS) | either


def is_nation(mention: Mention) -> bool:
    return mention.text in lexicon("nations") or mention.span[0].ent_type_ == "NORP"


def word_code(token: Token, words: Vocabulary) -> str:
    if token.like_num:
        return LABELS["NUM"]
    nominal = token.pos_ in ("NOUN", "ADJ", "PROPN") and not token.is_punct
    word = token.lower_
    if word == "'" and token.i and not token.nbor(-1).whitespace_ and token.nbor(-1).lower_.endswith("s"):
        word = "'s"  # "Brightmoor Foods' Jane Doe"
    return words.read(word, nominal)


def matches(pattern: Pattern, chunks: Chunks) -> Iterator[tuple[int, dict[str, list[Mention]]]]:
    """For every place where the pattern matches: its first token, and what each slot captured."""
    if not pattern.may_match(chunks.letters):
        return
    for match in pattern.regex.finditer(chunks.code):
        slots: dict[str, list[Mention]] = {}
        for slot in pattern.slots:
            a, b = match.span(slot)
            if a >= 0:
                slots[slot] = [m for m in chunks.mentions[a:b] if m is not None]
        yield chunks.starts[match.start()], slots
