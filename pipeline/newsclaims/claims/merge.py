"""The same fact found twice in one sentence: frames of the same type that agree become one."""

from __future__ import annotations

from newsclaims.claims.extract import Frame
from newsclaims.claims.memory import same_entity


def merge(frames: list[Frame]) -> list[Frame]:
    """Frames without repetitions, best first inside each fact, in text order."""
    kept: list[Frame] = []
    for frame in sorted(frames, key=lambda f: (-f.score, -len(f.slots), f.trigger.i)):
        twin = next((k for k in kept if agree(k, frame)), None)
        if twin is None:
            kept.append(frame)
            continue
        for slot, mention in frame.slots.items():
            if slot not in twin.slots:
                twin.slots[slot] = mention
                twin.how[slot] = frame.how.get(slot, "")
    return sorted(kept, key=lambda f: (f.trigger.i, f.rule.type, f.slots[next(iter(f.slots))].start))


def agree(a: Frame, b: Frame) -> bool:
    """Whether two frames of one sentence can be the same fact: no slot contradicts, and the keys are the same."""
    if a.rule.type != b.rule.type or a.trigger.sent.start != b.trigger.sent.start:
        return False
    shared = a.slots.keys() & b.slots.keys()
    if not shared or not all(
        same_entity(a.slots[s], b.slots[s]) or overlap(a.slots[s], b.slots[s]) for s in shared
    ):
        return False
    if "person" in shared:
        return len(shared) > 1
    return True


def overlap(a: object, b: object) -> bool:
    return bool(a.start < b.end and b.start < a.end)  # type: ignore[attr-defined]
