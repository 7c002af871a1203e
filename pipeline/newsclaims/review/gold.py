"""Finished reviews as gold articles, in the format that ``newsclaims evaluate`` scores against.

An article is finished when each of its claims was accepted or rejected, and when it was marked as read to the
end or has claims at all. One over which two reviewers disagree is not finished.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from newsclaims.review.editing import ADDED_RULE
from newsclaims.runs.decisions import WHOLE_ARTICLE, Verdict, verdicts
from newsclaims.runs.kinds import Kinds
from newsclaims.runs.run import Run, without_surrogates
from newsclaims.schema import Amount, Attribution, Claim, Document, Money


@dataclass
class Count:
    """What became of the articles, by number."""

    gold: int = 0
    claims: int = 0
    untouched: int = 0
    unfinished: list[str] = field(default_factory=list)
    disputed: list[str] = field(default_factory=list)


def gold_articles(
    run: Run, count: Count, reviewer: str | None = None, licence: str = ""
) -> Iterator[dict[str, Any]]:
    """Each finished article as a gold row, in the order of the run.

    Args:
        count: filled in on the way.
        reviewer: count this reviewer's decisions alone.
        licence: of the articles, noted in each row.

    Raises:
        InputError: a line of the run is damaged; the message names it.
    """
    kinds = run.kinds
    standing: dict[str, dict[str, Verdict]] = defaultdict(dict)
    reviews = (review for review in run.reviews() if reviewer in (None, review.reviewer))
    for (doc, claim), verdict in verdicts(reviews).items():
        standing[doc][claim] = verdict
    for document, claims in run.articles():
        of_article = standing.get(document.id, {})
        whole = of_article.pop(WHOLE_ARTICLE, None)
        if whole is None and all(verdict.state == "pending" for verdict in of_article.values()):
            count.untouched += 1
            continue
        extracted = {claim.id: claim for claim in claims}
        final = {claim: of_article.get(claim, Verdict()) for claim in extracted}
        final |= {c: v for c, v in of_article.items() if c not in final and _stands(v, document, kinds)}
        if any(verdict.disputed for verdict in final.values()):
            count.disputed.append(document.id)
        elif any(v.state in ("pending", "unsure") for v in final.values()) or not (final or whole):
            count.unfinished.append(document.id)
        else:
            accepted = [run.mended(v, extracted.get(c)) for c, v in final.items() if v.state == "accepted"]
            facts = _facts(accepted, kinds)
            count.gold += 1
            count.claims += len(facts)
            yield {
                "id": document.id, "title": document.title or "", "text": document.text,
                "source": document.source or "", "licence": licence, "claims": facts,
            }  # fmt: skip


def _stands(verdict: Verdict, document: Document, kinds: Kinds) -> bool:
    """Whether a claim that is not among the extracted ones was made by hand, on this very text."""
    row = without_surrogates(verdict.edited or {})
    if row.get("type") not in kinds:
        return False
    if row.get("rule") != ADDED_RULE:  # mended once, and no longer extracted: stale
        return False
    spans = [value for value in row.values() if isinstance(value, dict) and "start" in value]
    return all(document.text[span["start"] : span["end"]] == span["text"] for span in spans)


def _facts(claims: list[Claim], kinds: Kinds) -> list[dict[str, Any]]:
    """Claims as gold facts in text order; a fact that the article says twice is one."""
    names: dict[str, dict[str, None]] = defaultdict(dict)
    for claim in claims:
        for value in claim.arguments().values():
            if not isinstance(value, Amount):
                names[value.called][value.text] = None
    facts: dict[str, dict[str, Any]] = {}
    for claim in sorted(claims, key=lambda claim: (claim.trigger.start, claim.id)):
        fact = _fact(claim, names, kinds)
        same = {k: v for k, v in fact.items() if k not in ("evidence", "attribution", "amount")}
        if amount := fact.get("amount"):
            same["amount"] = [amount["min"], amount["max"], amount["currency"]]
        key = json.dumps(same, sort_keys=True)
        if key not in facts:
            facts[key] = fact
        else:
            facts[key]["attribution"] = list(
                dict.fromkeys([*facts[key]["attribution"], *fact["attribution"]])
            )
    return list(facts.values())


def _fact(claim: Claim, names: dict[str, dict[str, None]], kinds: Kinds) -> dict[str, Any]:
    arguments = claim.arguments()
    fact: dict[str, Any] = {
        "type": claim.type,
        "evidence": claim.sentence.text,
        "args": {
            slot: list(dict.fromkeys([name := value.called, value.text, *names[name]]))
            for slot, value in arguments.items()
            if not isinstance(value, Amount)
        },
    }
    amount = arguments.get("amount")
    if isinstance(amount, Amount):
        fact["amount"] = {**_figure(amount), "also": [_figure(also) for also in amount.also]}
    fact["attrs"] = {name: getattr(claim, name) for name in kinds[claim.type].attributes}
    fact["certainty"] = claim.certainty
    fact["attribution"] = _credited(claim.attribution)
    return fact


def _figure(money: Money) -> dict[str, Any]:
    return {"text": money.text, "min": money.min, "max": money.max, "currency": money.currency}


def _credited(attribution: Attribution | None) -> list[str]:
    source = attribution.source if attribution else None
    return [] if source is None else list(dict.fromkeys([source.called, source.text]))
