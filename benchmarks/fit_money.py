"""Fits the models that say what a figure of money means, and measures them by cross-validation.

    python -m benchmarks.fit_money GOLD.jsonl... [--folds 5] [--write]

Each gold file holds articles with their claims; ``money_sentences.txt`` beside this script and the examples of the rules
add plain sentences, which are always fitted on and never measured. ``--write`` fits on all articles and writes the
weights ``money`` and, for who pays whom for what, ``money_slots``.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from benchmarks.folds import Says, said_by_others
from benchmarks.forests import Example as Candidate
from benchmarks.gold import WRITTEN, arguments, importance
from benchmarks.judges import fit_judge, fit_jury
from benchmarks.logistic import Penalty
from benchmarks.unseen import read
from benchmarks.weights import save
from newsclaims.claims.build import Builder
from newsclaims.claims.careers import Careers
from newsclaims.claims.component import Claims
from newsclaims.claims.figure_features import after, modal_features
from newsclaims.claims.figures_together import Setting, setting, together
from newsclaims.claims.meaning import Reading
from newsclaims.claims.memory import Memory
from newsclaims.claims.parties import SLOTS, Filler, model_name
from newsclaims.claims.rulereader import load
from newsclaims.claims.rules import RuleSet
from newsclaims.claims.selection import judged
from newsclaims.claims.told import Told
from newsclaims.evaluate.strings import offered, same, same_money
from newsclaims.judges import jury, likeliest
from newsclaims.language.mentions import Mention, mentions
from newsclaims.language.money import find_money
from newsclaims.pipeline import build
from newsclaims.schema import BUILT_IN

SENTENCES = Path(__file__).with_name("money_sentences.txt")
MARKED = re.compile(r"\[(\w+) ([^\]]+)\]")
MEANING = Penalty(0.5, smallest=0.05)
TYPE = {"share": 0.5, "rounds": 100, "num_leaves": 63, "learning_rate": 0.08, "feature_fraction": 0.2}
"""The jury over the types, of which all else depends, is larger than the others."""
SHAPE = {"feature_fraction": 0.4}
"""How the trees that judge candidates differ from other forests."""
AMONG = {"rounds": 60, "num_leaves": 15, "learning_rate": 0.08}
"""The jury over the types when the other figures are known has few features."""
OWN_FOLDS = 5
"""It learns from what is said of articles that the first has not seen: of each fold, by the others."""
CERTAIN = 0.37
"""Probability from which on a candidate fills its slot: about where a right and a wrong filler weigh the same."""
PLAIN = 4
"""How often each plain sentence counts."""
PLAIN_SOURCE = f"{WRITTEN} this project"


@dataclass
class Example:
    """A figure with its features, and the claim of the gold that is about it, if there is one.

    Attributes:
        names: features of the figure itself.
        before: of the figure before it, given what that means.
        modal: of certainty and status.
        plain: whether it comes from a plain sentence.
    """

    article: int
    setting: Setting
    names: list[str]
    before: list[str]
    modal: list[str]
    gold: dict[str, Any] | None
    weight: float
    plain: bool
    fillers: list[tuple[str, Candidate]] = field(default_factory=list)

    @property
    def type(self) -> str:
        return self.gold["type"] if self.gold else ""

    @property
    def kind(self) -> str:
        return meant(self.gold) if self.gold else ""

    @property
    def status(self) -> str:
        return ((self.gold or {}).get("attrs") or {}).get("status") or ""

    @property
    def certainty(self) -> str:
        return (self.gold or {}).get("certainty", "asserted")

    @property
    def all(self) -> list[str]:
        """What tells of certainty and status."""
        return [*self.names, *self.before, *self.modal]


def meant(gold: dict[str, Any]) -> str:
    """The meaning that a claim gives its figure."""
    attributes = gold.get("attrs") or {}
    return f"{gold['type']}.{attributes.get('kind') or attributes.get('measure') or 'other'}"


def sentences() -> list[dict[str, Any]]:
    """The plain sentences as articles of one claim each, in the gold format."""
    out = []
    for line in SENTENCES.read_text(encoding="utf-8").splitlines():
        if not line or line.startswith("#"):
            continue
        head, _, marked = line.partition(": ")
        meaning, *words = head.split()
        kind, _, value = meaning.partition(".")
        status = words.pop(0) if kind == "pay" else None
        text = MARKED.sub(r"\2", marked)
        args = {slot: [filler] for slot, filler in MARKED.findall(marked)}
        (figure,) = args.pop("amount")
        found = next(amount for amount in find_money(text) if amount.text == figure)
        attributes = {"measure": value} if kind == "figure" else {"kind": value}
        claim = {"type": kind, "evidence": text, "args": args, "amount": found.model_dump()}
        claim["attrs"] = attributes | ({"status": status} if status else {})
        claim["certainty"] = words[0] if words else "asserted"
        out.append({"text": text, "source": PLAIN_SOURCE, "claims": [claim]})
    return out


def examples_of(rules: RuleSet) -> list[dict[str, Any]]:
    """The sentences that stand with the money rules as articles of one claim each; what fills the slots that they leave
    out is not told, hence ``partial``."""
    out = []
    for rule in rules.rules:
        for example in rule.match if rule.type in SLOTS else ():
            kind, text = rule.type, example["text"]
            amount = next(a for a in find_money(text) if a.text == example["amount"])
            claim = {"type": kind, "evidence": text, "amount": amount.model_dump(), "certainty": "asserted"}
            claim |= {name: example[name] for name in ("certainty",) if name in example}
            claim["partial"] = True
            slots = {*SLOTS[kind], "date"} & example.keys()
            claim["args"] = {slot: [example[slot]] for slot in sorted(slots)}
            names = ("measure",) if kind == "figure" else ("kind", "status")
            claim["attrs"] = {name: example.get(name) or rule.set.get(name) for name in names}
            out.append({"text": text, "source": PLAIN_SOURCE, "claims": [claim]})
    return out


def examples(articles: Sequence[dict[str, Any]], first: int = 0, plain: bool = False) -> list[Example]:
    """The figures of the articles, which are numbered from ``first``."""
    nlp = build()
    nlp.disable_pipe("newsclaims_claims")
    claims = Claims(load())
    out: list[Example] = []
    for number, article, doc in read(nlp, articles):
        people = judged(claims.matcher.frames(doc))
        store = mentions(doc)
        careers, builder = Careers(Memory(doc, store), people), Builder(doc, store, BUILT_IN)
        kind, told = "", Told()
        for seen in claims.money.see(doc, store):
            example = Example(
                article=first + number,
                setting=setting(seen.figure, seen.joint),
                names=seen.names,
                before=after(kind, seen.joint),
                modal=modal_features(seen.figure.span, seen.around),
                gold=gold_of(seen.figure.amount.model_dump(), article),
                weight=importance(article),
                plain=plain,
            )
            kind = example.kind
            if example.gold is not None:
                rule, trigger = next(claims.money.triggers(seen.figure, seen.around, kind))
                reading = Reading(kind, 1.0, rule, trigger, [*example.names, *example.before])
                lately = told.lately(seen.figure.span.root)
                filler = Filler(seen.figure, reading, store, careers, claims.money.lexicon, lately)
                slots = {"amount": filler.amount}
                example.fillers = list(judged_fillers(example, filler, slots, builder))
                told.learn(slots)
            out.append(example)
    return out


def judged_fillers(
    figure: Example, filler: Filler, slots: dict[str, Mention], builder: Builder
) -> Iterator[tuple[str, Candidate]]:
    """The candidates for the slots of a figure, each right or wrong; right ones are put into ``slots``."""
    gold = figure.gold or {}
    for slot in SLOTS[gold["type"]]:
        wanted = [
            w
            for s in (("period", "date") if slot in ("period", "date") else (slot,))
            for w in gold["args"].get(s) or []
        ]
        if gold.get("partial") and not wanted:
            continue
        taken = None
        candidates = filler.candidates(slot, slots)
        rows, shared = filler.features(candidates, slots)
        for candidate, row in zip(candidates, rows, strict=True):
            given = offered(builder.argument(candidate.mention).model_dump())
            right = any(same(g, w) for g in given for w in wanted)
            if right and taken is None:
                taken = candidate.mention
            yield (
                model_name(gold["type"], slot),
                Candidate(figure.article, [*row, *shared], right, figure.weight),
            )
        if taken is not None:
            slots[slot] = taken


def gold_of(amount: dict[str, Any], article: dict[str, Any]) -> dict[str, Any] | None:
    """The gold claim about a figure: one whose evidence covers it, else any with its value."""
    same = [c for c in article["claims"] if c.get("amount") and same_money(amount, c["amount"])]
    for claim in same:
        start = article["text"].find(claim["evidence"])
        if start <= amount["start"] < start + len(claim["evidence"]):
            return claim
    return same[0] if same else None


def fit(
    data: Sequence[Example], row: Callable[[Example], tuple[list[str], str]], **other: Any
) -> dict[str, Any]:
    """A jury over what is told of figures, in its stored form; ``row`` gives features and answer of each."""
    rows = [(*row(e), e.weight) for e in data for _ in range(PLAIN if e.plain else 1)]
    return fit_jury(rows, MEANING, **other)


def fit_types(data: Sequence[Example]) -> dict[str, Any]:
    """The jury over the types of figures by themselves."""
    return fit([e for e in data if e.gold], lambda e: (e.names, e.type), **TYPE)


def alone(data: Sequence[Example]) -> Says[Example, dict[str, float]]:
    """What such a jury says."""
    fitted = jury(fit_types(data))
    return lambda held: fitted.probabilities([e.names for e in held])


def among_others(data: Sequence[Example], said: Sequence[Mapping[str, float]]) -> dict[int, list[str]]:
    """The features of each figure among the others of its article, by identity, given what is said of it by itself."""
    articles: dict[int, list[tuple[Example, Mapping[str, float]]]] = defaultdict(list)
    for e, shares in zip(data, said, strict=True):
        articles[e.article].append((e, shares))
    return {
        id(e): names
        for pairs in articles.values()
        for (e, _), names in zip(
            pairs, together([e.setting for e, _ in pairs], [shares for _, shares in pairs]), strict=True
        )
    }


def fit_all(data: Sequence[Example]) -> dict[str, Any]:
    """Every model of the weights file."""
    told = [e for e in data if e.gold]
    names = among_others(data, said_by_others(data, alone, OWN_FOLDS))
    models = {"type": fit_types(data), "among": fit(told, lambda e: (names[id(e)], e.type), **AMONG)}
    for kind in ("pay", "deal", "figure"):
        models[kind] = fit([e for e in told if e.type == kind], lambda e: ([*e.names, *e.before], e.kind))
    models["status"] = fit([e for e in told if e.status], lambda e: (e.all, e.status))
    hedged = [e for e in told if not e.plain]  # plain sentences hedge too little to learn from
    models["certainty"] = fit(hedged, lambda e: (e.all, e.certainty))
    return models


def fit_slots(data: Sequence[Example]) -> dict[str, dict[str, Any] | None]:
    """ "type.slot" -> what judges the candidates for it."""
    slots: dict[str, list[Candidate]] = defaultdict(list)
    for e in data:
        for name, candidate in e.fillers:
            slots[name] += (PLAIN if e.plain else 1) * [candidate]
    return {name: fit_judge(found, CERTAIN, **SHAPE) for name, found in slots.items()}


def cross_validate(data: Sequence[Example], always: Sequence[Example], folds: int) -> dict[str, float]:
    """Shares of figures whose type, kind (given the right type) and status are right, on the folds not fitted on."""
    right = {"type": 0, "kind": 0, "certainty": 0, "status": 0}
    number = dict(right)
    for fold in range(folds):
        raw = fit_all([*always, *(e for e in data if e.article % folds != fold)])
        models = {name: jury(m) for name, m in raw.items()}
        held = [e for e in data if e.article % folds == fold]
        names = among_others(held, models["type"].probabilities([e.names for e in held]))
        told = [e for e in held if e.gold]
        types = models["among"].probabilities([names[id(e)] for e in told])
        certainties = models["certainty"].probabilities([e.all for e in told])
        for e, of_type, of_certainty in zip(told, types, certainties, strict=True):
            (kinds,) = models[e.type].probabilities([[*e.names, *e.before]])
            said = {"type": likeliest(of_type) == e.type, "kind": likeliest(kinds) == e.kind}
            said["certainty"] = likeliest(of_certainty) == e.certainty
            if e.status:
                (statuses,) = models["status"].probabilities([e.all])
                said["status"] = likeliest(statuses) == e.status
            for name, is_right in said.items():
                number[name] += 1
                right[name] += is_right
    return {name: round(right[name] / max(number[name], 1), 4) for name in right}


def main() -> None:
    articles, options = arguments(__doc__, 5)
    data = examples(articles)
    always = examples([*sentences(), *examples_of(load())], first=len(articles), plain=True)
    print(f"{sum(bool(e.gold) for e in data)} figures in {len(articles)} articles")
    if options.folds > 1:
        print(f"cross-validated: {cross_validate(data, always, options.folds)}")
    if options.write:
        save("money", fit_all([*always, *data]))
        save("money_slots", fit_slots([*always, *data]))


if __name__ == "__main__":
    main()
