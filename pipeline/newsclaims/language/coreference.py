"""Pronouns and descriptions: who "she", "the company", "the 41-year-old" or "the club's manager" is.

Each anaphor becomes a mention of its antecedent's entity, so that its text is what stands in the article and its
name the fullest that the article gives.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from spacy.language import Language
from spacy.tokens import Doc, Token

from newsclaims.language.antecedents import (
    AGED,
    DESCRIPTION,
    FEMALE,
    MALE,
    SPEAKER,
    THING,
    TITLE,
    Anaphor,
    Antecedents,
)
from newsclaims.language.described import add_described
from newsclaims.language.mentions import GROUP, ORG, PERSON, PLACE, ROLE, Entity, Mention, Mentions, mentions
from newsclaims.language.surroundings import forget
from newsclaims.language.title_heads import is_plural
from newsclaims.language.words import places
from newsclaims.resources import lexicon, word_kinds

PRONOUNS = {
    "he": MALE, "him": MALE, "his": MALE, "himself": MALE,
    "she": FEMALE, "her": FEMALE, "hers": FEMALE, "herself": FEMALE,
    "i": SPEAKER, "me": SPEAKER, "my": SPEAKER,
    "it": THING, "its": THING,
}  # fmt: skip
DETERMINERS = frozenset(("the", "this", "that", "these"))
SOURCES = {DESCRIPTION: "description", AGED: "description", TITLE: "title"}
AGE = re.compile(r"\d{2}-year-old")
ARGUMENTS = frozenset(("nsubj", "nsubjpass", "poss", "pobj", "dobj", "dative"))
"""Functions in which "it" may be an organisation, and a title somebody who holds it."""
LONGEST = 5
"""Tokens that may stand before the noun of a description."""


def anaphors(doc: Doc, store: Mentions) -> Iterator[Anaphor]:
    """The pronouns, descriptions and titles of a document that may stand for somebody named elsewhere."""
    yield from words(doc, store)
    yield from titles(doc, store)


@lru_cache(maxsize=8)
def description_nouns(nouns: frozenset[str], unnamed: frozenset[str]) -> frozenset[str]:
    """The nouns in which a description of an organisation may end."""
    return nouns | {name.split()[-1] for name in unnamed}


def words(doc: Doc, store: Mentions) -> Iterator[Anaphor]:
    """Pronouns, "the company", and "the 41-year-old"."""
    aged = AGE.search(doc.text) is not None
    nouns = description_nouns(lexicon("org_nouns"), lexicon("unnamed_organisations"))
    for i in range(len(doc)) if aged else places(doc, nouns | frozenset(PRONOUNS), "LOWER"):
        token = doc[i]
        kind = PRONOUNS.get(token.lower_)
        if kind is not None:
            if (
                token.pos_ == "PRON"
                and (kind != THING or (token.dep_ in ARGUMENTS and not is_expletive(token)))
                and not store.at(i, ORG, PERSON)  # "Seven & i"
            ):
                yield Anaphor(kind, token, i, i + 1)
        elif not store.at(i, PERSON, ORG, PLACE, GROUP):
            start = token.left_edge.i
            if token.pos_ not in ("NOUN", "PROPN", "ADJ", "NUM") or doc[start].lower_ not in DETERMINERS:
                continue
            if aged and token.dep_ != "appos" and AGE.search(doc[start : i + 1].text):
                yield Anaphor(AGED, token, start, i + 1)
            elif token.lower_ in nouns and i - start <= LONGEST and not names(token, store):
                yield Anaphor(DESCRIPTION, token, start, i + 1)


def is_expletive(it: Token) -> bool:
    """Whether an "it" stands for nothing, but for the clause behind its verb: "it emerged that", "it is clear that"."""
    verb, words = it.head, word_kinds("expletives")
    if it.i > verb.i or not any(child.dep_ == "ccomp" and child.i > verb.i for child in verb.children):
        return False
    if it.dep_ == "nsubjpass":
        return verb.lemma_ not in words["telling"]
    if verb.lemma_ == "be":
        return not any(child.lower_ in words["thinking"] for child in verb.children)
    return it.dep_ == "nsubj" and verb.lemma_ in words["seeming"]


def titles(doc: Doc, store: Mentions) -> Iterator[Anaphor]:
    """Job titles that stand for somebody: "the Acme boss said", "its founder has left", but not beside a name or as
    what somebody is or becomes; "the broadcaster" is a description."""
    nouns = lexicon("org_nouns")
    for role in [m for m in store if m.label == ROLE]:
        head = role.root
        start = head.left_edge.i
        owned = any(child.dep_ == "poss" for child in head.children)
        if head.dep_ not in ARGUMENTS or is_plural(head) or start > role.start or head.lower_ in nouns:
            continue
        if not (owned or doc[start].lower_ in DETERMINERS) or head.head.lower_ == "as":
            continue
        if store.at(head.i, PERSON, ORG, PLACE, GROUP) or beside_name(head, role.end, store):
            continue
        yield Anaphor(TITLE, head, start, role.end)


def beside_name(head: Token, end: int, store: Mentions) -> bool:
    """Whether a title that ends there has the name of its holder beside it."""
    follows = any(m.label == PERSON for i in (end, end + 1) for m in store.starting(i))
    return follows or any(c.dep_ == "appos" and store.at(c.i, PERSON) is not None for c in head.children)


def names(noun: Token, store: Mentions) -> bool:
    """Whether a noun stands before the name of what it describes: "the retailer Acme"."""
    return any(mention.label == ORG for mention in store.starting(noun.i + 1))


def identifies(description: Anaphor) -> bool:
    """Whether a description tells which organisation it means without its name: "the hockey federation", "the
    government"; but not "the group" or "the new company"."""
    head = description.head
    inside = head.doc[description.start + 1 : description.end]
    if inside.text.lower() in lexicon("unnamed_organisations"):
        return True
    return any(token.pos_ in ("NOUN", "PROPN") and token != head for token in inside)


def listed_owner(anaphor: Anaphor, store: Mentions) -> Mention | None:
    """The organisation right before whose holder of a title is listed with it: "sued *Acme*, its chairman Jane Doe and"."""
    its = anaphor.head
    holder = its.head
    while holder.dep_ == "compound" and holder.head.i > holder.i:
        holder = holder.head  # "its chairman" hangs on "Jane Doe"
    if its.lower_ != "its" or its.i < 2 or holder.dep_ not in ("appos", "conj"):
        return None
    doc, before = its.doc, its.i - 1
    while before > its.i - 3 and doc[before].text in (",", "and"):
        before -= 1
    owner = store.at(before, ORG)
    title = next(
        (m for i in range(its.i + 1, its.i + LONGEST) for m in store.starting(i) if m.label == ROLE), None
    )
    if owner is None or owner.end != before + 1 or before == its.i - 1 or title is None:
        return None
    name = title.end + (doc[title.end : title.end + 1].text == ",")
    return owner if any(m.label == PERSON for m in store.starting(name)) else None


def add_unnamed(doc: Doc, description: Anaphor, store: Mentions, known: dict[str, Entity]) -> None:
    """Add a mention of an organisation that the article nowhere names; ``known`` has those added by their words."""
    words = doc[description.start + 1 : description.end].text
    entity = known.get(words.lower())
    if entity is None:
        entity = known[words.lower()] = Entity(ORG, words)
        store.entities.append(entity)
    source = SOURCES[DESCRIPTION]
    mention = Mention(doc, description.start, description.end, ORG, entity=entity, source=source)
    entity.mentions.append(store.add(mention))


@Language.component("newsclaims_coreference", assigns=["doc._.mentions"], requires=["token.dep"])
def coreference(doc: Doc) -> Doc:
    """Add mentions for pronouns and descriptions that stand for somebody named in the article."""
    store = mentions(doc)
    found = list(anaphors(doc, store))
    unnamed: dict[str, Entity] = {}
    antecedents = Antecedents(doc, store)
    for anaphor, antecedent in zip(found, antecedents.choose(found), strict=True):
        if anaphor.kind == DESCRIPTION:
            antecedent = antecedents.whole_of(anaphor) or antecedent
        antecedent = listed_owner(anaphor, store) or antecedent
        if antecedent is None or antecedent.entity is None:
            if anaphor.kind == DESCRIPTION and identifies(anaphor):
                add_unnamed(doc, anaphor, store, unnamed)
            continue
        source = SOURCES.get(anaphor.kind, "pronoun")
        mention = Mention(
            doc, anaphor.start, anaphor.end, antecedent.label, entity=antecedent.entity, source=source
        )
        store.add(mention)
        antecedent.entity.mentions.append(mention)
        if antecedent.label == ORG:  # "the chip maker" is nobody's job
            for role in store.within(anaphor.start, anaphor.end, ROLE):
                store.remove(role)
    add_described(store)
    forget(doc)
    return doc
