"""Pronouns and descriptions: who "she", "the company" or "the 41-year-old" is.

Each anaphor becomes a mention of its antecedent's entity, so that its text is what stands in the article and its
name the fullest that the article gives. Candidates are the mentions before it, nearer sentences and subjects first.
"""

from __future__ import annotations

import re

from spacy.language import Language
from spacy.tokens import Doc, Token

from newsclaims.language.mentions import GROUP, ORG, PERSON, PLACE, Entity, Mention, Mentions, mentions
from newsclaims.language.sentences import sentence_numbers
from newsclaims.language.words import places
from newsclaims.resources import lexicon

PRONOUNS = {
    "he": "m", "him": "m", "his": "m", "himself": "m",
    "she": "f", "her": "f", "hers": "f", "herself": "f",
    "i": "", "me": "", "my": "",
}  # fmt: skip
ORG_NOUNS = frozenset(
    "company firm group bank club startup start-up business carmaker airline retailer network broadcaster agency "
    "regulator watchdog newspaper paper publisher studio label lender insurer charity university college school "
    "hospital party union team side association federation organisation organization corporation giant maker manufacturer "
    "operator supermarket brewer chain developer brand unit lab outfit council commission government foundation "
    "trust museum ministry department committee board partnership fund conglomerate enterprise parent service "
    "institution venture".split()
)
ORG_PRONOUNS = frozenset(("it", "its", "they", "their", "we", "our", "us", "them"))
ANAPHORS = frozenset(PRONOUNS) | {"it", "its"} | ORG_NOUNS
AGE = re.compile(r"\d{2}-year-old")
SUBJECTS = frozenset(("nsubj", "nsubjpass", "poss"))
REACH = 4  # sentences back


def gender_of(entity: Entity, doc: Doc) -> str | None:
    """ "m" or "f" where an honorific or the given name tells."""
    for m in entity.mentions:
        before = doc[m.start - 1].text.rstrip(".") if m.start else ""
        if before in ("Mr", "Sir", "Lord", "King", "Prince", "Herr"):
            return "m"
        if before in ("Mrs", "Ms", "Miss", "Dame", "Lady", "Baroness", "Queen", "Princess", "Frau"):
            return "f"
    first = entity.name.split()[0]
    if first in lexicon("given_names_female"):
        return "f"
    if first in lexicon("given_names_male"):
        return "m"
    return None


class Resolver:
    """Finds antecedents in one document, anaphors in text order."""

    def __init__(self, doc: Doc, store: Mentions) -> None:
        self.doc, self.store = doc, store
        self.sentence_of = sentence_numbers(doc)
        for entity in store.entities:
            if entity.label == PERSON:
                entity.gender = gender_of(entity, doc)
        self.people = [m for m in store if m.label == PERSON]
        self.orgs = [m for m in store if m.label == ORG]

    def salience(self, candidate: Mention, anaphor: Token) -> float:
        """How near and how prominent a candidate stands; higher is better."""
        distance = self.sentence_of[anaphor.i] - self.sentence_of[candidate.start]
        root = candidate.root
        score = -1.2 * distance
        if root.dep_ in ("nsubj", "nsubjpass"):
            score += 1.5
            if root.head.dep_ == "ROOT":
                score += 0.5
        elif root.dep_ in ("pobj", "compound"):
            score -= 0.3
        if distance == 0:
            score += 0.3 if root.head != anaphor.head else -3.0  # "X told him": not X
        return score

    def antecedent(self, anaphor: Token, pool: list[Mention], gender: str = "") -> Mention | None:
        """The best earlier mention for an anaphor, or nothing."""
        here = self.sentence_of[anaphor.i]
        best: tuple[float, int, Mention] | None = None
        for m in pool:
            if m.start >= anaphor.i:
                break
            entity = m.entity
            if entity is None or here - self.sentence_of[m.start] > REACH:
                continue
            if gender and entity.gender and entity.gender != gender:
                continue
            score = self.salience(m, anaphor) + (0.8 if gender and entity.gender == gender else 0.0)
            if best is None or (score, m.start) >= best[:2]:
                best = (score, m.start, m)
        return best[2] if best else None

    def person(self, pronoun: Token) -> Mention | None:
        gender = PRONOUNS[pronoun.lower_]
        if not gender:
            return None
        found = self.antecedent(pronoun, self.people, gender)
        if found is None:  # "He" before the name: "As he left, Smith said"
            ahead = [m for m in self.people if pronoun.i < m.start < pronoun.sent.end]
            found = ahead[0] if ahead and pronoun.dep_ in SUBJECTS and pronoun.head.dep_ == "advcl" else None
        if found is not None and found.entity is not None and found.entity.gender is None:
            found.entity.gender = gender
        return found

    def description(self, noun: Token) -> Mention | None:
        """ "the company", "the 41-year-old", "the chief executive": who that is."""
        start = noun.left_edge.i
        determiner = self.doc[start].lower_
        if determiner not in ("the", "this", "that", "these", "its"):
            return None
        words = self.doc[start : noun.i + 1].text
        if AGE.search(words):
            return self.antecedent(noun, self.people)
        if noun.lower_ in ORG_NOUNS and noun.i - start <= 3 and determiner != "its":
            return self.antecedent(noun, self.orgs)
        return None


@Language.component("newsclaims_coreference", assigns=["doc._.mentions"], requires=["token.dep"])
def coreference(doc: Doc) -> Doc:
    """Add mentions for pronouns and descriptions that stand for somebody named in the article."""
    store = mentions(doc)
    resolver = Resolver(doc, store)
    aged = AGE.search(doc.text) is not None
    for i in range(len(doc)) if aged else places(doc, ANAPHORS, "LOWER"):
        token = doc[i]
        word = token.lower_
        found: Mention | None = None
        start = token.i
        source = "pronoun"
        if word in PRONOUNS and token.pos_ == "PRON":
            found = resolver.person(token)
        elif word in ("it", "its") and token.pos_ == "PRON":
            found = (
                resolver.antecedent(token, resolver.orgs)
                if token.dep_ in (*SUBJECTS, "pobj", "dobj")
                else None
            )
        elif token.pos_ in ("NOUN", "PROPN", "ADJ", "NUM") and not store.at(
            token.i, PERSON, ORG, PLACE, GROUP
        ):
            found = resolver.description(token)
            start, source = token.left_edge.i, "description"
        if found is not None and found.entity is not None:
            start = min(start, token.i)
            m = Mention(doc, start, token.i + 1, found.label, entity=found.entity, source=source)
            store.add(m)
            found.entity.mentions.append(m)
    return doc
