"""Claims about money: what each figure means, and who pays whom for what.

Every figure becomes a claim. Rules of the money types that name no path to their amount are tried from the
figure: fitted models (see ``meaning``) choose what it means, first its type, for which all figures of the document are
seen together, and the rule of that meaning whose trigger governs the figure most closely proposes what fills the slots
(see ``parties``). This comes after the claims about people, whose employers it uses.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from spacy.tokens import Doc, Token

from newsclaims.claims.careers import Careers
from newsclaims.claims.extract import Frame
from newsclaims.claims.figure_features import after, features, joint, modal_features
from newsclaims.claims.figures_together import setting, together
from newsclaims.claims.meaning import Lexicon, Reading, fitted, from_figures, label_of
from newsclaims.claims.memory import Memory
from newsclaims.claims.parties import Filler
from newsclaims.claims.rules import Rule, RuleSet
from newsclaims.claims.sites import Site, order, sites
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
        seen = self.see(doc, store)
        readings = self.read(seen)
        fillers = (
            Filler(one.figure, reading, store, careers, self.lexicon)
            for one, reading in zip(seen, readings, strict=True)
        )
        return [filler.frame() for filler in fillers]

    def see(self, doc: Doc, store: Mentions) -> list[Seen]:
        """The figures of a document with what they look like, in text order."""
        found: list[Seen] = []
        for figure in doc._.money:
            around = sites(figure.span)
            before = joint(found[-1].figure.span if found else None, figure.span)
            names = features(figure, around, self.lexicon, store)
            found.append(Seen(figure, around, names, before))
        return found

    def read(self, seen: Sequence[Seen]) -> list[Reading]:
        """What each figure of a document means, and how certain that is."""
        meant = self.meanings(seen, types(seen))
        modal = [
            [*one.names, *modal_features(figure.around)] for one, figure in zip(meant, seen, strict=True)
        ]
        paid = [number for number, one in enumerate(meant) if one.rule.type == "pay"]
        statuses = dict(
            zip(paid, fitted()["status"].probabilities([modal[number] for number in paid]), strict=True)
        )
        certainties = fitted()["certainty"].probabilities(modal)
        return [
            self.settled(one, certainties[number], statuses.get(number)) for number, one in enumerate(meant)
        ]

    def meanings(self, seen: Sequence[Seen], shares: Sequence[dict[str, float]]) -> list[Reading]:
        """What each figure means, one after the other, for each sees what the one before it means."""
        found: list[Reading] = []
        for one, of_types in zip(seen, shares, strict=True):
            names = [*one.names, *after(found[-1].meaning if found else "", one.joint)]
            kind = likeliest(of_types)
            (kinds,) = fitted()[kind].probabilities([names])
            meaning = self.moved(one.figure, kinds)
            rule, trigger = self.trigger(one.figure, one.around, meaning)
            found.append(Reading(meaning, of_types[kind], rule, trigger, names))
        return found

    @staticmethod
    def settled(
        reading: Reading, certainties: dict[str, float], statuses: dict[str, float] | None
    ) -> Reading:
        """A reading whose rule says what is meant, how certain it is, and of pay its status."""
        kind, _, value = reading.meaning.partition(".")
        values = {("measure" if kind == "figure" else "kind"): value}
        if statuses is not None:
            values["status"] = likeliest(statuses)
        rule = replace(reading.rule, set=values, certainty=likeliest(certainties))
        return replace(reading, rule=rule)

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
        seen = self.lexicon.triggers(span.doc, max(start, span.start - SIGHT), min(end, span.end + SIGHT))
        outside = [token for token, _ in seen if not span.start <= token.i < span.end]
        near = sorted(outside, key=lambda token: abs(token.i - span.start))
        for tokens, exact in ((close, True), (close, False), (near, True)):
            for token in tokens:
                for rule in self.lexicon.rules(token):
                    if label_of(rule) == meaning if exact else rule.type == kind:
                        return rule, token
        return self.lexicon.fallback[kind], around[0].token if around else span.root
