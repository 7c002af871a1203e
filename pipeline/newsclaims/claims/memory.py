"""What the article has said so far of people's jobs and of its main organisation, to fill what a sentence omits."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Sequence
from functools import cached_property

from spacy.tokens import Doc, Token

from newsclaims.claims.functions import ends_spell, functions, tells_of_past
from newsclaims.claims.paths import LOOSE, may_fill
from newsclaims.language.described import DESCRIBED
from newsclaims.language.mentions import GROUP, ORG, OTHER, PERSON, ROLE, Mention, Mentions
from newsclaims.language.recognised import MARKS
from newsclaims.language.sentences import sentence, sentence_start
from newsclaims.language.title_heads import FORMER
from newsclaims.resources import lexicon

BEFORE = 2
"""Tokens before a sentence in which a relative pronoun at its beginning may find its noun."""


REST = frozenset(("others", "some others", "several others", "many others"))
"""What is left of a group, or goes beside it."""
MODIFIERS = 2
"""Words between a title and the name of an organisation in one phrase with it."""
HEAVIEST, LATEST = 2, 1
"""How many organisations a topic may be: those mentioned most, and those mentioned last."""


class Memory:
    """Answers the steps ``near``, ``attached``, ``job``, ``whose``, ``gained``, ``topic`` and their like of a path."""

    def __init__(self, doc: Doc, store: Mentions) -> None:
        self.doc, self.store = doc, store
        self.jobs: dict[int, list[tuple[str, Mention]]] = defaultdict(list)
        self.posts: dict[int, dict[str, Mention]] = defaultdict(dict)
        """The last post that each person was said to get: its title, and at which organisation."""
        self.latest: Mention | None = None
        """Who was last said to get a post."""
        self.orgs = [m for m in store if m.label == ORG]
        self._worth = [
            1 + (2 if m.start < 40 else 0) + (2 if m.root.dep_ == "nsubj" else 0) for m in self.orgs
        ]
        self._has: dict[tuple[int, frozenset[str]], bool] = {}
        self._topics: dict[int, list[Mention]] = {}

    @cached_property
    def _so_far(self) -> SoFar:
        return SoFar(self.orgs, self._worth)

    def has(self, labels: frozenset[str], trigger: Token) -> bool:
        """Whether anything in or right before a sentence may have one of the labels."""
        start, end = sentence(trigger)
        key = (start, labels)
        if key not in self._has:
            near = self.store.touching(max(0, start - BEFORE), end)
            self._has[key] = any(may_fill(mention, labels) for mention in near)
        return self._has[key]

    def learn(self, kind: str, slots: dict[str, Mention], how: dict[str, str]) -> None:
        """Remember the job of somebody, or the post that somebody gets; what was only guessed is not remembered."""
        person = slots.get("person")
        if person is None or person.entity is None:
            return
        known = {slot: m for slot, m in slots.items() if not how.get(slot, "").startswith(LOOSE)}
        if kind == "employment":
            jobs = ((ORG, known.get("employer")), (ROLE, known.get("role")))
            self.jobs[id(person.entity)] += [(label, m) for label, m in jobs if m is not None]
        elif kind == "move" and "role" in known:
            gained = {ROLE: known["role"], ORG: slots.get("destination")}
            self.posts[id(person.entity)] = {label: m for label, m in gained.items() if m is not None}
            self.latest = person

    def ask(
        self, step: str, labels: tuple[str, ...], trigger: Token, person: Mention | None
    ) -> list[Mention]:
        """The mentions that a step of memory leads to, best first."""
        match step:
            case "topic":
                return self.topics(trigger)
            case "following":
                behind = self.store.within(trigger.i + 1, sentence(trigger)[1], *labels)
                return [mention for mention in behind if mention.source not in ("pronoun", DESCRIBED)]
            case "before" | "after" | "near":
                found = self.beside(step, labels, trigger)
            case "attached":
                found = self.attached(labels, trigger, person)
            case "tagged":
                found = self.tagged(labels, trigger, person)
            case "titled":
                found = self.store.at(trigger.i, *labels)
                found = found if found is not None and found.source == "title" else None
            case "inside":
                found = self.inside(labels, person)
            case "predecessor":
                found = self.job(labels, trigger, self.succeeded(trigger))
            case "gained":
                found = self.gained(labels, trigger)
            case "whose":
                found = self.job(labels, trigger, self.owner(trigger))
            case _:
                found = self.job(labels, trigger, person)
        return [found] if found is not None else []

    def inside(self, labels: tuple[str, ...], person: Mention | None) -> Mention | None:
        """The name within a phrase for people, or within that of the group of which they are the rest; one of unknown kind
        may be their employer ("three Acme engineers")."""
        if person is None:
            return None
        wanted = (*labels, OTHER) if ORG in labels else labels
        whole = self.whole(person)
        return next(iter(self.store.within(whole.start, whole.end, *wanted)), None)

    def whole(self, people: Mention) -> Mention:
        """The group that a sentence tells of before "others" of it: "*three Acme engineers* left for Globex, others for"."""
        if people.label != GROUP or people.text.lower() not in REST:
            return people
        before = self.store.within(sentence_start(people.root), people.start, GROUP)
        return before[-1] if before else people

    def beside(self, step: str, labels: tuple[str, ...], trigger: Token) -> Mention | None:
        """The mention nearest to a trigger in its sentence, behind it first; no title that acts ("the *mayor* picked Jane
        Doe"), that a noun has ("after six years as *mayor*") or that somebody was (see ``was_held``)."""
        behind = before = None
        start, end = sentence(trigger)
        if step == "near" and ORG in labels and (owner := self.owned_by(labels, trigger)) is not None:
            return owner
        if step != "before":
            after = self.store.within(trigger.i + 1, end, *labels)
            behind = next((m for m in after if not is_elsewhere(m, trigger)), None)
        if step != "after" and behind is None:
            own = {noun.i for noun in functions(trigger).get("subj", ())}
            said = reversed(self.store.within(start, trigger.i, *labels))
            others = (m for m in said if m.label != ROLE or m.root.i not in own)
            before = next((m for m in others if not is_elsewhere(m, trigger)), None)
        return behind or before

    def owned_by(self, labels: tuple[str, ...], title: Token) -> Mention | None:
        """The organisation right before a title that begins there: "*Acme* chairman", "*Acme*'s chairman"."""
        i = title.i - 1
        if i > 0 and self.doc[i].tag_ == "POS":
            i -= 1
        own = self.store.at(i, *labels) if i >= 0 and self.store.at(title.i, ROLE) is not None else None
        return own if own is not None and own.end == i + 1 and own.source != "pronoun" else None

    def attached(self, labels: tuple[str, ...], trigger: Token, person: Mention | None) -> Mention | None:
        if person is None:
            return None
        if person.source == DESCRIBED:  # the title is all that tells of her
            return next(iter(self.store.within(person.start, person.end, *labels)), None)
        doc = self.doc
        start, before = sentence_start(trigger), person.start - 1
        honorifics = lexicon("honorifics")
        while before > start and (
            doc[before].is_punct or doc[before].is_space or doc[before].text in honorifics
        ):
            before -= 1
        own = self.store.at(before, *labels)
        if own is not None and own.end == before + 1 and not self.apposed(own, start):
            return own
        sent_end = sentence(doc[person.start])[1]
        after = person.end
        for i in range(after, min(after + 12, sent_end)):
            own = self.store.at(i, *labels)
            if own is not None:
                clause = doc[after : own.start]
                plain = not any(t.pos_ in ("VERB", "AUX") or self.store.at(t.i, PERSON) for t in clause)
                of_next = self.store.at(own.end, PERSON) is not None  # "Jane Doe, and treasurer Ann Roe"
                return own if clause and clause[0].text == "," and plain and not of_next else None
        return None

    def tagged(self, labels: tuple[str, ...], trigger: Token, person: Mention | None) -> Mention | None:
        """The organisation that stands with a person and the title in one phrase ("the *Acme* striker Jane Orme", "Jane
        Orme, a striker with *Acme*,"); none that is said to be a former one."""
        if person is None:
            return None
        title = self.attached((ROLE,), trigger, person)
        behind = title is not None and title.start >= person.end
        if title is None or not behind:
            found = self.owning(labels, title or person)
        else:
            inside = self.store.within(person.end, title.start, *labels)
            found = inside[0] if inside else self.serving(labels, title)
        if found is None or found.text in lexicon("nations"):
            return None  # who plays for a country is employed elsewhere
        first = min(m.start for m in (person, title, found) if m is not None)
        around = self.doc[max(first - 2, sentence_start(person.root)) : first]
        between = self.doc[person.end : title.start] if title is not None and behind else self.doc[0:0]
        return None if any(t.lower_ in FORMER for t in (*around, *between)) else found

    def owning(self, labels: tuple[str, ...], noun: Mention) -> Mention | None:
        """The name before a title or a person that is its owner or its first part: "*Acme*'s new chief"."""
        i, first = noun.start - 1, max(noun.start - 1 - MODIFIERS, 0)
        while i > first and (self.doc[i].text in MARKS or self.doc[i].pos_ == "ADJ"):
            i -= 1
        found = self.store.at(i, *labels) if i >= 0 else None
        return found if found is not None and found.end == i + 1 else None

    def serving(self, labels: tuple[str, ...], title: Mention) -> Mention | None:
        """The name behind a title and a preposition: "a striker with *Acme*"."""
        i = title.end
        if i >= len(self.doc) or self.doc[i].pos_ != "ADP":
            return None
        behind = (m for n in range(1, MODIFIERS + 2) for m in self.store.starting(i + n))
        return next((m for m in behind if m.label in labels), None)

    def apposed(self, title: Mention, start: int) -> bool:
        """Whether a title stands behind another name: "Jane Orme, a lawyer," before "Tom Hale"."""
        i = title.start - 1
        while i > start and self.doc[i].pos_ in ("DET", "ADJ", "PRON"):
            i -= 1
        return i > start and self.doc[i].text == "," and self.store.at(i - 1, PERSON) is not None

    def job(self, labels: tuple[str, ...], trigger: Token, person: Mention | None) -> Mention | None:
        if person is None or person.entity is None:
            return None
        known = [m for label, m in self.jobs.get(id(person.entity), ()) if label in labels]
        return min(known, key=lambda m: abs(m.start - trigger.i), default=None)

    def gained(self, labels: tuple[str, ...], trigger: Token) -> Mention | None:
        """The post that somebody was last said to get who succeeds another: the subject of the trigger, or whom its
        sentence has named for the post ("Acme made Jane Doe chairman, replacing Tom Hale")."""
        successor = self.person_among(*functions(trigger).get("subj", ()))
        if successor is None and self.latest is not None:
            here = sentence_start(self.doc[self.latest.start]) == sentence_start(trigger)
            successor = self.latest if here else None
        if successor is None or successor.entity is None:
            return None
        posts = self.posts.get(id(successor.entity), {})
        return next((posts[label] for label in labels if label in posts), None)

    def succeeded(self, trigger: Token) -> Mention | None:
        """The person whom somebody succeeds, or takes over from."""
        found = functions(trigger)
        return self.person_among(*found.get("obj", ()), *found.get("from", ()))

    def owner(self, trigger: Token) -> Mention | None:
        """The person whose deputy, successor or co-founder a noun is: "her deputy", "the successor to Jane Orme"."""
        noun = trigger
        while noun.dep_ in ("compound", "amod") and noun.head.i > noun.i:
            noun = noun.head  # the title "finance chief" begins at "finance"
        found = functions(noun)
        joined = (noun.head,) if noun.dep_ == "conj" else ()  # "Jane Orme and colleagues"
        return self.person_among(*found.get("poss", ()), *found.get("to", ()), *found.get("of", ()), *joined)

    def person_among(self, *nouns: Token) -> Mention | None:
        """The first person that any of some nouns stands for."""
        people = (self.store.at(noun.i, PERSON) for noun in nouns)
        return next((person for person in people if person is not None), None)

    def topics(self, trigger: Token) -> list[Mention]:
        """The organisations that the article seems to be about at a trigger, the likeliest first: those mentioned
        most so far, the beginning and subjects counting more, and those mentioned last."""
        if trigger.i not in self._topics:
            self._topics[trigger.i] = self._find_topics(trigger.i, sentence(trigger)[1])
        return self._topics[trigger.i]

    def _find_topics(self, here: int, sentence_end: int) -> list[Mention]:
        """Topics seen from a token in a sentence with such an end."""
        so_far = self._so_far
        ranked = [so_far.last(entity, here) for entity in so_far.heaviest(sentence_end)]
        for m in so_far.latest(here):
            if len(ranked) >= HEAVIEST + LATEST:
                break
            if not any(m.entity is other.entity for other in ranked):
                ranked.append(m)
        return ranked


class SoFar:
    """Which organisations an article has mentioned up to any of its tokens: most of all, and last.

    Args:
        mentions: of organisations, in text order.
        worth: how much each of them counts.
    """

    def __init__(self, mentions: Sequence[Mention], worth: Sequence[int]) -> None:
        known = [(m, w) for m, w in zip(mentions, worth, strict=True) if m.entity is not None]
        self._starts = [m.start for m, _ in known]
        self._of: dict[int, list[Mention]] = defaultdict(list)
        self._heaviest: list[list[int]] = [[]]
        """How the keys of the heaviest stand after so many mentions."""
        self._latest: list[list[Mention]] = [[]]
        weight: Counter[int] = Counter()
        order: dict[int, int] = {}
        for m, counts in known:
            entity = id(m.entity)
            self._of[entity].append(m)
            weight[entity] += counts
            order.setdefault(entity, len(order))
            ranked = sorted({*self._heaviest[-1], entity}, key=lambda e: (-weight[e], order[e]))
            self._heaviest.append(ranked[:HEAVIEST])
            others = [other for other in self._latest[-1] if other.entity is not m.entity]
            self._latest.append([m, *others][: HEAVIEST + LATEST])

    def heaviest(self, end: int) -> list[int]:
        """The keys of those mentioned most before a token, the first named of equal ones first."""
        return self._heaviest[bisect_left(self._starts, end)]

    def latest(self, here: int) -> list[Mention]:
        """The last mentions of those mentioned last, up to a token, the last one first."""
        return self._latest[bisect_right(self._starts, here)]

    def last(self, entity: int, here: int) -> Mention:
        """The last mention of an organisation up to a token; the first one where all are behind it."""
        mentions = self._of[entity]
        return mentions[max(bisect_right(mentions, here, key=lambda m: m.start) - 1, 0)]


def is_elsewhere(mention: Mention, trigger: Token) -> bool:
    """Whether somebody or a title beside a trigger is plainly not what the trigger is about."""
    if mention.label == PERSON:
        return hangs_on(mention.root, trigger)
    if mention.label == ROLE:
        return is_title_of_noun(mention, trigger) or was_held(mention, trigger) or is_former_title(mention)
    return mention.source == DESCRIBED


def hangs_on(name: Token, noun: Token) -> bool:
    """Whether a name is a noun's own by a preposition, which a path would have named: "a successor *to Jane Orme*"."""
    return noun.pos_ == "NOUN" and name.dep_ == "pobj" and name.head.head == noun


def is_former_title(mention: Mention) -> bool:
    """Whether a title beside a name is said to be a former one: "named *former prosecutor* Jane Orme"."""
    before = mention.doc[max(mention.start - 2, 0) : mention.start]
    last = next((t for t in reversed(before) if t.text != "-"), None)
    return mention.label == ROLE and last is not None and last.lower_ in FORMER


def was_held(mention: Mention, trigger: Token) -> bool:
    """Whether a title is said to be what somebody was before: "joins Acme from Globex, where she *was chairman*", "most
    recently *as chairman*"."""
    root = mention.root
    verb = root.head
    if root.dep_ == "pobj" and tells_of_past(verb):
        return mention.label == ROLE
    return (
        mention.label == ROLE
        and root.dep_ == "attr"
        and verb != trigger
        and verb.lemma_ == "be"
        and (verb.tag_ == "VBD" or any(t.lower_ in ("had", "has", "have") for t in verb.children))
    )


def is_title_of_noun(mention: Mention, trigger: Token) -> bool:
    """Whether a mention is a title that a noun other than the trigger has: "six years *as mayor*"."""
    if mention.label != ROLE or mention.root.dep_ != "pobj":
        return False
    preposition = mention.root.head
    noun = preposition.nbor(-1) if ends_spell(preposition) else preposition.head
    return preposition.lower_ == "as" and noun.pos_ == "NOUN" and noun != trigger
