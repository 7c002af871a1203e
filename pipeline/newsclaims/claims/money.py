"""Claims about money: what each figure means, and who pays whom for what.

Every figure becomes a claim. Rules of the money types that name no path to their amount are tried from the
figure: fitted models (see ``meaning``) choose what it means, first its type, for which all figures of the document are
seen together, and the rule of that meaning whose trigger governs the figure most closely proposes what fills the slots
(see ``parties``). This comes after the claims about people, whose employers it uses.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from spacy.tokens import Doc, Token

from newsclaims.claims.careers import Careers
from newsclaims.claims.figure_features import after, features, joint, modal_features
from newsclaims.claims.figures_together import setting, together
from newsclaims.claims.frames import Frame
from newsclaims.claims.gapped import share_verbs
from newsclaims.claims.meaning import Lexicon, Reading, fitted, from_figures, label_of
from newsclaims.claims.memory import Memory
from newsclaims.claims.parties import Filler
from newsclaims.claims.rules import Rule, RuleSet
from newsclaims.claims.sites import Site, order, sites
from newsclaims.claims.told import Told
from newsclaims.judges import likeliest
from newsclaims.language.mentions import Mentions, mentions
from newsclaims.language.money.component import MoneyMention
from newsclaims.language.sentences import SIGHT, sentence

CHANGE = "figure.other"


@dataclass(frozen=True, slots=True)
class Seen:
    """A figure with its sites, the names of its features, and how it is joined to the figure before it."""

    figure: MoneyMention
    around: list[Site]
    names: list[str]
    joint: str


def types(seen: Sequence[Seen]) -> list[dict[str, float]]:
    """The probability of each type for each figure of a document, seen by itself and then among the others."""
    alone = fitted()["type"].probabilities([one.names for one in seen])
    settings = [setting(one.figure, one.joint) for one in seen]
    return fitted()["among"].probabilities(together(settings, alone))


def settle(frames: Sequence[Frame], modal: Sequence[Sequence[str]]) -> None:
    """Set how certain each claim is, and the status of pay, given the features of the figures with those of modality;
    what a user's rule states of them holds."""
    pay = [(frame, names) for frame, names in zip(frames, modal, strict=True) if frame.rule.type == "pay"]
    statuses = fitted()["status"].probabilities([names for _, names in pay])
    for (frame, _), shares in zip(pay, statuses, strict=True):
        frame.rule = replace(frame.rule, set={"status": likeliest(shares), **frame.rule.set})
    certainties = fitted()["certainty"].probabilities(modal)
    for frame, shares in zip(frames, certainties, strict=True):
        frame.rule = replace(frame.rule, certainty=frame.rule.certainty or likeliest(shares))


class MoneyReader:
    """Makes the claims about the figures of a document."""

    def __init__(self, rules: RuleSet) -> None:
        self.lexicon = Lexicon(from_figures(rules))

    def frames(self, doc: Doc, people: list[Frame]) -> list[Frame]:
        """One frame for each figure, in text order; ``people`` are the frames about persons.

        A user's rule may need more than the amount: where that is not found, the next rule has the figure.
        """
        if not self.lexicon.fallback:
            return []
        store = mentions(doc)
        careers, told = Careers(Memory(doc, store), people), Told()
        seen = self.see(doc, store)
        meaning = ""
        found: list[Frame] = []
        modal: list[list[str]] = []
        for one, shares in zip(seen, types(seen), strict=True):
            for reading in self.readings(one, shares, meaning):
                lately = told.lately(one.figure.span.root)
                frame = Filler(one.figure, reading, store, careers, self.lexicon, lately).frame()
                if frame.complete():
                    told.learn(frame.slots)
                    meaning = reading.meaning
                    found.append(frame)
                    modal.append([*reading.names, *modal_features(one.figure.span, one.around)])
                    break
        settle(found, modal)
        share_verbs(found, store, self.lexicon)
        return found

    def see(self, doc: Doc, store: Mentions) -> list[Seen]:
        """The figures of a document with what they look like, in text order."""
        found: list[Seen] = []
        for figure in doc._.money:
            around = sites(figure.span)
            before = joint(found[-1].figure.span if found else None, figure.span)
            names = features(figure, around, self.lexicon, store)
            found.append(Seen(figure, around, names, before))
        return found

    def readings(self, seen: Seen, shares: dict[str, float], before: str) -> Iterator[Reading]:
        """What a figure means, given how probable each type is, and the meaning of the figure before it: by each rule
        of that meaning or type, the likeliest first. What a user's rule states of its claims holds, whatever is fitted.
        """
        names = [*seen.names, *after(before, seen.joint)]
        kind = likeliest(shares)
        (kinds,) = fitted()[kind].probabilities([names])
        meaning = self.moved(seen.figure, kinds)
        values = {("measure" if kind == "figure" else "kind"): meaning.partition(".")[2]}
        for rule, trigger in self.triggers(seen.figure, seen.around, meaning):
            stated, sure = ({}, None) if rule.built_in else (rule.set, rule.certainty)
            told = replace(rule, set={**values, **stated}, certainty=sure)
            score = shares[kind] if rule.confidence is None else rule.confidence
            yield Reading(label_of(told), score, told, trigger, names)

    @staticmethod
    def moved(figure: MoneyMention, shares: dict[str, float]) -> str:
        """The likeliest kind; of figures, a change is always another figure, and the level it reaches never is."""
        if CHANGE in shares and figure.motion == "change":
            return CHANGE
        if figure.motion == "level":
            shares = {label: share for label, share in shares.items() if label != CHANGE}
        return likeliest(shares)

    def triggers(
        self, figure: MoneyMention, around: list[Site], meaning: str
    ) -> Iterator[tuple[Rule, Token]]:
        """The rules of a meaning, with their triggers, those nearest to the figure first; then those of its type; then
        the fallback. Of rules at one word a user's comes first."""
        span, kind = figure.span, meaning.partition(".")[0]
        close = [site.token for site in around if order(site.relation) < 2]
        start, end = sentence(span[0])
        seen = self.lexicon.triggers(span.doc, max(start, span.start - SIGHT), min(end, span.end + SIGHT))
        outside = [token for token, _ in seen if not span.start <= token.i < span.end]
        near = sorted(outside, key=lambda token: abs(token.i - span.start))
        for tokens, exact in ((close, True), (close, False), (near, True)):
            for token in tokens:
                for rule in self.lexicon.rules(token):
                    if label_of(rule) == meaning if exact else rule.type == kind:
                        yield rule, token
        yield self.lexicon.fallback[kind], around[0].token if around else span.root
