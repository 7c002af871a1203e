"""What the reviews of a claim amount to.

Each reviewer's lines about a claim form a stack: ``undone`` takes the last one off again. What stands for a
reviewer is the top of their stack, and what stands for the claim is the newest of those tops. Two reviewers
who stand by different decisions make the claim disputed.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, Literal

from newsclaims.schema import Review

State = Literal["pending", "accepted", "rejected", "unsure"]
STATES: tuple[State, ...] = ("pending", "accepted", "rejected", "unsure")

WHOLE_ARTICLE = ""
"""Claim id of a review that speaks of its article as a whole: ``accepted`` says it was read to the end."""

_STATE: dict[str, State] = {
    "accepted": "accepted",
    "added": "accepted",
    "rejected": "rejected",
    "unsure": "unsure",
}


@dataclass(frozen=True, slots=True)
class Verdict:
    """What stands for one claim."""

    state: State = "pending"
    edited: dict[str, Any] | None = None
    """The claim as mended or added; ``None`` where the extracted one stands."""
    added: bool = False
    by: dict[str, State] = field(default_factory=dict)
    """Each reviewer's standing decision."""
    comments: tuple[Review, ...] = ()

    @property
    def disputed(self) -> bool:
        return len(set(self.by.values())) > 1


def fold(reviews: Iterable[Review]) -> Verdict:
    """The verdict on one claim from its reviews in the order they were written."""
    stacks: dict[str, list[tuple[int, Review]]] = {}
    for number, review in enumerate(reviews):
        stack = stacks.setdefault(review.reviewer, [])
        if review.decision != "undone":
            stack.append((number, review))
        elif stack:
            stack.pop()
    remarks = sorted(
        (item for stack in stacks.values() for item in stack if item[1].comment), key=lambda item: item[0]
    )
    tops = {
        reviewer: decided[-1]
        for reviewer, stack in stacks.items()
        if (decided := [item for item in stack if item[1].decision in _STATE])
    }
    comments = tuple(review for _, review in remarks)
    if not tops:
        return Verdict(comments=comments)
    _, newest = max(tops.values(), key=lambda item: item[0])
    return Verdict(
        state=_STATE[newest.decision],
        edited=newest.edited,
        added=newest.decision == "added",
        by={reviewer: _STATE[review.decision] for reviewer, (_, review) in tops.items()},
        comments=comments,
    )


def verdicts(reviews: Iterable[Review]) -> dict[tuple[str, str], Verdict]:
    """The verdict on every claim spoken of, by article id and claim id (see :data:`WHOLE_ARTICLE`)."""
    grouped: dict[tuple[str, str], list[Review]] = {}
    for review in reviews:
        grouped.setdefault((review.doc, review.claim), []).append(review)
    return {key: fold(group) for key, group in grouped.items()}
