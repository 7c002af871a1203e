"""Kinds of organisations, by the words of their names or the nouns that are said of them."""

from __future__ import annotations

from collections import Counter
from functools import cache

from spacy.tokens import Token

from newsclaims.language.mentions import Entity
from newsclaims.resources import lexicon, word_kinds

UNKNOWN = "none"


@cache
def org_classes() -> dict[str, str]:
    """Word -> the class of the organisations whose names have it, or for which it stands."""
    return {word: name for name, words in word_kinds("org_classes").items() for word in words}


def class_of_name(name: str) -> str:
    """The class that the last telling word of a name says; "" where none does."""
    known = org_classes()
    return next((known[w] for w in reversed(name.lower().replace(".", "").split()) if w in known), "")


def is_firm(token: Token) -> bool:
    """Whether a word is a noun for firms in small letters, and so ends no name."""
    return token.is_lower and org_classes().get(token.text) == "firm"


def is_kind(token: Token) -> bool:
    """Whether a word says what the organisation is whose name follows."""
    nouns = word_kinds("name_contexts")
    return (
        token.lower_ in lexicon("org_nouns")
        or token.lower_ in nouns["generic_organisations"] | nouns["trades"]
    )


def is_sort(noun: str) -> bool:
    """Whether a noun stands for organisations of a trade."""
    return noun in word_kinds("name_contexts")["trades"] or org_classes().get(noun, "") in ("firm", "fund")


def org_class(entity: Entity) -> str:
    """The class of an organisation, by the last telling word of its name or else the noun said of it most often."""
    if named := class_of_name(entity.name):
        return named
    known = org_classes()
    said: Counter[str] = Counter()
    for mention in entity.mentions:
        described = mention.source == "description"
        i = mention.end - 1 if described else mention.start - 1  # "the club"; "retailer Acme"
        word = mention.doc[i].lower_ if i >= 0 else ""
        if word in known:
            said[known[word]] += 1
    return said.most_common(1)[0][0] if said else UNKNOWN
