"""Which claim states which gold fact.

Claims and gold facts are rows of their JSON: a claim has each argument under its slot's name, a gold fact has
lists of strings under ``args``, any of which is right, and its figure under ``amount``.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from newsclaims.evaluate.strings import offered, same, same_money
from newsclaims.schema import ClaimType

Row = dict[str, Any]

TIMES = ("period", "date")
"""Slots that may stand in each other's place: a range of time and a point of time."""

MOVE_ENDS = ("origin", "destination", "role", "former_role")
"""Of these a move must have one right, beside its person."""

WRONG_SLOT = 0.5
"""What a wrong slot takes from a pair's worth, where a right one adds 1."""


def is_right(claim: Row, fact: Row, slot: str) -> bool:
    """Whether the claim fills the slot as the fact wants it."""
    if slot == "amount":
        return same_money(claim.get("amount"), fact.get("amount"))
    slots = TIMES if slot in TIMES else (slot,)
    wanted = [text for name in slots for text in fact["args"].get(name) or ()]
    given = offered(claim.get(slot)) or [text for name in slots for text in offered(claim.get(name))]
    return any(same(a, b) for a in given for b in wanted)


def wanted_slots(fact: Row, kind: ClaimType) -> list[str]:
    """Slots that the fact fills."""
    return [slot for slot in kind.slots if (fact if slot == "amount" else fact["args"]).get(slot)]


def given_slots(claim: Row, kind: ClaimType) -> list[str]:
    """Slots that the claim fills; an agent of a move that is its origin or destination again is none."""
    slots = [slot for slot in kind.slots if claim.get(slot)]
    if kind.name == "move" and "agent" in slots:
        ends = [text for slot in ("origin", "destination") for text in offered(claim.get(slot))]
        if any(same(agent, end) for agent in offered(claim["agent"]) for end in ends):
            slots.remove("agent")
    return slots


def states(claim: Row, fact: Row, kind: ClaimType) -> bool:
    """Whether the claim has the key of the fact right. A type without a key needs one slot right."""
    if claim["type"] != fact["type"]:
        return False
    if not kind.key:
        return any(is_right(claim, fact, slot) for slot in wanted_slots(fact, kind))
    if not all(is_right(claim, fact, slot) for slot in kind.key):
        return False
    ends = [slot for slot in MOVE_ENDS if fact["args"].get(slot)] if kind.name == "move" else []
    return not ends or any(is_right(claim, fact, slot) for slot in ends)


@dataclass(frozen=True, slots=True)
class Alignment:
    """Claims of one article by the fact that they state.

    Attributes:
        stated: index of a fact → indices of its claims, the best one first.
        loose: indices of claims that state no fact, in the order given.
    """

    stated: dict[int, list[int]]
    loose: list[int]


def align(claims: Sequence[Row], facts: Sequence[Row], kinds: Mapping[str, ClaimType]) -> Alignment:
    """Each fact gets one claim of its own as far as they go round, the worthiest pairs first; the claims left
    over are further statements of the fact that they fit best."""
    pairs = []
    for c, claim in enumerate(claims):
        kind = kinds[claim["type"]]
        for f, fact in enumerate(facts):
            if states(claim, fact, kind):
                right = sum(is_right(claim, fact, slot) for slot in wanted_slots(fact, kind))
                wrong = sum(not is_right(claim, fact, slot) for slot in given_slots(claim, kind))
                pairs.append((WRONG_SLOT * wrong - right, c, f))
    pairs.sort()
    fact_of: dict[int, int] = {}
    stated: dict[int, list[int]] = {}
    for _, c, f in pairs:
        if c not in fact_of and f not in stated:
            fact_of[c] = f
            stated[f] = [c]
    for _, c, f in pairs:
        if c not in fact_of:
            fact_of[c] = f
            stated[f].append(c)
    return Alignment(stated, [c for c in range(len(claims)) if c not in fact_of])
