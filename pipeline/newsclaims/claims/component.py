"""The component ``newsclaims_claims``: rules propose frames, weights judge them, and frames make claims."""

from __future__ import annotations

from pathlib import Path

from spacy.language import Language
from spacy.tokens import Doc

from newsclaims.claims.build import Builder, statement
from newsclaims.claims.matcher import Matcher
from newsclaims.claims.merge import merge
from newsclaims.claims.money import MoneyReader
from newsclaims.claims.rules import RuleSet, load
from newsclaims.claims.selection import judged
from newsclaims.language.carried import forget_caches
from newsclaims.language.credit import Credits
from newsclaims.language.mentions import mentions
from newsclaims.resources import lexicons_in_force
from newsclaims.schema import Claim


class Claims:
    """The component: sets ``doc._.claims``, in text order. It keeps the lexicons that are in force when it is made."""

    def __init__(self, rules: RuleSet) -> None:
        self.rules = rules
        self.lexicons = lexicons_in_force()
        self.matcher = Matcher(rules)
        self.money = MoneyReader(rules)

    def __call__(self, doc: Doc) -> Doc:
        with self.lexicons.in_force():
            doc._.claims = self.claims(doc)
        forget_caches(doc)
        return doc

    def claims(self, doc: Doc) -> list[Claim]:
        """The claims of a document that has its mentions, figures and reports."""
        people = judged(self.matcher.frames(doc))
        frames = merge([*people, *self.money.frames(doc, people)])
        builder = Builder(doc, mentions(doc), self.rules.types)
        credited = Credits(doc).choose([statement(frame) for frame in frames])
        claims: dict[str, Claim] = {}
        for frame, report in zip(frames, credited, strict=True):
            claim = builder.claim(frame, report)
            claims.setdefault(claim.id, claim)
        return list(claims.values())


@Language.factory("newsclaims_claims", assigns=["doc._.claims"], default_config={"rules": []})
def make_claims(nlp: Language, name: str, rules: list[str]) -> Claims:  # noqa: ARG001
    """The component with the built-in rules and those of the files given."""
    return Claims(load([Path(r) for r in rules]))
