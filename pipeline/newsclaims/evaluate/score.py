"""Counts over a gold set: claims, slots, and what else can be right or wrong of a claim that was found."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from newsclaims.evaluate.facts import Row, align, given_slots, is_right, wanted_slots
from newsclaims.evaluate.strings import offered, same, same_bounds, same_money, words
from newsclaims.schema import BUILT_IN, ClaimType

BUILT_IN_TYPES = {name: ClaimType.of(model) for name, model in BUILT_IN.items()}


@dataclass(slots=True)
class Rates:
    """True positives, false positives and false negatives, and what follows from them."""

    tp: int = 0
    fp: int = 0
    fn: int = 0

    @property
    def precision(self) -> float:
        return self.tp / (self.tp + self.fp) if self.tp + self.fp else 0.0

    @property
    def recall(self) -> float:
        return self.tp / (self.tp + self.fn) if self.tp + self.fn else 0.0

    @property
    def f1(self) -> float:
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0

    def row(self) -> dict[str, float]:
        rates = {"p": self.precision, "r": self.recall, "f1": self.f1}
        counts = {"tp": self.tp, "fp": self.fp, "fn": self.fn}
        return {name: round(value, 4) for name, value in rates.items()} | counts


@dataclass(slots=True)
class Share:
    """How many of the cases that there were are right."""

    right: int = 0
    cases: int = 0

    def add(self, right: bool) -> None:
        self.right += right
        self.cases += 1

    def row(self) -> float | None:
        return round(self.right / self.cases, 4) if self.cases else None


@dataclass(frozen=True, slots=True)
class Miss:
    """A fact that no claim states, or a claim that states no fact."""

    kind: str
    doc: str
    type: str
    slots: dict[str, str]
    place: str

    def __str__(self) -> str:
        inner = ", ".join(f"{slot}={text!r}" for slot, text in self.slots.items())
        place = " ".join(self.place.split())[:220]
        return f"{self.kind} {self.doc} {self.type}({inner})\n      « {place}"


@dataclass(slots=True)
class Evaluation:
    """Figures over all articles.

    Attributes:
        money_covered: gold figures that stand in some claim of the article, whatever its type.
        bounds_right, certainty_right, attrs_right: of the facts found.
        attribution: sources credited, of the facts found.
        grounded: facts found by a claim whose sentence touches the gold evidence.
        spans: spans of all claims; right where the text stands at the offsets.
        misses: facts missed and spurious claims, article by article.
        per_article: article id → its claims.
        judged: each claim's confidence, and whether it states a fact.
        docs: ids of all articles that there are claims of, whether they are gold articles or not.
    """

    articles: int = 0
    claim: Rates = field(default_factory=Rates)
    slot: Rates = field(default_factory=Rates)
    claim_by_type: defaultdict[str, Rates] = field(default_factory=lambda: defaultdict(Rates))
    slot_by_name: defaultdict[str, Rates] = field(default_factory=lambda: defaultdict(Rates))
    money_covered: Share = field(default_factory=Share)
    bounds_right: Share = field(default_factory=Share)
    certainty_right: Share = field(default_factory=Share)
    attrs_right: Share = field(default_factory=Share)
    attribution: Rates = field(default_factory=Rates)
    grounded: Share = field(default_factory=Share)
    spans: Share = field(default_factory=Share)
    misses: list[Miss] = field(default_factory=list)
    per_article: list[tuple[str, Rates]] = field(default_factory=list)
    judged: list[tuple[float, bool]] = field(default_factory=list)
    docs: frozenset[str] = frozenset()

    def row(self) -> dict[str, Any]:
        """All figures as plain data."""
        return {
            "articles": self.articles,
            "claim": self.claim.row(),
            "slot": self.slot.row(),
            "claim_by_type": {name: rates.row() for name, rates in sorted(self.claim_by_type.items())},
            "slot_by_name": {name: rates.row() for name, rates in sorted(self.slot_by_name.items())},
            "money_covered": self.money_covered.row(),
            "bounds_right": self.bounds_right.row(),
            "certainty_right": self.certainty_right.row(),
            "attrs_right": self.attrs_right.row(),
            "attribution": self.attribution.row(),
            "grounded": self.grounded.row(),
            "spans": self.spans.cases,
            "bad_spans": self.spans.cases - self.spans.right,
        }


def evaluate(
    gold: Iterable[Row], claims: Iterable[Row], kinds: Mapping[str, ClaimType] = BUILT_IN_TYPES
) -> Evaluation:
    """Measure claims against gold articles.

    Args:
        gold: articles with their facts under ``claims``; only their ids are looked up among the claims.
        claims: extracted claims of any articles; types that are not among the kinds are passed over.
        kinds: the claim types by name.

    Raises:
        KeyError: a gold fact is of a type that is not among the kinds.
    """
    by_doc: defaultdict[str, list[Row]] = defaultdict(list)
    for claim in claims:
        if claim.get("type") in kinds:
            by_doc[str(claim["doc"])].append(claim)
    result = Evaluation(docs=frozenset(by_doc))
    for article in gold:
        doc = str(article["id"])
        facts = [{**fact, "args": fact.get("args") or {}} for fact in article["claims"]]
        _add_article(result, article["text"], doc, facts, by_doc.get(doc, []), kinds)
    return result


def _add_article(
    result: Evaluation,
    text: str,
    doc: str,
    facts: list[Row],
    claims: list[Row],
    kinds: Mapping[str, ClaimType],
) -> None:
    alignment = align(claims, facts, kinds)
    here = Rates()
    for claim in claims:
        for span in _spans(claim):
            result.spans.add(text[span["start"] : span["end"]] == span["text"])
    for f, fact in enumerate(facts):
        kind = kinds[fact["type"]]
        stating = [claims[c] for c in alignment.stated.get(f, ())]
        _add_slots(result, fact, stating, kind)
        for rates in (result.claim, result.claim_by_type[kind.name], here):
            rates.tp += bool(stating)
            rates.fn += not stating
        if stating:
            _add_details(result, text, fact, stating, kind)
        else:
            result.misses.append(_missed(doc, fact))
    for c in alignment.loose:
        kind = kinds[claims[c]["type"]]
        for rates in (result.claim, result.claim_by_type[kind.name], here):
            rates.fp += 1
        for slot in given_slots(claims[c], kind):
            _add_slot(result, kind, slot, "fp")
        result.misses.append(_spurious(doc, claims[c], kind))
    for fact in facts:
        if wanted := fact.get("amount"):
            result.money_covered.add(any(same_money(claim.get("amount"), wanted) for claim in claims))
    loose = set(alignment.loose)
    result.judged.extend((claim.get("confidence", 1.0), c not in loose) for c, claim in enumerate(claims))
    result.per_article.append((doc, here))
    result.articles += 1


def _add_slots(result: Evaluation, fact: Row, stating: list[Row], kind: ClaimType) -> None:
    """Slots of a fact: right when one of its claims has them; each different wrong filler is an error."""
    for slot in wanted_slots(fact, kind):
        _add_slot(result, kind, slot, "tp" if any(is_right(claim, fact, slot) for claim in stating) else "fn")
    wrong = {
        (slot, words((offered(claim[slot]) or [""])[0]))
        for claim in stating
        for slot in given_slots(claim, kind)
        if not is_right(claim, fact, slot)
    }
    for slot, _ in wrong:
        _add_slot(result, kind, slot, "fp")


def _add_slot(result: Evaluation, kind: ClaimType, slot: str, outcome: str) -> None:
    for rates in (result.slot, result.slot_by_name[f"{kind.name}.{slot}"]):
        setattr(rates, outcome, getattr(rates, outcome) + 1)


def _add_details(result: Evaluation, text: str, fact: Row, stating: list[Row], kind: ClaimType) -> None:
    """What else is right of a fact that was found; certainty and attributes are those of its best claim."""
    best = stating[0]
    if fact.get("certainty"):
        result.certainty_right.add(best.get("certainty") == fact["certainty"])
    for name in kind.attributes:
        if wanted := (fact.get("attrs") or {}).get(name):
            result.attrs_right.add(best.get(name) == wanted)
    if amount := fact.get("amount"):
        figures = [amount, *(amount.get("also") or ())]
        result.bounds_right.add(
            any(same_bounds(claim.get("amount") or {}, figure) for claim in stating for figure in figures)
        )
    wanted_sources = fact.get("attribution") or []
    sources = [name for claim in stating for name in offered((claim.get("attribution") or {}).get("source"))]
    if any(same(a, b) for a in sources for b in wanted_sources):
        result.attribution.tp += 1
    else:
        result.attribution.fn += bool(wanted_sources)
        result.attribution.fp += bool(sources)
    if evidence := fact.get("evidence"):
        start = text.find(evidence)
        sentences = [claim["sentence"] for claim in stating if claim.get("sentence")]
        end = start + len(evidence)
        result.grounded.add(any(start < s["end"] and s["start"] < end for s in sentences))


def _spans(node: Any) -> Iterator[Row]:
    """All spans in a claim's row, however deep."""
    if isinstance(node, dict):
        if node.keys() >= {"start", "end", "text"}:
            yield node
        node = list(node.values())
    if isinstance(node, list):
        for child in node:
            yield from _spans(child)


def _missed(doc: str, fact: Row) -> Miss:
    slots = {slot: texts[0] for slot, texts in fact["args"].items() if texts}
    if fact.get("amount"):
        slots["amount"] = fact["amount"].get("text")
    return Miss("MISSED", doc, fact["type"], slots, fact.get("evidence") or "")


def _spurious(doc: str, claim: Row, kind: ClaimType) -> Miss:
    slots = {slot: (offered(claim[slot]) or [""])[0] for slot in given_slots(claim, kind)}
    return Miss("SPURIOUS", doc, claim["type"], slots, (claim.get("sentence") or {}).get("text", ""))
