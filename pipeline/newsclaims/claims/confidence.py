"""Confidence: how probable it is that a frame is right, from what the frame looks like.

Each claim type has a forest and a logistic model that judge whole frames by their features, and each of its slots a
logistic model that judges a filler. They lie in ``models/weights/`` and were fitted by ``benchmarks/fit_people.py``, which
also measures them by cross-validation; the rules remain what proposes.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from newsclaims.claims.context import Context
from newsclaims.claims.extract import Frame
from newsclaims.claims.features import features, filler_features
from newsclaims.forest import Forest, read_forests
from newsclaims.linear import Logistic, read_logistic
from newsclaims.resources import models_dir

UNFITTED = 0.7
"""Confidence of a claim type without a fitted model, such as a user's own."""
LINEAR_SHARE = 0.35
"""Share of the linear model in the log-odds of a frame; the forest has the rest."""


@dataclass(frozen=True)
class Judge:
    """A forest and a logistic model over the same features, whose log-odds are mixed: the forest sees what goes together,
    the linear model the rare word."""

    forest: Forest
    linear: Logistic

    @property
    def threshold(self) -> float:
        """Probability below which a frame is left out."""
        return self.forest.threshold

    def probabilities(self, rows: Sequence[Sequence[str]]) -> list[float]:
        """How probable each row of features is right."""
        mixed = (
            (1 - LINEAR_SHARE) * grown + LINEAR_SHARE * self.linear.odds(row)
            for grown, row in zip(self.forest.odds(rows), rows, strict=True)
        )
        return [1 / (1 + math.exp(-odds)) for odds in mixed]


@cache
def fitted() -> dict[str, Judge]:
    """What judges whole frames, by claim type."""
    weights = models_dir() / "weights"
    linear = read_logistic(weights / "frames_linear.json")
    return {kind: Judge(grown, linear[kind]) for kind, grown in read_forests(weights / "frames.json").items()}


@cache
def fitted_slots() -> dict[str, Logistic]:
    """ "type.slot" -> the model of whether that slot's filler is right, given that the claim is."""
    return read_logistic(models_dir() / "weights" / "slots.json")


def score_frames(frames: list[Frame]) -> dict[Frame, list[str]]:
    """Set the score of every frame of a document: its rule's own confidence, or what the fitted models say; gives the
    features of those that the models judged."""
    context, judges = Context(frames), fitted()
    by_type: dict[str, list[Frame]] = defaultdict(list)
    for frame in frames:
        if frame.rule.confidence is not None:
            frame.score = frame.rule.confidence
        elif frame.rule.type in judges:
            by_type[frame.rule.type].append(frame)
        else:
            frame.score = UNFITTED
    looks = {frame: features(frame, context) for judged in by_type.values() for frame in judged}
    for kind, judged in by_type.items():
        scores = judges[kind].probabilities([looks[frame] for frame in judged])
        for frame, score in zip(judged, scores, strict=True):
            frame.score = score
    return looks


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
