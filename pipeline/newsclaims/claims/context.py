"""The frames of one document, seen from each other."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from functools import cached_property
from operator import itemgetter

from newsclaims.claims.frames import PLACES, Frame
from newsclaims.claims.paths import LOOSE
from newsclaims.claims.standing import Standing
from newsclaims.language.mentions import Mention
from newsclaims.language.sentences import sentence_start

Placed = tuple[int, int, int]
"""Where a trigger stands, and the keys of a person and of the place that grammar found there."""
NEAREST = 8
"""People with a place are looked for among so many before and behind."""
PASSAGE = 200
"""Words by which the density of an article is counted."""


@dataclass(eq=False, slots=True)
class Seen:
    """A frame as others about the same person see it.

    Attributes:
        places: what its places are known by: the same thing has the same name or the same entity.
        inferred: whether a place was filled from elsewhere in the article.
        start: where its sentence begins.
    """

    frame: Frame
    places: frozenset[Hashable]
    inferred: bool
    start: int


class Context:
    """The frames of one document, seen from each other."""

    def __init__(self, frames: list[Frame]) -> None:
        self.frames = frames
        self.by_person: dict[int, list[Seen]] = defaultdict(list)
        self.seen = {frame: seen(frame) for frame in frames}
        self._once: dict[Hashable, list[str]] = {}
        for frame in frames:
            person = frame.slots.get("person")
            if person is not None:
                self.by_person[key(person)].append(self.seen[frame])

    def once(self, key: Hashable, make: Callable[[], list[str]]) -> list[str]:
        """What many frames share, made for the first of them."""
        if key not in self._once:
            self._once[key] = make()
        return self._once[key]

    @cached_property
    def standing(self) -> Standing:
        """How the organisations of the document stand to its sentences."""
        return Standing(self.frames[0].trigger.doc)

    @cached_property
    def staff(self) -> dict[int, set[int]]:
        """Key of each organisation that grammar found -> the keys of the people said to work there, come or go."""
        found: dict[int, set[int]] = defaultdict(set)
        for _, person, _, place in self._placed:
            found[place].add(person)
        return found

    @cached_property
    def most_staff(self) -> int:
        """How many people are said to work at, come to or go from the organisation with most of them."""
        return max(map(len, self.staff.values()), default=0)

    @cached_property
    def placed_people(self) -> set[int]:
        """The keys of all people with a place that grammar found."""
        return {person for _, person, _, _ in self._placed}

    @cached_property
    def holders(self) -> dict[tuple[int, str], set[int]]:
        """Key of an organisation and the head of a title -> the keys of the people who hold it there."""
        found: dict[tuple[int, str], set[int]] = defaultdict(set)
        for _, person, title, place in self._placed:
            found[place, title].add(person)
        return found

    def nearest_placed(self, here: int, me: int) -> tuple[Placed | None, Placed | None]:
        """Who else was last said to be at a place before a token, and who is said so first behind it."""
        at = bisect_left(self._placed_at, here)
        before = reversed(self._by_place_in_text[max(at - NEAREST, 0) : at])
        behind = self._by_place_in_text[at : at + NEAREST]
        return (
            next((placed for placed in before if placed[1] != me), None),
            next((placed for placed in behind if placed[1] != me and placed[0] != here), None),
        )

    @cached_property
    def _by_place_in_text(self) -> list[Placed]:
        placed = ((start, person, place) for start, person, _, place in self._placed)
        return sorted(placed, key=itemgetter(0))  # keys of people and places are no order

    @cached_property
    def _placed_at(self) -> list[int]:
        return [start for start, _, _ in self._by_place_in_text]

    @cached_property
    def by_firing(self) -> dict[tuple[int, int], list[Frame]]:
        """The readings of each firing of a rule for one person."""
        found: dict[tuple[int, int], list[Frame]] = defaultdict(list)
        for frame in self.frames:
            found[firing_of(frame)].append(frame)
        return found

    @cached_property
    def _placed(self) -> list[tuple[int, int, str, int]]:
        """Trigger, person, head of the title held or to be held, and place, where grammar led to the place."""
        return [
            (
                frame.trigger.i,
                key(frame.slots["person"]),
                title_head(frame) if slot != "origin" else "",
                key(frame.slots[slot]),
            )
            for frame in self.frames
            if "person" in frame.slots
            for slot in PLACES
            if slot in frame.slots and not frame.how.get(slot, "").startswith(LOOSE)
        ]

    @cached_property
    def strict(self) -> dict[str, list[int]]:
        """Claim type -> places of the triggers from which grammar alone led to every filler."""
        found: dict[str, set[int]] = defaultdict(set)
        for frame in self.frames:
            if not any(frame.how.get(slot, "").startswith(LOOSE) for slot in frame.slots):
                found[frame.rule.type].add(frame.trigger.i)
        return {kind: sorted(places) for kind, places in found.items()}

    @cached_property
    def density(self) -> dict[str, float]:
        """Claim type -> how often in ``PASSAGE`` words a rule fires whose person grammar found."""
        firings: dict[str, set[int]] = defaultdict(set)
        for frame in self.frames:
            if not frame.how.get("person", "").startswith(LOOSE):
                firings[frame.rule.type].add(frame.firing)
        return {
            kind: len(found) * PASSAGE / len(self.frames[0].trigger.doc) for kind, found in firings.items()
        }

    def others(self, frame: Frame) -> list[Seen]:
        """Other frames about the same person; other readings of the same words are none."""
        person = frame.slots.get("person")
        if person is None:
            return []
        firing, reading = frame.firing, frame.reading
        return [
            s
            for s in self.by_person.get(key(person), ())
            if s.frame is not frame and (s.frame.firing != firing or s.frame.reading == reading)
        ]


def seen(frame: Frame) -> Seen:
    places = places_of(frame)
    known: set[Hashable] = {m.text.casefold() for m in places}
    known |= {id(m.entity) for m in places if m.entity is not None}
    return Seen(frame, frozenset(known), inferred(frame), sentence_start(frame.trigger))


def key(mention: Mention) -> int:
    return id(mention.entity) if mention.entity is not None else -mention.start - 1


def firing_of(frame: Frame) -> tuple[int, int]:
    """The firing of a rule for one person, which several readings share."""
    person = frame.slots.get("person")
    return frame.firing, person.start if person is not None else -1


def title_head(frame: Frame) -> str:
    """The last word of the title that a frame gives, in small letters; "" for none."""
    role = frame.slots.get("role")
    return role.doc[role.end - 1].lower_ if role is not None else ""


def places_of(frame: Frame) -> list[Mention]:
    return [frame.slots[s] for s in PLACES if s in frame.slots]


def inferred(frame: Frame) -> bool:
    """Whether a place was filled from elsewhere in the article."""
    return any(frame.how.get(s, "").startswith(("topic", "job", "predecessor", "whose")) for s in PLACES)
