"""A frame: a rule that fired, with a mention in each slot; what all that judges and builds claims works on."""

from __future__ import annotations

from dataclasses import dataclass, field

from spacy.tokens import Token

from newsclaims.claims.rules import Rule
from newsclaims.language.mentions import Mention
from newsclaims.language.sentences import SUBJECTS

PLACES = ("employer", "origin", "destination")
"""Slots for which a firing offers more than one reading; the surest reading stays."""

PATTERN = "pattern"
"""How a slot was found that a surface pattern captured."""
FIGURE = "figure"
"""How the amount was found of a claim that starts from its figure."""


@dataclass(eq=False, slots=True)
class Frame:
    """A rule that fired: its trigger, and the mention in each slot with the way it was found."""

    rule: Rule
    trigger: Token
    slots: dict[str, Mention]
    how: dict[str, str]
    score: float = 0.0
    sure: dict[str, float] = field(default_factory=dict)
    """How probable each optional filler is, given that the claim is right."""
    stated: dict[str, str] = field(default_factory=dict)
    """Attributes that the rules of frames merged into it set, and its own does not."""
    meant: dict[str, str] = field(default_factory=dict)
    """Certainty or attributes as a fitted model judges them, whatever the rules say."""
    dropped: str = ""
    """Why it makes no claim, in words; empty while it makes one."""
    firing: int = 0
    """The number of the rule's firing in the document, which several readings share."""
    reading: tuple[int, ...] = ()
    """Which alternative of each path was taken; all zeros for the first reading."""
    rivals: dict[str, tuple[int, list[str]]] = field(default_factory=dict)
    """For each place with more than one reading: which one this is, and how each was found."""

    def complete(self, without: str = "") -> bool:
        """Whether all that its rule needs is filled, even where one slot were not."""
        filled = self.slots.keys() - {without}
        return all(not filled.isdisjoint(need) for need in self.rule.needs)

    def may_lose(self, slot: str) -> bool:
        """Whether this is a claim without a slot as well.

        A claim of a user's rule has what the rule needs. What a built-in rule needs is what proposes its frames: a
        frame that loses some of it to a doubt is still more likely right than wrong, as the weights were fitted to such.
        """
        return self.rule.built_in or self.complete(without=slot)

    @property
    def predicate(self) -> Token:
        """What it turns on: where its trigger is the name of the person, as that of a pattern may be, the verb that the
        person shares with another filler."""
        person, trigger = self.slots.get("person"), self.trigger
        if person is None or "employer" in self.slots or not person.start <= trigger.i < person.end:
            return trigger
        noun, verb = person.root, person.root.head
        above = [list(mention.root.ancestors) for mention in self.slots.values() if mention is not person]
        shared = verb.pos_ == "VERB" and any(verb in tokens and noun not in tokens for tokens in above)
        return verb if noun.dep_ in (*SUBJECTS, "dobj") and shared else trigger


@dataclass(slots=True)
class Trace:
    """What was tried at one trigger, for ``newsclaims explain``."""

    rule: Rule
    trigger: Token
    tried: dict[str, tuple[list[Mention], str] | None] = field(default_factory=dict)
    """What a path led to for each slot, and which of its alternatives."""
    missing: str = ""
