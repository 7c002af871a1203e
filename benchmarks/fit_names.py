"""Fits the model that tells people, organisations, places and other names apart, and measures it by cross-validation.

    python -m benchmarks.fit_names GOLD.jsonl... [--folds 3] [--write]

Each gold file holds articles with their claims. The model is a jury over the evidence around all mentions of a name
(``newsclaims.language.name_evidence``). ``--write`` fits it on all articles and writes the weights ``names``, and others
for ``benchmarks/unseen.py``; the other models follow its labels, so that it comes first. What is printed are the shares
of the gold's names that were labelled rightly in articles that the weights had not seen.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from benchmarks.gold import arguments
from benchmarks.judges import fit_jury
from benchmarks.logistic import Penalty
from benchmarks.unseen import NAMES, save_for_parts
from benchmarks.weights import save
from newsclaims.judges import jury, likeliest
from newsclaims.language.name_candidates import all_candidates, key_of
from newsclaims.language.name_labels import gather
from newsclaims.language.pipeline import build
from newsclaims.resources import lexicon

LINEAR, SHARE = Penalty(0.3, seen=10, smallest=0.03), 0.5
"""Of the linear model; evidence seen more rarely would be names."""
WEAK = {"PERSON": 0.1, "ORG": 0.1, "PLACE": 0.6, "NORP": 0.5}
"""How much the recogniser's word counts where the gold is silent about a name; 0.3 for other labels."""


@dataclass
class Name:
    """A name of an article: the evidence for its label, the label, how much it counts, and whether the gold tells it."""

    article: int
    evidence: list[str]
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


def fit(found: Sequence[Name]) -> dict[str, dict[str, Any]]:
    """What the weights file holds: the jury of labels."""
    rows = [(name.evidence, name.label, name.weight) for name in found]
    return {"label": fit_jury(rows, LINEAR, SHARE)}


def cross_validate(found: Sequence[Name], folds: int) -> None:
    """Print for each label how many names that the gold tells got it, in articles not fitted on."""
    right, number = Counter[str](), Counter[str]()
    for fold in range(folds):
        model = jury(fit([n for n in found if n.article % folds != fold])["label"])
        held = [n for n in found if n.told and n.article % folds == fold]
        said = model.probabilities([name.evidence for name in held])
        for name, shares in zip(held, said, strict=True):
            number[name.label] += 1
            right[name.label] += likeliest(shares) == name.label
    for label in sorted(number):
        print(f"{label:8} {number[label]:6}  right {right[label] / number[label]:.3f}")


def main() -> None:
    articles, options = arguments(__doc__, 3)
    found = list(names(articles))
    if options.folds > 1:
        cross_validate(found, options.folds)
    if options.write:
        save(NAMES, fit(found))
        save_for_parts(NAMES, fit, found)


if __name__ == "__main__":
    main()
