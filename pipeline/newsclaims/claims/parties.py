"""Who pays whom for what, and when: candidates for every slot of a money claim, and the choice among them.

The paths of the rule propose, and so do the other mentions of the sentence; a fitted model, over how each was
found and where it stands, gives the probability that a candidate is right, and the best of a slot fills it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from spacy.tokens import Token

from newsclaims.claims.careers import Careers
from newsclaims.claims.features import dependency_path
from newsclaims.claims.figure_times import is_point, times
from newsclaims.claims.frames import FIGURE, Frame
from newsclaims.claims.functions import function_of, is_passive
from newsclaims.claims.meaning import Lexicon, Reading, fitted_slots, label_of
from newsclaims.claims.paths import clause, fillers, reach
from newsclaims.claims.sites import aims, sites
from newsclaims.language.dates import UNITS
from newsclaims.language.mentions import (
    DATE,
    GROUP,
    MONEY,
    NOUN,
    ORG,
    OTHER,
    PERSON,
    PLACE,
    Mention,
    Mentions,
    same_entity,
)
from newsclaims.language.money.component import MoneyMention
from newsclaims.language.sentences import in_sight, sentence_start
from newsclaims.language.surroundings import wording
from newsclaims.scales import bucket

SLOTS = {
    "pay": ("recipient", "payer", "period"),
    "deal": ("payer", "payee", "target", "stake", "date"),
    "figure": ("subject", "period"),
}
"""Slots in the order in which they are filled: who is paid tells who pays. Any time may be a
period; one that is a point of time is then the claim's date."""
GUESSED = frozenset(("before", "topic", "sentence"))
"""Ways to a payer by nearness alone: who is likelier paid is none."""
BESIDE = {"recipient": (PERSON, GROUP), "subject": (ORG, PERSON, GROUP, OTHER, PLACE)}
FIRM = (ORG, PERSON, OTHER, PLACE, GROUP)
"""Labels of further mentions of the sentence that may fill a slot."""
PERCENTAGE = r"\d+(?:\.\d+)?[ -]?(?:%|per cent|percent|pct)"
SHARE = re.compile(
    rf"(?:{PERCENTAGE}"
    r"|\b(?:a|one|two|three)[ -](?:half|thirds?|quarters?|fifths?|tenths?)|(?<!first )(?<!second )\bhalf)"
    r"(?= (?:\w+ )?(?:stake|interest|holding|share|of)\b)"
    r"|\b(?:a )?(?:minority|majority|controlling) (?:stake|interest|holding|shareholding)\b"
)
"""A share of a company: "49%", "a third", "a minority stake"."""
HELD = re.compile(
    r"\b(?:my|his|her|its|our|their|\w+'s|another|further|remaining|last|for|buy(?:s|ing)?|bought|sell(?:s|ing)?|sold"
    rf"|acquir(?:e[sd]?|ing)|purchas(?:e[sd]?|ing)|t(?:ake|akes|aking|ook)) ({PERCENTAGE})"
    r"(?=$|[^\w\s-]| (?:to|from|for|in|of|at|by|on|and|went|was|were|last|this|more)\b)"
)
"""A share that is bought, sold or somebody's, of which no noun says what it is: "sold his *49%* to Acme"."""
EMPTY = frozenset(
    "i we you me us this that these those which who whom what there none some all half most much one percent cent "
    "pct % rest remainder".split()
)
"""Words that say nothing of who or what is meant."""
ABOUT = frozenset("in on at to for from per".split())
"""Prepositions that join what an amount is of to what that is about."""
LENGTHS = UNITS | {"quarter", "quarters", "period", "term", "fortnight"}
HOLLOW = {
    "target": frozenset("stake interest holding majority minority".split()),
    "subject": frozenset(
        "low high amount valuation round number qtr period record basis mark sum total".split()
    ),
}
"""Nouns that say how much, and not of what."""


@dataclass(slots=True)
class Candidate:
    """A mention that may fill a slot, with the ways in which it was found, the first the best."""

    slot: str
    mention: Mention
    ways: list[str] = field(default_factory=list)


class Filler:
    """Fills the slots of one figure."""

    def __init__(
        self,
        figure: MoneyMention,
        reading: Reading,
        store: Mentions,
        careers: Careers,
        lexicon: Lexicon,
        told: Mapping[str, Mention],
    ) -> None:
        self.lexicon, self.told = lexicon, told
        self.figure, self.reading, self.store, self.careers = figure, reading, store, careers
        self.span = figure.span
        self.around = sites(figure.span)
        self.start, self.end = in_sight(figure.span)
        self.known: dict[tuple[int, int, str, str], list[str]] = {}
        self.near: dict[tuple[str, ...], list[tuple[Mention, str]]] = {}
        self.verb = clause(figure.span.root)
        self.amount = next(
            m for m in store.within(self.span.start, self.span.end, MONEY) if m.value is figure
        )

    def frame(self) -> Frame:
        """The claim's frame: for each slot the likeliest candidate, if it is likely enough."""
        slots, how = {"amount": self.amount}, {"amount": FIGURE}
        wanted = SLOTS[self.reading.rule.type]
        for slot in wanted:
            best, sure = self.likeliest(slot, slots)
            if best is not None and slot == "payer" and "payee" in wanted and best.ways[0] in GUESSED:
                other, surer = self.likeliest("payee", slots)
                if other is not None and surer > sure and same_entity(other.mention, best.mention):
                    slots["payee"], how["payee"] = other.mention, other.ways[0]
                    best, _ = self.likeliest(slot, slots)
            if best is not None and slot not in slots:
                point = slot == "period" and is_point(best.mention, of_pay="recipient" in wanted)
                name = "date" if point else slot
                slots[name], how[name] = best.mention, best.ways[0]
        return Frame(self.reading.rule, self.reading.trigger, slots, how, score=self.reading.score)

    def likeliest(self, slot: str, slots: dict[str, Mention]) -> tuple[Candidate | None, float]:
        """The likeliest candidate for a slot, given those that are filled, and how likely it is, if likely enough."""
        judge = fitted_slots()[model_name(self.reading.rule.type, slot)]
        offered = self.candidates(slot, slots)
        best, sure = None, judge.threshold
        for candidate, chance in zip(
            offered, judge.probabilities(*self.features(offered, slots)), strict=True
        ):
            if chance > sure:
                best, sure = candidate, chance
        return best, sure

    def candidates(self, slot: str, slots: dict[str, Mention]) -> list[Candidate]:
        """What may fill a slot, given the slots that are filled: nothing that fills another, nor the figure itself."""
        found: dict[tuple[int, int], Candidate] = {}
        for mention, way in self.proposed(slot, slots):
            mention = self.beside(mention)
            if slot == "subject":
                mention = self.whole(mention)
            apart = mention.end <= self.span.start or mention.start >= self.span.end
            if apart and fits(mention, slot) and not any(same_entity(mention, m) for m in slots.values()):
                key = (mention.start, mention.end)
                found.setdefault(key, Candidate(slot, mention)).ways.append(way)
        return without_parts(found.values()) if slot == "subject" else list(found.values())

    def beside(self, mention: Mention) -> Mention:
        """A noun phrase without the figure in it: "his £750,000 home" is "home", "a record deficit of $9m" the deficit."""
        if mention.label != NOUN:
            return mention
        start, end, root = mention.start, mention.end, mention.root.i
        if root >= self.span.end > start:
            start = self.behind(root)
        elif start <= root < self.span.start < end:
            end = root + 1
        else:
            return mention
        return Mention(mention.doc, start, end, NOUN, source="noun")

    def behind(self, root: int) -> int:
        """Where the figure ends with all that belongs to it before a noun: "a £20 ($38) a month *tariff*"."""
        doc, figure, end = self.span.doc, self.figure, self.span.end
        converted = max((other.end for other in figure.amount.also), default=0)
        while end < root and (doc[end].idx < converted or (converted and doc[end].text in ")]")):
            end += 1
        for stretch in (figure.period, figure.per):
            if stretch is not None and end <= stretch.start and stretch.end <= root:
                end = stretch.end
        return end

    def whole(self, mention: Mention) -> Mention:
        """A noun with what it is about: "the rise" of "the rise in rail fares"; no time and no money."""
        doc, end = mention.doc, mention.end
        if (
            mention.label != NOUN
            or mention.source != "noun"
            or end >= len(doc)
            or doc[end].lower_ not in ABOUT
        ):
            return mention
        if doc[end].head != mention.root or doc[end].dep_ != "prep":
            return mention
        last = end + 1
        while last <= doc[end].right_edge.i and not (
            doc[last].is_punct or doc[last].dep_ in ("relcl", "acl")
        ):
            last += 1
        timed = any(t.lower_ in LENGTHS for t in doc[end:last]) or any(
            self.store.within(end, last, DATE, MONEY)
        )
        if timed or last == end + 1:
            return mention
        return Mention(doc, mention.start, last, NOUN, source="noun")

    def proposed(self, slot: str, slots: dict[str, Mention]) -> Iterator[tuple[Mention, str]]:
        """Mentions with the way to each: by the paths of the rule, then by standing in the sentence."""
        if slot in ("period", "date"):
            yield from times(self.figure, self.store, (self.start, self.end))
            return
        if slot == "stake":
            yield from self.stakes()
            return
        if slot == "subject" and (label := self.figure.label) is not None:
            yield Mention(self.span.doc, label.start, label.end, NOUN, source="noun"), "row"
        trigger, person = self.reading.trigger, slots.get("recipient")
        for alternative in self.reading.rule.slots.get(slot, ()):
            for mention in reach(alternative, trigger, person, self.store, self.careers.ask):
                yield mention, ".".join(alternative.steps)
        labels = BESIDE.get(slot, FIRM)
        if labels not in self.near:  # most slots take the same labels
            self.near[labels] = list(self.standing_near(labels))
        yield from self.near[labels]

    def standing_near(self, labels: tuple[str, ...]) -> Iterator[tuple[Mention, str]]:
        """Mentions with one of the labels, and nouns, at the sites of the figure, and the mentions of its sentence."""
        for site in (*self.around, *aims(self.around)):
            if site.token.pos_ in ("NOUN", "PROPN", "PRON"):
                for mention in fillers(site.token, (*labels, NOUN), self.store):
                    yield mention, f"site.{site.relation}"
        for mention in self.store.within(self.start, self.end, *labels):
            yield mention, "sentence"
        for slot, mention in self.told.items():
            if mention.label in (*labels, NOUN):
                yield mention, f"told.{slot}"

    def features(
        self, offered: Sequence[Candidate], slots: Mapping[str, Mention]
    ) -> tuple[list[list[str]], list[str]]:
        """Names of the features that hold for each candidate of a slot, given the slots that are filled, and of those
        that hold for all: how each was found and where it stands, and what their figure is like."""
        person = self.person(slots)
        own = [
            [*self.of_candidate(candidate), f"nth={bucket(n)}", *self.career(person, candidate.mention)]
            for n, candidate in enumerate(offered)
        ]
        shared = [f"meaning={self.reading.meaning}", f"offers={bucket(len(offered))}"]
        return own, [*shared, *(f"filled.{slot}" for slot in slots), *self.reading.names]

    def person(self, slots: Mapping[str, Mention]) -> Mention | None:
        """Whom the money is about, as far as a person is told: who gets it, who is bought, or who is named nearest."""
        found = (slots[slot] for slot in ("recipient", "target") if slot in slots)
        people = self.store.within(self.start, self.end, PERSON)
        nearest = min(people, key=lambda mention: abs(mention.start - self.span.start), default=None)
        return next((mention for mention in found if mention.label == PERSON), nearest)

    def career(self, person: Mention | None, place: Mention) -> Iterator[str]:
        """What an organisation is to a person by the claims about people."""
        if person is not None and place.label == ORG:
            yield f"career={self.careers.standing(person, place)}"

    def of_candidate(self, candidate: Candidate) -> list[str]:
        """What holds of a candidate by itself: how it was found, and where it stands."""
        mention, ways = candidate.mention, candidate.ways
        first = f"first={ways[0]}"
        out = [
            first,
            f"{first}:{self.reading.rule.id}",
            f"{first}:{mention.label}",
            f"ways={min(len(ways), 4)}",
        ]
        out += [f"way={way}" for way in dict.fromkeys(ways)]
        key = (mention.start, mention.end, mention.label, mention.source)
        if key not in self.known:  # a mention is a candidate for several slots
            around = wording("filler", mention.doc, mention.start, mention.end)
            self.known[key] = [*dict.fromkeys(self.standing(mention)), *around]
        return out + self.known[key]

    def standing(self, mention: Mention) -> Iterator[str]:
        """Features of what a mention is and how it stands to the figure, whatever slot it may fill."""
        span, root = self.span, mention.root
        behind = mention.start >= span.end
        gap = mention.start - span.end if behind else span.start - mention.end
        start, end = min(mention.end, span.end), max(mention.start, span.start)
        here = sentence_start(root) == sentence_start(span[0])
        place = ("behind" if behind else "before") if here else "elsewhere"
        preposition = root.head.lower_ if root.dep_ == "pobj" else ""
        near = "near" if gap <= 1 else "close" if gap <= 4 else "clause" if gap <= 10 else "far"
        yield from (
            f"label={mention.label}",
            f"source={mention.source}",
            f"place={place}",
            f"gap={place}.{near}",
            f"dep={root.dep_}:{preposition}",
            f"where={place}:{preposition}",
            f"commas={min(2, self.careers.marks(start, end))}",
            f"figures={len(self.store.within(start, end, MONEY)) if here else 9}",
            f"opening={mention.start - sentence_start(root) <= 1}",
        )
        yield from surroundings(mention)
        if here:
            yield from self.functions_of(root)
            yield from self.order(mention, behind)
            yield from self.careers.links(start, end)
            if end - start <= 3:
                yield f"joined={mention.doc[start:end].text.lower()}"
        yield from (f"told={slot}" for slot, filled in self.told.items() if same_entity(mention, filled))
        if mention.entity is not None:
            yield f"times={min(len(mention.entity.mentions), 4)}"

    def functions_of(self, token: Token) -> Iterator[str]:
        """What a noun is to the verb of its clause, with what that verb and the figure mean."""
        verb = clause(token)
        name = function_of(token, verb)
        same = "same" if verb == self.verb else "other"
        path = f"path={dependency_path(token, self.span.root)}"
        voice = f"voice={name}:{is_passive(verb)}"
        meaning = self.reading.meaning
        yield from (f"function={name}.{same}", f"function={name}.{same}:{meaning}", path, f"{path}:{meaning}")
        yield from (voice, f"{voice}:{meaning}", f"verb={name}:{verb.lemma_.lower()}")
        yield f"figure.verb={name}:{self.verb.lemma_.lower()}"
        yield from (f"function={name}.{same}:{label_of(r)}" for r in self.lexicon.rules(verb))

    def order(self, mention: Mention, behind: bool) -> Iterator[str]:
        """How many mentions of the same kind stand nearer to the figure on that side, and how many there are."""
        span = self.span
        place = "behind" if behind else "before"
        side = (span.end, self.end) if behind else (self.start, span.start)
        alike = self.store.within(*side, mention.label)
        nearer = sum(m.start < mention.start if behind else m.start > mention.start for m in alike)
        rank = f"rank={place}.{min(nearer, 3)}"
        yield from (rank, f"{rank}:{self.reading.meaning}", f"alike={min(len(alike), 4)}")

    def stakes(self) -> Iterator[tuple[Mention, str]]:
        """A share of a company in the figure's sentence."""
        sight = self.span.doc[self.start : self.end]
        text = sight.text
        for match in (*SHARE.finditer(text), *HELD.finditer(text)):
            found = sight.char_span(*match.span(match.lastindex or 0), alignment_mode="expand")
            if found is not None:
                yield Mention(self.span.doc, found.start, found.end, NOUN, source="noun"), "share"


def without_parts(offered: Iterable[Candidate]) -> list[Candidate]:
    """Candidates but for nouns that are a part of another: "fares" of "the rise in fares"."""
    offered = list(offered)
    return [one for one in offered if not any(is_part(one.mention, whole.mention) for whole in offered)]


def is_part(part: Mention, whole: Mention) -> bool:
    """Whether one noun is what another is about."""
    return part.label == whole.label == NOUN and whole.root.i < part.start < part.end <= whole.end


def model_name(kind: str, slot: str) -> str:
    """The name of the model that judges candidates for a slot; periods and dates have the same candidates."""
    return f"{kind}.{'time' if slot in ('period', 'date') else slot}"


def surroundings(mention: Mention) -> Iterator[str]:
    """The words beside a candidate, the word that governs it, and its own where it is no name."""
    doc, root = mention.doc, mention.root
    yield f"left={doc[mention.start - 1].lower_ if mention.start else ''}"
    yield f"right={doc[mention.end].lower_ if mention.end < len(doc) else ''}"
    if root.dep_ == "pobj":
        governor, relation = root.head.head, root.head.lower_
    else:
        governor, relation = root.head, root.dep_
    yield from (f"head={governor.lemma_.lower()}", f"head={governor.lemma_.lower()}:{relation}")
    if mention.label == NOUN or mention.source in ("pronoun", "description", "title"):
        yield f"word={root.lemma_.lower()}"


def fits(mention: Mention, slot: str) -> bool:
    """Whether a mention can fill a slot: no pronoun without a referent, no share as a target, no source."""
    root = mention.root
    if slot not in ("stake", "date", "period") and mention.label == NOUN:
        root = counted(mention)
        if root.pos_ in ("NUM", "DET") or root.lower_ in EMPTY:
            return False
    if root.lower_ in HOLLOW.get(slot, ()):
        return False
    return not (root.dep_ == "pobj" and root.head.head.lower_ == "according")


def counted(mention: Mention) -> Token:
    """The head of a noun phrase, or the noun that it is a part of: "5,000 of its *shares*", "all of the *farms*"."""
    root = mention.root
    if root.pos_ not in ("NUM", "DET", "PRON"):
        return root
    parts = (child for child in root.children if child.lower_ == "of" and child.i < mention.end)
    nouns = (noun for part in parts for noun in part.children if noun.dep_ == "pobj" and noun.pos_ == "NOUN")
    return next(nouns, root)
