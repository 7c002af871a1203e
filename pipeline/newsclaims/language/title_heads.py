"""The words in which job titles end, and what tells such a word from a verb or the name of a newspaper."""

from __future__ import annotations

from functools import cache, lru_cache

from spacy.tokens import Token

from newsclaims.language.recognised import is_paper
from newsclaims.resources import lexicon, word_kinds

FORMER = frozenset(
    ("former", "ex", "ex-", "one-time", "onetime", "erstwhile", "then", "late", "past", "previous")
)
"""Words before a title that is held no more."""
NOMINAL = ("NOUN", "PROPN", "ADJ")


@cache
def role_classes() -> dict[str, str]:
    """Head word of a title -> its class."""
    return {word: name for name, words in word_kinds("role_classes").items() for word in words}


def is_head(token: Token) -> bool:
    """Whether a token is the head of a job title."""
    heads = lexicon("role_heads")
    word = token.lower_
    if not (word in heads or token.text in heads or singular(word) in heads or hyphenated(token) in heads):
        return False
    if is_paper(token):
        return False
    return token.pos_ in NOMINAL or (token.pos_ == "VERB" and (next_to_title(token) or heads_a_field(token)))


def hyphenated(token: Token) -> str:
    """The word of which a token is the last part, in the singular: "centre-backs" is three tokens."""
    doc, i = token.doc, token.i
    if i < 2 or doc[i - 1].text != "-" or doc[i - 1].whitespace_ or doc[i - 2].whitespace_:
        return ""
    return f"{doc[i - 2].lower_}-{singular(token.lower_)}"


def singular(word: str) -> str:
    if word.endswith("men") and len(word) > 4:
        return word[:-2] + "an"
    if word.endswith("ies"):
        return word[:-3] + "y"
    return word[:-1] if word.endswith("s") and not word.endswith("ss") else word


@lru_cache(maxsize=8)
def with_plurals(words: frozenset[str]) -> frozenset[str]:
    """The words, and all forms of which ``singular`` makes one of them."""
    forms = {(w, form) for w in words for form in (f"{w}s", f"{w[:-1]}ies", f"{w[:-2]}en")}
    return words | {form for word, form in forms if singular(form) == word}


@lru_cache(maxsize=8)
def last_words(heads: frozenset[str], beside: frozenset[str]) -> frozenset[str]:
    """Words in which a title may end: its heads, also as plurals and, of those with a hyphen, the last part, and the
    words that are titles beside names alone."""
    parts = {word.rpartition("-")[2] for word in heads if "-" in word}
    return with_plurals(heads) | parts | beside


def is_plural(token: Token) -> bool:
    return token.lower_ not in lexicon("role_heads") and singular(token.lower_) in lexicon("role_heads")


def next_to_title(token: Token) -> bool:
    """A title word that the tagger took for a verb stands before another title word or behind its modifier."""
    doc = token.doc
    after = doc[token.i + 1] if token.i + 1 < len(doc) else None
    before = doc[token.i - 1] if token.i else None
    heads, modifiers = lexicon("role_heads"), lexicon("role_modifiers")
    return (after is not None and after.lower_ in heads) or (
        before is not None and before.lower_ in modifiers
    )


def heads_a_field(token: Token) -> bool:
    """Whether a title that the tagger took for a verb has its field behind it: "promoted to head of sales"."""
    return token.i + 1 < len(token.doc) and token.nbor(1).lower_ == "of" and token.lower_ in ("head", "chair")


def title_words(text: str) -> bool:
    """Whether every word of a supposed name is a word of titles, so that it is no name."""
    heads, modifiers = lexicon("role_heads"), lexicon("role_modifiers")
    words = text.replace("-", " ").split()
    return words[-1].lower() in heads and all(
        w.lower() in heads or w.lower() in modifiers or w in modifiers or w.lower() in ("and", "of", "&")
        for w in words
    )
