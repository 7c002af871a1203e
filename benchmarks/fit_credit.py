"""Fits the forest that says who is credited with a claim, and measures it by cross-validation.

    python -m benchmarks.fit_credit GOLD.jsonl... [--folds 3] [--write]

Each gold file holds articles with their claims. Every frame that states a fact of the gold, and every figure that the gold
has a claim about, is a statement; a reporting clause near it is right when it names whom the gold credits.
``credit_sentences.txt`` beside this script adds plain sentences, which are always fitted on and never measured.
``--write`` fits on all articles and writes the weights.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from spacy.tokens import Doc

from benchmarks.fit_money import gold_of
from benchmarks.fit_people import KINDS, pipeline
from benchmarks.forests import Example
from benchmarks.gold import arguments
from benchmarks.judges import fit_judge
from benchmarks.unseen import read
from benchmarks.weights import save
from newsclaims.claims.build import Builder, statement
from newsclaims.claims.component import Claims
from newsclaims.evaluate.facts import states
from newsclaims.evaluate.strings import same
from newsclaims.judges import judge
from newsclaims.language.attribution import Report
from newsclaims.language.credit import Credits, Statement
from newsclaims.language.mentions import mentions

SENTENCES = Path(__file__).with_name("credit_sentences.txt")
PLAIN = 8.0
"""How much a plain sentence counts against a statement of an article."""
LIKELY = 0.35
"""Probability from which on a reporting clause is credited: about where F1 is best on articles not fitted on."""
SHAPE = {"rounds": 100, "num_leaves": 31, "min_data_in_leaf": 20, "feature_fraction": 0.3}


@dataclass
class Credited:
    """A statement with an example for each reporting clause near it, and whether the gold credits anybody."""

    article: int
    examples: list[Example]
    gold: bool


def credited(articles: Sequence[dict[str, Any]]) -> list[Credited]:
    """The statements of the articles."""
    nlp, claims = pipeline()
    out = []
    for number, article, doc in read(nlp, articles):
        credits, builder = Credits(doc), Builder(doc, mentions(doc), claims.rules.types)
        for said, sources in statements(article, doc, claims, builder):
            examples = [
                Example(number, credits.features(said, report), names(report, sources, builder))
                for report in credits.near(said)
            ]
            out.append(Credited(number, examples, bool(sources)))
    return out


def plain() -> list[Example]:
    """An example for each reporting clause near what the plain sentences state."""
    lines = SENTENCES.read_text(encoding="utf-8").splitlines()
    pairs = [line.split(": ", 1) for line in lines if line and not line.startswith("#")]
    nlp, claims = pipeline()
    out = []
    for (source, _), doc in zip(pairs, nlp.pipe(text for _, text in pairs), strict=True):
        credits, builder = Credits(doc), Builder(doc, mentions(doc), claims.rules.types)
        said = [statement(frame) for frame in claims.matcher.frames(doc)]
        said += [Statement(figure.span.root, kind) for figure in doc._.money for kind in ("pay", "deal")]
        out += [
            Example(-1, credits.features(s, report), names(report, [source], builder), PLAIN)
            for s in said
            for report in credits.near(s)
        ]
    return out


def statements(
    article: dict[str, Any], doc: Doc, claims: Claims, builder: Builder
) -> Iterator[tuple[Statement, list[str]]]:
    """What the article states, each once where it stands, and whom the gold credits with it."""
    seen: set[tuple[int, int]] = set()
    for frame in claims.matcher.frames(doc):
        row, kind = builder.claim(frame).row(), frame.rule.type
        for place, fact in enumerate(article["claims"]):
            if (
                fact["type"] == kind
                and (place, frame.trigger.i) not in seen
                and states(row, fact, KINDS[kind])
            ):
                seen.add((place, frame.trigger.i))
                yield statement(frame), fact["attribution"]
    for figure in doc._.money:
        fact = gold_of(figure.amount.model_dump(), article)
        if fact is not None:
            yield Statement(figure.span.root, fact["type"]), fact["attribution"]


def names(report: Report, sources: Sequence[str], builder: Builder) -> bool:
    """Whether a reporting clause names one of the sources."""
    if report.mention is not None:
        who = builder.argument(report.mention)
        said = [who.name, who.text]
    else:
        said = [report.source.text] if report.source is not None else []
    return any(same(mine, theirs) for mine in said for theirs in sources)


def fit(found: Sequence[Credited], always: Sequence[Example]) -> dict[str, Any]:
    """The judge in its stored form."""
    examples = [*always, *(e for statement in found for e in statement.examples)]
    fitted = fit_judge(examples, LIKELY, **SHAPE)
    assert fitted is not None
    return fitted


def cross_validate(found: Sequence[Credited], always: Sequence[Example], folds: int) -> None:
    """Print how many statements were credited rightly, wrongly, and should have been."""
    right = wrong = 0
    for fold in range(folds):
        model = judge(fit([s for s in found if s.article % folds != fold], always))
        for held in (s for s in found if s.article % folds == fold and s.examples):
            scores = model.probabilities([e.names for e in held.examples])
            score, best = max(zip(scores, held.examples, strict=True), key=lambda pair: pair[0])
            if score >= model.threshold:
                right, wrong = right + best.right, wrong + (not best.right)
    gold = sum(s.gold for s in found)
    print(
        f"{len(found)} statements, {gold} credited: precision {right / (right + wrong):.3f}, recall {right / gold:.3f}"
    )


def main() -> None:
    articles, options = arguments(__doc__, 3)
    found, always = credited(articles), plain()
    if options.folds > 1:
        cross_validate(found, always, options.folds)
    if options.write:
        save("credit", {"credit": fit(found, always)})


if __name__ == "__main__":
    main()
