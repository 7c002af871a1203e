"""Kinds of organisations, by the words of their names or the nouns that are said of them."""

from __future__ import annotations

from collections import Counter
from functools import cache

from newsclaims.language.mentions import Entity
from newsclaims.resources import word_kinds

UNKNOWN = "none"


@cache
def org_classes() -> dict[str, str]:
    """Word -> the class of the organisations whose names have it, or for which it stands."""
    return {word: name for name, words in word_kinds("org_classes").items() for word in words}


def class_of_name(name: str) -> str:
    """The class that the last telling word of a name says; "" where none does."""
    known = org_classes()
    return next((known[w] for w in reversed(name.lower().replace(".", "").split()) if w in known), "")


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
