"""Fits the models that judge frames about people, and measures them by cross-validation.

    python benchmarks/fit_people.py GOLD.jsonl... [--folds 5] [--write]

Each gold file holds articles with their claims. Three sets of weights come out, all logistic models with a penalty on
the squared weights; nothing is random:

``names.json``   the label of a name from the evidence around its mentions
``frames.json``  whether a frame states a fact of the gold, for each claim type
``slots.json``   whether an optional filler is right, given that the frame is

``--write`` fits on all articles and writes them to ``models/weights/``. The figures that are printed come from
articles that the weights had not seen.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression
from spacy.tokens import Doc

from newsclaims.claims import confidence
from newsclaims.claims.build import Builder
from newsclaims.claims.confidence import Context, Model, features, filler_features
from newsclaims.claims.extract import Claims, Frame
from newsclaims.evaluate.facts import is_right, states
from newsclaims.language.mentions import mentions
from newsclaims.language.name_candidates import all_candidates, key_of
from newsclaims.language.name_labels import gather, label_model
from newsclaims.language.pipeline import build
from newsclaims.resources import lexicon, models_dir
from newsclaims.schema import BUILT_IN, ClaimType

KINDS = {name: ClaimType.of(model) for name, model in BUILT_IN.items()}
PEOPLE = ("move", "employment")
PENALTY, SLOT_PENALTY, NAME_PENALTY = 0.05, 0.1, 0.5
THRESHOLDS = {"move": 0.5, "employment": 0.47}
"""Below them a frame is left out. F1 hardly changes between 0.4 and 0.6: higher buys precision with recall."""
SLOT_THRESHOLD = 0.5
SEEN = 4
"""A feature must have been seen this often to have a weight."""
SMALLEST = 0.005
"""Weights nearer to nothing than this are left out of the files."""
WEAK = {"PERSON": 0.1, "ORG": 0.1, "PLACE": 0.6, "NORP": 0.5}
"""How much the recogniser's word counts where the gold is silent about a name; 0.3 for other labels."""


@dataclass
class Example:
    """Something to judge: its features, whether it is right, and the article it comes from."""

    article: int
    names: list[str]
    right: bool


@dataclass
class Data:
    """Examples by model: claim type, or "type.slot"."""

    frames: dict[str, list[Example]] = field(default_factory=lambda: defaultdict(list))
    slots: dict[str, list[Example]] = field(default_factory=lambda: defaultdict(list))


def pipeline() -> tuple[Any, Claims]:
    """The pipeline up to the mentions, and the component that makes claims."""
    nlp = build()
    claims = nlp.get_pipe("newsclaims_claims")
    nlp.disable_pipe("newsclaims_claims")
    return nlp, claims


def collect(articles: Sequence[dict[str, Any]], docs: Iterable[Doc], claims: Claims) -> Data:
    """Every frame of the articles, judged by their gold."""
    data = Data()
    for number, (article, doc) in enumerate(zip(articles, docs, strict=True)):
        frames = claims.matcher.frames(doc)
        context = Context(frames)
        builder = Builder(doc, mentions(doc), claims.rules.types)
        for frame in frames:
            row = builder.claim(frame).row()
            kind = frame.rule.type
            facts = [f for f in article["claims"] if f["type"] == kind and states(row, f, KINDS[kind])]
            data.frames[kind].append(Example(number, features(frame, context), bool(facts)))
            if facts:
                add_slots(data, number, frame, row, facts)
    return data


def add_slots(
    data: Data, number: int, frame: Frame, row: dict[str, Any], facts: list[dict[str, Any]]
) -> None:
    """The fillers of a right frame, judged by the fact that it states best."""
    fact = max(facts, key=lambda f: sum(is_right(row, f, s) for s in frame.slots))
    for slot in frame.slots:
        if slot not in KINDS[frame.rule.type].key:
            example = Example(number, filler_features(frame, slot), is_right(row, fact, slot))
            data.slots[f"{frame.rule.type}.{slot}"].append(example)


def fit(examples: Sequence[Example], penalty: float, threshold: float) -> Model | None:
    """A logistic model of the examples; nothing where they are all alike."""
    right = [e.right for e in examples]
    if len(set(right)) < 2:
        return None
    vectorizer = DictVectorizer()
    matrix = vectorizer.fit_transform([dict.fromkeys(e.names, 1.0) for e in examples])
    kept = np.asarray((matrix > 0).sum(axis=0)).ravel() >= SEEN
    model = LogisticRegression(C=penalty, max_iter=3000, tol=1e-3).fit(matrix[:, kept], right)
    named = [n for n, k in zip(vectorizer.get_feature_names_out(), kept, strict=True) if k]
    weights = {n: float(w) for n, w in zip(named, model.coef_[0], strict=True) if abs(w) > SMALLEST}
    return Model(float(model.intercept_[0]), threshold, weights)


def cross_validate(
    data: dict[str, list[Example]], folds: int, penalty: float
) -> dict[str, list[tuple[float, bool]]]:
    """For each model, the probability that it gave to examples of unseen articles, and whether they were right."""
    out: dict[str, list[tuple[float, bool]]] = {}
    for name, examples in sorted(data.items()):
        pairs: list[tuple[float, bool]] = []
        for fold in range(folds):
            model = fit([e for e in examples if e.article % folds != fold], penalty, 0.5)
            held = [e for e in examples if e.article % folds == fold]
            pairs += [(model.probability(e.names) if model else 0.5, e.right) for e in held]
        out[name] = pairs
    return out


def written(models: dict[str, Model | None]) -> dict[str, Any]:
    """Models as they stand in a weights file."""
    return {
        name: {
            "bias": round(m.bias, 3),
            "threshold": m.threshold,
            "weights": {k: round(w, 3) for k, w in sorted(m.weights.items())},
        }
        for name, m in sorted(models.items())
        if m is not None
    }


def name_weights(articles: Sequence[dict[str, Any]], docs: Sequence[Doc]) -> dict[str, Any]:
    """Weights of the evidence for each label of a name: the gold tells people and organisations, and where it is
    silent the recogniser's label counts a little."""
    rows, labels, weights = [], [], []
    for article, doc in zip(articles, docs, strict=True):
        people, places = gold_names(article)
        found = all_candidates(doc)
        said: dict[str, Counter[str | None]] = defaultdict(Counter)
        for c in found:
            said[key_of(doc[c.start : c.end].text)][c.label] += 1
        for key, evidence in gather(doc, found).items():
            label, weight = ("PERSON", 1.0) if key in people else ("ORG", 1.0)
            if key not in people | places:
                guess = said[key].most_common(1)[0][0] or "OTHER"
                label, weight = guess, WEAK.get(guess, 0.3)
                if label == "NORP" or key.title() in lexicon("nations"):
                    label, weight = "PLACE", WEAK["PLACE"]
            rows.append(evidence)
            labels.append(label)
            weights.append(weight)
    vectorizer = DictVectorizer()
    matrix = vectorizer.fit_transform(rows)
    kept = np.asarray((matrix > 0).sum(axis=0)).ravel() >= SEEN
    named = [n for n, k in zip(vectorizer.get_feature_names_out(), kept, strict=True) if k]
    model = LogisticRegression(C=NAME_PENALTY, max_iter=3000).fit(
        matrix[:, kept], labels, sample_weight=weights
    )
    return {
        str(label): {
            "bias": round(float(model.intercept_[n]), 3),
            "weights": {
                f: round(float(w), 3) for f, w in zip(named, model.coef_[n], strict=True) if abs(w) > 0.02
            },
        }
        for n, label in enumerate(model.classes_)
    }


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


def report(title: str, judged: dict[str, list[tuple[float, bool]]], thresholds: dict[str, float]) -> None:
    for name, pairs in judged.items():
        kept = [right for p, right in pairs if p >= thresholds.get(name, 0.5)]
        error = sum((p - right) ** 2 for p, right in pairs) / max(len(pairs), 1)
        share = sum(kept) / max(len(kept), 1)
        found = sum(kept) / max(sum(right for _, right in pairs), 1)
        print(
            f"{title} {name:24} {len(pairs):6} kept {len(kept):6} right {share:.3f} "
            f"of all right {found:.3f} Brier {error:.3f}"
        )


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("gold", nargs="+", type=Path)
    parser.add_argument("--folds", type=int, default=5, help="0: fit, and measure nothing")
    parser.add_argument("--write", action="store_true", help="write the weights, fitted on all articles")
    options = parser.parse_args()
    articles = [
        json.loads(line) for file in options.gold for line in file.open(encoding="utf-8") if line.strip()
    ]
    folder = models_dir() / "weights"
    nlp, claims = pipeline()
    docs = list(nlp.pipe(a["text"] for a in articles))
    if options.write:
        save(folder / "names.json", name_weights(articles, docs))
        label_model.cache_clear()
        docs = list(nlp.pipe(a["text"] for a in articles))  # the frames follow the labels
    data = collect(articles, docs, claims)
    if options.folds > 1:
        report("frames", cross_validate(data.frames, options.folds, PENALTY), THRESHOLDS)
        report(
            "slots",
            cross_validate(data.slots, options.folds, SLOT_PENALTY),
            dict.fromkeys(data.slots, SLOT_THRESHOLD),
        )
    if options.write:
        frames = {k: fit(data.frames[k], PENALTY, THRESHOLDS[k]) for k in PEOPLE}
        slots = {k: fit(v, SLOT_PENALTY, SLOT_THRESHOLD) for k, v in data.slots.items()}
        save(folder / "frames.json", written(frames))
        save(folder / "slots.json", written(slots))
        confidence.fitted.cache_clear()


def save(file: Path, data: dict[str, Any]) -> None:
    file.write_text(json.dumps(data, indent=0, sort_keys=True, ensure_ascii=False) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
