"""Which titles the article gives whom, and where: what tells for whom "the club's manager" stands."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from functools import cached_property

from spacy.tokens import Doc, Token

from newsclaims.language.mentions import ORG, PERSON, ROLE, Entity, Mention, Mentions
from newsclaims.language.title_heads import FORMER, singular

BEHIND = 4
"""Tokens between a name and the title behind it: "Jane Doe, 52, the chairman"."""
AROUND = 6
"""Tokens around a title within which its organisation stands."""


class Posts:
    """The titles that stand beside the names of one document."""

    def __init__(self, doc: Doc, store: Mentions) -> None:
        self.doc, self.store = doc, store

    @cached_property
    def held(self) -> dict[int, set[str]]:
        """Key of a person -> the last words of the titles beside the name."""
        found: dict[int, set[str]] = defaultdict(set)
        for person, title in self.pairs:
            found[id(person.entity)].add(last_word(title.root))
        return found

    @cached_property
    def holders(self) -> Counter[str]:
        """Last word of a title -> how many people have it beside their names."""
        return Counter(word for titles in self.held.values() for word in titles)

    @cached_property
    def at(self) -> dict[int, set[int]]:
        """Key of a person -> the keys of the organisations around such titles."""
        found: dict[int, set[int]] = defaultdict(set)
        for person, title in self.pairs:
            found[id(person.entity)] |= self.organisations(title.start - AROUND, title.end + AROUND)
        return found

    @cached_property
    def pairs(self) -> list[tuple[Mention, Mention]]:
        """Names and the titles right before or behind them."""
        out = []
        for person in [m for m in self.store if m.label == PERSON and m.entity is not None]:
            before = self.doc[max(person.start - 2, 0) : person.start]
            skip = 1 if len(before) and before[-1].text == "," else 0
            title = self.store.at(person.start - 1 - skip, ROLE) if person.start > skip else None
            if title is not None:
                out.append((person, title))
            if person.end < len(self.doc) and self.doc[person.end].text == ",":
                behind = (self.store.at(i, ROLE) for i in range(person.end, person.end + BEHIND))
                out += [(person, title) for title in behind if title is not None][:1]
        return out

    def organisations(self, start: int, end: int) -> set[int]:
        found = self.store.touching(max(start, 0), min(end, len(self.doc)))
        return {id(m.entity) for m in found if m.label == ORG and m.entity is not None}

    def features(self, head: Token, start: int, end: int, holder: Entity) -> Iterator[str]:
        """What tells whether the title in a range of tokens, with such a head, stands for somebody."""
        word, own = last_word(head), self.held.get(id(holder), set())
        yield f"title={'same' if word in own else 'other' if own else 'none'}:{min(self.holders[word], 2)}"
        wanted = self.organisations(start, end + AROUND // 2)
        there = self.at.get(id(holder), set())
        yield f"post={'same' if wanted & there else 'other' if wanted and there else 'unknown'}"
        yield f"noun={word}"
        yield f"label={holder.label}"
        yield f"noun={word}:label={holder.label}"
        yield f"first={self.doc[start].lower_}"
        yield f"preposition={head.head.lower_ if head.dep_ == 'pobj' else ''}"
        yield f"owner={any(start <= mention.start < end for mention in holder.mentions)}"
        yield f"former={any(token.lower_ in FORMER for token in self.doc[start:end])}"
        yield f"words={min(end - start, 5)}"


def last_word(head: Token) -> str:
    """The head of a title, in small letters and the singular."""
    return singular(head.lower_)
