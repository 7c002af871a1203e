"""Fits the models that judge frames about people, and measures them by cross-validation.

    python -m benchmarks.fit_people GOLD.jsonl... [--folds 5] [--write]

Each gold file holds articles with their claims. Four sets of weights come out, the same at every run:

``frames.json``  whether a frame states a fact of the gold, for each claim type: a forest of boosted trees
``frames_linear.json`` the same: a logistic model, whose log-odds are mixed with the forest's
``slots.json``   whether an optional filler is right, given that the frame is, and whether a date of the sentence says
                 when: a logistic model for each slot
``factuality.json`` how certain a move is, and whether a job is held or was: linear models of the classes

``--write`` fits on all articles and writes them to ``models/weights/``. The figures that are printed come from
articles that the weights had not seen.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from spacy.tokens import Doc

from benchmarks.forests import Example, grow, save_forests
from benchmarks.gold import arguments, importance
from benchmarks.logistic import Row, fit, fit_classes, save, save_logistic
from newsclaims.claims import confidence
from newsclaims.claims.build import Builder
from newsclaims.claims.context import Context
from newsclaims.claims.extract import Claims, Frame
from newsclaims.claims.factuality import JUDGED, evidence
from newsclaims.claims.features import features, filler_features
from newsclaims.claims.rules import RuleSet
from newsclaims.claims.when import candidates, date_features, date_of, name_of
from newsclaims.evaluate.facts import is_right, states
from newsclaims.forest import forest
from newsclaims.language.mentions import mentions
from newsclaims.language.pipeline import build
from newsclaims.language.sentences import sentence
from newsclaims.linear import Logistic
from newsclaims.resources import models_dir
from newsclaims.schema import BUILT_IN, ClaimType

KINDS = {name: ClaimType.of(model) for name, model in BUILT_IN.items()}
PEOPLE = ("move", "employment")
SHAPE = {"feature_fraction": 0.4}
"""How the trees of frames differ from other forests."""
FRAME_PENALTY, SLOT_PENALTY = 0.05, 0.1
"""Inverse strengths of the penalties on squared weights."""
FACTUALITY = (0.1, 20, 0.1)
"""Of the models of factuality: the same, how often a feature must have been seen, and the smallest weight kept."""
THRESHOLDS = {"move": 0.5, "employment": 0.43}
"""Below them a frame is left out. F1 hardly changes between 0.4 and 0.6: higher buys precision with recall."""
SLOT_THRESHOLD = 0.36
"""Probability from which on a filler stays: about where a right and a wrong one weigh the same."""
PLAIN = 8.0
"""How much a rule's own example counts against what an article says: the plainest sentences are rare in news."""
OPENING = re.compile(r"(?:\s*\S+){29}\s*(?=\S)")
SENTENCE_END = re.compile(r"[.!?][\"”’']?\s")
"""An opening ends with the sentence in which its thirtieth word stands."""
BETWEEN_SENTENCES = re.compile(r"(?<=[.!?])\s+|(?<=[.!?][\"”’'])\s+|\n+")


@dataclass
class Data:
    """Examples by model: claim type, or "type.slot"."""

    frames: dict[str, list[Example]] = field(default_factory=lambda: defaultdict(list))
    slots: dict[str, list[Example]] = field(default_factory=lambda: defaultdict(list))
    meant: dict[str, list[Row]] = field(default_factory=lambda: defaultdict(list))
    """Of right frames, what the fact says of certainty or tense."""


def pipeline() -> tuple[Any, Claims]:
    """The pipeline up to the mentions, and the component that makes claims."""
    nlp = build()
    claims = nlp.get_pipe("newsclaims_claims")
    nlp.disable_pipe("newsclaims_claims")
    return nlp, claims


def excerpts(articles: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """Parts of every article, as articles of their own, for what is read may be as short as that: its first sentences,
    the sentence that first tells of people, and one from its middle.

    ``part_of`` is the article's number, so that all fall into the same fold.
    """
    out = []
    for number, article in enumerate(articles):
        sentences = [s for s in BETWEEN_SENTENCES.split(article["text"]) if s.strip()]
        told = [c["evidence"] for c in article["claims"] if c["type"] in PEOPLE]
        first = next((s for s in sentences for evidence in told if evidence in s), "")
        texts = [opening(article["text"]), first.strip(), sentences[len(sentences) // 2].strip()]
        out += [excerpt(article, number, text) for text in dict.fromkeys(texts) if text]
    return out


def opening(text: str) -> str:
    """The first thirty words or so of a text, to the end of their sentence."""
    begun = OPENING.match(text)
    end = SENTENCE_END.search(text, begun.end() if begun else 0)
    return text[: end.end() if end else None].strip()


def excerpt(article: dict[str, Any], number: int, text: str) -> dict[str, Any]:
    """A part of an article with the claims that it makes by itself."""
    claims = [within(claim, text) for claim in article["claims"] if claim["evidence"] in text]
    whole = [c for c in claims if all(slot == "amount" or slot in c["args"] for slot in KINDS[c["type"]].key)]
    return {"part_of": number, "source": article.get("source"), "text": text, "claims": whole}


def within(claim: dict[str, Any], text: str) -> dict[str, Any]:
    """A claim with those of its strings that stand in a part of its article."""
    args = {slot: [v for v in values if v in text] for slot, values in claim["args"].items()}
    return {**claim, "args": {slot: values for slot, values in args.items() if values}}


def examples_of(rules: RuleSet) -> list[dict[str, Any]]:
    """The sentences that stand with the rules as articles; what else they say is not told, hence ``partial``."""
    return [
        {
            "text": example["text"],
            "partial": True,
            "claims": [
                {
                    "type": rule.type,
                    "args": {slot: [example[slot]] for slot in KINDS[rule.type].slots if slot in example},
                    "attrs": {name: example.get(name) for name in JUDGED.values()},
                }
            ],
        }
        for rule in rules.rules
        if rule.type in PEOPLE
        for example in rule.match
    ]


def collect(articles: Sequence[dict[str, Any]], docs: Iterable[Doc], claims: Claims) -> Data:
    """Every frame of the articles, judged by their gold."""
    data = Data()
    for place, (article, doc) in enumerate(zip(articles, docs, strict=True)):
        number = article.get("part_of", place)
        frames = claims.matcher.frames(doc)
        context = Context(frames)
        builder = Builder(doc, mentions(doc), claims.rules.types)
        for frame in frames:
            row = builder.claim(frame).row()
            kind = frame.rule.type
            facts = [f for f in article["claims"] if f["type"] == kind and states(row, f, KINDS[kind])]
            if article.get("partial") and not facts:
                continue
            counts = PLAIN if article.get("partial") else importance(article)
            names = features(frame, context)
            data.frames[kind].append(Example(number, names, bool(facts), counts))
            if facts:
                fact = max(facts, key=lambda f: sum(is_right(row, f, s) for s in frame.slots))
                add_slots(data, number, frame, row, fact, counts)
                if "date" in KINDS[kind].slots:
                    add_dates(data, number, frame, builder, fact, counts)
                meant = what_is_meant(fact, frame, article)
                if meant:
                    data.meant[kind].append((evidence(frame, names), meant, counts))
    return data


def add_slots(
    data: Data, number: int, frame: Frame, row: dict[str, Any], fact: dict[str, Any], counts: float
) -> None:
    """The fillers of a right frame, judged by the fact that it states best."""
    for slot in frame.slots:
        if slot not in KINDS[frame.rule.type].key:
            example = Example(number, filler_features(frame, slot), is_right(row, fact, slot), counts)
            data.slots[f"{frame.rule.type}.{slot}"].append(example)


def add_dates(
    data: Data, number: int, frame: Frame, builder: Builder, fact: dict[str, Any], counts: float
) -> None:
    """The dates of the sentence of a right frame, judged by the fact."""
    dates, own = candidates(frame, builder.store), date_of(frame.trigger, builder.store)
    for date in dates:
        right = is_right({"date": builder.argument(date).model_dump()}, fact, "date")
        example = Example(number, date_features(frame, date, dates, own), right, counts)
        data.slots[name_of(frame)].append(example)


def what_is_meant(fact: dict[str, Any], frame: Frame, article: dict[str, Any]) -> str | None:
    """The certainty or tense of a fact, where the frame stands in the words that tell it."""
    start = article["text"].find(fact["evidence"]) if "evidence" in fact else 0
    end = start + len(fact.get("evidence", article["text"]))
    first, last = sentence(frame.trigger)
    told = frame.trigger.doc[first:last]
    if start < 0 or told.end_char <= start or end <= told.start_char:
        return None
    judged = JUDGED[frame.rule.type]
    meant: str | None = fact.get(judged) or (fact.get("attrs") or {}).get(judged)
    return meant


def fit_frames(examples: Sequence[Example], threshold: float) -> Logistic:
    """The linear part of what judges frames."""
    model = fit(examples, FRAME_PENALTY, threshold, seen=8, smallest=0.02)
    assert model is not None
    return model


def fit_slots(examples: Sequence[Example]) -> Logistic | None:
    """What judges the fillers of a slot."""
    return fit(examples, SLOT_PENALTY, SLOT_THRESHOLD, seen=5, smallest=0.01)


Judgement = Callable[[Sequence[Example]], list[float]]


def judge_of_frames(examples: Sequence[Example]) -> Judgement:
    """What a forest and a linear model of the examples say of others."""
    judge = confidence.Judge(forest(grow(examples, 0.5, **SHAPE)), fit_frames(examples, 0.5))
    return lambda others: judge.probabilities([e.names for e in others])


def judge_of_slots(examples: Sequence[Example]) -> Judgement:
    """What a logistic model of the examples says of others."""
    model = fit_slots(examples)
    return lambda others: [model.probability(e.names) if model else 0.5 for e in others]


def cross_validate(
    data: dict[str, list[Example]], folds: int, judge: Callable[[Sequence[Example]], Judgement]
) -> dict[str, list[tuple[float, bool]]]:
    """For each model, the probability that it gave to examples of unseen articles, and whether they were right."""
    out: dict[str, list[tuple[float, bool]]] = {}
    for name, examples in sorted(data.items()):
        pairs: list[tuple[float, bool]] = []
        for fold in range(folds):
            held = [e for e in examples if e.article % folds == fold]
            said = judge([e for e in examples if e.article % folds != fold])(held)
            pairs += zip(said, (e.right for e in held), strict=True)
        out[name] = pairs
    return out


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
    articles, options = arguments(__doc__, 5)
    folder = models_dir() / "weights"
    nlp, claims = pipeline()
    articles += [*excerpts(articles), *examples_of(claims.rules)]
    data = collect(articles, nlp.pipe(a["text"] for a in articles), claims)
    if options.folds > 1:
        report("frames", cross_validate(data.frames, options.folds, judge_of_frames), THRESHOLDS)
        report(
            "slots",
            cross_validate(data.slots, options.folds, judge_of_slots),
            dict.fromkeys(data.slots, SLOT_THRESHOLD),
        )
    if options.write:
        forests = {k: grow(data.frames[k], THRESHOLDS[k], **SHAPE) for k in PEOPLE}
        save_forests(folder / "frames.json", forests)
        linear = {k: fit_frames(data.frames[k], THRESHOLDS[k]) for k in PEOPLE}
        save_logistic(folder / "frames_linear.json", linear)
        save_logistic(folder / "slots.json", {k: fit_slots(v) for k, v in data.slots.items()})
        save(folder / "factuality.json", {k: fit_classes(v, *FACTUALITY) for k, v in data.meant.items()})
        confidence.fitted.cache_clear()


if __name__ == "__main__":
    main()
