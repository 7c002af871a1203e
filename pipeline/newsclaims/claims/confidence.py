"""Confidence: how probable it is that a frame is right, from what the frame looks like.

Each claim type has a forest that judges whole frames by their features, and each of its slots a logistic model that
judges a filler. Both lie in ``models/weights/`` and were fitted by ``benchmarks/fit_people.py``, which also measures
them by cross-validation; the rules remain what proposes.
"""

from __future__ import annotations

import json
import math
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from newsclaims.claims.context import Context
from newsclaims.claims.extract import Frame
from newsclaims.claims.features import features, filler_features
from newsclaims.claims.forest import Forest, read_forests
from newsclaims.resources import models_dir

UNFITTED = 0.7
"""Confidence of a claim type without a fitted model, such as a user's own."""


@dataclass(frozen=True)
class Model:
    """A logistic model: log-odds are ``bias`` plus the weights of the features that hold."""

    bias: float = 0.0
    threshold: float = 0.0
    weights: dict[str, float] = field(default_factory=dict)

    def probability(self, features: Iterable[str]) -> float:
        odds = self.bias + sum(self.weights.get(f, 0.0) for f in features)
        return 1 / (1 + math.exp(-odds))


def read_models(file: Path) -> dict[str, Model]:
    """Claim type -> model, from a weights file; none when the file is missing."""
    if not file.is_file():
        return {}
    data = json.loads(file.read_text(encoding="utf-8"))
    return {kind: Model(m["bias"], m["threshold"], m["weights"]) for kind, m in data.items()}


@cache
def fitted() -> dict[str, Forest]:
    """The forests that judge whole frames, by claim type."""
    return read_forests(models_dir() / "weights" / "frames.json")


@cache
def fitted_slots() -> dict[str, Model]:
    """ "type.slot" -> the model of whether that slot's filler is right, given that the claim is."""
    return read_models(models_dir() / "weights" / "slots.json")


def score_frames(frames: list[Frame]) -> None:
    """Set the score of every frame of a document: its rule's own confidence, or what the fitted forest says."""
    context, forests = Context(frames), fitted()
    by_type: dict[str, list[Frame]] = defaultdict(list)
    for frame in frames:
        if frame.rule.confidence is not None:
            frame.score = frame.rule.confidence
        elif frame.rule.type in forests:
            by_type[frame.rule.type].append(frame)
        else:
            frame.score = UNFITTED
    for kind, judged in by_type.items():
        scores = forests[kind].probabilities([features(frame, context) for frame in judged])
        for frame, score in zip(judged, scores, strict=True):
            frame.score = score


def score_slots(frame: Frame) -> None:
    """Set the probability of each optional filler, and take out those that are more likely wrong than right; a claim
    keeps the best of what it needs."""
    models = fitted_slots()
    for slot in frame.slots:
        model = models.get(f"{frame.rule.type}.{slot}")
        frame.sure[slot] = model.probability(filler_features(frame, slot)) if model else 1.0
    needed = {
        max((s for s in need if s in frame.slots), key=frame.sure.__getitem__) for need in frame.rule.needs
    }
    for slot in [s for s in frame.slots if s not in needed]:
        model = models.get(f"{frame.rule.type}.{slot}")
        if model is not None and frame.sure[slot] < model.threshold:
            del frame.slots[slot]
