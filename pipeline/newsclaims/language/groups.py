"""Groups of people as noun phrases.

``people``   a plural noun for people: "at least 14 Meta researchers and engineers", "dozens of staff"
``teams``    a team with its size, or as a whole: "a five-strong equities team", "her entire team"
``numbers``  a number where people must be meant: "Two of her team", "four have accepted", "seven of the 48 choristers"
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

import numpy
from spacy.language import Language
from spacy.tokens import Doc, Token

from newsclaims.language.mentions import GROUP, ORG, PERSON, Mention, Mentions, mentions
from newsclaims.language.roles import is_headline_verb
from newsclaims.language.title_heads import is_plural, with_plurals
from newsclaims.language.words import places
from newsclaims.resources import lexicon

QUANTITIES = frozenset(
    "dozens hundreds thousands scores some many several most none all half third quarter fifth number handful trio "
    "pair group team couple majority tenth percent % tens".split()
)
WHOLE = frozenset(("entire", "whole"))
STRONG = frozenset("strong person man woman member people".split())
NUMBER_WORDS = frozenset(
    "two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen "
    "nineteen twenty thirty forty fifty".split()
)
COUNTABLE = ("nsubj", "nsubjpass", "dobj", "conj")
"""Where a number that stands alone can be people."""
PARTS = frozenset("them us those these whom".split())
SCALES = frozenset("million billion trillion thousand percent %".split())


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
    if head.lower_ == "members":
        end = max(end, belonging(head))
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


def belonging(members: Token) -> int:
    """Where what members are of ends, unless it has a name, which is where they work: "six members of the sports desk"."""
    doc, end = members.doc, members.i + 1
    if end == len(doc) or doc[end].lower_ != "of":
        return end
    noun = next((c for c in doc[end].rights if c.dep_ == "pobj"), None)
    if noun is None or noun.pos_ != "NOUN":
        return end
    return end if mentions(doc).within(end, noun.i + 1, ORG) else noun.i + 1


def people(doc: Doc, store: Mentions) -> Iterator[tuple[int, int]]:
    """Plural nouns for people with all that belongs to them."""
    words = people_words(lexicon("role_heads"), lexicon("people_nouns"))
    for token in map(doc.__getitem__, places(doc, words, "LOWER")):
        if is_headline_verb(token, store):
            continue
        if is_people(token) and not store.at(token.i, PERSON) and token.dep_ != "compound":
            yield noun_phrase(token)


def teams(doc: Doc, store: Mentions) -> Iterator[tuple[int, int]]:
    """Teams of which the size is told, or that are meant as a whole."""
    for token in map(doc.__getitem__, places(doc, lexicon("team_nouns"), "LOWER")):
        if token.pos_ != "NOUN" or token.dep_ == "compound" or store.at(token.i, PERSON, ORG) is not None:
            continue
        start, end = noun_phrase(token)
        sized = of_number(token)
        if sized is not None:
            yield start, sized + 1
            continue
        of_it = token.dep_ == "pobj" and start < token.head.i  # "half of the team"
        whole = any(t.lower_ in WHOLE for t in doc[start : token.i])
        if of_it or whole or tells_size(doc, start, token.i):
            yield start, end


def of_number(token: Token) -> int | None:
    """The number in "a team of 60"."""
    behind = token.doc[token.i + 1 : token.i + 3]
    return behind[1].i if len(behind) == 2 and behind[0].lower_ == "of" and behind[1].like_num else None


def tells_size(doc: Doc, start: int, end: int) -> bool:
    """Whether "five-strong", "seven-person" or "14-lawyer" stands in a range."""
    titles = lexicon("role_heads")
    return any(
        doc[i].text == "-"
        and doc[i - 1].like_num
        and (doc[i + 1].lower_ in STRONG or doc[i + 1].lower_ in titles)
        for i in range(start + 1, end)
    )


def numbers(doc: Doc, store: Mentions) -> Iterator[tuple[int, int]]:
    """Numbers that stand for people: alone as the subject or object of a verb, or as a part of people."""
    for i in numpy.flatnonzero(doc.to_array("LIKE_NUM")).tolist():
        token = doc[i]
        if not counts(token) or store.at(i) is not None:
            continue
        end = part_of(token)
        if end is not None or stands_alone(token):
            yield i, end or i + 1


def stands_alone(token: Token) -> bool:
    """Whether a number is the subject or object of a verb by itself; digits as an object are scores and sizes."""
    doc, i = token.doc, token.i
    if token.dep_ not in COUNTABLE or i + 1 == len(doc) or doc[i + 1].text in ("-", "/"):
        return False
    if token.dep_ == "conj" and token.head.dep_ not in COUNTABLE:
        return False
    return not token.is_digit or (token.dep_ != "dobj" and all(c.dep_ == "advmod" for c in token.rights))


def counts(token: Token) -> bool:
    """Whether a number can be of people: no money, no date, no fraction."""
    if token.ent_type_ not in ("", "CARDINAL") or token.pos_ != "NUM":
        return False
    whole = token.lower_ in NUMBER_WORDS or token.lower_.partition("-")[0] in NUMBER_WORDS
    if not whole and not (token.text.isdecimal() and len(token) < 5 and not 1900 <= int(token.text) < 2100):
        return False
    after = token.doc[token.i + 1].lower_ if token.i + 1 < len(token.doc) else ""
    before = token.doc[token.i - 1].text if token.i else ""
    return after not in SCALES and before not in ("$", "£", "€", "-", "No", "No.")


def part_of(token: Token) -> int | None:
    """Where "of them", "of her team" or "of the 48 choristers" ends behind a number."""
    of = next((c for c in token.rights if c.lower_ == "of" and c.i == token.i + 1), None)
    noun = next((c for c in of.rights if c.dep_ == "pobj"), None) if of is not None else None
    if noun is None:
        return None
    if noun.lower_ in PARTS or noun.lower_ in lexicon("team_nouns") or is_people(noun):
        return noun.i + 1
    counted = noun.tag_ == "NNS" and any(c.like_num for c in noun.lefts)
    return noun.i + 1 if counted else None


def find(doc: Doc, store: Mentions) -> list[tuple[int, int]]:
    """Token bounds of all groups, none inside another."""
    spans: list[tuple[int, int]] = []
    found = {*people(doc, store), *teams(doc, store), *numbers(doc, store)}
    for start, end in sorted(found, key=lambda bounds: (bounds[0], -bounds[1])):
        if not spans or start >= spans[-1][1]:
            spans.append((start, end))
    return spans


def size_of(group: Mention) -> str:
    """How a group tells its size: "number", "quantity", a word like "the" or "her" that it begins with, or "bare"."""
    words = group.span
    if any(t.like_num for t in words):
        return "number"
    if any(t.lower_ in QUANTITIES for t in words):
        return "quantity"
    return words[0].lower_ if words[0].pos_ in ("DET", "PRON") else "bare"


@Language.component("newsclaims_groups", assigns=["doc._.mentions"], requires=["token.pos", "token.dep"])
def groups(doc: Doc) -> Doc:
    """Add a mention for every group of people."""
    store = mentions(doc)
    for start, end in find(doc, store):
        store.add(Mention(doc, start, end, GROUP, source="group"))
    return doc
