"""What rules get right and wrong by gold articles."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from newsclaims.evaluate.facts import Row, given_slots, is_right, states
from newsclaims.resources import models_dir
from newsclaims.schema import Claim, ClaimType

if TYPE_CHECKING:
    from newsclaims.rulebook.bench import Bench


@dataclass(frozen=True, slots=True)
class Judged:
    """A claim of a rule by the gold of its article.

    ``right``: it states a fact of the gold. ``wrong_slots`` are what a right claim fills otherwise than the gold.
    """

    article: str
    claim: Claim
    right: bool
    wrong_slots: tuple[str, ...] = ()


def judge(bench: Bench, rule: str, gold: Path) -> Iterator[Judged]:
    """The claims that a rule makes of the articles of a gold file.

    Raises:
        newsclaims.errors.InputError: the gold file cannot be read.
    """
    from newsclaims.evaluate.reading import read_gold

    kinds = {name: ClaimType.of(model) for name, model in bench.rules.types.items()}
    articles = list(read_gold(gold, kinds))
    for article, doc in zip(articles, bench.nlp.pipe(a["text"] for a in articles), strict=True):
        for claim in doc._.claims:
            if claim.rule == rule:
                yield judged(claim, article, kinds)


def judged(claim: Claim, article: Row, kinds: Mapping[str, ClaimType]) -> Judged:
    """A claim by the fact that it states best."""
    row, kind = claim.row(), kinds[claim.type]
    given = given_slots(row, kind)
    wrong = [tuple(s for s in given if not is_right(row, fact, s)) for fact in stated(row, article, kinds)]
    return Judged(article["id"], claim, bool(wrong), min(wrong, key=len, default=()))


def stated(claim: Row, article: Row, kinds: Mapping[str, ClaimType]) -> list[Row]:
    """The facts of a gold article that a claim states."""
    return [fact for fact in article["claims"] if states(claim, fact, kinds[claim["type"]])]


def precision(
    articles: Iterable[Row], claims: Iterable[Row], kinds: Mapping[str, ClaimType]
) -> dict[str, tuple[int, int]]:
    """Rule id -> how many of its claims were right, and how many were judged; by id.

    Args:
        articles: gold articles.
        claims: claims about them; those about other articles are not judged.
        kinds: the claim types of the gold.
    """
    gold = {article["id"]: article for article in articles}
    counts: dict[str, tuple[int, int]] = {}
    for claim in claims:
        if claim["doc"] in gold:
            right, judged = counts.get(claim["rule"], (0, 0))
            found = bool(stated(claim, gold[claim["doc"]], kinds))
            counts[claim["rule"]] = right + found, judged + 1
    return dict(sorted(counts.items()))


@cache
def measured() -> dict[str, tuple[int, int]]:
    """What ``precision`` counted for the built-in rules (``benchmarks/rule_precision.py``); empty where it did not."""
    file = models_dir() / "weights" / "precision.json"
    rows = json.loads(file.read_text(encoding="utf-8")) if file.is_file() else {}
    return {rule: (right, judged) for rule, (right, judged) in rows.items()}
