"""Claims about money: what each figure means, and who pays whom for what.

Every figure becomes a claim. Rules of the money types that name no path to their amount are tried from the
figure: a fitted model (see ``meaning``) chooses what it means, and the rule of that meaning whose trigger governs
the figure most closely proposes what fills the slots (see ``parties``). This comes after the claims about people,
whose employers it uses.
"""

from __future__ import annotations

from dataclasses import replace

from spacy.tokens import Doc, Token

from newsclaims.claims.careers import Careers
from newsclaims.claims.extract import Frame
from newsclaims.claims.figure_features import features, joint, modal_features
from newsclaims.claims.meaning import Lexicon, Reading, fitted, from_figures, label_of
from newsclaims.claims.memory import Memory
from newsclaims.claims.parties import Filler
from newsclaims.claims.rules import Rule, RuleSet
from newsclaims.claims.sites import Site, order, sites
from newsclaims.judges import likeliest
from newsclaims.language.mentions import Mentions, mentions
from newsclaims.language.money.component import MoneyMention
from newsclaims.language.sentences import sentence

CHANGE = "figure.other"


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
            found.append(Filler(figure, reading, store, careers, self.lexicon).frame())
        return found

    def read(self, figure: MoneyMention, store: Mentions, last: tuple[MoneyMention, str] | None) -> Reading:
        """What a figure means, given the figure before it and its meaning."""
        around = sites(figure.span)
        how = joint(last[0].span, figure.span) if last is not None else ""
        before = (last[1], how) if last is not None and how else ("", "")
        names = features(figure, around, self.lexicon, store, before)
        (shares,) = fitted()["type"].probabilities([names])
        kind = likeliest(shares)
        (kinds,) = fitted()[kind].probabilities([names])
        meaning = self.moved(figure, kinds)
        rule, trigger = self.trigger(figure, around, meaning)
        values = {("measure" if kind == "figure" else "kind"): meaning.partition(".")[2]}
        modal = [*names, *modal_features(around)]
        if kind == "pay":
            (statuses,) = fitted()["status"].probabilities([modal])
            values["status"] = likeliest(statuses)
        (certainties,) = fitted()["certainty"].probabilities([modal])
        sure = likeliest(certainties)
        return Reading(meaning, shares[kind], replace(rule, set=values, certainty=sure), trigger, names)

    @staticmethod
    def moved(figure: MoneyMention, shares: dict[str, float]) -> str:
        """The likeliest kind; of figures, a change is always another figure, and the level it reaches never is."""
        if CHANGE in shares and figure.motion == "change":
            return CHANGE
        if figure.motion == "level":
            shares = {label: share for label, share in shares.items() if label != CHANGE}
        return likeliest(shares)

    def trigger(self, figure: MoneyMention, around: list[Site], meaning: str) -> tuple[Rule, Token]:
        """The rule of a meaning whose trigger is nearest to the figure; else one of its type; else the fallback."""
        span, kind = figure.span, meaning.partition(".")[0]
        close = [site.token for site in around if order(site.relation) < 2]
        start, end = sentence(span[0])
        outside = [i for i in range(start, end) if not span.start <= i < span.end]
        near = [span.doc[i] for i in sorted(outside, key=lambda i: abs(i - span.start))]
        for tokens, exact in ((close, True), (close, False), (near, True)):
            for token in tokens:
                for rule in self.lexicon.rules(token):
                    if label_of(rule) == meaning if exact else rule.type == kind:
                        return rule, token
        return self.lexicon.fallback[kind], around[0].token if around else span.root
