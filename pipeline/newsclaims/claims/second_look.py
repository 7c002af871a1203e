"""The second look: a frame among the other frames of its document, each as it was judged by itself.

That somebody works at Acme is likelier when another sentence surely says so, and less likely when a surer one has the
same title at Borel; a job is no employment where the person surely leaves it. Each number, mostly log-odds, becomes
features by the edges that it passes.
"""

from __future__ import annotations

import math
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import accumulate, chain

from newsclaims.claims.context import firing_of, inferred, key
from newsclaims.claims.frames import PLACES, Frame
from newsclaims.judges import probability
from newsclaims.language.sentences import sentence_start
from newsclaims.scales import Most, Scale

LIKELY = (0, 0.2, 0.4, 0.7, 1, 1.3, 1.7, 2.1, 2.6, 3.2, 4, 5)
OWN = Scale((*(-edge for edge in reversed(LIKELY[1:])), *LIKELY))
"""Of a frame's own log-odds."""
ODDS = Scale((-6, -4, -3, -2, -1.3, -0.6, 0, 0.6, 1.3, 2, 3))
"""Of those of other frames."""
PART, EXPECTED = Scale((0.02, 0.05, 0.1, 0.15, 0.2, 0.3, 0.4)), Scale((0.3, 1, 2, 4, 8))
"""Of the share of frames of a type that are likely right, and of how many are expected to be."""
MANY, FEW = Scale((5, 15, 40, 80, 150, 300)), Scale((0, 1, 2, 3))
"""Of words and frames, and of small numbers."""


@dataclass(slots=True)
class Look:
    """What of a frame counts when it is seen among the others of its document.

    Attributes:
        firing: see ``firing_of``.
        places: the key of what fills each place.
        sentence: where its sentence begins.
        odds: how likely it is by itself, in log-odds.
    """

    kind: str
    rule: str
    trigger: int
    firing: tuple[int, int]
    person: int
    places: Mapping[str, int]
    role: int
    sentence: int
    guess: bool
    odds: float = 0.0


def look(frame: Frame, odds: float = 0.0) -> Look:
    """What counts of a frame."""
    person, role = frame.slots.get("person"), frame.slots.get("role")
    return Look(
        kind=frame.rule.type,
        rule=frame.rule.id,
        trigger=frame.trigger.i,
        firing=firing_of(frame),
        person=key(person) if person is not None else 0,
        places={slot: key(frame.slots[slot]) for slot in PLACES if slot in frame.slots},
        role=id(role) if role is not None else 0,
        sentence=sentence_start(frame.trigger),
        guess=inferred(frame),
        odds=odds,
    )


def second_look(looks: Sequence[Look]) -> list[list[str]]:
    """Names of the features that hold for each frame of a document among all of them."""
    among = Among(looks)
    return [among.features(mine) for mine in looks]


Said = tuple[str, ...]
"""What another frame says of one, in a few words."""


class Along:
    """Log-odds of frames by where they stand in the text; all readings of one firing stand in one sentence."""

    def __init__(self) -> None:
        self._in: dict[int, Most] = defaultdict(Most)

    def add(self, one: Look) -> None:
        self._in[one.sentence].add(one.firing, one.odds)

    def seen_from(self, mine: Look) -> Iterator[tuple[str, float]]:
        """Where others stand, with the largest log-odds there; minus infinity where there are none."""
        at = bisect_left(self._sentences, mine.sentence)
        here = self._in.get(mine.sentence)
        yield "before", self._before[at]
        yield "behind", self._behind[at + (here is not None)]
        if here is not None:
            yield "here", here.beside(mine.firing)

    @cached_property
    def _sentences(self) -> list[int]:
        """Where the sentences begin that hold any, in order."""
        return sorted(self._in)

    @cached_property
    def _before(self) -> list[float]:
        """The largest log-odds before each of the sentences, and before the end."""
        return list(
            accumulate((self._in[start].largest for start in self._sentences), max, initial=-math.inf)
        )

    @cached_property
    def _behind(self) -> list[float]:
        """The largest log-odds from each of the sentences on, and behind the last."""
        backwards = (self._in[start].largest for start in reversed(self._sentences))
        return list(accumulate(backwards, max, initial=-math.inf))[::-1]


class Among:
    """The frames of one document by what they have in common."""

    def __init__(self, looks: Sequence[Look]) -> None:
        self.size = len(looks)
        self.by_firing: dict[tuple[int, int], list[Look]] = defaultdict(list)
        self.by_role: dict[int, list[Look]] = defaultdict(list)
        self.turns: dict[tuple[str, int], Most] = defaultdict(Most)
        self.of_people: dict[int, dict[tuple[str, str, int], Along]] = defaultdict(lambda: defaultdict(Along))
        """Person -> type, slot and place of the frames about them."""
        self.staff: dict[int, dict[str, Most]] = defaultdict(lambda: defaultdict(Most))
        """Place -> type of the frames about its people."""
        self.staff_expected: dict[int, float] = defaultdict(float)
        self.mine_expected: dict[tuple[int, int], float] = defaultdict(float)
        """How many frames at a place are likely right: all, and those about each person."""
        self.expected: dict[str, float] = defaultdict(float)
        for one in looks:
            chance = probability(one.odds)
            self.by_firing[one.firing].append(one)
            self.turns[one.rule, one.trigger].add(one.person, one.odds)
            self.expected[one.kind] += chance
            if one.role:
                self.by_role[one.role].append(one)
            for slot, place in one.places.items():
                self.of_people[one.person][one.kind, slot, place].add(one)
            for place in set(one.places.values()):
                self.staff[place][one.kind].add(one.person, one.odds)
                self.staff_expected[place] += chance
                self.mine_expected[place, one.person] += chance

    def features(self, mine: Look) -> list[str]:
        """Names of the features that hold for a frame."""
        rivals = [other for other in self.by_firing[mine.firing] if other is not mine]
        better = sum(rival.odds > mine.odds for rival in rivals)
        out = [
            f"rule={mine.rule}",
            f"titled={bool(mine.role)}",
            f"guess={mine.guess}",
            *OWN.passed("own", mine.odds),
            *FEW.passed("rivals", len(rivals)),
            *FEW.passed("better.rivals", better),
            *FEW.passed("places", len(mine.places)),
            *MANY.passed("at", mine.trigger),
            *MANY.passed("frames", self.size),
            *EXPECTED.passed("staff.expected", self.others_expected(mine)),
        ]
        for kind, expected in self.expected.items():
            out += PART.passed(f"share.of.{kind}", expected / self.size)
        most: dict[Said, float] = {}
        for said, odds in chain(
            ((("rival",), rival.odds) for rival in rivals),
            self.of_staff(mine),
            ((("turn",), self.turns[mine.rule, mine.trigger].beside(mine.person)),),
            self.of_person(mine),
            self.of_role(mine),
        ):
            most[said] = max(odds, most.get(said, odds))
        for said, odds in most.items():
            if odds > -math.inf:
                name = named(said)
                out.append(name)
                out += ODDS.passed(name, odds)
        return out

    def others_expected(self, mine: Look) -> float:
        """How many frames about other people at the same places are likely right."""
        return sum(
            self.staff_expected[place] - self.mine_expected[place, mine.person]
            for place in set(mine.places.values())
        )

    def of_staff(self, mine: Look) -> Iterator[tuple[Said, float]]:
        """Frames about other people at the same places, by their type."""
        for place in set(mine.places.values()):
            for kind, odds in self.staff[place].items():
                yield ("staff", kind), odds.beside(mine.person)

    def of_person(self, mine: Look) -> Iterator[tuple[Said, float]]:
        """Other frames about the same person, with what each says: which slot has the same place or another, and where
        in the text."""
        places = set(mine.places.values())
        for (kind, slot, place), along in self.of_people[mine.person].items():
            there = "same" if place in places else "other"
            for where, odds in along.seen_from(mine):
                yield (kind, slot, where, there), odds
                if mine.kind == "move":
                    for own, wanted in mine.places.items():
                        if place == wanted:
                            yield (own, "is", slot), odds

    def of_role(self, mine: Look) -> Iterator[tuple[Said, float]]:
        """Other frames with the very same title."""
        places = set(mine.places.values())
        for other in self.by_role.get(mine.role, ()):
            if other is not mine:
                yield ("title", other.kind), other.odds
                if places.isdisjoint(other.places.values()):
                    yield ("title", "other", "place"), other.odds
                if other.person != mine.person:
                    yield ("title", "other", "person"), other.odds


@cache
def named(said: Said) -> str:
    """The name of the feature that a frame says something."""
    return ".".join(said)
