"""Factuality: how certain a move is, and whether a job is held or was held.

Rules and the words of modality say it first; a fitted model then weighs that against what else the frame looks like
("the decision to leave", "after nine years as"). It lies in ``models/weights/factuality.json`` and is fitted by
``benchmarks/fit_people.py``.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from newsclaims.claims.extract import Frame
from newsclaims.language.modality import HEDGED, NEGATED, PLANNED, certainty, find_certainty
from newsclaims.linear import Classes, likeliest, read_classes
from newsclaims.resources import models_dir

JUDGED = {"move": "certainty", "employment": "tense"}
"""Claim type -> what of it is judged."""
PLAIN = (NEGATED, HEDGED, PLANNED)
"""What words say plainly where they stand right at the trigger, or at the verb that governs it: "declined to join"."""


def said(frame: Frame) -> str:
    """What rules and words say by themselves."""
    if JUDGED.get(frame.rule.type) == "tense":
        return frame.rule.set.get("tense", "current")
    return frame.rule.certainty or certainty(frame.trigger)


def evidence(frame: Frame, names: Sequence[str]) -> list[str]:
    """The features of a frame, and what is said by itself."""
    first = said(frame)
    return [*names, f"said={first}", f"said={first}:rule={frame.rule.id}"]


def settle(frame: Frame, names: Sequence[str]) -> None:
    """Set what a frame with these features means, but where the words right at the trigger say it: "has not left"."""
    model = fitted().get(frame.rule.type)
    plain = JUDGED.get(frame.rule.type) == "certainty" and find_certainty(frame.trigger, 1) in PLAIN
    if model is not None and not plain:
        meant = likeliest(model.probabilities(evidence(frame, names)))
        frame.meant[JUDGED[frame.rule.type]] = meant


@cache
def fitted() -> dict[str, Classes]:
    """Claim type -> the model of what is judged of it."""
    return read_classes(models_dir() / "weights" / "factuality.json")
