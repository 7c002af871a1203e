"""Mentions and entities: what the components of the language side hand to each other."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Hashable, Iterator
from dataclasses import dataclass, field
from typing import Any

from spacy.tokens import Doc, Span, Token

from newsclaims.language.carried import add_extension

PERSON, ORG, GROUP, ROLE, PLACE = "PERSON", "ORG", "GROUP", "ROLE", "PLACE"
DATE, MONEY, OTHER, NOUN = "DATE", "MONEY", "OTHER", "NOUN"


@dataclass(eq=False, slots=True)
class Entity:
    """Somebody or something that the article mentions, perhaps many times."""

    label: str
    name: str
    mentions: list[Mention] = field(default_factory=list)
    score: float = 0.0
    """How sure the label is: the margin of its votes over the next label's."""
    second: str = ""
    """The label that came next."""


@dataclass(eq=False, slots=True)
class Mention:
    """A stretch of tokens that stands for an entity, or is a job title or a group of people."""

    doc: Doc
    start: int
    end: int
    label: str
    entity: Entity | None = None
    value: Any = None
    """The figure, where the mention is money."""
    source: str = ""
    """How it was found: ``ner``, ``run`` (capitals), ``alias``, ``role``, ``pronoun``, ``description``, ``title``."""
    _root: Token | None = None
    _text: str | None = None

    @property
    def span(self) -> Span:
        return self.doc[self.start : self.end]

    @property
    def root(self) -> Token:
        if self._root is None:
            self._root = self.span.root
        return self._root

    @property
    def text(self) -> str:
        if self._text is None:
            self._text = self.span.text
        return self._text

    @property
    def name(self) -> str:
        return self.entity.name if self.entity else self.text

    def __repr__(self) -> str:
        return f"<{self.label} {self.text!r}>"


PEERS = frozenset(("Baron", "Baroness", "Earl", "Lady", "Lord", "Viscount", "Viscountess"))


def is_peer(person: Mention) -> bool:
    """Whether somebody has a title of the peerage before the name or as its beginning."""
    before = person.doc[max(person.start - 1, 0) : person.start + 1]
    return any(token.text in PEERS for token in before)


class Mentions:
    """All mentions of a document, found by token."""

    def __init__(self) -> None:
        self._at: dict[int, list[Mention]] = {}
        self._all: list[Mention] = []
        """In text order, the longer of those that start together first."""
        self._starts: list[int] = []
        """Where each of them starts."""
        self.entities: list[Entity] = []

    def add(self, mention: Mention) -> Mention:
        place = len(self._all)
        if place and mention.start <= self._starts[-1]:
            place = bisect_right(self._all, text_order(mention), key=text_order)
        self._all.insert(place, mention)
        self._starts.insert(place, mention.start)
        for i in range(mention.start, mention.end):
            self._at.setdefault(i, []).append(mention)
        return mention

    def remove(self, mention: Mention) -> None:
        place = self._all.index(mention, bisect_left(self._starts, mention.start))
        del self._all[place], self._starts[place]
        for i in range(mention.start, mention.end):
            self._at[i].remove(mention)
        if mention.entity:
            mention.entity.mentions.remove(mention)

    def __iter__(self) -> Iterator[Mention]:
        return iter(self._all)

    def _starting(self, start: int, end: int) -> list[Mention]:
        """Mentions whose first token lies in a range, in text order."""
        starts = self._starts
        return self._all[bisect_left(starts, start) : bisect_left(starts, end)]

    def at(self, i: int, *labels: str) -> Mention | None:
        """The mention that covers token ``i``, with one of the labels if any are given."""
        for mention in self._at.get(i, ()):
            if not labels or mention.label in labels:
                return mention
        return None

    def touching(self, start: int, end: int) -> Iterator[Mention]:
        """Mentions that cover any token of a range, once for each such token."""
        return (mention for i in range(start, end) for mention in self._at.get(i, ()))

    def starting(self, i: int) -> list[Mention]:
        """Mentions that begin with token ``i``, the longest first."""
        return self._starting(i, i + 1)

    def within(self, start: int, end: int, *labels: str) -> list[Mention]:
        """Mentions that lie in a token range, in text order."""
        found = self._starting(start, end)
        return [m for m in found if m.end <= end and (not labels or m.label in labels)]


def text_order(mention: Mention) -> tuple[int, int]:
    """By what mentions are ordered."""
    return mention.start, -mention.end


def names(mention: Mention) -> list[Hashable]:
    """What a mention has one of in common with each that is the same thing (see ``same_entity``)."""
    text = mention.text.casefold()
    return [text] if mention.entity is None else [text, id(mention.entity)]


def same_entity(a: Mention | None, b: Mention | None) -> bool:
    """Whether two fillers are the same thing: the same entity, or the same words."""
    if a is None or b is None:
        return False
    if a.entity is not None and a.entity is b.entity:
        return True
    return a.text.casefold() == b.text.casefold()


def mentions(doc: Doc) -> Mentions:
    """The document's mentions; an empty store is made at the first call."""
    store: Mentions = doc._.mentions
    return store


add_extension("mentions", Mentions)
