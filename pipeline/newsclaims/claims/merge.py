"""What frames say twice: those of one sentence that agree become one, and a doubtful second move of somebody goes."""

from __future__ import annotations

from spacy.tokens import Token

from newsclaims.claims.extract import Frame
from newsclaims.language.mentions import Mention, same_entity
from newsclaims.language.sentences import sentence_start

AGAIN = {"move": 0.7, "employment": 0.6}
"""Score that a claim about somebody needs where the article has a surer one of its type: few people move twice, and a
second telling that is doubtful is more often a wrong one than another fact."""
NEAR = 3
"""Arcs between two triggers that can tell of one move ("left A to join B")."""

OPPOSITE = {
    "origin": "destination",
    "destination": "origin",
    "role": "former_role",
    "former_role": "role",
}
"""Slots between which a move leads. What one frame has in one of them, another that is merged into it does not add in
the other."""


def merge(frames: list[Frame]) -> list[Frame]:
    """Frames without repetitions, in text order: the best frame of each fact, with the surest filler of each slot."""
    kept: list[Frame] = []
    for frame in sorted(frames, key=lambda f: (-f.score, -len(f.slots), f.trigger.i)):
        twin = next((k for k in kept if agree(k, frame)), None)
        if twin is None:
            kept.append(frame)
            continue
        frame.dropped = f"says what {twin.rule.id} says at {twin.trigger.text!r}, and is merged into it"
        twin.stated |= frame.rule.set
        for slot, mention in frame.slots.items():
            if slot not in twin.slots and not same(mention, twin.slots.get(OPPOSITE.get(slot, ""))):
                twin.slots[slot] = mention
                twin.how[slot] = frame.how.get(slot, "")
                twin.sure[slot] = frame.sure.get(slot, 1.0)
    kept = [frame for frame in kept if not outdone(frame, kept)]
    return sorted(kept, key=lambda f: (f.trigger.i, f.rule.type, f.slots[next(iter(f.slots))].start))


def outdone(frame: Frame, frames: list[Frame]) -> bool:
    """Whether a doubtful frame tells of somebody of whom a surer one of its type tells."""
    if frame.score >= AGAIN.get(frame.rule.type, 0.0) or frame.rule.confidence is not None:
        return False
    person = frame.slots.get("person")
    surer = (f for f in frames if f.rule.type == frame.rule.type and f.score > frame.score)
    better = next((f for f in surer if same_entity(f.slots.get("person"), person)), None)
    if better is not None:
        frame.dropped = f"{better.rule.id} is surer of another {frame.rule.type} at {better.trigger.text!r}"
    return better is not None


def agree(a: Frame, b: Frame) -> bool:
    """Whether two frames of one sentence can be the same fact: no slot contradicts, and the keys are the same."""
    if a.rule.type != b.rule.type or sentence_start(a.trigger) != sentence_start(b.trigger):
        return False
    shared = a.slots.keys() & b.slots.keys()
    if not shared or not all(same(a.slots[s], b.slots[s]) for s in shared):
        return False
    if "person" in shared and len(shared) == 1:
        return near(a.trigger, b.trigger)
    return True


def same(a: Mention, b: Mention | None) -> bool:
    return b is not None and (same_entity(a, b) or (a.start < b.end and b.start < a.end))


def near(a: Token, b: Token) -> bool:
    """Whether one trigger governs the other within a few arcs."""
    for first, second in ((a, b), (b, a)):
        here = first
        for _ in range(NEAR):
            if here == second:
                return True
            here = here.head
    return False
