"""From a missed sentence to a rule: the trigger and the shortest paths to the slots, read off the parse."""

from __future__ import annotations

import json
from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import tee
from pathlib import Path as File

from spacy.tokens import Doc, Span, Token

from newsclaims.claims.functions import functions
from newsclaims.claims.paths import FUNCTIONS, Path, reach
from newsclaims.claims.rulefile import RuleFile, unknown
from newsclaims.claims.rulereader import MOVE_NEEDS, RuleReader
from newsclaims.claims.rules import Rule
from newsclaims.errors import NewsclaimsError
from newsclaims.language.mentions import (
    DATE,
    GROUP,
    MONEY,
    NOUN,
    ORG,
    OTHER,
    PERSON,
    PLACE,
    ROLE,
    Mention,
    Mentions,
    mentions,
)
from newsclaims.rulebook.bench import Bench, said
from newsclaims.schema import ClaimType

STEPS = 3
"""Longest path that is looked for."""
USUAL = {
    "person": (PERSON, GROUP),
    "recipient": (PERSON, GROUP),
    "role": (ROLE,),
    "former_role": (ROLE,),
    "date": (DATE,),
    "period": (DATE,),
    "amount": (MONEY,),
}
"""The labels of a slot's fillers, where they are not organisations."""
LOOSE = ("before", "after")
"""Steps by which a slot is found where no path over the tree leads to it."""
COSTS = {"clause": 2, "head": 2, "before": 4, "after": 4}
"""What a step costs where others cost 1: the looser it is, the more."""
LIGHT = frozenset(
    "be have do make take get give go come put show see set keep hold bring turn find call".split()
)
"""Verbs that say too little to trigger a rule by themselves: a word that hangs on them is part of the trigger."""
BARE_LIGHT = 4
"""What a light verb costs on which no such word hangs."""


@dataclass(frozen=True, slots=True)
class Missed:
    """A claim that a rule is to find in a sentence: what fills its slots, in words and as tokens."""

    sentence: str
    kind: str
    slots: Mapping[str, str]
    fillers: Mapping[str, Span]
    attributes: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A rule that would find what a sentence says.

    ``unreached`` are slots that no path leads to; ``unseen`` those whose path leads to words that are no
    mention in this sentence, so that the path is a proposal for others.
    """

    id: str
    type: str
    trigger: str
    pos: str
    paths: Mapping[str, Path]
    sentence: str
    slots: Mapping[str, str]
    unreached: tuple[str, ...]
    unseen: tuple[str, ...]
    set: Mapping[str, str]

    @property
    def cost(self) -> tuple[int, int, int]:
        """Slots not reached, slots not seen, then steps walked: the smaller the better."""
        steps = sum(COSTS.get(s, 1) for path in self.paths.values() for s in path.steps)
        return len(self.unreached), len(self.unseen), steps + BARE_LIGHT * (self.trigger in LIGHT)

    def toml(self) -> str:
        """The rule as a table of a rule file, with the sentence as its example."""
        lines = ["[[rule]]", f"id = {quoted(self.id)}", f"type = {quoted(self.type)}"]
        lines.append(f"trigger = [{quoted(self.trigger)}]")
        if self.pos != "VERB":
            lines.append(f"pos = [{quoted(self.pos)}]")
        lines += [f"{slot} = {quoted(str(path))}" for slot, path in self.paths.items()]
        values = ", ".join(f"{name} = {quoted(value)}" for name, value in self.set.items())
        lines += [f"set = {{ {values} }}"] if values else []
        filled = ", ".join(f"{slot} = {quoted(text)}" for slot, text in {**self.slots, **self.set}.items())
        lines.append(f"match = [{{ text = {quoted(self.sentence)}, {filled} }}]")
        return "\n".join(lines) + "\n"

    def rule(self, bench: Bench) -> Rule:
        """The rule, read as if it stood in a file."""
        file = RuleFile.of(File("suggestion.toml"), self.toml().encode())
        return RuleReader(file, 0, file.tables[0], bench.rules).read()


def quoted(text: str) -> str:
    """A TOML string: JSON's escapes are TOML's."""
    return json.dumps(text, ensure_ascii=False)


def suggest(
    bench: Bench,
    sentence: str,
    kind: str,
    slots: Mapping[str, str],
    attributes: Mapping[str, str] | None = None,
) -> Suggestion:
    """The rule with the shortest paths from one word of a sentence to the slots.

    Args:
        bench: where the sentence is read.
        sentence: a text of one sentence; in a longer one, all slots stand in the same sentence.
        kind: the claim type.
        slots: slot -> its filler, as it stands in the sentence.
        attributes: what the rule sets, such as ``{"kind": "bonus"}``.

    Raises:
        NewsclaimsError: the type, a slot or an attribute is not known, a filler does not stand in the sentence, or
            no word of it leads to what the type needs.
    """
    if kind not in bench.rules.types:
        raise NewsclaimsError(f"--type: {unknown(kind, bench.rules.types)}")
    model = bench.rules.types[kind]
    for slot in slots:
        if slot not in model.slots:
            raise NewsclaimsError(f"--slot: {unknown(slot, model.slots)}")
    permitted = ClaimType.of(model).attributes
    for name, value in (attributes or {}).items():
        if name not in permitted:
            raise NewsclaimsError(f"--set: {unknown(name, permitted)}")
        if value not in permitted[name]:
            raise NewsclaimsError(f"--set {name}: {unknown(value, permitted[name])}")
    (doc,) = bench.read([sentence])
    bench.frames(doc)  # adds figures of money to the mentions
    fillers = {slot: tokens_of(doc, text) for slot, text in slots.items()}
    missed = Missed(sentence, kind, slots, fillers, dict(attributes or {}))
    found = [
        suggestion
        for token in triggers(doc, fillers.values())
        if (suggestion := from_trigger(token, missed)) and enough(suggestion, model.key)
    ]
    if not found:
        raise NewsclaimsError(f"no word of the sentence leads to {' and '.join(slots)}; {seen(doc)}")
    return min(found, key=lambda s: s.cost)


def enough(suggestion: Suggestion, key: Iterable[str]) -> bool:
    """Whether the slots reached make a claim."""
    needs = MOVE_NEEDS if suggestion.type == "move" else tuple(key)
    return bool(suggestion.paths) and all(set(need.split("|")) & suggestion.paths.keys() for need in needs)


def tokens_of(doc: Doc, text: str) -> Span:
    """Where a filler stands."""
    start = doc.text.find(text)
    span = doc.char_span(start, start + len(text), alignment_mode="expand") if start >= 0 and text else None
    if span is None:
        raise NewsclaimsError(f"--slot: {text!r} does not stand in the sentence")
    return span


def triggers(doc: Doc, fillers: Iterable[Span]) -> Iterator[Token]:
    """The words that can trigger a rule: verbs first, then nouns and adjectives; none of a filler."""
    taken = {token.i for span in fillers for token in span}
    for tags in (("VERB",), ("NOUN", "ADJ", "AUX")):
        yield from (token for token in doc if token.pos_ in tags and token.i not in taken)


def from_trigger(token: Token, missed: Missed) -> Suggestion | None:
    """The rule that a word would trigger; none where it leads to no slot."""
    store, fillers = mentions(token.doc), missed.fillers
    seen = {
        slot: widened(path, slot) for slot, span in fillers.items() if (path := shortest(token, span, store))
    }
    if not seen:
        return None
    missing = [slot for slot in fillers if slot not in seen]
    unseen = {slot: path for slot in missing if (path := bare(token, fillers[slot], slot, store))}
    paths = {slot: path for slot in fillers if (path := seen.get(slot) or unseen.get(slot))}
    trigger = " ".join([token.lemma_.lower(), *companions(token, fillers.values())])
    return Suggestion(
        id=f"own.{missed.kind}.{trigger.replace(' ', '-')}",
        type=missed.kind,
        trigger=trigger,
        pos=token.pos_,
        paths=paths,
        sentence=missed.sentence,
        slots={slot: text for slot, text in missed.slots.items() if slot in seen},
        unreached=tuple(slot for slot in missed.slots if slot not in paths),
        unseen=tuple(unseen),
        set=missed.attributes,
    )


def companions(token: Token, fillers: Iterable[Span]) -> list[str]:
    """The words that belong to a trigger: a verb's particle, and a light verb's noun ("show ... the door")."""
    particle = [child.lower_ for child in token.children if child.dep_ == "prt"]
    if particle or token.lemma_ not in LIGHT:
        return particle[:1]
    taken = {t.i for span in fillers for t in span}
    nouns = (
        c for c in token.children if c.pos_ in ("NOUN", "ADJ") and c.dep_ in ("dobj", "attr", "acomp", "oprd")
    )
    return [noun.lower_ for noun in nouns if noun.i not in taken][:1]


def shortest(trigger: Token, wanted: Span, store: Mentions) -> Path | None:
    """The shortest path from a word to a filler: over the tree, else the nearest mention before or after."""
    labels = labels_of(wanted, store)
    for walk, _ in walks(trigger):
        for label in labels:
            path = Path(walk, (PERSON, GROUP) if label == GROUP else (label,))
            if any(is_filler(m, wanted) for m in reach(path, trigger, None, store, no_memory)):
                return path
    for step in LOOSE:
        for label in labels:
            sent = trigger.sent
            span = (sent.start, trigger.i) if step == "before" else (trigger.i + 1, sent.end)
            near = store.within(*span, label)
            if near and is_filler(near[-1 if step == "before" else 0], wanted):
                return Path((step,), (label,))
    return None


def widened(path: Path, slot: str) -> Path:
    """The path with the label that the slot usually has before one that only this name has: names of organisations
    look like those of places, and other sentences have others."""
    labels = USUAL.get(slot, (ORG,))
    return Path(path.steps, (*labels, *path.labels)) if set(path.labels) <= {PLACE, OTHER} else path


def bare(trigger: Token, wanted: Span, slot: str, store: Mentions) -> Path | None:
    """The shortest path to words that no mention covers, with the label that the slot usually has."""
    if any(is_filler(m, wanted) for m in store.within(wanted.start, wanted.end)):
        return None
    labels = USUAL.get(slot, (ORG,))
    return next((Path(w, labels) for w, reached in walks(trigger) if wanted.root in reached), None)


def walks(trigger: Token) -> Iterator[tuple[tuple[str, ...], list[Token]]]:
    """The ways over the tree from a word, the shortest first, and the words that each leads to."""
    queue: deque[tuple[tuple[str, ...], list[Token]]] = deque([((), [trigger])])
    known: set[tuple[str, ...]] = set()
    while queue:
        walk, reached = queue.popleft()
        if walk:
            yield walk, reached
        if len(walk) == STEPS:
            continue
        for token in reached:
            for step, tokens in steps_of(token).items():
                if (*walk, step) not in known:
                    known.add((*walk, step))
                    queue.append(((*walk, step), tokens))


def steps_of(token: Token) -> dict[str, list[Token]]:
    """The steps that can be taken from a word, the most telling first, and where they lead."""
    found = {name.replace(".ing", "-ing"): tokens for name, tokens in functions(token).items()}
    steps = {name: tokens for name, tokens in found.items() if name.removesuffix("-ing") in FUNCTIONS}
    if token.head != token:
        steps["head"] = [token.head]
    return steps


def labels_of(wanted: Span, store: Mentions) -> list[str]:
    """The labels of the mentions that are the filler; any noun phrase where there is none. A name of unknown kind
    is taken for an organisation, as paths take it."""
    fillers = (m for m in store.within(wanted.start, wanted.end) if is_filler(m, wanted))
    found = [{OTHER: ORG}.get(m.label, m.label) for m in fillers]
    return [*dict.fromkeys(found), *([NOUN] if MONEY not in found else [])]


def is_filler(mention: Mention, wanted: Span) -> bool:
    return (mention.start, mention.end) == (wanted.start, wanted.end)


def no_memory(
    _step: str, _labels: tuple[str, ...], _trigger: Token, _person: Mention | None
) -> list[Mention]:
    return []


def seen(doc: Doc) -> str:
    """What the pipeline sees in a text, so that a filler can be named as it does."""
    parts = [f"{m.text!r} ({m.label})" for m in mentions(doc) if m.source != "pronoun"]
    return "it sees " + (", ".join(dict.fromkeys(parts)) or "no names, titles or figures")


@dataclass(frozen=True, slots=True)
class Hit:
    """What a rule finds in an article."""

    article: str
    sentence: str
    found: str


def hits(bench: Bench, rule: str, articles: Iterable[tuple[str, str]]) -> Iterator[Hit]:
    """What one rule of the bench finds in articles, given as pairs of id and text."""
    read, named = tee(articles)
    for doc, (article, _) in zip(bench.read(text for _, text in read), named, strict=True):
        for frame in bench.frames(doc):
            if frame.rule.id == rule:
                yield Hit(article, " ".join(frame.trigger.sent.text.split()), said(frame))
