"""Fits the forests that choose the antecedents of pronouns and descriptions, and measures it by cross-validation.

    python -m benchmarks.fit_coreference GOLD.jsonl... [--folds 3] [--write]

Each gold file holds articles with their claims. Where a claim's evidence holds a pronoun or a description and the gold
lists it beside a name ("Jane Orme", "she"), that is an anaphor with its antecedent. ``--write`` fits on all articles and
writes the weights.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from spacy.tokens import Doc

from benchmarks.forests import Example
from benchmarks.gold import arguments
from benchmarks.judges import fit_judge
from benchmarks.unseen import ANTECEDENTS, NAMES, read, save_for_parts
from benchmarks.weights import save
from newsclaims.judges import Judge, judge
from newsclaims.language.antecedents import DESCRIPTION, TITLE, Anaphor, Antecedents, judge_of
from newsclaims.language.coreference import anaphors
from newsclaims.language.mentions import Entity, mentions
from newsclaims.pipeline import build

LIKELY = {"antecedents": 0.15, "descriptions": 0.25, "titles": 0.4}
"""Below this probability an anaphor stays without antecedent: hardly a pronoun has none among the candidates, but "the
space agency" may well be named nowhere."""
LEAVES = {"antecedents": 31, "descriptions": 31, "titles": 8}
SHAPE = {"rounds": 240, "min_data_in_leaf": 20, "feature_fraction": 0.4}


@dataclass
class Link:
    """An anaphor whose antecedent the gold tells, with an example for each candidate; perhaps none is right."""

    article: int
    kind: str
    examples: list[Example]


def links(articles: Sequence[dict[str, Any]]) -> list[Link]:
    """The anaphors of the articles that the gold resolves."""
    nlp = build()
    for name in ("newsclaims_coreference", "newsclaims_claims"):
        nlp.disable_pipe(name)
    out = []
    for number, article, doc in read(nlp, articles, (NAMES,)):
        store = mentions(doc)
        antecedents = Antecedents(doc, store)
        for anaphor in anaphors(doc, store):
            lists = list(told(article, doc, anaphor))
            names = {name for names in lists for name in names}
            if not (names or (lists and anaphor.kind in (TITLE, DESCRIPTION))):
                continue  # of these, one without a name stands for nobody named
            found = antecedents.candidates(anaphor)
            rows = antecedents.features(anaphor, found)
            examples = [
                Example(number, row, is_named(candidate.entity, names))
                for candidate, row in zip(found, rows, strict=True)
            ]
            out.append(Link(number, anaphor.kind, examples))
    return out


def told(article: dict[str, Any], doc: Doc, anaphor: Anaphor) -> Iterator[list[str]]:
    """The names that the gold lists beside an anaphor, for each filler whose evidence holds it; the same title stands
    for the same all through an article."""
    span = doc[anaphor.start : anaphor.end]
    words = span.text.lower()
    for claim in article["claims"]:
        start = article["text"].find(claim["evidence"])
        if anaphor.kind != TITLE and not start <= span.start_char < start + len(claim["evidence"]):
            continue
        for fillers in claim["args"].values():
            if any(filler.lower() == words for filler in fillers):
                yield [f for f in fillers if f.lower() != words and any(c.isupper() for c in f)]


def is_named(entity: Entity, names: set[str]) -> bool:
    return not names.isdisjoint({entity.name, *(mention.text for mention in entity.mentions)})


def fit(found: Sequence[Link]) -> dict[str, dict[str, Any] | None]:
    """The judges in their stored form."""
    examples: dict[str, list[Example]] = {name: [] for name in LIKELY}
    for link in found:
        examples[judge_of(link.kind)] += link.examples
    return {
        name: fit_judge(examples[name], least, num_leaves=LEAVES[name], **SHAPE)
        for name, least in LIKELY.items()
    }


def cross_validate(found: Sequence[Link], folds: int) -> None:
    """Print for each kind of anaphor how many found their antecedent, and how many another."""
    right, wrong, number = Counter[str](), Counter[str](), Counter[str]()
    for fold in range(folds):
        grown = fit([link for link in found if link.article % folds != fold])
        models = {name: judge(stored) for name, stored in grown.items() if stored is not None}
        for link in found:
            if link.article % folds == fold:
                number[link.kind] += 1
                chosen = choice(models[judge_of(link.kind)], link.examples)
                if chosen is not None:
                    (right if chosen.right else wrong)[link.kind] += 1
    for kind in sorted(number):
        print(f"{kind:12} {number[kind]:5}  right {right[kind]:5}  another {wrong[kind]:5}")


def choice(model: Judge, examples: Sequence[Example]) -> Example | None:
    """The likeliest candidate, if it is likely enough."""
    scores = model.probabilities([e.names for e in examples])
    best = max(range(len(examples)), key=scores.__getitem__, default=None)
    return examples[best] if best is not None and scores[best] >= model.threshold else None


def main() -> None:
    articles, options = arguments(__doc__, 3)
    found = links(articles)
    if options.folds > 1:
        cross_validate(found, options.folds)
    if options.write:
        save(ANTECEDENTS, fit(found))
        save_for_parts(ANTECEDENTS, fit, found)


if __name__ == "__main__":
    main()
