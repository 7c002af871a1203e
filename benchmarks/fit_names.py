"""Fits the model that tells people, organisations, places and other names apart, and measures it by cross-validation.

    python -m benchmarks.fit_names GOLD.jsonl... [--folds 3] [--write]

Each gold file holds articles with their claims. The model is logistic, over the evidence around all mentions of a name
(``newsclaims.language.name_evidence``). ``--write`` fits it on all articles and writes ``models/weights/names.json``; the
others follow its labels, so that it comes first. What is printed are the shares of the gold's names that were labelled
rightly in articles that the weights had not seen.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression

from benchmarks.gold import arguments
from benchmarks.judges import save
from benchmarks.logistic import packed
from newsclaims.language.name_candidates import all_candidates, key_of
from newsclaims.language.name_labels import gather, verdict
from newsclaims.language.pipeline import build
from newsclaims.linear import classes
from newsclaims.resources import lexicon

PENALTY = 0.3
"""Inverse strength of the penalty on squared weights."""
SEEN, SMALLEST = 10, 0.03
"""Evidence must have been seen so often to have a weight, and weigh more than this: what is rarer would be names."""
WEAK = {"PERSON": 0.1, "ORG": 0.1, "PLACE": 0.6, "NORP": 0.5}
"""How much the recogniser's word counts where the gold is silent about a name; 0.3 for other labels."""


@dataclass
class Name:
    """A name of an article: the evidence for its label, the label, how much it counts, and whether the gold tells it."""

    article: int
    evidence: dict[str, float]
    label: str
    weight: float
    told: bool


def names(articles: Sequence[dict[str, Any]]) -> Iterator[Name]:
    """The names of the articles: the gold tells people and organisations, and where it is silent the recogniser's label
    counts a little."""
    nlp = build()
    for name in nlp.pipe_names[nlp.pipe_names.index("newsclaims_names") :]:
        nlp.disable_pipe(name)
    for number, (article, doc) in enumerate(
        zip(articles, nlp.pipe(a["text"] for a in articles), strict=True)
    ):
        people, places = gold_names(article)
        found = all_candidates(doc)
        said: dict[str, Counter[str | None]] = defaultdict(Counter)
        for c in found:
            said[key_of(doc[c.start : c.end].text)][c.label] += 1
        for key, evidence in gather(doc, found).items():
            if key in people | places:
                yield Name(number, evidence, "PERSON" if key in people else "ORG", 1.0, told=True)
                continue
            guess = said[key].most_common(1)[0][0] or "OTHER"
            if guess == "NORP" or key.title() in lexicon("nations"):
                yield Name(number, evidence, "PLACE", WEAK["PLACE"], told=False)
            else:
                yield Name(number, evidence, guess, WEAK.get(guess, 0.3), told=False)


def gold_names(article: dict[str, Any]) -> tuple[set[str], set[str]]:
    """Keys of the names that the gold has for people, and for organisations."""
    people: set[str] = set()
    places: set[str] = set()
    for claim in article["claims"]:
        for slot, values in claim["args"].items():
            keys = {key_of(v) for v in values if any(c.isupper() for c in v)}
            if slot in ("person", "recipient"):
                people |= keys
            elif slot in ("employer", "origin", "destination", "payer", "payee"):
                places |= keys
    return people, places - people


def fit(found: Sequence[Name]) -> dict[str, Any]:
    """The model as the weights file has it."""
    vectorizer = DictVectorizer()
    matrix = vectorizer.fit_transform([n.evidence for n in found])
    kept = np.asarray((matrix > 0).sum(axis=0)).ravel() >= SEEN
    features = [n for n, k in zip(vectorizer.get_feature_names_out(), kept, strict=True) if k]
    model = LogisticRegression(C=PENALTY, max_iter=3000)
    model.fit(matrix[:, kept], [n.label for n in found], sample_weight=[n.weight for n in found])
    labels = [str(label) for label in model.classes_]
    rows = {
        feature: {label: round(w, 3) for label, w in zip(labels, row, strict=True) if abs(w) > SMALLEST}
        for feature, row in zip(features, model.coef_.T.tolist(), strict=True)
    }
    bias = {label: round(float(b), 3) for label, b in zip(labels, model.intercept_, strict=True)}
    return packed(bias, rows)


def cross_validate(found: Sequence[Name], folds: int) -> None:
    """Print for each label how many names that the gold tells got it, in articles not fitted on."""
    right, number = Counter[str](), Counter[str]()
    for fold in range(folds):
        model = classes(fit([n for n in found if n.article % folds != fold]))
        for name in (n for n in found if n.told and n.article % folds == fold):
            number[name.label] += 1
            right[name.label] += verdict(model.odds(name.evidence)).label == name.label
    for label in sorted(number):
        print(f"{label:8} {number[label]:6}  right {right[label] / number[label]:.3f}")


def main() -> None:
    articles, options = arguments(__doc__, 3)
    found = list(names(articles))
    if options.folds > 1:
        cross_validate(found, options.folds)
    if options.write:
        save("names", {"label": fit(found)})


if __name__ == "__main__":
    main()
