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
from newsclaims.language.mentions import DATE, mentions
from newsclaims.language.modality import HEDGED, NEGATED, PLANNED, asks, certainty
from newsclaims.language.sentences import sentence

JUDGED = {"move": "certainty", "employment": "tense"}
"""Claim type -> what of it is judged."""
PLAIN = (NEGATED, HEDGED, PLANNED)
"""What words say plainly where they stand right at the trigger, or at the verb that governs it: "declined to join"."""
FORMER = "former"
JOB = ("person", "role", "employer")
ENDS = frozenset(("until", "till"))
SPANS = {"from": ENDS | {"to"}, "between": frozenset(("and",))}
"""Prepositions of a time that began and ended, and words behind which it ended."""
LASTING = frozenset(("MD", "VB", "VBP", "VBZ"))
"""Tags of verbs that do not tell of the past."""
WITHIN = 6
"""Tokens behind a job in which the time stands that it lasted."""


def said(frame: Frame) -> str:
    """What rules and words say by themselves."""
    if JUDGED.get(frame.rule.type) == "tense":
        return FORMER if is_over(frame) else frame.rule.set.get("tense", "current")
    return frame.rule.certainty or certainty(frame.predicate)


def evidence(frame: Frame, names: Sequence[str]) -> list[str]:
    """The features of a frame, and what is said by itself."""
    first = said(frame)
    return [*names, f"said={first}", f"said={first}:rule={frame.rule.id}"]


def settle(looks: Mapping[Frame, Sequence[str]]) -> None:
    """Set what frames mean, given their features, but where the words right at the trigger say it: "has not left"."""
    for kind, jury in fitted().items():
        asked = []
        for frame in looks:
            if frame.rule.type == kind == "employment" and is_over(frame):
                frame.meant[JUDGED[kind]] = FORMER
            elif frame.rule.type == kind and not is_plain(frame):
                asked.append(frame)
        said = jury.probabilities([evidence(frame, looks[frame]) for frame in asked])
        for frame, shares in zip(asked, said, strict=True):
            frame.meant[JUDGED[kind]] = likeliest(shares)


def is_plain(frame: Frame) -> bool:
    """Whether the words right at the trigger say how certain a frame is, or its rule, whose words say that nothing came of
    it ("turned her down"); what is asked may be answered nearby."""
    if JUDGED[frame.rule.type] != "certainty" or asks(frame.predicate):
        return False
    return frame.rule.certainty == NEGATED or certainty(frame.predicate, 1) in PLAIN


def is_over(frame: Frame) -> bool:
    """Whether the time right behind a job says that it has ended: "chairman of Acme *until May*", "ran Acme *from 2001 to
    2006*"; a verb of the present says that it will."""
    trigger = frame.trigger
    if frame.rule.pattern is None and trigger.tag_ != "VBD":
        return False
    doc, (start, end) = trigger.doc, sentence(trigger)
    told = [m for m in (frame.slots.get(slot) for slot in JOB) if m is not None and start <= m.start < end]
    if not told:
        return False
    first, behind = min(m.start for m in told), max(m.end for m in told)
    words = [token.lower_ for token in doc[behind : min(behind + WITHIN, end)]]
    if not words or not (words[0] in ENDS or not SPANS.get(words[0], frozenset()).isdisjoint(words)):
        return False
    dated = any(mentions(doc).at(behind + n, DATE) is not None for n in range(1, len(words)))
    return dated and not any(token.tag_ in LASTING for token in doc[first:behind])


@cache
def fitted() -> dict[str, Jury]:
    """Claim type -> the model of what is judged of it."""
    return read_juries("factuality")
