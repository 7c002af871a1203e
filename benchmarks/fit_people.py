"""Fits the models that judge frames about people, and measures them by cross-validation.

    python -m benchmarks.fit_people GOLD.jsonl... [--folds 5] [--write]

Each gold file holds articles with their claims. Four sets of weights come out, the same at every run:

``frames``      whether a frame states a fact of the gold, for each claim type, by what it looks like
``second_look`` the same, by what ``frames`` says of it and of the other frames of its document
``slots``       whether an optional filler is right, given that the frame is, and whether a date of the sentence says when
``factuality``  how certain a move is, and whether a job is held or was

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

from benchmarks.folds import Says, said_by_others
from benchmarks.forests import Example
from benchmarks.gold import arguments, importance
from benchmarks.judges import Row, fit_judge, fit_jury
from benchmarks.logistic import Penalty
from benchmarks.unseen import read
from benchmarks.weights import save
from newsclaims.claims.build import Builder
from newsclaims.claims.component import Claims
from newsclaims.claims.context import Context
from newsclaims.claims.factuality import JUDGED, evidence
from newsclaims.claims.features import features, filler_features
from newsclaims.claims.frames import Frame
from newsclaims.claims.rules import RuleSet
from newsclaims.claims.second_look import Look, look, second_look
from newsclaims.claims.when import candidates, date_features, date_of, name_of
from newsclaims.evaluate.facts import is_right, states
from newsclaims.judges import judge
from newsclaims.language.mentions import mentions
from newsclaims.language.sentences import sentence
from newsclaims.pipeline import build
from newsclaims.schema import BUILT_IN, ClaimType

KINDS = {name: ClaimType.of(model) for name, model in BUILT_IN.items()}
PEOPLE = ("move", "employment")
SHAPE = {"feature_fraction": 0.4}
SECOND = {**SHAPE, "rounds": 200, "num_leaves": 31, "min_data_in_leaf": 40, "learning_rate": 0.05}
SLOTS = {**SHAPE, "rounds": 240, "num_leaves": 31}
"""How the trees of frames differ from other forests, those of the second look, and those of fillers."""
FRAMES, FACTUALITY = Penalty(0.05, seen=8), Penalty(0.1, seen=20, smallest=0.1)
OWN_FOLDS = 5
"""The second look learns from what is said of articles that the first has not seen: of each fold, by the others."""
THRESHOLDS = {"move": 0.44, "employment": 0.44}
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
    looks: dict[str, list[Look]] = field(default_factory=lambda: defaultdict(list))
    """What the second look sees of each of ``frames``."""
    docs: list[list[Look]] = field(default_factory=list)
    """The looks of each document."""
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
    """The sentences that stand with the rules as articles; what else they say is not told, hence ``partial``, nor what
    fills the slots that they leave out."""
    return [
        {
            "text": example["text"],
            "partial": True,
            "claims": [
                {
                    "type": rule.type,
                    "args": {slot: [example[slot]] for slot in KINDS[rule.type].slots if slot in example},
                    "attrs": {name: example.get(name) for name in JUDGED.values()},
                    "partial": True,
                }
            ],
        }
        for rule in rules.rules
        if rule.type in PEOPLE
        for example in rule.match
    ]


def collect(articles: Iterable[tuple[int, dict[str, Any], Doc]], claims: Claims) -> Data:
    """Every frame of the articles, given with their numbers and documents, judged by their gold."""
    data = Data()
    for number, article, doc in articles:
        frames = claims.matcher.frames(doc)
        context = Context(frames)
        builder = Builder(doc, mentions(doc), claims.rules.types)
        data.docs.append([])
        for frame in frames:
            row = builder.claim(frame).row()
            kind = frame.rule.type
            facts = [f for f in article["claims"] if f["type"] == kind and states(row, f, KINDS[kind])]
            if article.get("partial") and not facts:
                continue
            counts = PLAIN if article.get("partial") else importance(article)
            names = features(frame, context)
            data.frames[kind].append(Example(number, names, bool(facts), counts))
            data.looks[kind].append(look(frame))
            data.docs[-1].append(data.looks[kind][-1])
            if facts:
                fact = max(facts, key=lambda f: sum(is_right(row, f, s) for s in frame.slots))
                add_slots(data, number, frame, names, row, fact, counts)
                if "date" in KINDS[kind].slots and tells(fact, "date"):
                    add_dates(data, number, frame, builder, fact, counts)
                meant = what_is_meant(fact, frame, article)
                if meant:
                    data.meant[kind].append((evidence(frame, names), meant, counts))
    return data


def tells(fact: dict[str, Any], slot: str) -> bool:
    """Whether a fact tells what fills a slot, or that nothing does."""
    return slot in fact["args"] or not fact.get("partial")


def add_slots(
    data: Data,
    number: int,
    frame: Frame,
    names: Sequence[str],
    row: dict[str, Any],
    fact: dict[str, Any],
    counts: float,
) -> None:
    """The fillers of a right frame, given its features, judged by the fact that it states best, as far as it tells them."""
    for slot in frame.slots:
        if slot not in KINDS[frame.rule.type].key and tells(fact, slot):
            seen = filler_features(frame, slot, names)
            example = Example(number, seen, is_right(row, fact, slot), counts)
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


def fit_first(examples: Sequence[Example]) -> dict[str, Any]:
    """What judges frames by themselves."""
    fitted = fit_judge(examples, 0.5, FRAMES, **SHAPE)
    assert fitted is not None
    return fitted


def fit_slot(examples: Sequence[Example]) -> dict[str, Any] | None:
    """What judges the fillers of a slot, or dates."""
    return fit_judge(examples, SLOT_THRESHOLD, **SLOTS)


def fit_last(kind: str, examples: Sequence[Example]) -> dict[str, Any]:
    """What judges the frames of a type among others."""
    fitted = fit_judge(examples, THRESHOLDS[kind], **SECOND)
    assert fitted is not None
    return fitted


def first_look(examples: Sequence[Example]) -> Says[Example, float]:
    """The log-odds that the first look gives, fitted on the examples."""
    fitted = judge(fit_first(examples))
    return lambda held: fitted.odds([e.names for e in held])


def seen_again(data: Data) -> dict[str, list[Example]]:
    """The examples of the second look, by claim type."""
    for kind, examples in data.frames.items():
        for mine, odds in zip(data.looks[kind], said_by_others(examples, first_look, OWN_FOLDS), strict=True):
            mine.odds = odds
    names = {id(mine): row for doc in data.docs for mine, row in zip(doc, second_look(doc), strict=True)}
    return {
        kind: [
            Example(e.article, names[id(mine)], e.right, e.weight)
            for e, mine in zip(examples, data.looks[kind], strict=True)
        ]
        for kind, examples in data.frames.items()
    }


def cross_validate(
    data: dict[str, list[Example]], folds: int, fit: Callable[[str, Sequence[Example]], dict[str, Any] | None]
) -> dict[str, list[tuple[float, bool]]]:
    """For each model, the probability that it gave to examples of unseen articles, and whether they were right."""
    out = {}
    for name, examples in sorted(data.items()):

        def fold(seen: Sequence[Example], name: str = name) -> Says[Example, float]:
            fitted = fit(name, seen)
            say = judge(fitted).probabilities if fitted else lambda rows: [0.5] * len(rows)
            return lambda held: say([e.names for e in held])

        said = said_by_others(examples, fold, folds)
        out[name] = list(zip(said, (e.right for e in examples), strict=True))
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
    nlp, claims = pipeline()
    articles += [*excerpts(articles), *examples_of(claims.rules)]
    data = collect(read(nlp, articles), claims)
    again = seen_again(data)
    if options.folds > 1:
        report("frames", cross_validate(again, options.folds, fit_last), THRESHOLDS)
        said = cross_validate(data.slots, options.folds, lambda _, examples: fit_slot(examples))
        report("slots", said, dict.fromkeys(data.slots, SLOT_THRESHOLD))
    if options.write:
        save("frames", {kind: fit_first(examples) for kind, examples in data.frames.items()})
        save("second_look", {kind: fit_last(kind, examples) for kind, examples in again.items()})
        save("slots", {name: fit_slot(examples) for name, examples in data.slots.items()})
        save("factuality", {kind: fit_jury(rows, FACTUALITY) for kind, rows in data.meant.items()})


if __name__ == "__main__":
    main()
