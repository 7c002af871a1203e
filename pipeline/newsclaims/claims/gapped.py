"""Lists that say their verb once: "Acme earned $36bn, Globex $14bn", "the watchdog fined Acme $5m and Globex $3m"."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from spacy.tokens import Doc, Token

from newsclaims.claims.frames import Frame
from newsclaims.claims.functions import function_of
from newsclaims.claims.paths import clause
from newsclaims.language.mentions import (
    GROUP,
    NOUN,
    ORG,
    OTHER,
    PERSON,
    PLACE,
    Mention,
    Mentions,
    same_entity,
)
from newsclaims.language.sentences import sentence_start

PARTED = frozenset((",", ";", "and", "while", "but"))
"""Words between the items of a list."""
BOUNDS = frozenset(
    "about around nearly almost some just only over under more less than up to at least roughly a an".split()
)
"""Words that may stand between a name and its figure."""
JOINTS = frozenset("for at with on".split())
"""Prepositions that may join a figure to its party: "sold Acme for $5m, Globex for $3m"."""
OWN = ("amount", "period", "date", "stake")
"""Slots that each item fills for itself."""


def share_verbs(frames: Sequence[Frame], store: Mentions) -> None:
    """Give each item of such a list its own party, in the place that the party of the first item has, and the meaning
    and the other parties of the first; ``frames`` are in text order."""
    leader: Frame | None = None
    for last, frame in pairwise(frames):
        first, second = last.slots["amount"], frame.slots["amount"]
        party = gapped(first, second, store)
        if party is None:
            leader = None
            continue
        leader = leader or last
        slot = place(leader)
        if slot is not None and not same_entity(leader.slots[slot], party):
            follow(frame, leader, slot, party)


def gapped(first: Mention, second: Mention, store: Mentions) -> Mention | None:
    """Whom a list names right before its second figure, without a verb."""
    doc = first.doc
    if sentence_start(first.root) != sentence_start(second.root) or qualifies(second):
        return None
    here, joint = before(second)
    party = named_until(doc, here, first.end, store) if joint == before(first)[1] else None
    if party is None:
        return None
    start = party.start
    while (
        start > first.end
        and doc[start - 1].pos_ in ("DET", "ADJ", "NOUN")
        and doc[start - 1].head.i >= party.start
    ):
        start -= 1
    between = [*doc[first.end : start], *doc[here : second.start]]
    if doc[start - 1].lower_ not in PARTED or any(verbal(token) for token in between):
        return None
    return party


def before(amount: Mention) -> tuple[int, str]:
    """Where what stands before a figure ends, but for its bounds and one preposition; and that preposition."""
    doc, here, joint = amount.doc, amount.start, ""
    while here and doc[here - 1].lower_ in BOUNDS:
        here -= 1
    if here and doc[here - 1].lower_ in JOINTS:
        here, joint = here - 1, doc[here - 1].lower_
    return here, joint


def named_until(doc: Doc, end: int, start: int, store: Mentions) -> Mention | None:
    """The mention of a party that ends at a place, and does not begin before ``start``."""
    here = [m for m in store.within(start, end, PERSON, ORG, GROUP, OTHER, PLACE) if m.end == end]
    return max(here, key=lambda m: m.end - m.start) if here else described(doc, end, start)


def described(doc: Doc, end: int, start: int) -> Mention | None:
    """A noun with its article that ends at a place: "its rival", "the insurer"."""
    first = end
    while first > start and doc[first - 1].pos_ in ("NOUN", "ADJ", "PROPN"):
        first -= 1
    if first in (end, start) or not (doc[first - 1].lower_ == "the" or doc[first - 1].tag_ == "PRP$"):
        return None
    return Mention(doc, first - 1, end, NOUN, source="noun")


def qualifies(amount: Mention) -> bool:
    """Whether a figure stands before the noun that it is said of: "a $5m deal"."""
    doc, end = amount.doc, amount.end
    return end < len(doc) and doc[end].pos_ in ("NOUN", "PROPN", "ADJ") and doc[end].tag_ != "CD"


def verbal(token: Token) -> bool:
    """Whether a word is a verb that has a subject, or could."""
    return token.tag_ in ("VBD", "VBZ", "VBP", "VB", "MD")


def place(leader: Frame) -> str | None:
    """The slot of the party that the items of the list differ in: who stands right before the figure, else who is the
    subject of its clause."""
    amount = leader.slots["amount"]
    parties = {slot: m for slot, m in leader.slots.items() if slot not in OWN and m.end <= amount.start}
    here, _ = before(amount)
    for slot, mention in parties.items():
        if mention.end == here:
            return slot
    verb = clause(amount.root)
    for slot, mention in parties.items():
        if function_of(mention.root, verb) == "subj":
            return slot
    return None


def follow(frame: Frame, leader: Frame, slot: str, party: Mention) -> None:
    """Let an item of a list mean what the first means, of its own party."""
    amount = leader.slots["amount"]
    shared = {s: m for s, m in leader.slots.items() if s not in OWN and m.end <= amount.start}
    alike = frame.rule.type == leader.rule.type
    own = {s: m for s, m in frame.slots.items() if s in OWN and (alike or s in ("amount", "date"))}
    if alike:
        own |= {s: m for s, m in frame.slots.items() if m.start >= frame.slots["amount"].end}
    frame.how = {s: leader.how[s] for s in shared} | {s: frame.how[s] for s in own} | {slot: leader.how[slot]}
    frame.slots = {**shared, **own, slot: party}
    frame.rule, frame.trigger = leader.rule, leader.trigger
