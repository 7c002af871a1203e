"""Antecedents: which of the people or organisations that an article names an anaphor stands for.

The candidates are those named before it, and those named behind it in its sentence; for a title also in the two that
follow. Fitted forests, grown by ``benchmarks/fit_coreference.py`` on annotated articles, one for titles, one for
descriptions and one for pronouns, give each a probability from where both stand and the words around; all anaphors of a
document are judged together.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import islice

from spacy.tokens import Doc, Token

from newsclaims.judges import Judge, read_judges
from newsclaims.language.attribution import quoted_tokens
from newsclaims.language.mentions import ORG, OTHER, PERSON, PLACE, Entity, Mention, Mentions
from newsclaims.language.org_classes import org_class, org_classes
from newsclaims.language.posts import Posts
from newsclaims.language.sentences import SUBJECTS, across, sentence_numbers, sentence_start
from newsclaims.language.surroundings import wording
from newsclaims.resources import lexicon
from newsclaims.scales import bucket

MALE, FEMALE, SPEAKER, THING = "he", "she", "I", "it"
DESCRIPTION, AGED, TITLE = "description", "aged", "title"
"""Kinds of anaphors; "the company" is a ``DESCRIPTION``, "the 41-year-old" ``AGED``, "the club's manager" a ``TITLE``."""
PARTS = frozenset(("board", "management"))
"""Nouns of descriptions for those who run an organisation, and so for it."""
SELDOM_NAMED = frozenset("army government judiciary military navy police".split())
"""Nouns of descriptions that stand for nobody with another name: "the government"."""
LABELS = {
    **dict.fromkeys((MALE, FEMALE, SPEAKER, AGED), (PERSON,)),
    **dict.fromkeys((THING, DESCRIPTION), (ORG,)),
    TITLE: (PERSON, ORG),  # "the broadcaster" may be a firm
}
"""What each kind may stand for."""
FORESTS = {TITLE: "titles", DESCRIPTION: "descriptions"}
"""Kinds that have a forest of their own."""
GENDERS = {MALE: "m", FEMALE: "f"}
NEAREST = 10
"""How many of the candidates named last are considered, for each label that an anaphor may stand for."""
LEAD = 40
"""Tokens that an article begins with: who is named there is likely what it is about."""
AHEAD = 2
"""How many sentences later somebody may be named whom a title stands for: "The chairman resigned. Jane Doe …"."""
GAPS = (3, 10, 20, 30, 45, 60)
"""Edges of the distance between an anaphor and a candidate, in tokens."""
VERBS_OF_SAYING = ("say", "tell", "add")


@dataclass(frozen=True, slots=True)
class Anaphor:
    """A word or phrase that stands for somebody named elsewhere: its kind, head and range of tokens."""

    kind: str
    head: Token
    start: int
    end: int


@dataclass(slots=True)
class Candidate:
    """An entity that an anaphor may stand for, with its last mention by name, or the first behind the anaphor."""

    entity: Entity
    mention: Mention
    times: int
    """How often it was named before the anaphor."""


class Traits:
    """What an article says of an entity before its anaphors are known."""

    def __init__(self, entity: Entity) -> None:
        self.entity = entity

    @cached_property
    def gender(self) -> str:
        return gender_of(self.entity)

    @cached_property
    def kind(self) -> str:
        """Its class, if it is an organisation."""
        return org_class(self.entity)

    @cached_property
    def words(self) -> frozenset[str]:
        """The words beside its name."""
        return frozenset(word for mention in self.entity.mentions for word in beside(mention))


class Named:
    """The mentions of one document by name that have one of some labels, in text order."""

    def __init__(self, store: Mentions, labels: tuple[str, ...]) -> None:
        self.mentions = [m for m in store if m.label in labels and m.entity is not None]
        self.starts = [m.start for m in self.mentions]
        self._read = 0
        """How many mentions ``_last`` and ``_times`` know: they are kept from anaphor to anaphor."""
        self._last: dict[int, Mention] = {}
        """The last mention of each entity, those named last behind."""
        self._times: Counter[int] = Counter()

    def lately(self, start: int, most: int) -> list[Candidate]:
        """The entities named before a token, as many as wanted, those named last first."""
        end = bisect_left(self.starts, start)
        while end and self.mentions[end - 1].end > start:
            end -= 1
        if end < self._read:
            self._read, self._last, self._times = 0, {}, Counter()
        for mention in self.mentions[self._read : end]:
            entity = id(mention.entity)
            self._last.pop(entity, None)
            self._last[entity] = mention
            self._times[entity] += 1
        self._read = end
        return [
            Candidate(mention.entity, mention, self._times[entity])
            for entity, mention in islice(reversed(self._last.items()), most)
            if mention.entity is not None
        ]

    def behind(self, end: int) -> Iterator[Mention]:
        """The mentions from a token on."""
        return (self.mentions[i] for i in range(bisect_left(self.starts, end), len(self.mentions)))


class Antecedents:
    """The named people and organisations of one document, to choose from."""

    def __init__(self, doc: Doc, store: Mentions) -> None:
        self.doc, self.store = doc, store
        self.sentence_of = sentence_numbers(doc)
        self.named = {labels: Named(store, labels) for labels in set(LABELS.values())}
        self.quoted = quoted_tokens(doc)
        self.posts = Posts(doc, store)
        self._known: dict[int, list[str]] = {}
        self._traits: dict[int, Traits] = {}

    def choose(self, anaphors: Sequence[Anaphor]) -> list[Mention | None]:
        """For each anaphor the mention of the likeliest entity, or nothing where none is likely."""
        offers = [self.candidates(anaphor) for anaphor in anaphors]
        chosen: dict[int, Mention] = {}
        for name, judge in fitted().items():
            mine = [n for n, anaphor in enumerate(anaphors) if judge_of(anaphor.kind) == name]
            rows = [row for n in mine for row in self.features(anaphors[n], offers[n])]
            scores = iter(judge.probabilities(rows))
            for n in mine:
                judged = [(next(scores), candidate.mention.start, candidate) for candidate in offers[n]]
                best = max(judged, key=lambda j: j[:2], default=None)
                if best is not None and best[0] >= judge.threshold:
                    chosen[n] = best[2].mention
        return [chosen.get(n) for n in range(len(anaphors))]

    def candidates(self, anaphor: Anaphor) -> list[Candidate]:
        """Whom an anaphor may stand for, those named last before it first; where a name has the noun of a description
        ("the bank": Harrow Bank), only those whose name has it, and no others for
        what is seldom named ("the government")."""
        labels, here = LABELS[anaphor.kind], self.sentence_of[anaphor.start]
        named = self.named[labels]
        found = {id(c.entity): c for c in named.lately(anaphor.start, NEAREST * len(labels))}
        last = here + (AHEAD if anaphor.kind == TITLE else 0)
        for mention in named.behind(anaphor.end):
            if self.sentence_of[mention.start] > last:
                break
            assert mention.entity is not None
            found.setdefault(id(mention.entity), Candidate(mention.entity, mention, 0))
        offers = [c for c in found.values() if not is_bound(anaphor.head, c.mention.root)]
        if anaphor.kind == DESCRIPTION:
            noun = anaphor.head.lower_
            named_so = [c for c in offers if noun in c.entity.name.lower().split()]
            offers = named_so if named_so or noun in SELDOM_NAMED else offers
        return offers

    def whole_of(self, anaphor: Anaphor) -> Mention | None:
        """The name of that whose part a description means: "the board *of Acme*", "the *Acme* board"."""
        if anaphor.head.lower_ not in PARTS:
            return None
        if inside := self.store.within(anaphor.start, anaphor.end, ORG):
            return inside[-1]
        phrases = (
            c for c in anaphor.head.children if c.dep_ == "prep" and c.lower_ == "of" and c.i == anaphor.end
        )
        nouns = (noun for phrase in phrases for noun in phrase.children if noun.dep_ == "pobj")
        named = [
            m
            for noun in nouns
            for m in self.store.within(noun.left_edge.i, noun.right_edge.i + 1, ORG, PLACE, OTHER)
            if m.entity is not None
        ]
        return min(named, key=lambda m: m.label != ORG, default=None)

    def features(self, anaphor: Anaphor, found: list[Candidate]) -> list[list[str]]:
        """Names of the features that hold for each candidate of an anaphor."""
        here = self.sentence_of[anaphor.start]
        most = max((candidate.times for candidate in found), default=0)
        shared = [f"kind={anaphor.kind}", f"candidates={min(len(found), 6)}", f"function={anaphor.head.dep_}"]
        shared += wording("anaphor", self.doc, anaphor.start, anaphor.end)
        shared.append(f"governor={anaphor.head.head.lemma_.lower()}:{anaphor.head.dep_}")
        shared.append(f"opens={anaphor.start - sentence_start(anaphor.head) <= 1}")
        if anaphor.head.head.lemma_ in VERBS_OF_SAYING:
            shared.append("says")
        if anaphor.kind == DESCRIPTION:
            shared += restriction(anaphor)
        subject = next((c.entity for c in found if self.is_subject(c.mention, here - 1)), None)
        out = []
        for rank, candidate in enumerate(found):
            row = [*shared, *self.of_entity(candidate.entity), *self.standing(anaphor, candidate, rank)]
            row += (f"times={bucket(candidate.times)}", f"most={candidate.times == most}")
            if subject is not None:
                row.append(f"last.subject={candidate.entity is subject}")
            row += kinship(anaphor, candidate.entity, self.traits(candidate.entity))
            if anaphor.kind == TITLE:
                row += self.posts.features(anaphor.head, anaphor.start, anaphor.end, candidate.entity)
            out.append(row)
        return out

    def is_subject(self, mention: Mention, number: int) -> bool:
        """Whether a mention is a subject in the sentence with a number."""
        return self.sentence_of[mention.start] == number and mention.root.dep_ in SUBJECTS

    def traits(self, entity: Entity) -> Traits:
        """What is said of an entity."""
        if id(entity) not in self._traits:
            self._traits[id(entity)] = Traits(entity)
        return self._traits[id(entity)]

    def of_entity(self, entity: Entity) -> list[str]:
        """What holds of a candidate whatever the anaphor."""
        if id(entity) not in self._known:
            traits = self.traits(entity)
            self._known[id(entity)] = [
                f"lead={entity.mentions[0].start < LEAD}",
                f"mentions={bucket(len(entity.mentions))}",
                f"sure={bucket(max(int(entity.score), 0))}",
                f"class={traits.kind if entity.label == ORG else traits.gender}",
                f"subjects={sum(m.root.dep_ in SUBJECTS for m in entity.mentions) * 4 // len(entity.mentions)}",
            ]
        return self._known[id(entity)]

    def standing(self, anaphor: Anaphor, candidate: Candidate, rank: int) -> list[str]:
        """Where a candidate stands, seen from an anaphor: in the text and in the tree."""
        mention, head = candidate.mention, anaphor.head
        root, before = mention.root, mention.start < anaphor.start
        distance = self.sentence_of[anaphor.start] - self.sentence_of[mention.start]
        near = min(distance, 3)
        out = [
            f"before={before}",
            f"distance={min(distance, 6)}",
            f"rank={min(rank, 5) if before else 'behind'}",
            f"distance={near}:rank={min(rank, 3)}",
            f"candidate={root.dep_}",
            f"distance={near}:candidate={root.dep_}",
            f"parallel={root.dep_ == head.dep_}",
            f"siblings={root.head == head.head}",
            f"page={across(self.doc, anaphor.start, mention.start)}",
            f"quoted={anaphor.start in self.quoted}:{mention.start in self.quoted}",
        ]
        out += wording("candidate", self.doc, mention.start, mention.end)
        out.append(f"candidate.governor={root.head.lemma_.lower()}:{root.dep_}")
        out.append(f"same.governor={root.head.lemma_ == head.head.lemma_}")
        out.append(f"gap={bucket(abs(anaphor.start - mention.end), GAPS)}")
        if root.dep_ in SUBJECTS and root.head.dep_ == "ROOT":
            out.append(f"main.subject={near}")
        if root.dep_ == "poss":
            out.append(f"owner.of={root.head.dep_}")
        if any(child.dep_ == "conj" for child in root.children):
            out.append("coordinated")
        if distance == 0:
            governors = list(head.ancestors)
            between = (
                self.doc[mention.end : anaphor.start] if before else self.doc[head.i + 1 : mention.start]
            )
            out += [
                f"governs={root.head in governors}",
                f"inside={root in governors}",
                f"between={bucket(len(between))}",
                f"quote={any(token.is_quote for token in between)}",
                f"relative={any(token.dep_ == 'relcl' for token in between)}",
            ]
        return out


def is_bound(pronoun: Token, root: Token) -> bool:
    """Whether a pronoun as an object cannot stand for the subject of its verb, which would need "himself"."""
    subject = root.head if root.dep_ == "appos" else root
    return (
        pronoun.pos_ == "PRON"
        and pronoun.dep_ in ("dobj", "dative")
        and not pronoun.lower_.endswith("self")
        and subject.dep_ == "nsubj"
        and subject.head == pronoun.head
    )


def kinship(anaphor: Anaphor, entity: Entity, traits: Traits) -> Iterable[str]:
    """Whether an anaphor and a candidate suit each other: by gender, or by what the description says."""
    if anaphor.kind in GENDERS:
        gender = traits.gender
        yield f"gender={'same' if gender == GENDERS[anaphor.kind] else 'other' if gender else 'unknown'}"
    elif anaphor.kind == DESCRIPTION:
        noun = anaphor.head.lower_
        expected, found = org_classes().get(noun, ""), traits.kind
        yield from (f"noun={noun}", f"suits={expected == found}", f"suits={expected}:{found}")
        yield f"named={noun in entity.name.lower()}"
        yield f"described={noun in traits.words}"
        yield f"long={anaphor.head.i - anaphor.start > 1}"


def restriction(anaphor: Anaphor) -> Iterable[str]:
    """What narrows a description down, so that it may mean something that has no name: "the new lab", "the group of"."""
    doc, head = anaphor.head.doc, anaphor.head.i
    yield f"determiner={doc[anaphor.start].lower_}"
    yield from (f"modifier={token.lower_}" for token in doc[anaphor.start + 1 : head])
    if head + 1 < len(doc):
        yield f"behind={doc[head + 1].lower_}"
        yield f"behind={doc[head + 1].pos_}"
    yield from (f"narrowed={child.dep_}" for child in anaphor.head.children if child.i > head)


def beside(mention: Mention) -> list[str]:
    """The word before a name, and the two behind the comma after it: "the retailer Acme", "Acme, a retailer"."""
    doc = mention.doc
    words = [doc[mention.start - 1]] if mention.start else []
    return [token.lower_ for token in (*words, *doc[mention.end + 1 : mention.end + 3])]


def gender_of(entity: Entity) -> str:
    """ "m" or "f" where an honorific or the given name tells, else nothing."""
    for m in entity.mentions:
        before = m.doc[m.start - 1].text.rstrip(".") if m.start else ""
        if before in ("Mr", "Sir", "Lord", "King", "Prince", "Herr"):
            return "m"
        if before in ("Mrs", "Ms", "Miss", "Dame", "Lady", "Baroness", "Queen", "Princess", "Frau"):
            return "f"
    first = entity.name.split()[0]
    if first in lexicon("given_names_female"):
        return "f"
    return "m" if first in lexicon("given_names_male") else ""


def judge_of(kind: str) -> str:
    """The name of the judge of the candidates of a kind of anaphor."""
    return FORESTS.get(kind, "antecedents")


@cache
def fitted() -> dict[str, Judge]:
    """What judges candidates, by name."""
    return read_judges("antecedents")
