"""Why a text gives the claims it gives: what is seen in each sentence, what was tried, what was dropped."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from typing import Any

from spacy.tokens import Doc, Span

from newsclaims.claims.extract import Frame, Trace, judged
from newsclaims.claims.merge import merge
from newsclaims.language.mentions import MONEY, Mention, mentions
from newsclaims.language.modality import certainty
from newsclaims.rulebook.bench import Bench


@dataclass(slots=True)
class Seen:
    """A mention: its label, how it was found, and its entity where that has another name."""

    text: str
    label: str
    source: str
    entity: str | None = None


@dataclass(slots=True)
class Tried:
    """A trigger at which a rule was tried: each slot's path and where it led, and what was missing."""

    rule: str
    trigger: str
    paths: dict[str, str]
    missing: str


@dataclass(slots=True)
class Outcome:
    """A frame and what became of it: ``fate`` is "claim", or why there is none."""

    rule: str
    type: str
    trigger: str
    slots: dict[str, str]
    how: dict[str, str]
    certainty: str
    confidence: float
    fate: str


@dataclass(slots=True)
class Sentence:
    """All that happened in one sentence."""

    text: str
    mentions: list[Seen] = field(default_factory=list)
    credited: str | None = None
    tried: list[Tried] = field(default_factory=list)
    frames: list[Outcome] = field(default_factory=list)

    def row(self) -> dict[str, Any]:
        return asdict(self)


def explain(bench: Bench, doc: Doc) -> Iterator[Sentence]:
    """The sentences of a document that the bench has read, in text order."""
    traces: list[Trace] = []
    found = bench.component.matcher.frames(doc, traces)
    people = judged(found)
    money = bench.component.money.frames(doc, people)
    before = {id(frame): dict(frame.slots) for frame in (*people, *money)}
    kept = merge([*people, *money])
    fates = {id(frame): fate(frame, people, money, kept) for frame in (*found, *money)}
    for sent in doc.sents:
        if not sent.text.strip():
            continue
        out = Sentence(" ".join(sent.text.split()), list(see(doc, sent)), credit(doc, sent))
        for trace in traces:
            tried = Tried(trace.rule.id, trace.trigger.text, trace.tried, trace.missing)
            if trace.trigger in sent and tried not in out.tried:  # two of a rule's triggers may be one word
                out.tried.append(tried)
        for frame in (*found, *money):
            if frame.trigger in sent:
                found_here = outcome(frame, before.get(id(frame), frame.slots), fates[id(frame)])
                if found_here not in out.frames:
                    out.frames.append(found_here)
        yield out


def fate(frame: Frame, people: list[Frame], money: list[Frame], kept: list[Frame]) -> str:
    """What became of a frame: a claim, or the reason why not."""
    if any(frame is other for other in kept):
        return "claim"
    if frame.dropped:
        return frame.dropped
    if not any(frame is other for other in (*people, *money)):
        return "another frame fills the guessed place with more confidence"
    return "says the same as a frame with more confidence, and is merged into it"


def outcome(frame: Frame, slots: dict[str, Mention], fate: str) -> Outcome:
    return Outcome(
        rule=frame.rule.id,
        type=frame.rule.type,
        trigger=frame.trigger.text,
        slots={slot: mention.text for slot, mention in slots.items()},
        how={slot: way for slot, way in frame.how.items() if slot in slots},
        certainty=frame.rule.certainty or certainty(frame.trigger),
        confidence=round(frame.score, 3),
        fate=fate,
    )


def see(doc: Doc, sent: Span) -> Iterator[Seen]:
    """The mentions of a sentence, each with the name that coreference gives it where that is another."""
    for mention in mentions(doc).within(sent.start, sent.end):
        if mention.label == MONEY:
            amount = mention.value.amount
            value = f"{amount.min:,.0f}" if amount.min == amount.max else f"{amount.min} to {amount.max}"
            yield Seen(mention.text, mention.label, "money", f"{value} {amount.currency}")
        else:
            name = mention.name if mention.name != mention.text else None
            yield Seen(mention.text, mention.label, mention.source, name)


def credit(doc: Doc, sent: Span) -> str | None:
    """Who is credited in a sentence, and by which word."""
    reports = [r for r in doc._.reports or () if r.start < sent.end and r.end > sent.start]
    if not reports:
        return None
    first = reports[0]
    who = first.source.text if first.source is not None else "nobody named"
    return f"{who} ({first.cue.text})"
