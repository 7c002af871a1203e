"""Pronouns and descriptions: who "she", "the company" or "the 41-year-old" is.

Each anaphor becomes a mention of its antecedent's entity, so that its text is what stands in the article and its
name the fullest that the article gives.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from spacy.language import Language
from spacy.tokens import Doc, Token

from newsclaims.language.antecedents import (
    AGED,
    DESCRIPTION,
    FEMALE,
    MALE,
    SPEAKER,
    THING,
    Anaphor,
    Antecedents,
)
from newsclaims.language.mentions import GROUP, ORG, PERSON, PLACE, Mention, Mentions, mentions
from newsclaims.language.words import places
from newsclaims.resources import lexicon

PRONOUNS = {
    "he": MALE, "him": MALE, "his": MALE, "himself": MALE,
    "she": FEMALE, "her": FEMALE, "hers": FEMALE, "herself": FEMALE,
    "i": SPEAKER, "me": SPEAKER, "my": SPEAKER,
    "it": THING, "its": THING,
}  # fmt: skip
DETERMINERS = frozenset(("the", "this", "that", "these"))
AGE = re.compile(r"\d{2}-year-old")
ARGUMENTS = frozenset(("nsubj", "nsubjpass", "poss", "pobj", "dobj", "dative"))
"""Functions in which "it" may be an organisation."""
LONGEST = 3
"""Tokens that may stand before the noun of a description."""


def anaphors(doc: Doc, store: Mentions) -> Iterator[Anaphor]:
    """The pronouns and descriptions of a document, in text order."""
    aged = AGE.search(doc.text) is not None
    nouns = lexicon("org_nouns")
    for i in range(len(doc)) if aged else places(doc, nouns | frozenset(PRONOUNS), "LOWER"):
        token = doc[i]
        kind = PRONOUNS.get(token.lower_)
        if kind is not None:
            if token.pos_ == "PRON" and (kind != THING or token.dep_ in ARGUMENTS):
                yield Anaphor(kind, token, i)
        elif not store.at(i, PERSON, ORG, PLACE, GROUP):
            start = token.left_edge.i
            if token.pos_ not in ("NOUN", "PROPN", "ADJ", "NUM") or doc[start].lower_ not in DETERMINERS:
                continue
            if aged and AGE.search(doc[start : i + 1].text):
                yield Anaphor(AGED, token, start)
            elif token.lower_ in nouns and i - start <= LONGEST and not names(token, store):
                yield Anaphor(DESCRIPTION, token, start)


def names(noun: Token, store: Mentions) -> bool:
    """Whether a noun stands before the name of what it describes: "the retailer Acme"."""
    return any(mention.label == ORG for mention in store.starting(noun.i + 1))


@Language.component("newsclaims_coreference", assigns=["doc._.mentions"], requires=["token.dep"])
def coreference(doc: Doc) -> Doc:
    """Add mentions for pronouns and descriptions that stand for somebody named in the article."""
    store = mentions(doc)
    found = list(anaphors(doc, store))
    for anaphor, antecedent in zip(found, Antecedents(doc, store).choose(found), strict=True):
        if antecedent is None or antecedent.entity is None:
            continue
        source = "description" if anaphor.kind in (DESCRIPTION, AGED) else "pronoun"
        end = anaphor.head.i + 1
        mention = Mention(doc, anaphor.start, end, antecedent.label, entity=antecedent.entity, source=source)
        store.add(mention)
        antecedent.entity.mentions.append(mention)
    return doc
