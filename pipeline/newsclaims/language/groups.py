"""Groups of people as noun phrases: "at least 14 Meta researchers and engineers", "dozens of staff"."""

from __future__ import annotations

from functools import lru_cache

from spacy.language import Language
from spacy.tokens import Doc, Token

from newsclaims.language.mentions import GROUP, PERSON, Mention, Mentions, mentions
from newsclaims.language.roles import is_plural, with_plurals
from newsclaims.language.words import places
from newsclaims.resources import lexicon

QUANTITIES = frozenset(
    "dozens hundreds thousands scores some many several most none all half third quarter fifth number handful trio "
    "pair group team couple majority tenth percent % tens".split()
)
CLAUSES = frozenset(("relcl", "acl", "advcl", "appos"))


@lru_cache(maxsize=8)
def people_words(titles: frozenset[str], nouns: frozenset[str]) -> frozenset[str]:
    """The words of which ``is_people`` may be true."""
    return with_plurals(titles) | nouns


def is_people(token: Token) -> bool:
    """Whether a token is a plural noun for people, or a word like "staff" or "others"."""
    word = token.lower_
    return token.pos_ in ("NOUN", "PROPN", "PRON") and (is_plural(token) or word in lexicon("people_nouns"))


def noun_phrase(head: Token) -> tuple[int, int]:
    """Bounds of the group's noun phrase, up to the first relative clause or prepositional phrase."""
    start = head.i
    for child in head.lefts:
        if child.dep_ not in ("punct", "cc", "relcl", "mark"):
            start = min(start, child.left_edge.i)
    doc, end = head.doc, head.i + 1
    for conj in head.conjuncts:
        if is_people(conj) and conj.i > head.i and conj.left_edge.i >= end:
            end = conj.i + 1
    if head.dep_ == "pobj" and head.head.lower_ == "of":
        quantity = head.head.head
        if quantity.lower_ in QUANTITIES or quantity.like_num or quantity.pos_ == "NUM":
            start = min(
                [quantity.i, *(c.left_edge.i for c in quantity.lefts if c.dep_ not in ("punct", "cc"))]
            )
    while (
        start < head.i and (doc[start].is_punct or doc[start].is_space) and doc[start].text not in ("$", '"')
    ):
        start += 1
    return start, end


def find(doc: Doc, store: Mentions) -> list[tuple[int, int]]:
    spans: list[tuple[int, int]] = []
    words = people_words(lexicon("role_heads"), lexicon("people_nouns"))
    for token in map(doc.__getitem__, places(doc, words, "LOWER")):
        if not is_people(token) or store.at(token.i, PERSON):
            continue
        if token.dep_ == "compound":
            continue
        start, end = noun_phrase(token)
        if spans and start < spans[-1][1]:
            continue
        spans.append((start, end))
    return spans


@Language.component("newsclaims_groups", assigns=["doc._.mentions"], requires=["token.pos", "token.dep"])
def groups(doc: Doc) -> Doc:
    """Add a mention for every group of people."""
    store = mentions(doc)
    for start, end in find(doc, store):
        store.add(Mention(doc, start, end, GROUP, source="group"))
    return doc
