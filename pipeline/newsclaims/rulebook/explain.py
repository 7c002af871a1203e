"""Why a text gives the claims it gives: what is seen in each sentence, what was tried, what was dropped.

Words are quoted as the article writes them, with its own quotes and dashes.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, field
from typing import Any

from spacy.tokens import Doc, Span, Token

from newsclaims.claims.frames import Frame, Trace
from newsclaims.claims.merge import merge
from newsclaims.language.mentions import MONEY, Mention, mentions
from newsclaims.language.modality import certainty
from newsclaims.language.typography import original
from newsclaims.rulebook.bench import Bench
from newsclaims.schema import Attribution, Claim
from newsclaims.wording import amount_words

NOTHING = "nothing"
"""Where a path led that led nowhere."""


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
    """A frame and what became of it: ``fate`` is "claim", or why there is none.

    ``slots`` and ``credited`` are those of the claim; of a frame that makes none, what its paths led to.
    """

    rule: str
    type: str
    trigger: str
    slots: dict[str, str]
    how: dict[str, str]
    certainty: str
    confidence: float
    fate: str
    credited: str | None = None


@dataclass(slots=True)
class Sentence:
    """All that happened in one sentence; ``credited`` are its reporting clauses."""

    text: str
    mentions: list[Seen] = field(default_factory=list)
    credited: list[str] = field(default_factory=list)
    tried: list[Tried] = field(default_factory=list)
    frames: list[Outcome] = field(default_factory=list)

    def row(self) -> dict[str, Any]:
        return asdict(self)


def explain(bench: Bench, doc: Doc) -> Iterator[Sentence]:
    """The sentences of a document that the bench has read, in text order."""
    traces: list[Trace] = []
    with bench.lexicons.in_force():
        frames, chosen = bench.component.frames(doc, traces)
        reached = {id(frame): dict(frame.slots) for frame in frames}
        claims = distinct(bench.component.made(doc, merge(chosen)))
    for sent in doc.sents:
        if not sent.text.strip():
            continue
        out = Sentence(written(sent), list(see(doc, sent)), credits_in(doc, sent))
        for trace in traces:
            paths = {slot: led(offer) for slot, offer in trace.tried.items()}
            tried = Tried(trace.rule.id, word(trace.trigger), paths, trace.missing)
            if trace.trigger in sent and tried not in out.tried:  # two of a rule's triggers may be one word
                out.tried.append(tried)
        for frame in frames:
            if frame.trigger in sent and not repeated(frame, reached, frames):
                claim = claims.get(id(frame))
                out.frames.append(claimed(frame, claim) if claim else dropped(frame, reached[id(frame)]))
        yield out


def written(stretch: Span | Mention) -> str:
    """A stretch of tokens as the article writes it, on one line."""
    first, last = stretch.doc[stretch.start], stretch.doc[stretch.end - 1]
    return " ".join(original(stretch.doc)[first.idx : last.idx + len(last)].split())


def word(token: Token) -> str:
    return written(token.doc[token.i : token.i + 1])


def led(offer: tuple[list[Mention], str] | None) -> str:
    """Where a path led, in words: "subj:ORG -> ORG Harrow Bank"."""
    if offer is None:
        return NOTHING
    fillers, path = offer
    return f"{path} -> {', '.join(f'{filler.label} {written(filler)}' for filler in fillers)}"


def repeated(frame: Frame, reached: dict[int, dict[str, Mention]], frames: list[Frame]) -> bool:
    """Whether an earlier frame is of the same rule at the same word, by another of its triggers."""
    earlier = next(
        f
        for f in frames
        if (f.rule.id, f.trigger.i, reached[id(f)]) == (frame.rule.id, frame.trigger.i, reached[id(frame)])
    )
    return earlier is not frame


def distinct(made: Iterable[tuple[Frame, Claim]]) -> dict[int, Claim]:
    """The claims, by ``id(frame)``; frames that make one over again are told so."""
    out: dict[int, Claim] = {}
    first: dict[str, Frame] = {}
    for frame, claim in made:
        twin = first.setdefault(claim.id, frame)
        if twin is frame:
            out[id(frame)] = claim
        else:
            frame.dropped = f"makes the same claim as {twin.rule.id} at {word(twin.trigger)!r}"
    return out


def claimed(frame: Frame, claim: Claim) -> Outcome:
    return Outcome(
        rule=claim.rule,
        type=claim.type,
        trigger=word(frame.trigger),
        slots={slot: value.text for slot, value in claim.arguments().items()},
        how=dict(frame.how),
        certainty=claim.certainty,
        confidence=claim.confidence,
        fate="claim",
        credited=credit(claim.attribution),
    )


def dropped(frame: Frame, slots: dict[str, Mention]) -> Outcome:
    return Outcome(
        rule=frame.rule.id,
        type=frame.rule.type,
        trigger=word(frame.trigger),
        slots={slot: written(mention) for slot, mention in slots.items()},
        how={slot: way for slot, way in frame.how.items() if slot in slots},
        certainty=frame.rule.certainty or certainty(frame.trigger),
        confidence=round(frame.score, 3),
        fate=frame.dropped,
    )


def credit(attribution: Attribution | None) -> str | None:
    """Whom a claim credits, in words: "Reports (indicate)", "quoted"."""
    if attribution is None:
        return None
    source, cue = attribution.source, attribution.cue
    who = source.name if source else "nobody named" if cue else ""
    word = f"({cue.text})" if cue else ""
    return " ".join(part for part in (who, word, "quoted" if attribution.quoted else "") if part)


def see(doc: Doc, sent: Span) -> Iterator[Seen]:
    """The mentions of a sentence, each with the name that coreference gives it where that is another."""
    for mention in mentions(doc).within(sent.start, sent.end):
        if mention.label == MONEY:
            yield Seen(written(mention), mention.label, "money", amount_words(mention.value.amount))
        else:
            name = full_name(mention) if mention.name != mention.text else None
            yield Seen(written(mention), mention.label, mention.source, name)


def full_name(mention: Mention) -> str:
    """The name of whom a mention stands for, as the article writes it where it does."""
    told = (
        (other for other in mention.entity.mentions if other.text == mention.name) if mention.entity else ()
    )
    return next(map(written, told), mention.name)


def credits_in(doc: Doc, sent: Span) -> list[str]:
    """Who is credited in a sentence, each with the word that says so."""
    reports = [r for r in doc._.reports or () if sent.start <= r.cue.i < sent.end]
    return [
        f"{written(who) if (who := r.mention or r.source) else 'nobody named'} ({word(r.cue)})"
        for r in reports
    ]
