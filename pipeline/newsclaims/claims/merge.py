"""What frames say twice: those of one sentence that agree become one, and a doubtful second move of somebody goes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterator, Mapping, Sequence

from spacy.tokens import Token

from newsclaims.claims.frames import Frame
from newsclaims.claims.seats import LEFT_BEHIND, takes_seat
from newsclaims.claims.when import date_of
from newsclaims.language.mentions import Mention, mentions, names, same_entity
from newsclaims.language.sentences import sentence_start

AGAIN = {"move": 0.7, "employment": 0.6}
"""Score that a claim about somebody needs where the article has a surer one of its type: few people move twice, and a
second telling that is doubtful is more often a wrong one than another fact."""
PIVOTS = ("amount", "person")
"""Slots of which one tells most frames apart."""
LACKING = None
"""Stands for the filler that a frame lacks."""
NEAR = 3
"""Arcs between two triggers that can tell of one move ("left A to join B")."""

OPPOSITE = {
    "origin": "destination",
    "destination": "origin",
    "role": "former_role",
    "former_role": "role",
}
"""Slots between which a move leads. What one frame has in one of them, another that is merged into it does not add in
the other."""


def merge(frames: list[Frame]) -> list[Frame]:
    """Frames without repetitions, in text order: the best frame of each fact, with the surest filler of each slot."""
    kept = Kept()
    for frame in sorted(frames, key=lambda f: (-f.score, -len(f.slots), f.trigger.i)):
        twin = next((k for k in kept.near(frame) if agree(k, frame)), None)
        if twin is None:
            kept.add(frame)
            continue
        frame.dropped = f"says what {twin.rule.id} says at {twin.trigger.text!r}, and is merged into it"
        twin.stated |= frame.rule.set
        kept_posts = LEFT_BEHIND if takes_seat(twin) else ()
        for slot, mention in frame.slots.items():
            opposite = twin.slots.get(OPPOSITE.get(slot, ""))
            if slot not in twin.slots and slot not in kept_posts and not same(mention, opposite):
                twin.slots[slot] = mention
                twin.how[slot] = frame.how.get(slot, "")
                twin.sure[slot] = frame.sure.get(slot, 1.0)
    people = by_person(kept.frames)
    left = [frame for frame in kept.frames if not outdone(frame, people)]
    return sorted(left, key=lambda f: (f.trigger.i, f.rule.type, f.slots[next(iter(f.slots))].start))


class Kept:
    """Frames of which none repeats another, found by what a further frame must share with one that it may repeat.

    Those are its type, its sentence and, where both have one of ``PIVOTS``, what fills it: a sentence may tell of
    hundreds of figures or people, and have a frame for each.
    """

    def __init__(self) -> None:
        self.frames: list[Frame] = []
        self._numbers: dict[Hashable, list[int]] = defaultdict(list)

    def add(self, frame: Frame) -> None:
        group = group_of(frame)
        keys: list[Hashable] = [group]
        for slot in PIVOTS:
            filler = frame.slots.get(slot)
            keys += [(group, slot, sign) for sign in (signs(filler) if filler is not None else [LACKING])]
        for key in keys:
            self._numbers[key].append(len(self.frames))
        self.frames.append(frame)

    def near(self, frame: Frame) -> Iterator[Frame]:
        """Those that a frame may repeat, in the order in which they were added."""
        group = group_of(frame)
        slot = next((slot for slot in PIVOTS if slot in frame.slots), None)
        keys: list[Hashable] = [group]
        if slot is not None:  # who lacked it may have been given it since
            keys = [(group, slot, sign) for sign in (LACKING, *signs(frame.slots[slot]))]
        numbers = {number for key in keys for number in self._numbers.get(key, ())}
        return (self.frames[number] for number in sorted(numbers))


def group_of(frame: Frame) -> tuple[str, int]:
    """The type and the sentence of a frame."""
    return frame.rule.type, sentence_start(frame.trigger)


def signs(mention: Mention) -> list[Hashable]:
    """What a mention has one of in common with each that is the same (see ``same``)."""
    return [*names(mention), *(("token", i) for i in range(mention.start, mention.end))]


def by_person(frames: Sequence[Frame]) -> dict[Hashable, list[Frame]]:
    """Claim type and name -> the frames about a person who has that name."""
    found: dict[Hashable, list[Frame]] = defaultdict(list)
    for frame in frames:
        person = frame.slots.get("person")
        for name in names(person) if person is not None else ():
            found[frame.rule.type, name].append(frame)
    return found


def outdone(frame: Frame, people: Mapping[Hashable, Sequence[Frame]]) -> bool:
    """Whether a doubtful frame tells of somebody of whom a surer one of its type tells."""
    person = frame.slots.get("person")
    if frame.score >= AGAIN.get(frame.rule.type, 0.0) or frame.rule.confidence is not None or person is None:
        return False
    told = (other for name in names(person) for other in people.get((frame.rule.type, name), ()))
    better = max(told, key=lambda other: other.score)
    if better.score <= frame.score or (
        group_of(better) == group_of(frame) and dated_apart(better.trigger, frame.trigger)
    ):
        return False
    frame.dropped = f"{better.rule.id} is surer of another {frame.rule.type} at {better.trigger.text!r}"
    return True


def agree(a: Frame, b: Frame) -> bool:
    """Whether two frames of one sentence can be the same fact: no slot contradicts, and the keys are the same."""
    if a.rule.type != b.rule.type or sentence_start(a.trigger) != sentence_start(b.trigger):
        return False
    shared = a.slots.keys() & b.slots.keys()
    if not shared or not all(same(a.slots[s], b.slots[s]) for s in shared):
        return False
    if "person" in shared and len(shared) == 1:
        return near(a.trigger, b.trigger) and not dated_apart(a.trigger, b.trigger)
    return True


def dated_apart(a: Token, b: Token) -> bool:
    """Whether each of two triggers has a date of its own: "left in May and joined in July"."""
    store = mentions(a.doc)
    first, second = date_of(a, store), date_of(b, store)
    return first is not None and second is not None and first is not second


def same(a: Mention, b: Mention | None) -> bool:
    return b is not None and (same_entity(a, b) or (a.start < b.end and b.start < a.end))


def near(a: Token, b: Token) -> bool:
    """Whether one trigger governs the other within a few arcs."""
    for first, second in ((a, b), (b, a)):
        here = first
        for _ in range(NEAR):
            if here == second:
                return True
            here = here.head
    return False
