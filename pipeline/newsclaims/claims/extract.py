"""The component ``newsclaims_claims``: triggers and patterns make frames, frames make claims."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Iterator
from dataclasses import dataclass, field
from itertools import product

from spacy.language import Language
from spacy.tokens import Doc, Token

from newsclaims.claims.companions import SHARED, companions
from newsclaims.claims.memory import Memory
from newsclaims.claims.paths import LOOSE, choices
from newsclaims.claims.patterns import chunk, matches
from newsclaims.claims.rules import Rule, RuleSet
from newsclaims.language.credit import Credits
from newsclaims.language.mentions import MONEY, Mention, Mentions, mentions, same_entity
from newsclaims.language.sentences import sentence, sentence_start
from newsclaims.language.words import places
from newsclaims.schema import Claim

MULTIPLY = ("person", "origin", "destination", "employer", "recipient", "payer", "payee")
PLACES = ("employer", "origin", "destination")
"""Slots for which a firing offers more than one reading; the surest reading stays."""
PLACE_WORTH = 0.2
"""How much a sure place counts when readings are compared, against the sureness of the whole."""
ACTORS = ("person", "agent")
"""Slots for those who act or are acted on."""
PERSONAL = ("attached", "job", "inside")
"""Steps of a path that start from a person."""
SURE = 0.6
"""Score from which an employment stands beside a move whose origin, the same, was guessed."""
READINGS = 3
"""How many alternatives of a path are offered for a place."""


Offer = tuple[list[Mention], str]
"""Fillers that one alternative of a path leads to, and that alternative."""


@dataclass(eq=False, slots=True)
class Frame:
    """A rule that fired: its trigger, and the mention in each slot with the way it was found."""

    rule: Rule
    trigger: Token
    slots: dict[str, Mention]
    how: dict[str, str]
    score: float = 0.0
    sure: dict[str, float] = field(default_factory=dict)
    """How probable each optional filler is, given that the claim is right."""
    stated: dict[str, str] = field(default_factory=dict)
    """Attributes that the rules of frames merged into it set, and its own does not."""
    meant: dict[str, str] = field(default_factory=dict)
    """Certainty or attributes as a fitted model judges them, whatever the rules say."""
    dropped: str = ""
    """Why it makes no claim, in words; empty while it makes one."""
    firing: int = 0
    """The number of the rule's firing in the document, which several readings share."""
    reading: tuple[int, ...] = ()
    """Which alternative of each path was taken; all zeros for the first reading."""
    rivals: dict[str, tuple[int, list[str]]] = field(default_factory=dict)
    """For each place with more than one reading: which one this is, and how each was found."""


@dataclass(slots=True)
class Trace:
    """What was tried at one trigger, for ``newsclaims explain``."""

    rule: Rule
    trigger: Token
    tried: dict[str, str] = field(default_factory=dict)
    missing: str = ""


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
                    how = dict.fromkeys(captured, "pattern")
                    yield from self.complete(rule, doc[start], captured, how, store, memory, None)

    def by_trigger(
        self, doc: Doc, store: Mentions, memory: Memory, trace: list[Trace] | None
    ) -> Iterator[Frame]:
        index, people = self.rules.by_lemma, self.rules.people
        for i in places(doc, self.rules.first_words, "LEMMA", "LOWER"):
            token = doc[i]
            for lemma in dict.fromkeys((token.lemma_, token.lower_)):
                around: tuple[list[Token], list[Token]] | None = None
                for words, rule in index.get(lemma, ()):
                    if token.pos_ not in rule.pos:
                        continue
                    if len(words) > 1:
                        around = around or neighbours(token, self.rules.longest)
                        if not continues(words, *around):
                            continue
                    if trace is None and rule.id in people and not memory.has(people[rule.id], token):
                        continue
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
            offered = choices(path, trigger, people[0] if people else None, store, memory.ask, limit)
            if offered:
                offers[slot] = offered
                if slot == "person":
                    people = offered[0][0]
            elif note is None and (slot,) in rule.needs:
                return
            if note is not None:
                note.tried[slot] = f"{offered[0][1]} -> {offered[0][0]}" if offered else "nothing"
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
                if all(any(slot in frame.slots for slot in need) for need in rule.needs):
                    yield frame

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


def neighbours(token: Token, longest: int) -> tuple[list[Token], list[Token]]:
    """The tokens that hang on one, and those behind it in its sentence as far as a trigger of so many reaches."""
    behind = token.doc[token.i + 1 : min(token.i + 4 + longest, sentence(token)[1])]
    return list(token.children), list(behind)


def continues(words: tuple[str, ...], below: list[Token], behind: list[Token]) -> bool:
    """Whether the further words of a trigger follow, as they are or as lemmas: as children, or in the next few tokens."""
    near = [*below, *behind[: 3 + len(words)]]
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
    frames: list[dict[str, Mention]] = [{}]
    for slot, (fillers, _) in taken.items():
        chosen = fillers if slot in MULTIPLY else fillers[:1]
        frames = [{**frame, slot: filler} for frame in frames for filler in chosen]
    for frame in frames:
        if not doubled(frame):
            yield Frame(rule, trigger, frame, {slot: how for slot, (_, how) in taken.items()})


def doubled(slots: dict[str, Mention]) -> bool:
    """Whether one mention, a name of doubtful kind, would be both who acts and where."""
    places = [slots[slot] for slot in PLACES if slot in slots]
    return any(slots[slot] is place for slot in ACTORS if slot in slots for place in places)


class Claims:
    """The component: sets ``doc._.claims``, in text order."""

    def __init__(self, rules: RuleSet) -> None:
        from newsclaims.claims.money import MoneyReader

        self.rules = rules
        self.matcher = Matcher(rules)
        self.money = MoneyReader(rules)

    def __call__(self, doc: Doc) -> Doc:
        from newsclaims.claims.build import Builder, claim_id, statement
        from newsclaims.claims.merge import merge

        people = judged(self.matcher.frames(doc))
        frames = merge([*people, *self.money.frames(doc, people)])
        builder = Builder(doc, mentions(doc), self.rules.types)
        credited = Credits(doc).choose([statement(frame) for frame in frames])
        claims: dict[str, Claim] = {}
        for frame, report in zip(frames, credited, strict=True):
            claim = builder.claim(frame, report)
            claim.id = claim_id(claim)
            claims.setdefault(claim.id, claim)
        doc._.claims = list(claims.values())
        return doc


def judged(frames: list[Frame]) -> list[Frame]:
    """Frames with their confidence; those that are more likely wrong than right are left out."""
    from newsclaims.claims.confidence import fitted, score_frames, score_slots
    from newsclaims.claims.factuality import settle

    looks = score_frames(frames)
    share(frames)
    kept = []
    for frame in frames:
        judge = fitted().get(frame.rule.type)
        if judge and frame.rule.confidence is None and frame.score < judge.threshold:
            frame.dropped = f"confidence {frame.score:.2f} is below {judge.threshold:.2f}"
            continue
        if frame in looks:
            settle(frame, looks[frame])
        score_slots(frame)
        part(frame)
        kept.append(frame)
    return without_repeats(exclusive(surest(kept)))


def share(frames: list[Frame]) -> None:
    """People who are coordinated ("A, B and C have joined") stand or fall together, by the mean of their scores."""
    together: dict[tuple[int, tuple[int, ...], str], list[Frame]] = defaultdict(list)
    for frame in frames:
        together[frame.firing, frame.reading, frame.how.get("person", "")].append(frame)
    for coordinated in together.values():
        mean = sum(frame.score for frame in coordinated) / len(coordinated)
        for frame in coordinated:
            frame.score = mean


def surest(frames: list[Frame]) -> list[Frame]:
    """Of the readings of one firing, for each person the surest one."""
    best: dict[tuple[int, int], Frame] = {}
    for frame in frames:
        key = firing_of(frame)
        if key not in best or worth(frame) > worth(best[key]):
            best[key] = frame
    for frame in frames:
        if best[firing_of(frame)].reading != frame.reading:
            frame.dropped = "another reading of the same words is surer"
    return [frame for frame in frames if not frame.dropped]


def worth(frame: Frame) -> float:
    """How sure a reading is as a whole: a move is right by one of its places, but is better with both."""
    places = sum(2 * frame.sure[slot] - 1 for slot in PLACES if slot in frame.slots)
    return frame.score * (1 + PLACE_WORTH * places)


def firing_of(frame: Frame) -> tuple[int, int]:
    person = frame.slots.get("person")
    return frame.firing, person.start if person is not None else -1


def part(frame: Frame) -> None:
    """Nobody moves from a place to itself: the less sure of two equal places goes."""
    origin, destination = frame.slots.get("origin"), frame.slots.get("destination")
    if same_entity(origin, destination) and "role" not in frame.slots and "former_role" not in frame.slots:
        del frame.slots["origin" if frame.sure["origin"] < frame.sure["destination"] else "destination"]


def without_repeats(frames: list[Frame]) -> list[Frame]:
    """A move is not repeated as an employment at the place left or joined in the same sentence."""
    moves = [f for f in frames if f.rule.type == "move"]
    for frame in frames:
        move = next((m for m in moves if frame.rule.type == "employment" and repeats(frame, m)), None)
        if move is not None:
            frame.dropped = f"the move that {move.rule.id} finds at {move.trigger.text!r} says it already"
    return [frame for frame in frames if not frame.dropped]


def repeats(employment: Frame, move: Frame) -> bool:
    """Whether an employment is at the place that a move in its sentence leaves, or in the job that it gives.

    A place left that was guessed, perhaps from this very employment, takes nothing from one that is sure.
    """
    if sentence_start(move.trigger) != sentence_start(employment.trigger):
        return False
    if not same_entity(move.slots["person"], employment.slots["person"]):
        return False
    employer = employment.slots["employer"]
    left = same_entity(move.slots.get("origin"), employer)
    if left and (employment.score < SURE or not move.how["origin"].startswith(LOOSE)):
        return True
    former = {**employment.rule.set, **employment.meant}.get("tense") == "former"
    gained = same_entity(move.slots.get("destination"), employer) and not former
    return gained and same_entity(move.slots.get("role"), employment.slots.get("role"))


def exclusive(frames: list[Frame]) -> list[Frame]:
    """Where one place was guessed twice for the same person in one sentence, only the better guess stays."""
    best: dict[tuple[str, int, int, str], Frame] = {}
    for frame in frames:
        for place in guessed_places(frame):
            key = (frame.rule.type, sentence_start(frame.trigger), frame.slots["person"].start, place)
            if key not in best or frame.score > best[key].score:
                best[key] = frame
    for frame in frames:
        for place in guessed_places(frame):
            better = best[frame.rule.type, sentence_start(frame.trigger), frame.slots["person"].start, place]
            if better.score > frame.score:
                frame.dropped = f"{better.rule.id} fills the guessed {place} with more confidence"
    return [frame for frame in frames if not frame.dropped]


def guessed_places(frame: Frame) -> list[str]:
    if "person" not in frame.slots:
        return []
    return [s for s in PLACES if s in frame.slots and frame.how.get(s, "").startswith("topic")]


@Language.factory("newsclaims_claims", assigns=["doc._.claims"], default_config={"rules": []})
def make_claims(nlp: Language, name: str, rules: list[str]) -> Claims:  # noqa: ARG001
    """The component with the built-in rules and those of the files given."""
    from pathlib import Path

    from newsclaims.claims.rules import load

    return Claims(load([Path(r) for r in rules]))
