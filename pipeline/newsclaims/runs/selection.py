"""What somebody asked for of a run."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import get_args

from newsclaims.errors import NewsclaimsError
from newsclaims.runs.decisions import WHOLE_ARTICLE, State, Verdict
from newsclaims.runs.run import Run
from newsclaims.schema import Claim, ClaimType, Document

PENDING = Verdict()


@dataclass(frozen=True)
class Selection:
    """Those claims of a run that somebody asked for.

    Args:
        run: where they come from.
        types: names of claim types; ``None`` is every type.
        min_confidence: claims below it are left out.
        reviewed: review states. With them the claims are as the reviewers left them, mended and with those
            added by hand, and articles that no reviewer touched are left out unless ``pending`` is among
            the states. ``None`` takes the claims as extracted, reviewed or not.

    Raises:
        NewsclaimsError: the run has no claim type of such a name, or there is no such state.
    """

    run: Run
    types: Collection[str] | None = None
    min_confidence: float = 0.0
    reviewed: Collection[State] | None = None

    def __post_init__(self) -> None:
        for name in self.types or ():
            if name not in self.run.models:
                raise NewsclaimsError(
                    f"no claim type {name!r} in this run; it has {', '.join(self.run.models)}"
                )
        for state in self.reviewed or ():
            if state not in get_args(State):
                raise NewsclaimsError(f"no review state {state!r}; there are {', '.join(get_args(State))}")

    @property
    def models(self) -> dict[str, type[Claim]]:
        """The selected claim types, in the order of the run."""
        return {
            name: model for name, model in self.run.models.items() if self.types is None or name in self.types
        }

    @property
    def kinds(self) -> list[ClaimType]:
        """Definitions of the selected claim types."""
        return [self.run.kinds[name] for name in self.models]

    def verdict(self, claim: Claim) -> Verdict:
        """What the reviewers say of a claim."""
        return self.run.verdicts.get((claim.doc, claim.id), PENDING)

    def articles(self) -> Iterator[tuple[Document, list[Claim]]]:
        """The articles, each with its selected claims; an article may have none."""
        articles = self.run.articles() if self.reviewed is None else self._as_reviewed(self.reviewed)
        for document, claims in articles:
            yield document, [claim for claim in claims if self._wanted(claim)]

    def _as_reviewed(self, states: Collection[State]) -> Iterator[tuple[Document, list[Claim]]]:
        """The articles with those claims, as the reviewers left them, that are in one of the states."""
        added: dict[str, list[Verdict]] = {}
        touched: set[str] = set()
        for (doc, claim_id), verdict in self.run.verdicts.items():
            if verdict.state != "pending":
                touched.add(doc)
            if verdict.added and claim_id != WHOLE_ARTICLE:
                added.setdefault(doc, []).append(verdict)
        for document, claims in self.run.articles():
            if "pending" not in states and document.id not in touched:
                continue
            standing = [(self.verdict(claim), claim) for claim in claims]
            kept = [self.run.mended(verdict, claim) for verdict, claim in standing if verdict.state in states]
            if "accepted" in states:
                extracted = {claim.id for claim in claims}
                by_hand = (self.run.mended(verdict, None) for verdict in added.get(document.id, ()))
                kept += [claim for claim in by_hand if claim.id not in extracted]
            yield document, kept

    def _wanted(self, claim: Claim) -> bool:
        return (self.types is None or claim.type in self.types) and claim.confidence >= self.min_confidence
