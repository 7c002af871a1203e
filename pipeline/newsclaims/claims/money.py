"""Claims about money: what each figure means, and who pays whom for what.

Every figure becomes a claim. Rules of the money types that name no path to their amount are tried from the figure: a
fitted model (see ``meaning``) chooses what it means, and the rule of that meaning whose trigger governs the figure most
closely fills the slots. This comes after the claims about people, whose employers it uses.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, replace

from spacy.tokens import Doc, Token

from newsclaims.claims.extract import Frame
from newsclaims.claims.meaning import Lexicon, features, fitted, from_figures, joint, label_of, likeliest, modal_features
from newsclaims.claims.memory import Memory, same_entity
from newsclaims.claims.paths import Path, resolve
from newsclaims.claims.rules import Rule, RuleSet
from newsclaims.claims.sites import Site, order, sites
from newsclaims.language.mentions import DATE, MONEY, NOUN, Mention, Mentions, mentions
from newsclaims.language.money.component import MoneyMention

SHARE = re.compile(
    r"\d+(?:\.\d+)?[ -]?(?:%|per cent|percent|pct)(?= (?:\w+ )?(?:stake|interest|holding|share|of)\b)"
)
PLACES = {"destination": 1.0, "employer": 1.0, "origin": 0.8}
GUESSED = ("topic", "near", "after", "before", "following", "job")
LEAST = 0.6
"""Votes for an employer below which there is none."""
REACH = {"pay": 2, "deal": 3, "figure": 6}
"""Tokens between a figure and a date that is its own."""
RATE = frozenset("annual annualised annualized yearly monthly weekly daily hourly quarterly".split())
EMPTY = frozenset(
    "i we you me us this that these those which who whom what there none some all half most much one percent cent "
    "pct % rest remainder".split()
)
"""Words that say nothing of who or what is meant."""
SHARES = frozenset("stake share shares interest holding majority minority".split())


@dataclass(frozen=True, slots=True)
class Reading:
    """What a figure means, how sure that is, and the rule and its trigger that say so."""

    meaning: str
    score: float
    rule: Rule
    trigger: Token


class MoneyReader:
    """Makes the claims about the figures of a document."""

    def __init__(self, rules: RuleSet) -> None:
        self.lexicon = Lexicon(from_figures(rules))

    def frames(self, doc: Doc, people: list[Frame]) -> list[Frame]:
        """One frame for each figure, in text order; ``people`` are the frames about persons."""
        if not self.lexicon.fallback:
            return []
        store = mentions(doc)
        careers = Careers(Memory(doc, store), people)
        found: list[Frame] = []
        last: tuple[MoneyMention, str] | None = None
        for figure in doc._.money:
            reading = self.read(figure, store, last)
            last = (figure, reading.meaning)
            found.append(Filler(figure, reading, store, careers).frame())
        return found

    def read(self, figure: MoneyMention, store: Mentions, last: tuple[MoneyMention, str] | None) -> Reading:
        """What a figure means, given the figure before it and its meaning."""
        around = sites(figure.span)
        how = joint(last[0].span, figure.span) if last is not None else ""
        before = (last[1], how) if last is not None and how else ("", "")
        names = features(figure, around, self.lexicon, store, before)
        shares = fitted()["type"].probabilities(names)
        kind = likeliest(shares)
        meaning = likeliest(fitted()[kind].probabilities(names))
        rule, trigger = self.trigger(figure, around, meaning)
        values = {("measure" if kind == "figure" else "kind"): meaning.partition(".")[2]}
        modal = [*names, *modal_features(around)]
        if kind == "pay":
            values["status"] = likeliest(fitted()["status"].probabilities(modal))
        sure = likeliest(fitted()["certainty"].probabilities(modal))
        return Reading(meaning, shares[kind], replace(rule, set=values, certainty=sure), trigger)

    def trigger(self, figure: MoneyMention, around: list[Site], meaning: str) -> tuple[Rule, Token]:
        """The rule of a meaning whose trigger stands nearest to the figure; else one of its type; else the fallback."""
        span, kind = figure.span, meaning.partition(".")[0]
        close = [site.token for site in around if order(site.relation) < 2]
        near = sorted((t for t in span.sent if t not in span), key=lambda t: abs(t.i - span.start))
        for tokens, exact in ((close, True), (close, False), (near, True)):
            for token in tokens:
                for rule in self.lexicon.rules(token):
                    if label_of(rule) == meaning if exact else rule.type == kind:
                        return rule, token
        return self.lexicon.fallback[kind], around[0].token if around else span.root


class Careers:
    """What the claims about people say of the employer of somebody who is paid."""

    def __init__(self, memory: Memory, people: list[Frame]) -> None:
        self.memory = memory
        self.people = sorted(people, key=lambda frame: -frame.score)

    def ask(
        self, step: str, labels: tuple[str, ...], trigger: Token, person: Mention | None
    ) -> list[Mention]:
        """The steps of memory, with ``employer``: whom a person joins, or works for, or leaves."""
        if step == "lately":
            return self.lately(labels, trigger)
        if step != "employer":
            return self.memory.ask(step, labels, trigger, person)
        return self.employer(person, trigger) if person is not None else []

    def employer(self, person: Mention, trigger: Token) -> list[Mention]:
        """Whom the claims about a person, weighed by how each place was found, make the likeliest employer."""
        votes: dict[str, float] = defaultdict(float)
        mentioned: dict[str, Mention] = {}
        for frame in self.people:
            if not same_entity(frame.slots.get("person"), person):
                continue
            for place, weight in PLACES.items():
                mention = frame.slots.get(place)
                if mention is None:
                    continue
                guessed = frame.how.get(place, "").startswith(GUESSED)
                nearby = 1.5 if frame.trigger.sent.start == trigger.sent.start else 1.0
                votes[mention.name] += frame.score * weight * nearby * (0.1 if guessed else 1.0)
                if mention.name not in mentioned or mention.source != "pronoun":
                    mentioned[mention.name] = mention
        best = max(votes, key=lambda name: (votes[name], name), default=None)
        return [mentioned[best]] if best is not None and votes[best] >= LEAST else []

    def lately(self, labels: tuple[str, ...], trigger: Token) -> list[Mention]:
        """The last mention with one of the labels before the trigger, in its sentence or the two before it."""
        start = trigger.sent.start
        for _ in range(2):
            start = trigger.doc[start - 1].sent.start if start else 0
        return self.memory.store.within(start, trigger.i, *labels)[-1:]


class Filler:
    """Fills the slots of one figure."""

    def __init__(self, figure: MoneyMention, reading: Reading, store: Mentions, careers: Careers) -> None:
        self.figure, self.reading, self.store, self.careers = figure, reading, store, careers
        self.span = figure.span

    def frame(self) -> Frame:
        reading, rule = self.reading, self.reading.rule
        amount = next(
            m for m in self.store.within(self.span.start, self.span.end, MONEY) if m.value is self.figure
        )
        slots: dict[str, Mention] = {"amount": amount}
        how = {"amount": "figure"}
        for slot in sorted(rule.slots, key=lambda s: s != "recipient"):  # whose employer pays
            path = rule.slots[slot]
            found, number = self.resolve(slot, path, slots)
            if found is not None:
                slots[slot] = found
                how[slot] = str(path[number])
        if (time := self.time()) is not None:
            slots["date" if rule.type == "deal" else "period"] = time
            how["date"] = "beside"
        if rule.type == "deal" and (stake := self.stake()) is not None:
            slots["stake"] = stake
            how["stake"] = "sentence"
        return Frame(rule, reading.trigger, slots, how, score=reading.score)

    def resolve(
        self, slot: str, path: tuple[Path, ...], slots: dict[str, Mention]
    ) -> tuple[Mention | None, int]:
        """The first filler that is not the figure itself and fills no other slot yet."""
        for number, alternative in enumerate(path):
            found, _ = resolve(
                (alternative,), self.reading.trigger, slots.get("recipient"), self.store, self.careers.ask
            )
            for mention in found:
                apart = mention.end <= self.span.start or mention.start >= self.span.end
                if not apart and mention.label == NOUN:
                    mention, apart = self.without_figure(mention)
                if apart and fits(mention, slot) and not any(same_entity(mention, other) for other in slots.values()):
                    return mention, number
        return None, -1

    def without_figure(self, mention: Mention) -> tuple[Mention, bool]:
        """A noun phrase cut down to what stands behind the figure in it ("his £750,000 home": "home")."""
        if mention.end > self.span.end:
            return Mention(mention.doc, self.span.end, mention.end, NOUN, source="noun"), True
        return mention, False

    def time(self) -> Mention | None:
        """The period or date of the figure: a phrase after it, the nearest date that is its own, or its rate."""
        doc, span = self.span.doc, self.span
        if self.figure.period is not None:
            return Mention(doc, self.figure.period.start, self.figure.period.end, DATE, source="money")
        sent = span.sent
        figures = self.store.within(sent.start, sent.end, MONEY)
        follows = min((m.start for m in figures if m.start >= span.end), default=sent.end)
        leads = max((m.end for m in figures if m.end <= span.start), default=sent.start)
        dates = self.store.within(sent.start, sent.end, DATE)
        reach = REACH[self.reading.rule.type]
        behind = (d for d in dates if span.end <= d.start <= span.end + reach and d.end <= follows)
        before = (d for d in reversed(dates) if leads <= d.start and span.start - reach <= d.end <= span.start)
        for date in (*behind, *before):
            gap = doc[span.end : date.start] if date.start >= span.end else doc[date.end : span.start]
            if not any(t.text in ",;()-" for t in gap):
                return lengthened(date)
        if self.reading.rule.type == "deal" and dates and dates[0].start - sent.start <= 2:
            return lengthened(dates[0])
        for token in doc[max(sent.start, span.start - 6) : min(sent.end, span.end + 3)]:
            if token.lower_ in RATE:
                return Mention(doc, token.i, token.i + 1, DATE, source="money")
        return None

    def stake(self) -> Mention | None:
        """A share of a company in the figure's sentence."""
        sent = self.span.sent
        match = SHARE.search(sent.text)
        if match is None:
            return None
        found = sent.char_span(match.start(), match.end(), alignment_mode="expand")
        return Mention(self.span.doc, found.start, found.end, NOUN, source="noun") if found else None


def fits(mention: Mention, slot: str) -> bool:
    """Whether a mention can fill a slot: no pronoun without a referent, no share as a target, no source."""
    root = mention.root
    if mention.label == NOUN and (root.pos_ in ("NUM", "DET") or root.lower_ in EMPTY):
        return False
    if slot == "target" and root.lower_ in SHARES:
        return False
    return not (root.dep_ == "pobj" and root.head.head.lower_ == "according")


def lengthened(date: Mention) -> Mention:
    """A date with the one that bounds it: "the three months" in "the three months to 31 December"."""
    doc, end = date.doc, date.end
    if end + 1 < len(doc) and doc[end].lower_ in ("to", "ended", "ending", "through", "of"):
        more = next((t.i for t in doc[end + 1 : end + 3] if t.ent_type_ == "DATE"), None)
        if more is not None:
            end = more + 1
            while end < len(doc) and doc[end].ent_type_ == "DATE" and doc[end].ent_iob_ == "I":
                end += 1
    return date if end == date.end else Mention(doc, date.start, end, DATE, source=date.source)
