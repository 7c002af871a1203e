"""Confidence: how probable it is that a frame is right, and each of its fillers, from what they look like.

Each claim type has two judges of whole frames. The first looks at a frame by itself; the second, which decides, at what
the first says of it and of the other frames of the document (see ``second_look``). Each slot has a judge of its fillers.
They lie in ``models/weights/`` and were fitted by ``benchmarks/fit_people.py``, which also measures them by
cross-validation; the rules remain what proposes.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import cache

from newsclaims.claims.context import Context
from newsclaims.claims.features import features, filler_features
from newsclaims.claims.frames import Frame
from newsclaims.claims.second_look import Look, look, second_look
from newsclaims.judges import Judge, read_judges

UNFITTED = 0.7
"""Confidence of a claim type without a fitted model, such as a user's own."""


@cache
def first_judges() -> dict[str, Judge]:
    """What judges each frame by itself, by claim type."""
    return read_judges("frames")


@cache
def last_judges() -> dict[str, Judge]:
    """What judges each frame among the others, by claim type."""
    return read_judges("second_look")


@cache
def slot_judges() -> dict[str, Judge]:
    """ "type.slot" -> what judges that slot's filler, given that the claim is right; "type.when" -> its dates."""
    return read_judges("slots")


def score_frames(frames: list[Frame]) -> dict[Frame, list[str]]:
    """Set the score of every frame of a document: its rule's own confidence, or what the fitted models say; gives the
    features of those whose claim type the models know."""
    looks: dict[Frame, list[str]] = {}
    by_type: dict[str, list[Frame]] = defaultdict(list)
    context = Context(frames)
    for frame in frames:
        kind = frame.rule.type
        if kind in first_judges():
            looks[frame] = features(frame, context)
        if frame.rule.confidence is not None or kind not in first_judges():
            frame.score = UNFITTED if frame.rule.confidence is None else frame.rule.confidence
        else:
            by_type[kind].append(frame)
    seen: dict[Frame, Look] = {}
    for kind, judged in by_type.items():
        odds = first_judges()[kind].odds([looks[frame] for frame in judged])
        seen |= {frame: look(frame, said) for frame, said in zip(judged, odds, strict=True)}
    among = dict(zip(seen, second_look(list(seen.values())), strict=True))
    for kind, judged in by_type.items():
        scores = last_judges()[kind].probabilities([among[frame] for frame in judged])
        for frame, score in zip(judged, scores, strict=True):
            frame.score = score
    return looks


def score_slots(frames: Sequence[Frame], looks: Mapping[Frame, Sequence[str]]) -> None:
    """Set the probability of each filler, given the features of frames, and take out those that are more likely wrong
    than right; a claim keeps the best of what it needs."""
    by_name: dict[str, list[tuple[Frame, str]]] = defaultdict(list)
    for frame in frames:
        for slot in frame.slots:
            by_name[f"{frame.rule.type}.{slot}"].append((frame, slot))
    for name, asked in by_name.items():
        judge = slot_judges().get(name)
        rows = [filler_features(frame, slot, looks[frame]) for frame, slot in asked] if judge else []
        said = judge.probabilities(rows) if judge else [1.0] * len(asked)
        for (frame, slot), sure in zip(asked, said, strict=True):
            frame.sure[slot] = sure
    for frame in frames:
        needed = {
            max((s for s in need if s in frame.slots), key=frame.sure.__getitem__)
            for need in frame.rule.needs
        }
        for slot in [s for s in frame.slots if s not in needed]:
            judge = slot_judges().get(f"{frame.rule.type}.{slot}")
            if judge is not None and frame.sure[slot] < judge.threshold:
                del frame.slots[slot]
