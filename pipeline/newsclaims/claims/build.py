"""Frames to claims: spans in the original text, date, certainty, attribution, id."""

from __future__ import annotations

import hashlib
from typing import Any, cast

from spacy.tokens import Doc, Token

from newsclaims.claims.companions import LIKEWISE
from newsclaims.claims.frames import FIGURE, Frame
from newsclaims.claims.when import told
from newsclaims.language.attribution import Report
from newsclaims.language.credit import Statement
from newsclaims.language.mentions import Mention, Mentions
from newsclaims.language.modality import certainty
from newsclaims.language.sentences import sentence
from newsclaims.language.typography import original
from newsclaims.schema import Amount, Argument, Attribution, Certainty, Claim, Source, Span


class Builder:
    """Makes the claims of one document."""

    def __init__(self, doc: Doc, store: Mentions, types: dict[str, type[Claim]]) -> None:
        self.doc, self.store, self.types = doc, store, types
        self.text = original(doc)

    def span(self, start: int, end: int) -> Span:
        """The original characters of a token range."""
        a, b = self.doc[start].idx, self.doc[end - 1].idx + len(self.doc[end - 1])
        return Span(start=a, end=b, text=self.text[a:b])

    def argument(self, mention: Mention) -> Argument:
        span = self.span(mention.start, mention.end)
        name = span.text
        if mention.entity is not None:
            named = next((m for m in mention.entity.mentions if m.text == mention.entity.name), None)
            name = self.span(named.start, named.end).text if named else mention.entity.name
        return Argument(**span.model_dump(), label=mention.label, name=name)

    def amount(self, mention: Mention) -> Amount:
        """The figure that a mention stands for, and what it is converted to, in the original characters."""
        found: Amount = mention.value.amount
        also = [self.as_written(other) for other in found.also]
        return self.as_written(found).model_copy(update={"also": also})

    def as_written[Stretch: Span](self, span: Stretch) -> Stretch:
        """A span with the original characters for its text."""
        return span.model_copy(update={"text": self.text[span.start : span.end]})

    def claim(self, frame: Frame, credited: Report | None = None) -> Claim:
        """The claim of a frame, which a reporting clause may be credited with."""
        model = self.types[frame.rule.type]
        values: dict[str, Any] = {**frame.stated, **frame.rule.set, **frame.meant}
        sure = values.pop("certainty", None) or frame.rule.certainty or certainty(frame.predicate)
        for slot, mention in frame.slots.items():
            values[slot] = self.amount(mention) if mention.label == "MONEY" else self.argument(mention)
        trigger = frame.trigger
        timed = frame.how.get("amount") == FIGURE  # its times were weighed with the other slots
        if "date" in model.slots and "date" not in values and not timed:
            when = told(frame, self.store)
            if when is not None:
                values["date"] = self.argument(when)
        start, end = trimmed(self.doc, *told_in(frame))
        claim = model(
            id="",
            doc=self.doc._.article,
            certainty=cast(Certainty, sure),
            trigger=self.span(trigger.i, trigger.i + 1),
            sentence=self.span(start, end),
            attribution=self.attribution(frame, credited),
            confidence=round(frame.score, 3),
            rule=frame.rule.id,
            **values,
        )
        claim.id = claim_id(claim)
        return claim

    def attribution(self, frame: Frame, report: Report | None) -> Attribution | None:
        """Who is credited, by which word, and whether it stands in quotation marks."""
        quoted = place_of(frame).i in self.doc._.quoted
        if report is None:
            return Attribution(quoted=True) if quoted else None
        source: Source | None = None
        if report.mention is not None:
            who = self.argument(report.mention)
            source = Source(start=who.start, end=who.end, text=who.text, name=who.name)
        elif report.source is not None:
            span = self.span(report.source.start, report.source.end)
            source = Source(**span.model_dump(), name=span.text)
        return Attribution(source=source, cue=self.span(report.cue.i, report.cue.i + 1), quoted=quoted)


def place_of(frame: Frame) -> Token:
    """The token that a frame's statement turns on: the figure, or else the trigger."""
    amount = frame.slots.get("amount")
    return amount.root if amount is not None else frame.trigger


def statement(frame: Frame) -> Statement:
    """What a frame states, as somebody may be credited with it."""
    return Statement(place_of(frame), frame.rule.type, frame.slots.get("person"))


def told_in(frame: Frame) -> tuple[int, int]:
    """The range of tokens that tells a frame: the sentence of its trigger, and the next one where that says the same of
    another ("Jane Doe has left. So has Tom Hale.")."""
    start, end = sentence(frame.trigger)
    if frame.how.get("person", "").startswith(LIKEWISE):
        end = max(end, sentence(frame.slots["person"].root)[1])
    return start, end


def trimmed(doc: Doc, start: int, end: int) -> tuple[int, int]:
    while end - start > 1 and doc[end - 1].is_space:
        end -= 1
    while end - start > 1 and doc[start].is_space:
        start += 1
    return start, end


def claim_id(claim: Claim) -> str:
    """Sixteen hex digits that depend on the article's id and on what the claim says there and where, and on nothing
    else: articles of one text have claims of different ids. With twelve digits, it would be no wonder if two of the ten
    million claims of a million articles had one id."""
    parts = [claim.doc, claim.type, f"{claim.sentence.start}"]
    for slot, value in claim.arguments().items():
        parts.append(f"{slot}:{value.start}:{value.text}")
    return hashlib.sha256("\x1f".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:16]
