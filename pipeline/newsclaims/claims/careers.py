"""Whom the claims about people make the employer of somebody who is paid, and who was mentioned lately."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Hashable, Iterator
from functools import cached_property

from spacy.tokens import Token

from newsclaims.claims.frames import Frame
from newsclaims.claims.memory import Memory
from newsclaims.claims.paths import LOOSE
from newsclaims.language.mentions import Mention, names, same_entity
from newsclaims.language.sentences import sentence_start
from newsclaims.language.words import places

PLACES = {"destination": 1.0, "employer": 1.0, "origin": 0.8}
EMPLOYERS = 3
"""How many places are offered as the employer of somebody."""
MARKS = frozenset(",;()")
LINKS = ("VERB", "ADP", "NOUN")
"""Parts of speech of words that join."""


class Careers:
    """What the claims about people say of the employer of somebody who is paid. The memory learns from them."""

    def __init__(self, memory: Memory, people: list[Frame]) -> None:
        self.memory = memory
        for frame in people:
            memory.learn(frame.rule.type, frame.slots, frame.how)
        self.people = sorted(people, key=lambda frame: -frame.score)
        self._numbers: dict[Hashable, list[int]] = defaultdict(list)
        """What a person is known by -> the frames of ``people`` about him or her."""
        for number, frame in enumerate(self.people):
            if (person := frame.slots.get("person")) is not None:
                for name in names(person):
                    self._numbers[name].append(number)
        self._marks = places(memory.doc, MARKS, "ORTH")
        self._standings: dict[tuple[int, int, int, int], str] = {}

    @cached_property
    def _links(self) -> tuple[list[int], list[str]]:
        """The indices of the words that link, and the features of each."""
        linking = [token for token in self.memory.doc if token.pos_ in LINKS]
        return [token.i for token in linking], [f"between={token.lemma_.lower()}" for token in linking]

    def ask(
        self, step: str, labels: tuple[str, ...], trigger: Token, person: Mention | None
    ) -> list[Mention]:
        """The steps of memory, with ``employer``: whom a person joins, or works for, or leaves."""
        if step == "lately":
            return self.lately(labels, trigger)
        if step != "employer":
            return self.memory.ask(step, labels, trigger, person)
        return self.employers(person, trigger) if person is not None else []

    def marks(self, start: int, end: int) -> int:
        """How many commas, semicolons and brackets stand in a range of tokens."""
        return bisect_left(self._marks, end) - bisect_left(self._marks, start)

    def links(self, start: int, end: int) -> list[str]:
        """Features of the words in a range of tokens that tell how what stands on either side is joined."""
        places, names = self._links
        return names[bisect_left(places, start) : bisect_left(places, end)]

    def employers(self, person: Mention, trigger: Token) -> list[Mention]:
        """Whom the claims about a person, weighed by how each place was found, make the employer, the likeliest first."""
        votes: dict[str, float] = defaultdict(float)
        mentioned: dict[str, Mention] = {}
        for frame, place, mention in self.places(person):
            guessed = frame.how.get(place, "").startswith(LOOSE)
            nearby = 1.5 if sentence_start(frame.trigger) == sentence_start(trigger) else 1.0
            votes[mention.name] += frame.score * PLACES[place] * nearby * (0.1 if guessed else 1.0)
            if mention.name not in mentioned or mention.source != "pronoun":
                mentioned[mention.name] = mention
        likely = sorted(votes, key=lambda name: (votes[name], name), reverse=True)
        return [mentioned[name] for name in likely[:EMPLOYERS] if votes[name] >= 0.3]

    def places(self, person: Mention) -> Iterator[tuple[Frame, str, Mention]]:
        """The claims about a person, the surest first, with each place of theirs and what fills it."""
        told = {number for name in names(person) for number in self._numbers.get(name, ())}
        for frame in (self.people[number] for number in sorted(told)):
            for place in PLACES:
                if (mention := frame.slots.get(place)) is not None:
                    yield frame, place, mention

    def standing(self, person: Mention, place: Mention) -> str:
        """What a place is to a person by the surest claim: the "destination" or the "origin" of a move, the "current" or
        the "former" employer; empty where no claim names both."""
        key = (person.start, person.end, place.start, place.end)  # asked for each slot of each figure nearby
        if key not in self._standings:
            self._standings[key] = self._find_standing(person, place)
        return self._standings[key]

    def _find_standing(self, person: Mention, place: Mention) -> str:
        """What ``standing`` answers, when it is first asked."""
        for frame, slot, mention in self.places(person):
            if same_entity(mention, place):
                tense = frame.meant.get("tense") or frame.rule.set.get("tense", "current")
                return tense if slot == "employer" else slot
        return ""

    def lately(self, labels: tuple[str, ...], trigger: Token) -> list[Mention]:
        """The last mention with one of the labels before the trigger, in its sentence or the two before it."""
        start = sentence_start(trigger)
        for _ in range(2):
            start = sentence_start(trigger.doc[start - 1]) if start else 0
        return self.memory.store.within(start, trigger.i, *labels)[-1:]
