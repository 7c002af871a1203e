"""The component ``newsclaims_claims``: rules propose frames, weights judge them, and frames make claims."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from spacy.language import Language
from spacy.tokens import Doc

from newsclaims.claims.build import Builder, statement
from newsclaims.claims.frames import Frame, Trace
from newsclaims.claims.matcher import Matcher
from newsclaims.claims.merge import merge
from newsclaims.claims.money import MoneyReader
from newsclaims.claims.rulereader import load
from newsclaims.claims.rules import RuleSet
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
        _, chosen = self.frames(doc)
        claims: dict[str, Claim] = {}
        for _, claim in self.made(doc, merge(chosen)):
            claims.setdefault(claim.id, claim)
        return list(claims.values())

    def frames(self, doc: Doc, traces: list[Trace] | None = None) -> tuple[list[Frame], list[Frame]]:
        """Every frame of a document, and those that are sure enough; what was tried is added to ``traces``."""
        found = self.matcher.frames(doc, traces)
        people = judged(found)
        money = self.money.frames(doc, people)
        return [*found, *money], [*people, *money]

    def made(self, doc: Doc, frames: Sequence[Frame]) -> Iterator[tuple[Frame, Claim]]:
        """Each frame with the claim that it makes; two may make the same."""
        builder = Builder(doc, mentions(doc), self.rules.types)
        credited = Credits(doc).choose([statement(frame) for frame in frames])
        for frame, report in zip(frames, credited, strict=True):
            yield frame, builder.claim(frame, report)


@Language.factory("newsclaims_claims", assigns=["doc._.claims"], default_config={"rules": []})
def make_claims(nlp: Language, name: str, rules: list[str]) -> Claims:  # noqa: ARG001
    """The component with the built-in rules and those of the files given."""
    return Claims(load([Path(r) for r in rules]))
