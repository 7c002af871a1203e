"""Conditions: in which words a trigger says something else than its rule.

``unless`` of a rule is one or more conditions, parted by ``|``; where one of them holds, the rule does not fire::

    unless = "self=join & obj=@occasions | self=sign & obj=contract & obj.below=new"

A condition is tests joined by ``&``, all of which must hold. A test is steps, as those of a path, and words parted by
``,`` of which one must stand there, as a lemma or as it is written; ``!=`` says that none of them does. Beside the steps
of paths that start from a word, there are ``prt``, the particle of a verb, and ``below``, any word that hangs on the one
before. ``self=take on`` asks for the trigger of several words that was found, ``@name`` stands for the entries of a
lexicon, and ``*`` for any word.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from spacy.tokens import Token

from newsclaims.claims.paths import FUNCTIONS, PathError, nearest, walk
from newsclaims.resources import lexicon, lexicon_names

BELOW, ANY, LIST = "below", "*", "@"
STEPS = FUNCTIONS | {BELOW, "prt"}


@dataclass(frozen=True, slots=True)
class Check:
    """Steps from the trigger, and the words of which one must stand there, or none."""

    steps: tuple[str, ...]
    words: frozenset[str]
    wanted: bool

    def holds(self, trigger: Token, said: Sequence[str]) -> bool:
        found = self.steps == ("self",) and " ".join(said) in self.words
        return (found or any(self.knows(token) for token in stepped(trigger, self.steps))) == self.wanted

    def knows(self, token: Token) -> bool:
        if ANY in self.words or token.lemma_ in self.words or token.lower_ in self.words:
            return True
        if token.pos_ == "PROPN":
            return False  # "left City" leaves a club
        lists = (lexicon(word[1:]) for word in self.words if word.startswith(LIST))
        return any(token.lemma_ in entries or token.lower_ in entries for entries in lists)


Condition = tuple[Check, ...]


def parse(text: str) -> tuple[Condition, ...]:
    """The conditions of a text, checked.

    Raises:
        PathError: a test cannot be read; the message names the faulty part.
    """
    return tuple(tuple(check(part) for part in one.split("&")) for one in text.split("|"))


def check(text: str) -> Check:
    walked, sign, words = text.strip().partition("=")
    if not sign or not words.strip():
        raise PathError(f"condition {text.strip()!r} names no word: write it as in 'obj=contract,deal'")
    steps = tuple(walked.strip().removesuffix("!").split("."))
    for step in steps:
        if step not in STEPS:
            raise PathError(f"no step {step!r} in a condition; {nearest(step, STEPS)}")
    listed = frozenset(word.strip() for word in words.split(","))
    for name in (word.removeprefix(LIST) for word in listed if word.startswith(LIST)):
        if name not in (known := lexicon_names()):
            raise PathError(f"no lexicon {name!r}; {nearest(name, known)}")
    return Check(steps, listed, not walked.strip().endswith("!"))


def stepped(start: Token, steps: Sequence[str]) -> list[Token]:
    """The words that the steps lead to."""
    here = [start]
    for step in steps:
        here = [
            found for token in here for found in (token.children if step == BELOW else walk(token, (step,)))
        ]
    return here


def met(conditions: tuple[Condition, ...], trigger: Token, said: Sequence[str]) -> bool:
    """Whether one of some conditions holds at a trigger that was found in these words."""
    return any(all(one.holds(trigger, said) for one in condition) for condition in conditions)
