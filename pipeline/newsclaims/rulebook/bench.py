"""A workbench: texts are read, and rules tried on them, before any model judges what they found."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from copy import copy
from pathlib import Path

from spacy.tokens import Doc

from newsclaims.claims.component import Claims
from newsclaims.claims.frames import Frame, Trace
from newsclaims.claims.rules import Rule, RuleSet
from newsclaims.pipeline import build
from newsclaims.resources import Lexicons

COMPONENT = "newsclaims_claims"


class Bench:
    """A pipeline whose last step, the claims, is taken one part at a time.

    Raises:
        newsclaims.errors.NewsclaimsError: the model is missing, or a rule file has a fault.
    """

    def __init__(self, rules: Sequence[Path] = (), model: str | None = None) -> None:
        self.nlp = build(model, rules=rules, full_parse=True)
        component = self.nlp.get_pipe(COMPONENT)
        assert isinstance(component, Claims)
        self.component = component

    @property
    def rules(self) -> RuleSet:
        return self.component.rules

    @property
    def lexicons(self) -> Lexicons:
        """What is in force where its parts are used by themselves."""
        return self.component.lexicons

    def read(self, texts: Iterable[str]) -> Iterator[Doc]:
        """The texts with their mentions, figures and reports, without claims."""
        yield from self.nlp.pipe(texts, disable=[COMPONENT])

    def trying(self, rule: Rule) -> Bench:
        """A bench with one rule more, on the same pipeline."""
        kept = [other for other in self.rules.rules if other.id != rule.id]
        other = copy(self)
        with self.lexicons.in_force():
            other.component = Claims(RuleSet([*kept, rule], self.rules.types, self.rules.words))
        return other

    def frames(self, doc: Doc, trace: list[Trace] | None = None) -> list[Frame]:
        """Every frame of a document: those about people and those of its figures."""
        with self.lexicons.in_force():
            people = self.component.matcher.frames(doc, trace)
            return [*people, *self.component.money.frames(doc, people)]


def said(frame: Frame) -> str:
    """A frame in words: "person 'Jane Doe', origin 'Acme'"."""
    return ", ".join(f"{slot} {mention.text!r}" for slot, mention in frame.slots.items())
