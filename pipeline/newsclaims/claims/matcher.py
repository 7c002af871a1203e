"""Triggers and patterns make frames."""

from __future__ import annotations

from collections.abc import Container, Iterator, Sequence
from dataclasses import replace
from itertools import product

from spacy.tokens import Doc, Token

from newsclaims.claims.companions import SHARED, companions
from newsclaims.claims.conditions import met
from newsclaims.claims.frames import PATTERN, PLACES, Frame, Trace
from newsclaims.claims.further import further_posts, is_crossed, is_of_last
from newsclaims.claims.memory import Memory
from newsclaims.claims.pairs import dealt
from newsclaims.claims.paths import LOOSE, Path, choices, walk
from newsclaims.claims.patterns import chunk, matches
from newsclaims.claims.rules import Rule, RuleSet
from newsclaims.language.mentions import (
    GROUP,
    MONEY,
    ORG,
    PERSON,
    ROLE,
    Mention,
    Mentions,
    mentions,
    same_entity,
)
from newsclaims.language.recognised import MARKS
from newsclaims.language.sentences import sentence
from newsclaims.language.words import places
from newsclaims.resources import lexicon

MULTIPLY = ("person", "origin", "destination", "employer", "recipient", "payer", "payee")
PERSONAL = ("attached", "tagged", "job", "inside")
"""Steps of a path that start from a person."""
NEARNESS = frozenset(("before", "after", "near"))
"""Steps of a path that lead to whoever stands nearest."""
NAMES = ("ner", "run")
"""Sources of mentions that are names."""
READINGS = 3
"""How many alternatives of a path are offered for a place."""

Offer = tuple[list[Mention], str]
"""Fillers that one alternative of a path leads to, and that alternative."""


class Matcher:
    """Runs a rule set over documents."""

    def __init__(self, rules: RuleSet) -> None:
        self.rules = rules
        self.firings = 0

    def frames(self, doc: Doc, trace: list[Trace] | None = None) -> list[Frame]:
        """Every frame of a document: first by patterns, whose jobs the paths may then remember."""
        store = mentions(doc)
        for figure in doc._.money:
            store.add(Mention(doc, figure.span.start, figure.span.end, MONEY, value=figure, source="money"))
        memory = Memory(doc, store)
        self.firings = 0
        found: list[Frame] = []
        for frame in self.by_pattern(doc, store, memory):
            found.append(frame)
            memory.learn(frame.rule.type, frame.slots, frame.how)
        for frame in self.by_trigger(doc, store, memory, trace):
            found.append(frame)
            if not any(frame.reading):
                memory.learn(frame.rule.type, frame.slots, frame.how)
        return found

    def by_pattern(self, doc: Doc, store: Mentions, memory: Memory) -> Iterator[Frame]:
        for sent in doc.sents:
            labels = frozenset(m.label for m in store.within(sent.start, sent.end))
            if not self.rules.may_match(labels):
                continue
            chunks = chunk(sent, store, self.rules.words)
            for rule in self.rules.patterns_among(chunks.letters):
                assert rule.pattern is not None
                for start, captured in matches(rule.pattern, chunks):
                    how = dict.fromkeys(captured, PATTERN)
                    yield from self.complete(rule, doc[start], captured, how, store, memory, None)

    def by_trigger(
        self, doc: Doc, store: Mentions, memory: Memory, trace: list[Trace] | None
    ) -> Iterator[Frame]:
        index, people = self.rules.by_lemma, self.rules.people
        for i in places(doc, self.rules.first_words, "LEMMA", "LOWER"):
            token = doc[i]
            if is_auxiliary(token):
                continue
            around: tuple[list[Token], list[Token]] | None = None
            fired: set[str] = set()  # "walk out" is a trigger, and "walk" is as well
            for lemma in dict.fromkeys((token.lemma_, token.lower_)):
                for words, rule in index.get(lemma, ()):
                    if token.pos_ not in rule.pos or rule.id in fired:
                        continue
                    if len(words) == 1 and is_particle(token):
                        continue
                    if len(words) > 1:
                        around = around or neighbours(token, self.rules.longest)
                        if not continues(words, *around) or is_gerund_before(words, token):
                            continue
                    if met(rule.unless, token, words):
                        continue
                    if trace is None and rule.id in people and not memory.has(people[rule.id], token):
                        continue
                    fired.add(rule.id)
                    yield from self.complete(rule, token, {}, {}, store, memory, trace)

    def complete(
        self,
        rule: Rule,
        trigger: Token,
        captured: dict[str, list[Mention]],
        how: dict[str, str],
        store: Mentions,
        memory: Memory,
        trace: list[Trace] | None,
    ) -> Iterator[Frame]:
        """Walk the paths to the slots that are not captured, and multiply over readings and coordinated fillers."""
        offers: dict[str, list[Offer]] = {
            slot: [(found, how[slot])] for slot, found in captured.items() if found
        }
        note = Trace(rule, trigger) if trace is not None else None
        people = captured.get("person", [])
        for slot, path in rule.slots.items():
            if slot in offers:
                continue
            limit = READINGS if slot in PLACES else 1
            if slot == "person" and is_of_another(path, trigger, store):
                path = tuple(alternative for alternative in path if alternative.steps[0] not in NEARNESS)
            offered = choices(path, trigger, people[0] if people else None, store, memory.ask, limit)
            if offered:
                offers[slot] = offered
                if slot == "person":
                    people = offered[0][0]
            elif note is None and (slot,) in rule.needs:
                return
            if note is not None:
                note.tried[slot] = offered[0] if offered else None
        missing = next((n for n in rule.needs if not any(s in offers for s in n)), None)
        if trace is not None and note is not None:
            note.missing = "|".join(missing) if missing else ""
            trace.append(note)
        if not missing:
            shared = rule.type in SHARED and "person" not in captured
            further = add_companions(offers, trigger, store) if shared and people else {}
            for frame in self.readings(rule, trigger, offers, further):
                person = frame.slots.get("person")
                if people and person is not None and person is not people[0]:
                    own_job(frame, captured, store, memory)
                if rule.pattern is not None and is_of_last(captured_in(frame), store):
                    continue
                held = (frame.slots[place] for place in PLACES if place in frame.slots)
                if any(is_specimen(place) or names_a_rival(place, store) for place in held):
                    continue
                if frame.complete() and not is_crossed(frame.slots, store):
                    yield frame
                    for slots in further_posts(frame.slots, store):
                        yield replace(frame, slots=slots, how=dict(frame.how), sure={}, stated={}, meant={})

    def readings(
        self,
        rule: Rule,
        trigger: Token,
        offers: dict[str, list[Offer]],
        further: dict[int, str],
    ) -> Iterator[Frame]:
        """The frames of one firing: what the paths offer first, and every reading that takes a later offer for one
        of the places; ``further`` tells how companions, by their first token, were found."""
        self.firings += 1
        for reading in product(*(range(len(o)) for o in offers.values())):
            if sum(map(bool, reading)) > 1:
                continue
            numbers = dict(zip(offers, reading, strict=True))
            taken = {slot: offers[slot][n] for slot, n in numbers.items()}
            rivals = {
                slot: (n, [how for _, how in offers[slot]])
                for slot, n in numbers.items()
                if len(offers[slot]) > 1
            }
            for frame in multiplied(rule, trigger, taken):
                frame.firing, frame.reading, frame.rivals = self.firings, reading, rivals
                if further and (relation := further.get(frame.slots["person"].start)):
                    frame.how["person"] = relation
                yield frame


def is_of_another(path: tuple[Path, ...], trigger: Token, store: Mentions) -> bool:
    """Whether a thing fills the function in which a path first looks for people, so that who only stands near is not meant:
    "she *pursued a policy*", "I *want* to win", "he *added* that his day would come"."""
    steps = path[0].steps
    if trigger.pos_ != "VERB" or steps not in (("subj",), ("obj",)):
        return False
    found = walk(trigger, steps)
    if found or steps == ("subj",):
        return bool(found) and all(is_thing(token, store) for token in found)
    actors, own = walk(trigger, ("comp", "subj")), walk(trigger, ("subj",))
    return bool(actors) and all(token in own or store.at(token.i) is None for token in actors)


def is_thing(noun: Token, store: Mentions) -> bool:
    """Whether a noun stands for neither people nor what is theirs: "the policy", but not "the contract" or "the services of
    Jane Orme"."""
    if noun.pos_ != "NOUN" or store.at(noun.i) is not None or noun.lemma_ in lexicon("posts"):
        return False
    of = (token for child in noun.children if child.lower_ == "of" for token in child.children)
    beside = (token for token in noun.children if token.dep_ in ("appos", "compound"))
    return all(store.at(token.i, PERSON, GROUP, ROLE) is None for token in (*of, *beside))


def captured_in(frame: Frame) -> dict[str, Mention]:
    """The slots of a frame that its pattern captured."""
    return {slot: mention for slot, mention in frame.slots.items() if frame.how[slot] == PATTERN}


def is_specimen(place: Mention) -> bool:
    """Whether what has an organisation's name is a thing of its make: "drives *a Ferrari*"; the article of a title has a
    capital ("hosts *A Matter of Sport*")."""
    named = place.label == ORG and place.source in NAMES
    return named and any(child.text in ("a", "an") for child in place.root.lefts if child.dep_ == "det")


def names_a_rival(place: Mention, store: Mentions) -> bool:
    """Whether an organisation only tells whose rival the next one is: "head of *Acme* rival Globex"."""
    doc, i = place.doc, place.end
    if doc[i : i + 1].text in MARKS:
        i += 1
    next_to = i + 1 < len(doc) and doc[i].lower_ in lexicon("relation_nouns")
    return next_to and any(m.label == ORG for m in store.starting(i + 1))


def is_auxiliary(token: Token) -> bool:
    """Whether "going" only says that something is to come: "she is going to write" goes nowhere."""
    return token.lower_ == "going" and any(
        child.dep_ == "xcomp" and any(t.dep_ == "aux" and t.lower_ == "to" for t in child.children)
        for child in token.children
    )


def is_gerund_before(words: Sequence[str], token: Token) -> bool:
    """Whether what seems to be a clause in which the verb comes first ("Joining her is Jane Doe") is a gerund behind a
    preposition: "before *joining* Acme, she was"."""
    return words[-1] == "be" and token.dep_ == "pcomp"


def is_particle(token: Token) -> bool:
    """Whether a word only belongs to a verb, and says nothing by itself: "she read the figures *out*"."""
    return token.dep_ == "prt" and token.head.pos_ == "VERB"


def neighbours(token: Token, longest: int) -> tuple[list[Token], list[Token]]:
    """The tokens that hang on one, and those behind it in its sentence as far as a trigger of so many reaches."""
    behind = token.doc[token.i + 1 : min(token.i + 4 + longest, sentence(token)[1])]
    return list(token.children), list(behind)


def continues(words: tuple[str, ...], below: list[Token], behind: list[Token]) -> bool:
    """Whether the further words of a trigger follow, as they are or as lemmas: as children, or in the next few tokens;
    the "to" of an infinitive is no preposition."""
    near = [t for t in (*below, *behind[: 3 + len(words)]) if t.tag_ != "TO" or t.dep_ != "aux"]
    return all(any(word in (t.lower_, t.lemma_) for t in near) for word in words[1:])


def add_companions(offers: dict[str, list[Offer]], trigger: Token, store: Mentions) -> dict[int, str]:
    """Add to the people of a firing those who share their fate: how each was found, by their first tokens."""
    ((people, path),) = offers["person"]
    found = companions(people, trigger, store)
    offers["person"] = [([*people, *(mention for mention, _ in found)], path)]
    return {mention.start: f"{relation}.{path}" for mention, relation in found}


def own_job(frame: Frame, captured: Container[str], store: Mentions, memory: Memory) -> None:
    """Give one of several people what was asked of the first alone: the title beside the name, and what the article
    says elsewhere of the job."""
    person = frame.slots["person"]
    for slot, path in frame.rule.slots.items():
        personal = any(alternative.steps[0] in PERSONAL for alternative in path)
        found = frame.how.get(slot, "")
        if slot in captured or not personal or (found and not found.startswith(PERSONAL)):
            continue
        frame.slots.pop(slot, None)
        frame.how.pop(slot, None)
        offered = choices(path, frame.trigger, person, store, memory.ask, 1)
        if offered:
            (fillers, frame.how[slot]), *_ = offered
            frame.slots[slot] = fillers[0]


def multiplied(rule: Rule, trigger: Token, taken: dict[str, Offer]) -> Iterator[Frame]:
    """One frame for each combination of coordinated fillers."""
    how = {slot: relation for slot, (_, relation) in taken.items()}
    frames: list[dict[str, Mention]] = [{}]
    for slot, (fillers, _) in taken.items():
        chosen = fillers if slot in MULTIPLY else fillers[:1]
        people = [frame["person"] for frame in frames if "person" in frame]
        if slot in PLACES and people and (pairs := dealt(people, chosen)):
            own = dict(pairs)
            frames = [
                {**frame, slot: own[frame["person"]]} if frame["person"] in own else frame for frame in frames
            ]
            continue
        frames = [{**frame, slot: filler} for frame in frames for filler in chosen]
    for frame in frames:
        undouble(frame, how)
        if keeps_title(rule, frame, how):
            continue
        if not any(frame[place] is frame.get("person") for place in PLACES if place in frame):
            yield Frame(rule, trigger, frame, {slot: how[slot] for slot in frame})


def keeps_title(rule: Rule, slots: dict[str, Mention], how: dict[str, str]) -> bool:
    """Whether the only post that somebody could get is the title before the trigger that is hers already."""
    role = slots.get("role")
    same = role is not None and role is slots.get("former_role")
    return same and ("role",) in rule.needs and how["role"].startswith("before:")


def undouble(slots: dict[str, Mention], how: dict[str, str]) -> None:
    """Nobody moves from a place to itself, and no place acts, though its name may be of doubtful kind: of the places the
    one that was only guessed goes, and the actor."""
    if "origin" in slots and slots["origin"] is slots.get("destination"):
        del slots["origin" if how["origin"].startswith(LOOSE) else "destination"]
    if any(same_entity(slots.get("agent"), slots.get(place)) for place in PLACES):
        del slots["agent"]
