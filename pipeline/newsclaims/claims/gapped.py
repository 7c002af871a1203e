"""Lists that say their verb once: "Acme earned $36bn, Globex $14bn", "the watchdog fined Acme $5m and Globex $3m"."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from spacy.tokens import Doc, Token

from newsclaims.claims.frames import Frame
from newsclaims.claims.functions import function_of, is_passive
from newsclaims.claims.meaning import Lexicon, label_of
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
COMPARING = frozenset("ahead behind against than compared versus vs beating topping".split())
"""Words between a figure and another with whose owner's it is compared."""
JOINTS = frozenset("for at with on".split())
"""Prepositions that may join a figure to its party: "sold Acme for $5m, Globex for $3m"."""
OWN = ("amount", "period", "date", "stake")
"""Slots that each item fills for itself."""


def share_verbs(frames: Sequence[Frame], store: Mentions, lexicon: Lexicon) -> None:
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
        paid = slot == "recipient" and party.label == ORG  # "Acme's boss earns $5m, Globex's $3m"
        if slot is not None and not paid and suits(party, leader.slots[slot]):
            clear = says(party, label_of(frame.rule), lexicon)
            follow(frame, leader, slot, party, clear=clear)


def suits(party: Mention, other: Mention) -> bool:
    """Whether two parties can be items of one list: a bare noun only beside another noun ("copper", "tin")."""
    bare = party.label == NOUN and party.doc[party.start].pos_ == "NOUN"
    return not same_entity(party, other) and (not bare or other.label in (NOUN, GROUP))


def gapped(first: Mention, second: Mention, store: Mentions) -> Mention | None:
    """Whom a list names right before its second figure, without a verb."""
    doc = first.doc
    if sentence_start(first.root) != sentence_start(second.root) or qualifies(second):
        return None
    here, joint = before(second)
    if doc[here - 1].tag_ == "POS":
        return owner(first, here - 1, store)
    apart = doc[here - 1].text == ","  # "partners cost $90 an hour; clerks, $40"
    party = named_until(doc, here - apart, first.end, store)
    if party is None:
        return None
    start = party.start
    while start > first.end and describes(doc[start - 1]):  # "the insurer *Acme*", "full-back *Jane Doe*"
        start -= 1
    if apart and doc[start - 1].text == "," and (title := described(doc, start - 1, first.end)) is not None:
        start, apart = title.start, False  # "the runner-up, *Jane Doe*, $40"
    between = [*doc[first.end : start], *doc[here : second.start]]
    if not parted(doc, start, apart) or any(verbal(token) for token in between):
        return None
    return party if joint == before(first)[1] or followed(doc, start) else None


def owner(first: Mention, end: int, store: Mentions) -> Mention | None:
    """Whose the figure behind a possessive is, where the first is compared with it: "ahead of *Acme*'s $5m"."""
    doc = first.doc
    party = named_until(doc, end, first.end, store)
    if party is None or party.label == NOUN:
        return None
    between = doc[first.end : party.start]
    listed = doc[party.start - 1].lower_ in PARTED or any(token.lower_ in COMPARING for token in between)
    return party if listed and not any(map(verbal, between)) else None


def parted(doc: Doc, start: int, apart: bool) -> bool:
    """Whether an item of a list starts at a place; one with a comma in it stands behind a semicolon."""
    return doc[start - 1].text == ";" if apart else doc[start - 1].lower_ in PARTED or followed(doc, start)


def followed(doc: Doc, start: int) -> bool:
    """Whether a list goes on at a place with its next rank: "followed by Acme with $5m"."""
    return doc[start - 2 : start].text.lower() == "followed by"


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
    """A noun, with its article if it has one, that ends at a place: "its rival", "the insurer", "copper", or a name of which
    nothing tells what it is."""
    first = end
    while first > start and (doc[first - 1].pos_ == "PROPN" or describes(doc[first - 1])):
        first -= 1
        if doc[first].pos_ == "DET":
            break
    if first in (end, start):
        return None
    if doc[first].lower_ == "the":
        return Mention(doc, first, end, NOUN, source="noun")
    if doc[first - 1].tag_ == "PRP$":
        return Mention(doc, first - 1, end, NOUN, source="noun")
    bare = doc[first - 1].lower_ in PARTED and doc[end - 1].pos_ in ("NOUN", "PROPN")
    return Mention(doc, first, end, NOUN, source="noun") if bare else None


def describes(token: Token) -> bool:
    """Whether a word can belong to a description: "the pre-tax profit", "operating costs"."""
    return token.pos_ in ("DET", "ADJ", "NOUN") or token.tag_ == "HYPH" or token.dep_ == "compound"


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
        owned = mention.root.head if mention.root.dep_ == "poss" else mention.root
        if owned.i < verb.i and function_of(owned, verb) == ("obj" if is_passive(verb) else "subj"):
            return slot
    return None


def says(party: Mention, meaning: str, lexicon: Lexicon) -> bool:
    """Whether a party is a noun that has a meaning by itself: "revenue was $9m, *profit* $2m"."""
    return party.label == NOUN and any(label_of(rule) == meaning for rule in lexicon.rules(party.root))


def follow(frame: Frame, leader: Frame, slot: str, party: Mention, *, clear: bool) -> None:
    """Let an item of a list mean what the first means, if it is not clear by itself, of its own party, and share the other
    parties of the first, but for those of which the item has its own."""
    amount = frame.slots["amount"]
    alike = frame.rule.type == leader.rule.type
    here = {s: m for s, m in frame.slots.items() if s in OWN or m.start >= amount.end}
    own = {s: m for s, m in here.items() if alike or s in ("amount", "date")}
    shared = {s: m for s, m in leader.slots.items() if s not in OWN and m.end <= party.start and s not in own}
    if leader.how.get("period") == "phrase" and "date" not in own:  # "earns $9 an hour, Tom Hale $8"
        shared.update(period=leader.slots["period"])
    ways = {s: leader.how[s] for s in shared} | {s: frame.how[s] for s in own}
    frame.how = ways | {slot: leader.how[slot]}
    frame.slots = {**shared, **own, slot: party}
    if not clear:
        frame.rule, frame.trigger = leader.rule, leader.trigger
