"""Standing: what the article says around an organisation, seen from a sentence that may mean it without naming it."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from functools import cached_property

from spacy.tokens import Doc, Token

from newsclaims.language.mentions import ORG, Entity, Mention, mentions
from newsclaims.language.org_classes import org_class
from newsclaims.language.sentences import SUBJECTS, across, sentence, sentence_numbers

NEARER = 6
"""Organisations named more lately than another are counted up to here."""
TENTHS = 10
"""Parts in which an organisation's share of all mentions of organisations is counted."""
Value = float | str


class Standing:
    """The organisations of one document, in the order of their mentions."""

    def __init__(self, doc: Doc) -> None:
        self.doc = doc
        self.sentence_of = sentence_numbers(doc)
        self.orgs = [m for m in mentions(doc) if m.label == ORG and m.entity is not None]
        self.starts = [m.start for m in self.orgs]
        self._classes: dict[int, str] = {}
        self._evidence: dict[tuple[int, int], list[tuple[str, Value]]] = {}

    @cached_property
    def in_sentence(self) -> dict[int, list[Mention]]:
        """Number of a sentence -> the organisations that it mentions."""
        found: dict[int, list[Mention]] = defaultdict(list)
        for mention in self.orgs:
            found[self.sentence_of[mention.start]].append(mention)
        return found

    @cached_property
    def times(self) -> Counter[int]:
        """Key of each organisation -> how often the article mentions it."""
        return Counter(id(m.entity) for m in self.orgs)

    @cached_property
    def most(self) -> int:
        """How often the article mentions the organisation that it mentions most."""
        return max(self.times.values(), default=0)

    def org_class(self, entity: Entity) -> str:
        """The class of an organisation, by the last telling word of its name or else the noun said of it most often."""
        if id(entity) not in self._classes:
            self._classes[id(entity)] = org_class(entity)
        return self._classes[id(entity)]

    @cached_property
    def _starts_of(self) -> dict[int, list[int]]:
        """Key of each organisation -> where its mentions begin."""
        found: dict[int, list[int]] = defaultdict(list)
        for mention in self.orgs:
            found[id(mention.entity)].append(mention.start)
        return found

    @cached_property
    def _leaders(self) -> list[tuple[int, int, int, int]]:
        """After so many mentions: who has most of them and how many, how many the second has, how many there are."""
        counts: Counter[int] = Counter()
        first = most = second = 0
        out = [(first, most, second, 0)]
        for mention in self.orgs:
            one = id(mention.entity)
            counts[one] += 1
            times = counts[one]
            if one == first:
                most = times
            elif times > most:
                first, most, second = one, times, most
            else:
                second = max(second, times)
            out.append((first, most, second, len(counts)))
        return out

    def told_before(self, entity: Entity, trigger: Token) -> tuple[int, int, int]:
        """Before a trigger: the mentions of an organisation, those of the other with most, how many organisations."""
        mine = bisect_left(self._starts_of[id(entity)], trigger.i)
        first, most, second, orgs = self._leaders[bisect_left(self.starts, trigger.i)]
        return mine, second if first == id(entity) else most, orgs

    def evidence(self, entity: Entity, trigger: Token) -> list[tuple[str, Value]]:
        """How near an organisation stands to a sentence that does not name it: names of features, and values."""
        key = (id(entity), trigger.i)
        if key not in self._evidence:  # asked for by each of its rivals as well
            self._evidence[key] = self._find_evidence(entity, trigger)
        return self._evidence[key]

    def _find_evidence(self, entity: Entity, trigger: Token) -> list[tuple[str, Value]]:
        here = self.sentence_of[trigger.i]
        behind = bisect_left(self.starts, trigger.i)
        nearer: list[int] = []
        last: Mention | None = None
        for mention in map(self.orgs.__getitem__, range(behind - 1, -1, -1)):
            if mention.entity is entity:
                last = mention
                break
            if id(mention.entity) not in nearer:
                nearer.append(id(mention.entity))
            if len(nearer) == NEARER:
                break
        out: list[tuple[str, Value]] = [("nearer", len(nearer))]
        if last is not None:
            out += [
                ("sentences", here - self.sentence_of[last.start]),
                ("last.dep", last.root.dep_),
                ("last.source", last.source),
                ("page", across(self.doc, trigger.i, last.start)),
            ]
        start, end = sentence(trigger)
        around = self.orgs[bisect_left(self.starts, start) : bisect_left(self.starts, end)]
        out.append(("local", len({id(m.entity) for m in around if m.entity is not entity})))
        before = self.in_sentence.get(here - 1, [])
        out.append(("before", self._share(entity, before)))
        subject = next((m for m in before if m.root.dep_ in SUBJECTS), None)
        if subject is not None:
            out.append(("before.subject", subject.entity is entity))
        times = self.times[id(entity)]
        share = round(TENTHS * times / max(len(self.orgs), 1))
        return [*out, ("all", len(self.times)), ("share", share), ("most", times == self.most)]

    @staticmethod
    def _share(entity: Entity, named: list[Mention]) -> str:
        """Whether a sentence names an organisation, alone or among others."""
        entities = {id(m.entity) for m in named}
        if id(entity) in entities:
            return "only" if len(entities) == 1 else "among"
        return "others" if entities else "nobody"
