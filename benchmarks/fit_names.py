"""Fits the model that tells people, organisations, places and other names apart, and measures it by cross-validation.

    python -m benchmarks.fit_names GOLD.jsonl... [--folds 3] [--write]

Each gold file holds articles with their claims. The model is two juries: ``alone`` over the evidence around all mentions
of a name (``newsclaims.language.name_evidence``), ``among`` over what ``alone`` says of it and of the names to which it
stands in some relation (``newsclaims.language.name_relations``). ``--write`` fits them on all articles and writes the
weights ``names``, and others for ``benchmarks/unseen.py``; the other models follow these labels, so that they come first.
What is printed are the shares of the gold's names that were labelled rightly in articles that the weights had not seen.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from benchmarks.folds import Says, said_by_others
from benchmarks.gold import arguments
from benchmarks.judges import fit_jury
from benchmarks.logistic import Penalty
from benchmarks.unseen import NAMES, save_for_parts
from benchmarks.weights import save
from newsclaims.judges import Jury, jury, likeliest
from newsclaims.language.name_candidates import all_candidates, key_of
from newsclaims.language.name_labels import gather
from newsclaims.language.name_relations import Relations, among, relations
from newsclaims.pipeline import build
from newsclaims.resources import lexicon

LINEAR, SHARE = Penalty(0.3, seen=10, smallest=0.03), 0.5
"""Of the linear models, and its share beside ``alone``; evidence seen more rarely would be names."""
WEAK = {"PERSON": 0.1, "ORG": 0.1, "PLACE": 0.6}
"""How much the recogniser's word counts where the gold is silent about a name; 0.3 for other labels."""
OWN_FOLDS = 5
"""The second jury learns from what is said of articles that the first has not seen: of each fold, by the others."""


@dataclass
class Name:
    """A name of an article: the evidence for its label, how it stands to the others, the label, how much it counts, and
    whether the gold tells it."""

    article: int
    key: str
    evidence: list[str]
    related: Relations
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
        related = relations(doc, found)
        for key, evidence in gather(doc, found).items():
            told = key in people | places
            if told:
                label, weight = "PERSON" if key in people else "ORG", 1.0
            else:
                label = said[key].most_common(1)[0][0] or "OTHER"
                if label == "NORP" or key.title() in lexicon("nations"):
                    label = "PLACE"
                weight = WEAK.get(label, 0.3)
            yield Name(number, key, evidence, related, label, weight, told)


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


def fit_alone(found: Sequence[Name]) -> dict[str, Any]:
    """The jury over each name by itself."""
    return fit_jury([(name.evidence, name.label, name.weight) for name in found], LINEAR, SHARE)


def alone(found: Sequence[Name]) -> Says[Name, dict[str, float]]:
    """What such a jury says."""
    fitted = jury(fit_alone(found))
    return lambda held: fitted.probabilities([name.evidence for name in held])


def among_others(found: Sequence[Name], said: Sequence[Mapping[str, float]]) -> list[list[str]]:
    """The features of each name among the others of its article, given what is said of each by itself."""
    by_article: dict[int, dict[str, Mapping[str, float]]] = defaultdict(dict)
    for name, shares in zip(found, said, strict=True):
        by_article[name.article][name.key] = shares
    return [among(name.key, name.related, by_article[name.article]) for name in found]


def fit(found: Sequence[Name]) -> dict[str, dict[str, Any]]:
    """What the weights file holds."""
    rows = among_others(found, said_by_others(found, alone, OWN_FOLDS))
    again = [(row, name.label, name.weight) for row, name in zip(rows, found, strict=True)]
    return {"alone": fit_alone(found), "among": fit_jury(again, LINEAR)}


def labels(found: Sequence[Name]) -> Says[Name, str]:
    """The labels that such juries give, to all names of an article at a time."""
    juries: dict[str, Jury] = {name: jury(stored) for name, stored in fit(found).items()}

    def say(held: Sequence[Name]) -> list[str]:
        said = juries["alone"].probabilities([name.evidence for name in held])
        return [likeliest(shares) for shares in juries["among"].probabilities(among_others(held, said))]

    return say


def cross_validate(found: Sequence[Name], folds: int) -> None:
    """Print for each label how many names that the gold tells got it, in articles not fitted on."""
    right, number = Counter[str](), Counter[str]()
    for name, label in zip(found, said_by_others(found, labels, folds), strict=True):
        if name.told:
            number[name.label] += 1
            right[name.label] += label == name.label
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
