"""What a rule gets right and wrong in a gold file."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from newsclaims.rulebook.bench import Bench
from newsclaims.schema import Claim


@dataclass(frozen=True, slots=True)
class Judged:
    """A claim of a rule, and whether the gold has its fact."""

    article: str
    claim: Claim
    right: bool


def judge(bench: Bench, rule: str, gold: Path) -> Iterator[Judged]:
    """The claims that a rule makes of the articles of a gold file.

    Raises:
        newsclaims.errors.InputError: the gold file cannot be read.
    """
    from newsclaims.evaluate.facts import states
    from newsclaims.evaluate.reading import read_gold
    from newsclaims.schema import ClaimType

    kinds = {name: ClaimType.of(model) for name, model in bench.rules.types.items()}
    articles = list(read_gold(gold, kinds))
    for article, doc in zip(articles, bench.nlp.pipe(a["text"] for a in articles), strict=True):
        for claim in doc._.claims:
            if claim.rule == rule:
                facts = [fact for fact in article["claims"] if fact["type"] == claim.type]
                right = any(states(claim.row(), fact, kinds[claim.type]) for fact in facts)
                yield Judged(article["id"], claim, right)
