"""Counts why facts about people are missed: not seen, not proposed, or dropped, and for what reason.

    NEWSCLAIMS_MODELS=MODELS python -m benchmarks.missed GOLD.jsonl...

Moves and employments of the gold are followed to where they were lost, by the weights of the models folder: to say something
about other articles, these must not have been fitted to the gold (``benchmarks/crossvalidate.py``).
"""

from __future__ import annotations

import argparse
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from spacy.tokens import Doc

from newsclaims.claims.frames import PLACES, Frame
from newsclaims.claims.merge import merge
from newsclaims.claims.selection import judged
from newsclaims.evaluate.facts import Row, align, states
from newsclaims.evaluate.reading import read_gold
from newsclaims.evaluate.score import BUILT_IN_TYPES
from newsclaims.evaluate.strings import same
from newsclaims.language.mentions import Mention, mentions
from newsclaims.rulebook.bench import Bench

TYPES = ("move", "employment")
FOUND = "found"
UNJOINED = "person and organisation are seen, but no rule joins them"
CHANGED = "right as proposed, wrong after fillers were dropped or frames merged, or taken for another fact"
PEOPLE, ORGANISATIONS = ("PERSON", "GROUP"), ("ORG",)
PARTICULARS = re.compile(r"'[^']*'|\"[^\"]*\"|\d\.\d+|\b(?:move|employment)\.[\w.-]+")
"""What a reason of dropping says of the one frame: quotations, figures and rules."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """A frame, and its slots before anything was dropped from it."""

    frame: Frame
    slots: Row


def slots_of(frame: Frame) -> Row:
    """The slots as a claim's row has them."""
    filled = {slot: {"text": filler.text, "name": filler.name} for slot, filler in frame.slots.items()}
    return {"type": frame.rule.type, **filled}


def causes(bench: Bench, doc: Doc, facts: Sequence[Row]) -> Iterable[tuple[str, str]]:
    """The type of each fact of an article, and what became of it."""
    with bench.lexicons.in_force():
        proposals = [Proposal(frame, slots_of(frame)) for frame in bench.component.matcher.frames(doc)]
        claims = [slots_of(frame) for frame in merge(judged([proposal.frame for proposal in proposals]))]
    found = align(claims, facts, BUILT_IN_TYPES).stated
    for number, fact in enumerate(facts):
        yield fact["type"], FOUND if number in found else lost(fact, proposals, doc)


def lost(fact: Row, proposals: Iterable[Proposal], doc: Doc) -> str:
    """Where a missed fact was lost."""
    kind = BUILT_IN_TYPES[fact["type"]]
    right = [proposal.frame for proposal in proposals if states(proposal.slots, fact, kind)]
    if right:
        surest = max(right, key=lambda frame: (not frame.dropped, frame.score))
        return PARTICULARS.sub("…", surest.dropped) or CHANGED
    seen = beside(fact, doc)
    names = fact["args"]
    person = unseen("the person", names.get("person") or [], PEOPLE, seen)
    places = [text for place in PLACES for text in names.get(place) or []]
    return person or unseen("the organisation", places, ORGANISATIONS, seen) or UNJOINED


def beside(fact: Row, doc: Doc) -> list[Mention]:
    """The mentions in the fact's evidence; all of the article where it is not found in the text."""
    evidence = fact.get("evidence") or ""
    start = doc._.original.find(evidence)
    stretch = doc.char_span(start, start + len(evidence), alignment_mode="expand") if start >= 0 else None
    return mentions(doc).within(stretch.start, stretch.end) if stretch else list(mentions(doc))


def unseen(who: str, names: list[str], labels: Sequence[str], seen: Iterable[Mention]) -> str:
    """Why somebody who goes by these names could fill no slot; nothing where he could, or where the fact names nobody."""
    found = {m.label for m in seen if any(same(text, name) for text in {m.text, m.name} for name in names)}
    if not names or found.intersection(labels):
        return ""
    return f"{who} has another label" if found else f"{who} is not seen"


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("gold", nargs="+", type=Path)
    options = parser.parse_args()
    bench = Bench()
    articles = [article for file in options.gold for article in read_gold(file, BUILT_IN_TYPES)]
    counts: Counter[tuple[str, str]] = Counter()
    for article, doc in zip(articles, bench.read(article["text"] for article in articles), strict=True):
        counts.update(causes(bench, doc, [fact for fact in article["claims"] if fact["type"] in TYPES]))
    totals = Counter(kind for kind, _ in counts.elements())
    print(f"| what became of the fact | {' | '.join(f'{kind} (of {totals[kind]:,})' for kind in TYPES)} |")
    print(f"| --- |{' --- |' * len(TYPES)}")
    told = Counter(cause for _, cause in counts.elements())
    for cause, _ in told.most_common():
        print(f"| {cause} | {' | '.join(f'{counts[kind, cause]:,}' for kind in TYPES)} |")


if __name__ == "__main__":
    main()
