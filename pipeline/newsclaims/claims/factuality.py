"""Factuality: how certain a move is, and whether a job is held or was held.

Rules and the words of modality say it first; a fitted model then weighs that against what else the frame looks like
("the decision to leave", "after nine years as"). It is fitted by
``benchmarks/fit_people.py``.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache

from newsclaims.claims.frames import Frame
from newsclaims.judges import Jury, likeliest, read_juries
from newsclaims.language.modality import HEDGED, NEGATED, PLANNED, asks, certainty

JUDGED = {"move": "certainty", "employment": "tense"}
"""Claim type -> what of it is judged."""
PLAIN = (NEGATED, HEDGED, PLANNED)
"""What words say plainly where they stand right at the trigger, or at the verb that governs it: "declined to join"."""


def said(frame: Frame) -> str:
    """What rules and words say by themselves."""
    if JUDGED.get(frame.rule.type) == "tense":
        return frame.rule.set.get("tense", "current")
    return frame.rule.certainty or certainty(frame.predicate)


def evidence(frame: Frame, names: Sequence[str]) -> list[str]:
    """The features of a frame, and what is said by itself."""
    first = said(frame)
    return [*names, f"said={first}", f"said={first}:rule={frame.rule.id}"]


def settle(looks: Mapping[Frame, Sequence[str]]) -> None:
    """Set what frames mean, given their features, but where the words right at the trigger say it: "has not left"."""
    for kind, jury in fitted().items():
        asked = [frame for frame in looks if frame.rule.type == kind and not is_plain(frame)]
        said = jury.probabilities([evidence(frame, looks[frame]) for frame in asked])
        for frame, shares in zip(asked, said, strict=True):
            frame.meant[JUDGED[kind]] = likeliest(shares)


def is_plain(frame: Frame) -> bool:
    """Whether the words right at the trigger say how certain a frame is, or its rule, whose words say that nothing came of
    it ("turned her down"); what is asked may be answered nearby."""
    if JUDGED[frame.rule.type] != "certainty" or asks(frame.predicate):
        return False
    return frame.rule.certainty == NEGATED or certainty(frame.predicate, 1) in PLAIN


@cache
def fitted() -> dict[str, Jury]:
    """Claim type -> the model of what is judged of it."""
    return read_juries("factuality")
